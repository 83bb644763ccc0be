"""What may happen in the records room: periods are set, holds placed and lifted."""

from collections.abc import Mapping

from django.apps import apps
from django.db import IntegrityError, transaction

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audit import record
from folkmoot.apps.access.gate import Conflict, Invalid, check
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.access.queries import own_account
from folkmoot.apps.records.models import Hold, Period
from folkmoot.apps.records.registry import RecordClass, record_classes

MOST_MONTHS = 1200
MOST_DIGITS = 19


@transaction.atomic
def set_period(actor: Actor, *, record_class: RecordClass, months: int, reason: str) -> Period:
    """Say how long this network keeps a class, and why not the default."""
    by = check(actor, Permission.RECORDS_MANAGE)
    if not record_class.months:
        raise Invalid(f"The period of “{record_class.title}” is fixed. It is kept no longer than it is needed.")
    if not 1 <= months <= MOST_MONTHS:
        raise Invalid(f"Write a number of months from 1 to {MOST_MONTHS}.")
    if not reason.strip():
        raise Invalid("Say where the network decided this, or why.")
    period, _ = Period.objects.update_or_create(
        record_class=record_class.name,
        defaults={
            "months": months,
            "reason": reason.strip()[:300],
            "changed_at": actor.now,
            "changed_by": own_account(actor),
        },
    )
    record(actor, "period.set", period, by=by, months=months, reason=reason)
    return period


@transaction.atomic
def set_first_periods(actor: Actor, *, months: Mapping[str, int]) -> int:
    """The periods of a network that has set none, by whoever sets the installation up; after that the head keeps them.

    A class that is not named is kept as long as folkmoot proposes. How many were set.
    """
    by = check(actor, Permission.SETTINGS_CHANGE)
    if Period.objects.exists():
        raise Conflict("The network has set its keeping periods already. The head of the secretariat changes them.")
    classes = [each for each in record_classes() if each.months]
    for each in classes:
        kept = months.get(each.name, each.months)
        if not 1 <= kept <= MOST_MONTHS:
            raise Invalid(f"“{each.title}”: write a number of months from 1 to {MOST_MONTHS}.")
        period = Period.objects.create(
            record_class=each.name,
            months=kept,
            reason="Set when the installation was set up.",
            changed_at=actor.now,
            changed_by=own_account(actor),
        )
        record(actor, "period.set", period, by=by, months=kept)
    return len(classes)


@transaction.atomic
def place_hold(actor: Actor, *, table: str, key: str, reason: str) -> Hold:
    """Keep a record from removal, whatever its period."""
    check(actor, Permission.RECORDS_MANAGE)
    if not table.strip() or not key.strip():
        raise Invalid("Say which record: its table and its key, as the preview shows them.")
    if not reason.strip():
        raise Invalid("Say why the record is kept.")
    table, key = table.strip().lower(), key.strip()
    if not is_there(table, key):
        raise Invalid(f"There is no record {table} {key}. Copy both from the list of what the next run would remove.")
    return keep_from_removal(actor, table=table, key=key, reason=reason.strip())


def is_there(table: str, key: str) -> bool:
    """Whether a table has a record of this key, or of this number where its records have no key."""
    try:
        model = apps.get_model(table)
    except (LookupError, ValueError):
        return False
    if any(field.name == "key" for field in model._meta.get_fields()):
        return bool(model._default_manager.filter(key=key).exists())
    return key.isdecimal() and len(key) < MOST_DIGITS and bool(model._default_manager.filter(pk=key).exists())


@transaction.atomic
def keep_from_removal(actor: Actor, *, table: str, key: str, reason: str, for_record: str = "") -> Hold:
    """Place a hold for a room whose action has checked that the actor may; placed twice for one thing, it is one."""
    standing = Hold.objects.standing().filter(table=table, record_key=key, for_record=for_record).first()
    if standing:
        return standing
    try:
        with transaction.atomic():
            hold = Hold.objects.create(
                table=table,
                record_key=key,
                reason=reason[:300],
                for_record=for_record,
                placed_at=actor.now,
                placed_by=own_account(actor),
            )
    except IntegrityError:
        raise Conflict("Somebody else placed this hold at the same moment. Look again.") from None
    record(actor, "hold.placed", hold, table=table, key=key, reason=reason)
    return hold


@transaction.atomic
def lift_hold(actor: Actor, *, hold: Hold) -> Hold:
    """Let the record go by its period again. A hold for a case ends with the case."""
    check(actor, Permission.RECORDS_MANAGE)
    hold = Hold.objects.select_for_update().get(pk=hold.pk)
    if hold.for_record:
        raise Conflict("This hold belongs to a request for information, and ends when that is closed.")
    if hold.lifted_at:
        raise Conflict("This hold was lifted already.")
    _lift(actor, hold)
    return hold


@transaction.atomic
def lift_holds_for(actor: Actor, *, for_record: str, table: str = "", key: str = "") -> int:
    """Lift the holds placed for one thing, or the one on a record, for a room that has checked that the actor may."""
    found = Hold.objects.standing().select_for_update().filter(for_record=for_record)
    if table:
        found = found.filter(table=table, record_key=key)
    holds = list(found)
    for hold in holds:
        _lift(actor, hold)
    return len(holds)


def _lift(actor: Actor, hold: Hold) -> None:
    hold.lifted_at = actor.now
    hold.save(update_fields=["lifted_at"])
    record(actor, "hold.lifted", hold)
