"""What the pages of the disclosure room show, each from what the person may see."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.gate import check, may
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.disclosure.days import Calendar, Clock, clock
from folkmoot.apps.disclosure.models import LIVE, Case, CaseState, Decision, Item, ItemFile
from folkmoot.apps.disclosure.redaction import passages, same_words
from folkmoot.apps.disclosure.sources import readable

SORTS = {"received": "received_on", "title": "title"}


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A request with its clock."""

    case: Case
    clock: Clock


def cases(actor: Actor) -> QuerySet[Case]:
    """The requests that the person may see, none for whoever does not work on requests."""
    if not may(actor, Permission.REQUEST_HANDLE):
        return Case.objects.none()
    return Case.objects.visible_to(actor).prefetch_related("clarifications")


def lines(found: Iterable[Case], today: date) -> list[CaseLine]:
    """Requests with their clocks; the bank holidays are read once."""
    every = list(found)
    if not every:
        return []
    calendar = Calendar.around(min(case.received_on for case in every), today)
    return [CaseLine(case, clock(case, list(case.clarifications.all()), today, calendar)) for case in every]


def listed(actor: Actor, *, state: str = "", text: str = "", sort: str = "") -> QuerySet[Case]:
    """The requests of a list: live ones unless asked otherwise, the oldest first."""
    check(actor, Permission.REQUEST_HANDLE)
    found = cases(actor)
    if state in CaseState.values:
        found = found.filter(state=state)
    elif state != "all":
        found = found.filter(state__in=LIVE)
    if text:
        found = found.filter(title__icontains=text)
    column = SORTS.get(sort.removeprefix("-"), "received_on")
    return found.order_by(f"-{column}" if sort.startswith("-") else column, "pk")


def case_for(actor: Actor, key: str) -> Case | None:
    """One request, or None for whoever may not see it."""
    return cases(actor).filter(key=key).select_related("prepared_by", "released_by", "opened_by").first()


@dataclass(frozen=True, slots=True)
class ItemLine:
    """A record in scope, as far as the person may read it."""

    item: Item
    is_readable: bool

    @property
    def title(self) -> str:
        return self.item.title if self.is_readable else "A record that you may not read"


def item_lines(actor: Actor, items: Iterable[Item]) -> list[ItemLine]:
    """Items, each with whether the person may read the record behind it."""
    every = list(items)
    seen = readable(actor, every)
    return [ItemLine(item, item.pk in seen) for item in every]


def next_undecided(actor: Actor, case: Case) -> Item | None:
    """The first record that nobody has decided and that the person may read."""
    items = list(case.items.filter(decision=Decision.UNDECIDED))
    seen = readable(actor, items)
    return next((item for item in items if item.pk in seen), None)


def item_for(actor: Actor, case: Case, key: str) -> ItemLine | None:
    """One item of a request."""
    item = case.items.filter(key=key).select_related("case").first()
    return item_lines(actor, [item])[0] if item else None


def left_to_do(case: Case) -> list[str]:
    """What is missing before the answer can be put to a second person, in sentences."""
    items = case.items.all()
    undecided = items.filter(decision=Decision.UNDECIDED).count()
    files = ItemFile.objects.filter(item__case=case, leaves__isnull=True).exclude(item__decision=Decision.WITHHOLD)
    left = []
    if any(each.answered_on is None for each in case.clarifications.all()):
        left.append("What the person was asked for has not come.")
    if case.is_own_data and not items.exists():
        left.append("Nothing that is held about the person was collected.")
    if undecided:
        left.append(f"{undecided} {'record is' if undecided == 1 else 'records are'} undecided.")
    if count := files.count():
        left.append(
            f"Nobody has said of {count} {'file whether it leaves' if count == 1 else 'files whether they leave'}."
        )
    if not case.letter:
        left.append("The letter is not written.")
    return left


@dataclass(frozen=True, slots=True)
class TakenOut:
    """Words that are taken out of the records of a request, and in how many places."""

    words: str
    places: int


def taken_out(actor: Actor, case: Case) -> list[TakenOut]:
    """What is taken out of the records that the person may read, what stands most often first."""
    items = list(case.items.all())
    seen = readable(actor, items)
    found: Counter[str] = Counter()
    shown: dict[str, str] = {}
    for item in items:
        for each in passages(item.redactions) if item.pk in seen else ():
            words = " ".join(item.text[each.start : each.end].split())
            found[same_words(words)] += 1
            shown.setdefault(same_words(words), words)
    return [
        TakenOut(shown[words], places) for words, places in sorted(found.items(), key=lambda each: (-each[1], each[0]))
    ]


def counts(case: Case) -> dict[str, int]:
    """How many records are decided how."""
    found = Counter(case.items.values_list("decision", flat=True))
    return {label: found[value] for value, label in Decision.choices}


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line of the log that everybody may read."""

    title: str
    law: str
    received_on: date
    answered_on: date
    outcome: str


def log_lines() -> QuerySet[Case]:
    """The answered requests that were entered in the log, the latest first."""
    return (
        Case.objects.filter(logged=True, state=CaseState.RELEASED)
        .prefetch_related("items")
        .order_by("-answered_on", "-pk")
    )


def log_line(case: Case) -> LogLine:
    """What the log says of a request: no name, no record, no reason."""
    decisions = {item.decision for item in case.items.all()}
    if not decisions:
        outcome = "Nothing was held"
    elif decisions == {Decision.DISCLOSE}:
        outcome = "Disclosed"
    elif decisions == {Decision.WITHHOLD}:
        outcome = "Withheld"
    else:
        outcome = "Disclosed in part"
    return LogLine(
        case.title, case.get_regime_display(), case.received_on, case.answered_on or case.received_on, outcome
    )
