"""The digest of a month: what came in on each issue, what changed, what is to come; each line cites a signal."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.db.models import QuerySet
from django.utils import timezone

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.issues.models import Issue
from folkmoot.apps.signals.models import Decision, Revision, Signal, SignalNote, Sorting, Step
from folkmoot.apps.signals.queries.inbox import known_to, sorts

MONTHS_BACK = 12


@dataclass(slots=True)
class Section:
    """One issue in a month. Whatever stands here names the signal that it comes from."""

    issue: Issue
    came: list[Signal] = field(default_factory=list)
    changed: list[tuple[Signal, str]] = field(default_factory=list)
    closing: list[Signal] = field(default_factory=list)
    notes: list[SignalNote] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Digest:
    """A month: its sections, and for whoever sorts, how much came in and what was made of it."""

    first: date
    sections: tuple[Section, ...]
    told: int = 0
    dismissed: int = 0
    waiting: int = 0


def months(today: date) -> list[date]:
    """The first days of the months that can be asked for, this one first."""
    found = [today.replace(day=1)]
    for _ in range(MONTHS_BACK - 1):
        found.append(_before(found[-1]))
    return found


def _before(first: date) -> date:
    return first.replace(year=first.year - 1, month=12) if first.month == 1 else first.replace(month=first.month - 1)


def _after(first: date) -> date:
    return first.replace(year=first.year + 1, month=1) if first.month == 12 else first.replace(month=first.month + 1)


def digest(actor: Actor, first: date) -> Digest:
    """The month that begins on this day, as far as the reader sees issues and signals."""
    begin, end = (timezone.make_aware(datetime.combine(day, time.min)) for day in (first, _after(first)))
    issues = {issue.pk: issue for issue in Issue.objects.visible_to(actor)}
    mine = known_to(actor).filter(sorting=Sorting.ACCEPTED, issue__in=issues)
    sections: dict[int, Section] = {}

    def section(signal: Signal) -> Section:
        number = signal.issue_id or 0
        return sections.setdefault(number, Section(issues[number]))

    for signal in _came(mine, begin, end):
        section(signal).came.append(signal)
    for revision in _revisions(mine, begin, end):
        for _, _, _, sentence, is_major in revision.changes:
            if is_major:
                section(revision.signal).changed.append((revision.signal, sentence))
    after = actor.now if begin <= actor.now < end else end
    for signal in mine.filter(seen_at__lt=end, closes_at__gte=after).order_by("closes_at", "pk"):
        section(signal).closing.append(signal)
    for note in _notes(actor, mine, begin, end):
        section(note.signal).notes.append(note)
    ordered = tuple(sorted(sections.values(), key=lambda each: (each.issue.title, each.issue.pk)))
    return Digest(first, ordered, **(_counts(begin, end) if sorts(actor) else {}))


def _came(mine: QuerySet[Signal], begin: datetime, end: datetime) -> Iterable[Signal]:
    """What was put on an issue in the month, each once, in the order in which it was published."""
    steps = Decision.objects.filter(step=Step.ACCEPT, undone_at__isnull=True, at__gte=begin, at__lt=end)
    return mine.filter(pk__in=steps.values("signal")).prefetch_related("sources").order_by("published", "pk")


def _revisions(mine: QuerySet[Signal], begin: datetime, end: datetime) -> Iterable[Revision]:
    found = Revision.objects.filter(signal__in=mine, at__gte=begin, at__lt=end)
    return found.select_related("signal").order_by("at", "pk")


def _notes(actor: Actor, mine: QuerySet[Signal], begin: datetime, end: datetime) -> Iterable[SignalNote]:
    found = SignalNote.objects.visible_to(actor).filter(signal__in=mine, at__gte=begin, at__lt=end)
    return found.select_related("signal", "by")


def _counts(begin: datetime, end: datetime) -> dict[str, int]:
    told = Signal.objects.filter(seen_at__gte=begin, seen_at__lt=end, copy_of__isnull=True)
    by = defaultdict(int, {sorting: told.filter(sorting=sorting).count() for sorting in Sorting.values})
    return {
        "told": told.count(),
        "dismissed": by[Sorting.DISMISSED],
        "waiting": by[Sorting.INBOX] + by[Sorting.SNOOZED],
    }
