"""Reads the sources by the clock: asks each that is due, takes in what it tells, and notes how it does."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Protocol

from django.conf import settings
from django.db import transaction

from folkmoot.apps.mail.server import sender
from folkmoot.apps.signals import health
from folkmoot.apps.signals.models import Health, Reading, Source
from folkmoot.apps.signals.paging import next_page
from folkmoot.apps.signals.taking import Taken, take
from folkmoot.apps.signals.visiting import Answer, NoAnswer, Visitor
from folkmoot.engines import radar

# An address may hold this; it becomes the day from which on a list is read, a week before the last good answer.
SINCE = "{since}"
OVERLAP, FIRST_LOOK = timedelta(days=7), timedelta(days=30)
MOST_PAGES = 20
# However little a source says has changed, once a day it is read whole: some say so for ever.
WHOLE_EVERY = timedelta(days=1)
STOPPED = "The reading before this one stopped in the middle, perhaps with the worker. It is read again."


class Asking(Protocol):
    """Whoever asks an address: the visitor, or whoever plays one."""

    def ask(self, url: str, *, etag: str = "", last_modified: str = "") -> Answer: ...


class Trouble(Exception):
    """A source did not answer as it should: its state, why, and how long it wants to be left alone."""

    def __init__(self, state: Health, why: str, status: int = 0, wait: timedelta | None = None) -> None:
        super().__init__(why)
        self.state, self.why, self.status, self.wait = state, why, status, wait


@dataclass(slots=True)
class Visit:
    """What all pages of a source told together."""

    answer: Answer | None = None  # the first one, whose marks help to ask again
    taken: Taken = field(default_factory=Taken)
    items: int = 0
    unread: int = 0
    total: int | None = None
    notes: tuple[str, ...] = ()


def visitor() -> Visitor:
    """Whoever asks for this installation: with its address and a mail address, as honest robots do."""
    environment = settings.ENVIRONMENT
    return Visitor(contact=f"+{environment.address}; {sender()}", private=environment.private_sources)


def pull_due(now: datetime) -> str:
    """Read every source whose time has come; one sentence on what came of it."""
    if settings.ENVIRONMENT.demo:
        return "The demonstration reads no source."
    due = list(Source.objects.filter(is_paused=False, next_at__lte=now).order_by("next_at", "pk"))
    if not due:
        return "No source was due."
    with visitor() as asking:
        readings = [pull(source, asking, now=now) for source in due if _begun(source, now)]
    bad = sum(not reading.good for reading in readings)
    told = f"Read {len(readings)} of the sources: {sum(reading.new for reading in readings)} new signals."
    return f"{told} {bad} did not answer as they should; the page Sources says why." if bad else told


def _begun(source: Source, now: datetime) -> bool:
    """Keep a source for this reading: two workers do not read it at once, and one that stops the worker lets the
    others have their turn first.
    """
    mine = Source.objects.filter(pk=source.pk, next_at=source.next_at, is_paused=False)
    if not mine.update(next_at=now + source.every, begun_at=now):
        return False
    if source.begun_at is not None:
        Reading.objects.create(source=source, at=source.begun_at, good=False, said=STOPPED)
    return True


def pull(source: Source, asking: Asking, *, now: datetime) -> Reading:
    """Read one source, whatever becomes of it, and note it."""
    try:
        return _good(source, _read(source, asking, now), now=now)
    except Trouble as trouble:
        return _bad(source, trouble, now)


def _read(source: Source, asking: Asking, now: datetime) -> Visit:
    """Ask for every page of a source and take each in."""
    visit, url = Visit(), _address(source, now)
    asked: set[str] = set()
    while url and url not in asked and len(asked) < MOST_PAGES:
        asked.add(url)
        answer = ask(asking, url, **({} if visit.answer else _marks(source, now)))
        visit.answer = visit.answer or answer
        if answer.status == 304:
            break
        reading = parsed(source.kind, answer, now)
        visit.taken += take(reading.items, source=source, at=now)
        visit.items += len(reading.items)
        visit.unread += len(reading.problems)
        visit.total = reading.total if reading.total is not None else visit.total
        visit.notes = tuple(dict.fromkeys((*visit.notes, *reading.notes)))
        url = next_page(source.kind, answer.url, reading)
    return visit


def _address(source: Source, now: datetime) -> str:
    since = source.good_at - OVERLAP if source.good_at else now - FIRST_LOOK
    return source.url.replace(SINCE, since.date().isoformat())


def _marks(source: Source, now: datetime) -> dict[str, str]:
    """By what a source can tell that nothing has changed since."""
    if SINCE in source.url or source.whole_at is None or now - source.whole_at >= WHOLE_EVERY:
        return {}
    return {"etag": source.etag, "last_modified": source.last_modified}


def ask(asking: Asking, url: str, **marks: str) -> Answer:
    """What stands at an address, or Trouble."""
    try:
        answer = asking.ask(url, **marks)
    except NoAnswer as problem:
        raise Trouble(Health.FAILING, str(problem)) from None
    if answer.status not in (200, 304):
        state, why = health.of_status(answer.status)
        raise Trouble(state, why, answer.status, answer.retry_after)
    return answer


def parsed(kind: str, answer: Answer, now: datetime) -> radar.Reading:
    """What an answer says, or Trouble where it is not of the source’s format."""
    try:
        return radar.read(kind, answer.body, name=answer.url, around=now.date())
    except radar.RadarError as problem:
        state, why = health.of_unread(answer.body, str(problem))
        raise Trouble(state, why, answer.status) from None


@transaction.atomic
def _good(source: Source, visit: Visit, *, now: datetime) -> Reading:
    answer = visit.answer
    if answer is None:
        return _bad(source, Trouble(Health.FAILING, "Its address is empty."), now)
    unchanged = answer.status == 304
    trouble = None if unchanged or visit.items else health.of_nothing(source, visit.unread, visit.notes)
    if trouble:
        return _bad(source, Trouble(*trouble, answer.status), now)
    _remember_marks(source, answer, unchanged=unchanged, now=now)
    taken = visit.taken
    source.last_count = source.last_count if unchanged else visit.items
    source.checked_at = source.good_at = now
    source.new_at = now if taken.new else source.new_at
    source.failures, source.next_at, source.begun_at = 0, now + source.every, None
    said = "Nothing has changed." if unchanged else _said(visit)
    reading = Reading.objects.create(
        source=source,
        at=now,
        good=True,
        status=answer.status,
        items=visit.items,
        new=taken.new,
        changed=taken.changed,
        said=said[:300],
    )
    quiet = health.of_quiet(source, now)
    source.health, source.health_why = quiet or (Health.OK, health.of_rest(visit.unread, visit.notes)[:300])
    source.save()
    return reading


def _remember_marks(source: Source, answer: Answer, *, unchanged: bool, now: datetime) -> None:
    """Both are kept as the newest answer gave them, also by one that says that nothing has changed."""
    source.etag = answer.etag or (source.etag if unchanged else "")
    kept = answer.last_modified or (source.last_modified if unchanged else "")
    source.last_modified = "" if _lies_ahead(kept, now) else kept
    source.whole_at = source.whole_at if unchanged else now


def _lies_ahead(text: str, now: datetime) -> bool:
    """A server whose clock is ahead would say for years that nothing has changed."""
    try:
        at = parsedate_to_datetime(text)
    except ValueError:
        return False
    return at.tzinfo is not None and at > now + timedelta(days=1)


def _said(visit: Visit) -> str:
    said = f"{visit.items} items: {visit.taken.new} new, {visit.taken.changed} changed."
    if visit.total is not None and visit.total > visit.items + visit.unread:
        said += f" It announces {visit.total}; we read {MOST_PAGES} pages at most. A narrower address tells more."
    return " ".join((said, health.of_rest(visit.unread, visit.notes))).strip()


@transaction.atomic
def _bad(source: Source, trouble: Trouble, now: datetime) -> Reading:
    source.checked_at = now
    source.failures += 1
    wait = max(health.wait_after(source.failures), trouble.wait or timedelta())
    source.next_at, source.begun_at = now + wait, None
    source.health, source.health_why = trouble.state, trouble.why[:300]
    source.save()
    return Reading.objects.create(source=source, at=now, good=False, status=trouble.status, said=trouble.why[:300])
