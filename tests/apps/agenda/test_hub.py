"""What the plan and the meetings add to the time line of an issue."""

from datetime import timedelta

from folkmoot.apps.access.audience import Audience, Handling
from folkmoot.apps.agenda import actions
from folkmoot.apps.agenda.models import Meeting, PlanEntry
from folkmoot.apps.issues.actions import link
from folkmoot.apps.issues.models import Issue
from folkmoot.apps.issues.timeline import timeline
from tests.agenda_world import SOON, Agenda, add_entry
from tests.cast import Cast, act
from tests.issues_world import begin
from tests.positions_world import draft


def told(cast: Cast, issue: Issue, part: str = "mayor") -> list[tuple[str, str, str]]:
    """What stands there of meetings, the newest first."""
    entries = timeline(cast.actor(part), issue)
    return [(str(entry.day), entry.title, entry.detail) for entry in entries if entry.kind == "Meeting"]


def minute(agenda: Agenda, entry: PlanEntry, outcome: str, text: str) -> None:
    actions.write_minute(
        act(agenda.cast.deputy, now=SOON + timedelta(hours=2)),
        meeting=agenda.meeting,
        heading=entry.title,
        entry=entry,
        outcome=outcome,
        text=text,
    )


def test_it_says_what_each_meeting_made_of_an_item_and_which_takes_it_next(agenda: Agenda, cast: Cast) -> None:
    issue = begin(cast)
    settled, carried = (add_entry(cast, agenda.meeting, title=title, issue=issue) for title in ("Fares", "Depots"))
    agenda.later()
    assert told(cast, issue) == [
        ("2026-12-02", "Depots", "Chief executives: to decide."),
        ("2026-12-02", "Fares", "Chief executives: to decide."),
    ]

    minute(agenda, settled, "agreed", "One fare from May.")
    minute(agenda, carried, "carried", "The costs are missing.")
    actions.hold_meeting(act(cast.deputy, now=SOON + timedelta(hours=2)), meeting=agenda.meeting)

    assert told(cast, issue) == [
        ("2026-12-30", "Depots", "Chief executives: to decide."),
        ("2026-12-02", "Depots", "Chief executives: carried over. The costs are missing."),
        ("2026-12-02", "Fares", "Chief executives: agreed. One fare from May."),
    ]


def test_an_item_of_a_linked_position_stands_there_too(agenda: Agenda, cast: Cast) -> None:
    issue, position = begin(cast), draft(cast)
    add_entry(cast, agenda.meeting, title="Our draft", position=position)
    assert told(cast, issue) == []

    link(cast.actor("officer"), issue=issue, table="positions.position", key=position.key, why="Its draft.")

    assert [title for _day, title, _detail in told(cast, issue)] == ["Our draft"]


def test_what_a_reader_may_not_see_of_the_plan_is_not_on_it_and_the_mark_is_the_meetings(
    agenda: Agenda, cast: Cast
) -> None:
    issue = begin(cast)
    shared = add_entry(cast, agenda.meeting, title="Fares", issue=issue)
    ours = add_entry(cast, agenda.meeting, title="Our line", issue=issue, audience=Audience.SECRETARIAT)
    for entry in (shared, ours):
        minute(agenda, entry, "agreed", "Settled.")

    assert [title for _day, title, _detail in told(cast, issue)] == ["Fares"]
    assert len(told(cast, issue, "officer")) == 2
    Meeting.objects.update(handling=Handling.OFFICIAL_SENSITIVE)
    marks = {entry.handling for entry in timeline(cast.actor("officer"), issue) if entry.kind == "Meeting"}
    assert marks == {Handling.OFFICIAL_SENSITIVE}
    Meeting.objects.update(audience=Audience.SECRETARIAT)
    assert told(cast, issue) == []
