"""What is due for removal now, what a hold keeps, and the run that removes the rest."""

import calendar
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.db import transaction

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audit import record
from folkmoot.apps.access.clock import LONDON
from folkmoot.apps.records.models import Hold, Period, Removal, RetentionCount, RetentionRun
from folkmoot.apps.records.registry import RecordClass, key_of, record_classes

# So that one run never takes the database for long, and a wrong period does only so much harm in a night.
MOST_A_RUN = 500
THE_SCHEDULE = "The retention schedule"


def months_before(moment: datetime, months: int) -> datetime:
    """The same day of the month that many months ago, or its last day where it is shorter."""
    years, month = divmod(moment.year * 12 + moment.month - 1 - months, 12)
    day = min(moment.day, calendar.monthrange(years, month + 1)[1])
    return moment.replace(year=years, month=month + 1, day=day)


def months_of(record_class: RecordClass, periods: dict[str, int] | None = None) -> int:
    """The period that holds: what the network set, else the default."""
    return (set_periods() if periods is None else periods).get(record_class.name, record_class.months)


def set_periods() -> dict[str, int]:
    """The periods that the network set, by class."""
    return dict(Period.objects.values_list("record_class", "months"))


@dataclass(frozen=True, slots=True)
class Due:
    """One row whose period is over."""

    row: Any
    table: str
    key: str
    held: bool


def standing_holds() -> frozenset[tuple[str, str]]:
    """The records on hold, as table and key."""
    return frozenset(Hold.objects.standing().values_list("table", "record_key"))


def due_rows(record_class: RecordClass, now: datetime, periods: dict[str, int] | None = None) -> Iterator[Due]:
    """The rows of a class whose period is over, each with whether a hold keeps it."""
    holds = standing_holds()
    before = months_before(now, months_of(record_class, periods))
    for row in record_class.due(before).iterator(chunk_size=200):
        own = (row._meta.label_lower, key_of(row))
        places = {own, *record_class.stands_on(row)} if holds else {own}
        yield Due(row, own[0], own[1], held=not holds.isdisjoint(places))


@dataclass(frozen=True, slots=True)
class Forecast:
    """What the next run would do with one class."""

    record_class: RecordClass
    months: int
    removed: tuple[tuple[str, str], ...]
    held: int
    is_full: bool


def forecast(now: datetime, *, most: int = MOST_A_RUN) -> list[Forecast]:
    """What the next run would remove, class by class; nothing is changed."""
    periods = set_periods()
    return [_forecast(each, now, periods, most) for each in record_classes()]


def _forecast(record_class: RecordClass, now: datetime, periods: dict[str, int], most: int) -> Forecast:
    found, held = _take(due_rows(record_class, now, periods), most)
    places = tuple((due.table, due.key) for due in found)
    return Forecast(record_class, months_of(record_class, periods), places[:most], held, len(found) > most)


def _take(rows: Iterator[Due], most: int) -> tuple[list[Due], int]:
    """One row more than a run may remove, so that it is known whether more is left; and how many were on hold."""
    held = 0

    def free() -> Iterator[Due]:
        nonlocal held
        for due in rows:
            if due.held:
                held += 1
            else:
                yield due

    return list(islice(free(), most + 1)), held


def the_schedule(now: datetime) -> Actor:
    """Who acts when the clock removes: nobody's account."""
    return Actor(account_id=None, name=THE_SCHEDULE, role=None, now=now, today=_day(now))


def _day(now: datetime) -> date:
    return now.astimezone(LONDON).date()


def run_retention(now: datetime, *, most: int = MOST_A_RUN) -> RetentionRun:
    """Remove what is due and not on hold, each row in a transaction of its own, and keep what was removed."""
    actor = the_schedule(now)
    run = RetentionRun.objects.create(at=now)
    periods = set_periods()
    for record_class in record_classes():
        found, held = _take(due_rows(record_class, now, periods), most)
        removed = sum(_remove(actor, run, record_class, due) for due in found[:most])
        if removed or held:
            RetentionCount.objects.create(
                run=run,
                record_class=record_class.name,
                title=record_class.title,
                removed=removed,
                held=held,
                is_full=len(found) > most,
            )
    return run


@transaction.atomic
def _remove(actor: Actor, run: RetentionRun, record_class: RecordClass, due: Due) -> bool:
    """Remove one row, unless a hold was placed on it since it was found."""
    places = [(due.table, due.key), *record_class.stands_on(due.row)]
    if any(Hold.objects.standing().filter(table=table, record_key=key).exists() for table, key in places):
        return False
    record(actor, "retention.removed", due.row, record_class=record_class.name)
    title = hashlib.sha256(str(due.row).encode()).hexdigest()
    Removal.objects.create(
        run=run, record_class=record_class.name, table=due.table, record_key=due.key, title_hash=title
    )
    record_class.remove(actor, due.row)
    return True


def run_scheduled(now: datetime) -> str:
    """The nightly run, in one sentence that tells no record."""
    run = run_retention(now)
    removed = sum(count.removed for count in run.counts.all())
    held = sum(count.held for count in run.counts.all())
    kept = f" {held} more are due and on hold." if held else ""
    return f"{removed} records whose period is over were removed.{kept}" if removed or held else "Nothing was due."
