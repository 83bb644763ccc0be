"""Sorting signals: what each step does, what it refuses, and how it is taken back."""

from datetime import timedelta
from typing import Any

import pytest

from folkmoot.apps.access.audience import Audience
from folkmoot.apps.access.gate import Conflict, Invalid, Refused
from folkmoot.apps.access.models import AuditEntry
from folkmoot.apps.agenda.models import EntryState, PlanEntry
from folkmoot.apps.issues import actions as issue_actions
from folkmoot.apps.issues.models import Issue
from folkmoot.apps.issues.timeline import timeline
from folkmoot.apps.mail.models import OutboxMessage
from folkmoot.apps.signals import actions, leading
from folkmoot.apps.signals.models import Signal, Sorting
from folkmoot.apps.signals.proposing import foreseen
from folkmoot.apps.signals.queries import inbox, news
from tests.agenda_world import add_meeting, make_agenda
from tests.apps.signals.world import add, closing, item, tell
from tests.cast import MOMENT, TODAY, Cast
from tests.issues_world import begin

CLOSES = MOMENT + timedelta(days=44)


@pytest.fixture
def issue(cast: Cast) -> Issue:
    return begin(cast)


@pytest.fixture
def signal(cast: Cast) -> Signal:
    return tell(add(cast), item(1, deadlines=closing(CLOSES), state="open"))[0]


def standing(signal: Signal) -> tuple[str, int | None]:
    signal.refresh_from_db()
    return signal.sorting, signal.issue_id


def test_an_accepted_signal_stands_on_its_issue_with_its_date(cast: Cast, signal: Signal, issue: Issue) -> None:
    officer, mayor = cast.actor("officer"), cast.actor("mayor")
    assert inbox.signal_for(mayor, signal.key) is None
    actions.accept(officer, signal=signal, issue=issue)

    assert standing(signal) == (Sorting.ACCEPTED, issue.pk)
    assert inbox.waiting(officer) == 0 and inbox.signal_for(mayor, signal.key) == signal
    told = [(entry.kind, entry.title) for entry in timeline(mayor, issue)]
    assert ("Deadline", "Closing: Ferry number 1 over the Marrow Sound") in told
    assert [found for _, found in news.closing_between(mayor, TODAY, TODAY + timedelta(days=60))] == [signal]


def test_an_accepted_date_becomes_an_item_of_the_plan_counted_back(cast: Cast, signal: Signal, issue: Issue) -> None:
    agenda, officer = make_agenda(cast), cast.actor("officer")
    assert foreseen(officer, signal) == ["It proposes an item of the plan: Chief executives 2 December."]
    actions.accept(officer, signal=signal, issue=issue)

    entry = PlanEntry.objects.get(issue=issue)
    signal.refresh_from_db()
    assert signal.proposed == f"agenda.planentry:{entry.key}"
    assert (entry.title, entry.owner, entry.meeting) == (
        "Answer: Ferry number 1 over the Marrow Sound",
        cast.officer,
        None,
    )
    assert entry.audience == Audience.SECRETARIAT
    assert "Counted back from 8 January 2027: Chief executives 2 December." in [
        change.why for change in entry.changes.all()
    ]
    actions.undo_last(officer)
    entry.refresh_from_db()
    assert entry.state == EntryState.DROPPED
    actions.accept(officer, signal=signal, issue=issue)
    assert PlanEntry.objects.get(issue=issue).state == EntryState.PLANNED
    assert agenda.entry.issue is None


def test_an_item_that_was_put_to_a_meeting_stays_there(cast: Cast, signal: Signal, issue: Issue) -> None:
    agenda, officer = make_agenda(cast), cast.actor("officer")
    actions.accept(officer, signal=signal, issue=issue)
    PlanEntry.objects.filter(issue=issue).update(meeting=add_meeting(cast, agenda.group, MOMENT + timedelta(days=20)))
    actions.dismiss(officer, signal=signal, why="Not ours.")
    assert PlanEntry.objects.get(issue=issue).state == EntryState.PLANNED


@pytest.mark.parametrize("why", ["no date", "over", "private"])
def test_what_brings_nothing_to_the_plan(cast: Cast, issue: Issue, why: str) -> None:
    dates = {"no date": (), "over": closing(MOMENT - timedelta(days=1)), "private": closing(CLOSES)}[why]
    (signal,) = tell(add(cast), item(1, deadlines=dates))
    if why == "private":
        issue_actions.set_readers(cast.actor("officer"), issue=issue, audience=Audience.PRIVATE)
    actions.accept(cast.actor("officer"), signal=signal, issue=Issue.objects.get(pk=issue.pk))
    assert not PlanEntry.objects.exists() and not Signal.objects.get().proposed


def test_every_step_is_taken_back_in_turn(cast: Cast, signal: Signal, issue: Issue) -> None:
    officer = cast.actor("officer")
    actions.assign(officer, signal=signal, to=cast.deputy)
    actions.snooze(officer, signal=signal, until=TODAY + timedelta(days=7))
    actions.dismiss(officer, signal=signal, why="Not ours.")
    actions.accept(officer, signal=signal, issue=issue)
    seen = []
    for _ in range(4):
        actions.undo_last(officer)
        seen.append(standing(signal)[0])
    assert seen == ["dismissed", "snoozed", "inbox", "inbox"] and signal.assigned_to is None
    with pytest.raises(Conflict, match="no step of yours"):
        actions.undo_last(officer)
    assert AuditEntry.objects.filter(verb="signal.undone").count() == 4


def test_what_somebody_else_sorted_since_is_not_taken_back_under_them(cast: Cast, signal: Signal, issue: Issue) -> None:
    actions.dismiss(cast.actor("officer"), signal=signal, why="Not ours.")
    actions.accept(cast.actor("deputy"), signal=signal, issue=issue)
    with pytest.raises(Conflict, match="Somebody has sorted this signal since"):
        actions.undo_last(cast.actor("officer"))
    assert standing(signal) == (Sorting.ACCEPTED, issue.pk)


def test_what_was_snoozed_comes_back_on_its_day(cast: Cast, signal: Signal) -> None:
    officer, day = cast.actor("officer"), TODAY + timedelta(days=7)
    actions.snooze(officer, signal=signal, until=day)
    assert inbox.waiting(officer) == 0
    assert inbox.waiting(cast.actor("officer", now=MOMENT + timedelta(days=7))) == 1


def wrong(cast: Cast, signal: Signal, issue: Issue, what: str) -> Any:
    officer, steps = cast.actor("officer"), actions
    return {
        "no reason": lambda: steps.dismiss(officer, signal=signal, why="  "),
        "yesterday": lambda: steps.snooze(officer, signal=signal, until=TODAY),
        "to an office": lambda: steps.assign(officer, signal=signal, to=cast.mayor),
        "not sorted": lambda: steps.put_back(officer, signal=signal),
        "closed issue": lambda: steps.accept(officer, signal=signal, issue=issue),
        "into itself": lambda: steps.fold(officer, signal=signal, into=signal),
        "no copy": lambda: steps.take_out(officer, signal=signal),
        "empty note": lambda: steps.note(officer, signal=signal, side="risk", text=" "),
        "no side": lambda: steps.note(officer, signal=signal, side="danger", text="x"),
        "long note": lambda: steps.note(officer, signal=signal, side="risk", text="x" * 601),
        "a year ahead": lambda: steps.set_lead(officer, signal=signal, days=365),
        "no star": lambda: steps.star(officer, signal=signal, on=False),
    }[what]


@pytest.mark.parametrize(
    ("what", "error", "words"),
    [
        ("no reason", Invalid, "Say why"),
        ("yesterday", Invalid, "after today"),
        ("to an office", Invalid, "cannot sort signals"),
        ("not sorted", Conflict, "in the inbox already"),
        ("closed issue", Invalid, "Choose an issue that is still followed"),
        ("into itself", Invalid, "itself no copy"),
        ("no copy", Conflict, "card of its own"),
        ("empty note", Invalid, "what you see"),
        ("no side", Invalid, "risk or an opportunity"),
        ("long note", Invalid, "600 characters"),
        ("a year ahead", Invalid, "0 to 180"),
        ("no star", Conflict, "no star"),
    ],
)
def test_what_is_refused(
    cast: Cast, signal: Signal, issue: Issue, what: str, error: type[Exception], words: str
) -> None:
    issue_actions.set_state(cast.actor("officer"), issue=issue, state="closed", why="Done.")
    issue.refresh_from_db()
    with pytest.raises(error, match=words):
        wrong(cast, signal, issue, what)()


@pytest.mark.parametrize("part", ["mayor", "member_officer", "administrator", "guest", "stranger"])
def test_who_does_not_sort(cast: Cast, signal: Signal, part: str) -> None:
    with pytest.raises(Refused):
        actions.dismiss(cast.actor(part), signal=signal, why="Not ours.")


@pytest.mark.requirement("B5")
def test_the_owner_is_told_once_of_a_date_that_comes_near(cast: Cast, signal: Signal, issue: Issue) -> None:
    actions.accept(cast.actor("officer"), signal=signal, issue=issue)
    actions.set_lead(cast.actor("officer"), signal=signal, days=14)
    assert leading.tell(CLOSES - timedelta(days=15)) == "No date has come near."
    assert leading.tell(CLOSES - timedelta(days=13)) == "Told the owners of 1 dates."
    assert leading.tell(CLOSES - timedelta(days=12)) == "No date has come near."
    mail = OutboxMessage.objects.get()
    assert (mail.to_address, mail.audience) == (cast.officer.email, Audience.PRIVATE)
    assert mail.subject.startswith("Closing on 8 January 2027: Ferry number 1")

    # Of another date he is told again.
    moved = item(1, deadlines=closing(CLOSES + timedelta(days=14)), state="open", updated=MOMENT)
    tell(Signal.objects.get().sources.get(), moved, at=MOMENT + timedelta(hours=1))
    assert leading.tell(CLOSES + timedelta(days=1)) == "Told the owners of 1 dates."
