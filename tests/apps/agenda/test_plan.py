"""The forward plan: what is put on it, what changes, and the chair's approval."""

from datetime import timedelta
from typing import Any

import pytest

from folkmoot.apps.access.audience import Audience
from folkmoot.apps.access.audit import verify
from folkmoot.apps.access.gate import Conflict, Invalid, Refused
from folkmoot.apps.access.models import AuditEntry
from folkmoot.apps.agenda import actions
from folkmoot.apps.agenda.models import PlanVersion
from folkmoot.apps.agenda.queries import plan
from tests.agenda_world import SOON, Agenda, add_entry, add_meeting
from tests.cast import MOMENT, TODAY, Cast, act


def put(agenda: Agenda, **moved: Any) -> PlanVersion:
    return actions.put_to_chair(act(agenda.cast.officer, now=MOMENT + timedelta(**moved)))


@pytest.mark.requirement("A5")
def test_the_chair_approves_and_a_later_change_shows_old_and_new_and_who(agenda: Agenda) -> None:
    chair = agenda.cast.actor("chief_executive")
    first = actions.approve_version(chair, version=put(agenda))
    later = agenda.later()

    agenda.change(meeting=later, why="Waits for the budget.", by="deputy")
    second = put(agenda, hours=1)

    shown = plan.version_page(chair, second)
    assert (first.state, first.approved_by_id) == ("Approved", agenda.cast.chief_executive.pk)
    assert shown.against == first
    (difference,) = shown.differences
    assert difference.words == (
        ("Meeting", "Chief executives, 2 December 2026, 14:00", "Chief executives, 30 December 2026, 14:00"),
    )
    assert [(line.who, line.why) for line in difference.changes if line.what == "Meeting"] == [
        ("Dev Anand", "Waits for the budget.")
    ]
    assert AuditEntry.objects.filter(verb="plan.approved", account_id=agenda.cast.chief_executive.pk).exists()
    assert verify() == []


@pytest.mark.requirement("A5")
def test_whoever_employs_the_staff_approves_nothing_by_that(agenda: Agenda) -> None:
    version = put(agenda)

    for part in ("head", "deputy", "mayor", "member_officer", "other_mayor", "administrator"):
        with pytest.raises(Refused):
            actions.approve_version(agenda.cast.actor(part), version=version)


def test_a_chair_whose_seat_ended_yesterday_approves_nothing(agenda: Agenda, cast: Cast) -> None:
    version = put(agenda)
    actions.seat(cast.actor("coordinator"), group=agenda.group, account=cast.other_officer, begins=TODAY, is_chair=True)

    with pytest.raises(Refused):
        actions.approve_version(cast.actor("chief_executive"), version=version)
    assert actions.approve_version(cast.actor("other_officer"), version=version).state == "Approved"


def test_a_version_is_judged_once_and_only_the_newest(agenda: Agenda) -> None:
    chair = agenda.cast.actor("chief_executive")
    old, new = put(agenda), put(agenda, hours=1)

    with pytest.raises(Conflict, match="replaced by a newer one"):
        actions.approve_version(chair, version=old)
    actions.send_back_version(chair, version=new, why="The order is wrong.")
    with pytest.raises(Conflict, match="sent back already"):
        actions.approve_version(chair, version=new)


def test_what_the_secretariat_alone_may_see_is_never_put_to_the_chair(agenda: Agenda, cast: Cast) -> None:
    secret = add_entry(cast, None, title="A delicate matter", audience=Audience.SECRETARIAT)

    version = put(agenda)

    assert [row.title for row in version.rows.all()] == ["Bus franchising"]
    assert "A delicate matter" not in [entry.title for entry in plan.entries(cast.actor("chief_executive"))]
    assert secret in plan.entries(cast.actor("officer"))


def test_an_item_that_becomes_narrower_is_gone_from_old_versions_for_those_left_out(agenda: Agenda) -> None:
    version = put(agenda)
    agenda.entry.audience = Audience.SECRETARIAT
    agenda.entry.save()

    assert plan.version_page(agenda.cast.actor("mayor"), version).rows == ()
    assert plan.changes_since(agenda.cast.actor("mayor"), MOMENT - timedelta(days=1)) == []
    assert len(plan.version_page(agenda.cast.actor("officer"), version).rows) == 1


def test_the_administrator_and_a_guest_find_no_version(agenda: Agenda, cast: Cast) -> None:
    put(agenda)

    assert not plan.versions(cast.actor("administrator")).exists()
    assert not plan.versions(cast.actor("guest")).exists()
    assert plan.versions(cast.actor("mayor")).count() == 1


def test_an_item_shared_by_more_people_than_its_meeting_is_refused(agenda: Agenda, cast: Cast) -> None:
    private = add_meeting(cast, agenda.group, SOON + timedelta(days=1), audience=Audience.SECRETARIAT)

    with pytest.raises(Invalid, match="seen by fewer people"):
        add_entry(cast, private)
    with pytest.raises(Invalid, match="seen by fewer people"):
        agenda.change(meeting=private)


def test_nothing_is_put_to_the_chair_where_there_is_nothing(agenda: Agenda, cast: Cast) -> None:
    actions.drop_entry(cast.actor("officer"), entry=agenda.entry, why="Overtaken by events.")

    with pytest.raises(Conflict, match="nothing on the shared plan"):
        put(agenda)


def test_what_is_dropped_can_be_put_back_and_both_stand_in_its_history(agenda: Agenda, cast: Cast) -> None:
    officer = cast.actor("officer")
    actions.drop_entry(officer, entry=agenda.entry, why="Overtaken.")
    with pytest.raises(Conflict, match="Put it back"):
        agenda.change(title="Other words")
    actions.restore_entry(officer, entry=agenda.entry)

    lines = [(line.what, line.before, line.after) for line in plan.history(officer, agenda.entry)]
    assert lines[:2] == [("State", "Dropped", "Planned"), ("State", "Planned", "Dropped")]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": "   "}, "Give the item a title"),
        ({"title": "x" * 161}, "161 characters, and 160 fit"),
        ({"purpose": "sing"}, "decide, discuss or note"),
        ({"minutes": 0}, "from 1 to 480 minutes"),
        ({"minutes": 481}, "from 1 to 480 minutes"),
    ],
)
def test_what_is_wrong_with_an_item_is_said(cast: Cast, changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        add_entry(cast, None, **changes)


@pytest.mark.parametrize("part", ["mayor", "chief_executive", "member_officer", "guest", "administrator"])
def test_only_the_secretariat_keeps_the_plan(agenda: Agenda, part: str) -> None:
    with pytest.raises(Refused):
        add_entry(agenda.cast, None, by=part)
    with pytest.raises(Refused):
        agenda.change(title="Other words", by=part)
    with pytest.raises(Refused):
        actions.put_to_chair(agenda.cast.actor(part))
