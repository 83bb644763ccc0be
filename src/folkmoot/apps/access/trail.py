"""Reading the audit trail: who did what to which record, when; never a title, never a confidential word."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from django.apps import apps
from django.db import transaction
from django.db.models import Q, QuerySet

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audit import record, verify
from folkmoot.apps.access.gate import check
from folkmoot.apps.access.models import Account, AuditEntry, AuditHead
from folkmoot.apps.access.permissions import Permission

READINGS = "read."
# Verbs that do not read well as they are stored.
WORDS = {
    "read.page": "Read on a page",
    "read.file": "Read as a file",
    "read.export": "Exported",
    "read.mail": "Sent by mail",
    "read.feed": "Read in a feed",
}


@dataclass(frozen=True, slots=True)
class TrailFilter:
    """What to look for; an empty field leaves everything in."""

    person: str = ""  # an account's key
    verb: str = ""  # a verb, or the beginning of several
    record: str = ""  # a record as `reference` writes it
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class TrailRow:
    """One row as a person reads it."""

    number: int
    at: datetime
    who: str
    for_whom: str
    deed: str
    record: str
    reference: str
    hash: str


def deed_text(verb: str) -> str:
    """A verb as a person reads it: “circulation.opened” is “Circulation opened”."""
    text = verb.replace(".", " ").replace("-", " ")
    return WORDS.get(verb, text[:1].upper() + text[1:])


def _record_text(label: str, record_id: int | None) -> str:
    """A record by its kind and number, for a title would tell too much."""
    name = str(apps.get_model(label)._meta.verbose_name)
    return f"{name[:1].upper()}{name[1:]} {record_id}"


def reference(entry: AuditEntry) -> str:
    """A record as an address holds it: positions.position-12."""
    return f"{entry.record}-{entry.record_id}"


def _condition(wanted: TrailFilter, now: datetime) -> Q:
    rule = Q()
    if wanted.person:
        numbers = Account.objects.filter(key=wanted.person).values("pk")
        rule &= Q(account_id__in=numbers) | Q(principal_id__in=numbers)
    if wanted.verb:
        rule &= Q(verb__startswith=wanted.verb)
    if wanted.record:
        label, _, number = wanted.record.rpartition("-")
        rule &= Q(record=label, record_id=int(number)) if number.isdecimal() else Q(pk__in=[])
    if wanted.since:
        rule &= Q(at__gte=datetime.combine(wanted.since, time(), tzinfo=now.tzinfo))
    if wanted.until:
        rule &= Q(at__lte=datetime.combine(wanted.until, time.max, tzinfo=now.tzinfo))
    return rule


def trail(actor: Actor, wanted: TrailFilter) -> QuerySet[AuditEntry]:
    """The rows of the trail that are looked for, newest first, for whoever may read it."""
    check(actor, Permission.AUDIT_READ)
    return AuditEntry.objects.filter(_condition(wanted, actor.now)).order_by("-number")


def rows(entries: Iterable[AuditEntry]) -> Iterator[TrailRow]:
    """Rows with the names of those who acted, looked up once."""
    names: dict[int | None, str] = dict(Account.objects.values_list("pk", "name"))
    for entry in entries:
        yield TrailRow(
            number=entry.number,
            at=entry.at,
            who=names.get(entry.account_id, "Nobody signed in"),
            for_whom=names.get(entry.principal_id, ""),
            deed=deed_text(entry.verb),
            record=_record_text(entry.record, entry.record_id),
            reference=reference(entry),
            hash=entry.hash,
        )


def verbs() -> list[str]:
    """The verbs that the trail holds, for a filter."""
    return sorted(AuditEntry.objects.order_by("verb").values_list("verb", flat=True).distinct())


@transaction.atomic
def export_trail(actor: Actor, wanted: TrailFilter) -> list[TrailRow]:
    """The rows looked for, to take away; that they were taken is noted in the trail itself."""
    found = list(rows(trail(actor, wanted)))
    head = AuditHead.objects.filter(pk=1).first()
    if head is not None:
        record(actor, "audit.exported", head)
    return found


def verify_trail(actor: Actor) -> list[str]:
    """What is wrong with the trail, for whoever may read it; empty when it is whole."""
    check(actor, Permission.AUDIT_READ)
    return verify()
