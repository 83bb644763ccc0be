"""Groups and their meetings: seats, agendas, minutes, and what is carried over."""

from datetime import date, timedelta

import pytest

from folkmoot.apps.access.audience import Audience
from folkmoot.apps.access.gate import Conflict, Invalid
from folkmoot.apps.agenda import actions
from folkmoot.apps.agenda.models import EntryState, Meeting, MeetingState
from folkmoot.apps.agenda.queries import meetings, plan
from folkmoot.apps.issues.models import Action
from tests.agenda_world import SOON, Agenda, add_entry, add_meeting
from tests.cast import TODAY, Cast, act


def test_the_agenda_is_timed_and_says_when_it_is_too_full(agenda: Agenda, cast: Cast) -> None:
    add_entry(cast, agenda.meeting, title="Skills", minutes=45)

    shown = meetings.meeting_page(cast.actor("mayor"), agenda.meeting)

    assert [(line.number, line.heading, f"{line.begins:%H:%M}") for line in shown.lines] == [
        (1, "Matters arising", "14:00"),
        (2, "Bus franchising", "14:10"),
        (3, "Skills", "14:30"),
    ]
    assert (shown.taken, shown.over) == (75, 15)


def test_what_is_settled_is_done_and_the_rest_goes_to_the_next_meeting(agenda: Agenda, cast: Cast) -> None:
    other, later = add_entry(cast, agenda.meeting, title="Skills"), agenda.later()
    deputy = act(cast.deputy, now=SOON + timedelta(hours=2))
    actions.write_minute(
        deputy, meeting=agenda.meeting, heading="Bus franchising", entry=agenda.entry, outcome="agreed", text="Agreed."
    )

    held, following = actions.hold_meeting(deputy, meeting=agenda.meeting)

    agenda.entry.refresh_from_db()
    other.refresh_from_db()
    assert (held.state, following) == (MeetingState.HELD, later)
    assert agenda.entry.state == EntryState.DONE
    assert other.meeting == later
    assert plan.history(deputy, other)[0].why == "Carried over from Chief executives, 2 December 2026."


def test_what_was_asked_in_the_room_becomes_an_action_of_its_owner(agenda: Agenda, cast: Cast) -> None:
    due = date(2026, 12, 18)
    actions.write_minute(
        cast.actor("deputy"),
        meeting=agenda.meeting,
        heading="Bus franchising",
        entry=agenda.entry,
        outcome="noted",
        text="",
        asked=actions.Asked("Send the costs", cast.member_officer, due),
    )

    action = Action.objects.get()
    assert (action.title, action.owner, action.due) == ("Send the costs", cast.member_officer, due)
    (line,) = [line for line in meetings.meeting_page(cast.actor("mayor"), agenda.meeting).lines if line.asked]
    assert line.asked == (action,)


def test_a_minute_written_twice_stands_once(agenda: Agenda, cast: Cast) -> None:
    for text in ("First words.", "Better words."):
        actions.write_minute(
            cast.actor("deputy"), meeting=agenda.meeting, heading="Matters arising", outcome="noted", text=text
        )

    assert [minute.text for minute in agenda.meeting.records.all()] == ["Better words."]


def test_two_items_of_one_title_have_each_their_own_minute(agenda: Agenda, cast: Cast) -> None:
    twin = add_entry(cast, agenda.meeting)
    for entry, text in ((agenda.entry, "One."), (twin, "Two.")):
        actions.write_minute(
            cast.actor("deputy"),
            meeting=agenda.meeting,
            heading=entry.title,
            entry=entry,
            outcome="noted",
            text=text,
        )

    lines = meetings.meeting_page(cast.actor("deputy"), agenda.meeting).lines
    assert [line.minute.text for line in lines if line.minute] == ["One.", "Two."]


def test_a_meeting_that_has_not_begun_cannot_be_closed(agenda: Agenda, cast: Cast) -> None:
    with pytest.raises(Conflict, match="has not begun"):
        actions.hold_meeting(cast.actor("deputy"), meeting=agenda.meeting)


def test_the_items_of_a_cancelled_meeting_wait_and_say_why(agenda: Agenda, cast: Cast) -> None:
    actions.cancel_meeting(cast.actor("officer"), meeting=agenda.meeting, why="Snow.")

    agenda.entry.refresh_from_db()
    assert agenda.entry.meeting is None
    assert plan.history(cast.actor("officer"), agenda.entry)[0].why == "The meeting was cancelled: Snow."
    with pytest.raises(Conflict, match="cancelled"):
        actions.change_meeting(cast.actor("officer"), meeting=agenda.meeting, starts_at=SOON, minutes=60, where="")


def test_a_meeting_that_moves_writes_it_into_each_item(agenda: Agenda, cast: Cast) -> None:
    actions.change_meeting(
        cast.actor("officer"), meeting=agenda.meeting, starts_at=SOON + timedelta(days=1), minutes=60, where=""
    )

    line = plan.history(cast.actor("officer"), agenda.entry)[0]
    assert (line.before, line.after) == (
        "Chief executives, 2 December 2026, 14:00",
        "Chief executives, 3 December 2026, 14:00",
    )


def test_an_item_that_a_reader_may_not_see_stands_on_no_agenda_of_theirs(agenda: Agenda, cast: Cast) -> None:
    add_entry(cast, agenda.meeting, title="A delicate matter", audience=Audience.SECRETARIAT)

    headings = [line.heading for line in meetings.meeting_page(cast.actor("mayor"), agenda.meeting).lines]
    (listed,) = meetings.meetings(cast.actor("mayor"))

    assert headings == ["Matters arising", "Bus franchising"]
    assert listed.shown_items == 1


def test_a_new_chair_ends_the_seat_of_the_one_before(agenda: Agenda, cast: Cast) -> None:
    begins = TODAY + timedelta(days=10)
    actions.seat(
        cast.actor("coordinator"), group=agenda.group, account=cast.other_officer, begins=begins, is_chair=True
    )

    def chair(day: date) -> list[str]:
        return [held.account.name for held in agenda.group.seats.on(day) if held.is_chair]

    assert chair(begins - timedelta(days=1)) == ["Idris Vale"]
    assert chair(begins) == ["Tess Quill"]


def test_a_meeting_is_not_shown_to_more_people_than_its_group(cast: Cast) -> None:
    group = actions.add_group(cast.actor("officer"), name="Secretariat", audience=Audience.SECRETARIAT)

    with pytest.raises(Invalid, match="seen by fewer people"):
        add_meeting(cast, group, SOON)
    assert not Meeting.objects.exists()


@pytest.mark.parametrize("part", ["administrator", "guest"])
def test_who_runs_the_installation_or_visits_has_no_seat(agenda: Agenda, cast: Cast, part: str) -> None:
    account = cast.account(part)
    assert account is not None

    with pytest.raises(Invalid, match="cannot sit in a group"):
        actions.seat(cast.actor("officer"), group=agenda.group, account=account, begins=TODAY)


@pytest.mark.parametrize(
    ("items", "sentence"),
    [
        ([("", 5)], "An item needs a title"),
        ([("Welcome", 0)], "from 1 to 480 minutes"),
        ([("Welcome", 5), ("welcome", 5)], "Two items have the same title"),
    ],
)
def test_what_is_wrong_with_standing_items_is_said(
    agenda: Agenda, cast: Cast, items: list[tuple[str, int]], sentence: str
) -> None:
    with pytest.raises(Invalid, match=sentence):
        actions.set_standing_items(cast.actor("officer"), group=agenda.group, items=items)
    assert [item.title for item in agenda.group.standing_items.all()] == ["Matters arising"]


def test_two_groups_have_two_names_and_one_approves_the_plan(agenda: Agenda, cast: Cast) -> None:
    with pytest.raises(Invalid, match="a group called"):
        actions.add_group(cast.actor("officer"), name="chief EXECUTIVES")
    actions.add_group(cast.actor("officer"), name="Mayors", approves_plan=True)

    agenda.group.refresh_from_db()
    assert not agenda.group.approves_plan
