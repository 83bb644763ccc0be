"""What is held about one person: found in every room, and erased. It leaves in an answer to a request."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from django.db import transaction

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audit import record
from folkmoot.apps.access.gate import Conflict, Invalid, check
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.access.queries import own_account
from folkmoot.apps.records.access_room import ACCOUNT, accounts_of
from folkmoot.apps.records.models import Hold, PersonalRequest
from folkmoot.apps.records.registry import Extract, PersonalSource, Subject, personal_sources


@dataclass(frozen=True, slots=True)
class Section:
    """What one room holds about the person, and what of it stays after an erasure."""

    source: PersonalSource
    extracts: tuple[Extract, ...]


def subject_of(actor: Actor, *, email: str = "", name: str = "", person: str = "") -> Subject:
    """The person meant: whatever of address, name and key was given, completed from their account."""
    check(actor, Permission.RECORDS_MANAGE)
    email, name, person = email.strip().lower(), " ".join(name.split()), person.strip()
    if not (email or person):
        raise Invalid("Give a mail address or a key of the register. By a name alone two people could be mixed up.")
    given = Subject(None, person, (name,) if name else (), (email,) if email else ())
    accounts = list(accounts_of(given))
    if len({account.pk for account in accounts}) > 1:
        raise Invalid("The address and the key belong to two accounts. Ask for one of them.")
    if not accounts:
        return given
    account = accounts[0]
    return Subject(
        account.pk,
        person or account.person,
        tuple(_once([name, account.name])),
        tuple(_once([email, account.email.lower()])),
    )


def _once(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(text for text in texts if text))


def held_about(actor: Actor, subject: Subject) -> list[Section]:
    """What every room holds about the person."""
    check(actor, Permission.RECORDS_MANAGE)
    return [Section(source, tuple(source.find(subject))) for source in personal_sources()]


def _fingerprint(subject: Subject) -> str:
    said = "\n".join([*sorted(subject.emails), subject.person, str(subject.account_id)])
    return hashlib.sha256(said.encode()).hexdigest()


def _refuse_held(subject: Subject, sections: Iterable[Section]) -> None:
    places = {(extract.table, extract.key) for section in sections for extract in section.extracts if extract.table}
    places |= {(ACCOUNT, account.key) for account in accounts_of(subject)}
    standing = set(Hold.objects.standing().values_list("table", "record_key"))
    held = sorted(places & standing)
    if held:
        shown = ", ".join(f"{table} {key}" for table, key in islice(held, 3))
        raise Conflict(f"On hold, so it cannot be erased now: {shown}. Lift the hold first.")


@transaction.atomic
def erase_person(actor: Actor, *, subject: Subject) -> PersonalRequest:
    """Erase the person's name and texts in every room; keeps in how many records of which. It cannot be undone."""
    by = check(actor, Permission.RECORDS_MANAGE)
    opened = [account for account in accounts_of(subject) if account.is_active]
    if opened:
        raise Conflict(f"Close the account of {opened[0].name} before you erase what is held about them.")
    _refuse_held(subject, held_about(actor, subject))
    # The access room goes last: the others find the person by what it erases.
    ordered = sorted(personal_sources(), key=lambda source: source.name == "access")
    rooms = [{"title": each.title, "rows": each.erase(actor, subject), "kept": each.kept} for each in ordered]
    noted = PersonalRequest.objects.create(
        kind="erase",
        subject_hash=_fingerprint(subject),
        rows=sum(int(str(room["rows"])) for room in rooms),
        rooms=rooms,
        at=actor.now,
        made_by=own_account(actor),
    )
    record(actor, "person.erased", noted, by=by, rows=noted.rows, rooms=rooms)
    return noted
