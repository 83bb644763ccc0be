"""The inbox of the radar, what stands beside one signal, and who may sort it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.gate import may
from folkmoot.apps.access.models import Account
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.access.roles import SECRETARIAT
from folkmoot.apps.issues.models import Issue
from folkmoot.apps.signals.models import Decision, Revision, Score, Signal, SignalNote, Sorting, Source

SORTS = {"points": "points", "new": "seen_at", "closes": "closes_at", "title": "title"}
DEFAULT_SORT = "-points"
ALL = "all"


@dataclass(frozen=True, slots=True)
class Wanted:
    """How somebody narrows the list; anything they may not ask for counts as not asked."""

    text: str = ""
    sorting: str = Sorting.INBOX
    issue: Issue | None = None
    source: Source | None = None
    mine: bool = False
    closing: bool = False  # only what has a date to come
    sort: str = DEFAULT_SORT

    @property
    def narrows(self) -> bool:
        return bool(self.text or self.issue or self.source or self.mine or self.closing)


def sorts(actor: Actor) -> bool:
    """Whether somebody may sort signals, and so sees what was made of them."""
    return may(actor, Permission.SIGNAL_SORT)


def _in_inbox(today: date) -> Q:
    """To sort: what nobody has touched, and what was snoozed until today or earlier."""
    return Q(sorting=Sorting.INBOX) | Q(sorting=Sorting.SNOOZED, snoozed_until__lte=today)


def known_to(actor: Actor) -> QuerySet[Signal]:
    """The signals that a person knows of. Which of all that was published the secretariat looks at is its own
    business; others see what it put on an issue that they may see.
    """
    found = Signal.objects.visible_to(actor)
    return found if sorts(actor) else found.filter(issue__in=Issue.objects.visible_to(actor))


def signals(actor: Actor, wanted: Wanted) -> QuerySet[Signal]:
    """The cards that a person may see: no copies, each with its suggested issue and who has it."""
    found = known_to(actor).filter(copy_of__isnull=True)
    if sorts(actor) and wanted.sorting != ALL:
        is_inbox = wanted.sorting == Sorting.INBOX
        found = found.filter(_in_inbox(actor.today) if is_inbox else Q(sorting=wanted.sorting))
    if wanted.text:
        found = found.filter(Q(title__icontains=wanted.text) | Q(summary__icontains=wanted.text))
    if wanted.issue:
        found = found.filter(Q(issue=wanted.issue) | Q(suggested=wanted.issue, issue__isnull=True))
    if wanted.source:
        found = found.filter(sources=wanted.source)
    if wanted.mine:
        found = found.filter(assigned_to_id=actor.account_id)
    if wanted.closing:
        found = found.filter(closes_at__gte=actor.now)
    column = SORTS.get(wanted.sort.removeprefix("-"), "points")
    order = f"-{column}" if wanted.sort.startswith("-") else column
    return found.select_related("assigned_to").order_by(order, "-seen_at", "pk")


def issues_of(actor: Actor, found: Iterable[Signal]) -> dict[int | None, Issue]:
    """The issues that signals stand on or are suggested for, by number, as far as the reader may see them."""
    numbers = {number for signal in found for number in (signal.issue_id, signal.suggested_id) if number}
    return {issue.pk: issue for issue in Issue.objects.visible_to(actor).filter(pk__in=numbers)} if numbers else {}


def waiting(actor: Actor) -> int:
    """How many cards are to sort; none for whoever does not sort them."""
    return signals(actor, Wanted()).count() if sorts(actor) else 0


def signal_for(actor: Actor, key: str) -> Signal | None:
    """The signal with this key, if the person may see it, with its sources, scores and revisions."""
    scores = Score.objects.filter(watch__issue__in=Issue.objects.visible_to(actor)).select_related("watch__issue")
    return (
        known_to(actor)
        .select_related("assigned_to", "copy_of")
        .prefetch_related(
            Prefetch("sources", Source.objects.visible_to(actor)),
            Prefetch("scores", scores),
            Prefetch("copies", Signal.objects.visible_to(actor).prefetch_related("sources")),
            Prefetch("revisions", Revision.objects.all()),
            Prefetch("notes", SignalNote.objects.visible_to(actor).select_related("by")),
            Prefetch("decisions", Decision.objects.visible_to(actor).select_related("by")),
        )
        .filter(key=key)
        .first()
    )


def signals_with(actor: Actor, keys: Iterable[str]) -> list[Signal]:
    """The signals with these keys that the person may see, the oldest first."""
    return list(known_to(actor).filter(key__in=list(keys)).order_by("pk"))


def sorters() -> QuerySet[Account]:
    """Those who may be given a signal."""
    return Account.objects.filter(is_active=True, role__in=sorted(SECRETARIAT)).order_by("name", "pk")


def last_step(actor: Actor) -> Decision | None:
    """A person's own last step that stands, which they can take back."""
    mine = Decision.objects.visible_to(actor).filter(by_id=actor.account_id, undone_at__isnull=True)
    found: Decision | None = mine.select_related("signal").order_by("-at", "-pk").first()
    return found


def reasons_given(actor: Actor, count: int = 8) -> list[str]:
    """Why signals were dismissed before, the latest first: what a form offers again."""
    found = Decision.objects.visible_to(actor).filter(step="dismiss", undone_at__isnull=True)
    return list(dict.fromkeys(found.values_list("why", flat=True)[:200]))[:count]
