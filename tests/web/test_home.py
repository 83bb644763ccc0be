"""The home page: what changed since a person was here, what they wait for, and the week by group."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from folkmoot.apps.access.actions import note_visit
from folkmoot.apps.access.audience import Audience
from folkmoot.apps.issues.actions import open_action
from folkmoot.apps.members.models import CalendarEvent
from folkmoot.web.shell import home
from folkmoot.web.shell.home import HomeChange, Waiting, WeekEntry
from tests import positions_world
from tests.agenda_world import add_entry, add_meeting, make_agenda
from tests.cast import MOMENT, TODAY, Cast, act


def page(client: Any, name: str = "home", **query: str) -> str:
    response = client.get(reverse(name), query)
    assert response.status_code == 200
    text: str = response.content.decode()
    return text


class TestVisits:
    def test_a_first_visit_looks_back_a_week(self, cast: Cast) -> None:
        assert note_visit(cast.actor("officer")) == MOMENT - timedelta(days=7)

    def test_what_counts_is_the_end_of_the_visit_before(self, cast: Cast) -> None:
        for minutes in (0, 20, 40):
            note_visit(act(cast.officer, now=MOMENT + timedelta(minutes=minutes)))

        tomorrow = act(cast.officer, now=MOMENT + timedelta(days=1))
        assert note_visit(tomorrow) == MOMENT + timedelta(minutes=40)
        assert note_visit(tomorrow) == MOMENT + timedelta(minutes=40)

    def test_whoever_came_by_a_link_leaves_no_trace(self, cast: Cast) -> None:
        note_visit(act(cast.mayor, confined="circulation:1"))

        later = act(cast.mayor, now=MOMENT + timedelta(days=1))
        assert note_visit(later) == later.now - timedelta(days=7)


class TestWeek:
    @pytest.fixture
    def entries(self, monkeypatch: pytest.MonkeyPatch) -> list[WeekEntry]:
        found: list[WeekEntry] = []
        monkeypatch.setattr(home, "_week_sources", [lambda actor, first, last: found])
        return found

    @pytest.mark.django_db
    def test_it_shows_today_and_the_next_four_working_days(self, cast: Cast, entries: list[WeekEntry]) -> None:
        CalendarEvent.objects.create(
            key="made-up", kind="bank-holiday", title="A holiday", starts_on="2026-11-27", scope="england-and-wales"
        )

        assert home.week(cast.actor("officer")).days == (
            date(2026, 11, 25),
            date(2026, 11, 26),
            date(2026, 11, 30),
            date(2026, 12, 1),
            date(2026, 12, 2),
        )

    def test_what_falls_on_a_day_off_stands_on_the_day_before(self, cast: Cast, entries: list[WeekEntry]) -> None:
        entries += [
            WeekEntry(date(2026, 11, 28), "Mayors", "On Saturday", "/"),
            WeekEntry(
                date(2026, 11, 27), "Mayors", "In the morning", "/", at=datetime(2026, 11, 27, 9, tzinfo=MOMENT.tzinfo)
            ),
            WeekEntry(date(2026, 11, 25), "Officers", "Today", "/"),
        ]

        shown = home.week(cast.actor("officer"))

        titles = {group: [[one.title for one in day] for day in days] for group, days in shown.rows}
        assert titles == {
            "Mayors": [[], [], ["In the morning", "On Saturday"], [], []],
            "Officers": [["Today"], [], [], [], []],
        }


class TestOrder:
    def test_the_latest_change_comes_first_and_the_longest_wait(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        early, late = (HomeChange(MOMENT - timedelta(hours=h), "Plan", f"{h}", "/", "") for h in (3, 1))
        short, long = (Waiting(f"{d}", "/", "Somebody", TODAY - timedelta(days=d)) for d in (1, 9))
        monkeypatch.setattr(home, "_change_sources", [lambda actor, since: [early, late]])
        monkeypatch.setattr(home, "_waiting_sources", [lambda actor: [short, long]])

        assert home.changes(cast.actor("officer"), MOMENT) == [late, early]
        assert home.waiting(cast.actor("officer")) == [long, short]


@pytest.mark.requirement("A1")
def test_this_weeks_items_stand_by_group_with_owner_and_state(cast: Cast, sign_in_as: Any) -> None:
    agenda = make_agenda(cast)
    tomorrow = add_meeting(cast, agenda.group, MOMENT.replace(hour=14, minute=0) + timedelta(days=1))
    add_entry(cast, tomorrow, title="Skills funding")
    positions_world.fill_register()
    positions_world.circulate(cast, positions_world.draft(cast), closes_at=MOMENT.replace(hour=17) + timedelta(days=5))
    open_action(cast.actor("head"), title="Send the costs", owner=cast.officer, due=TODAY + timedelta(days=2))

    text = page(sign_in_as("officer"))
    shown = home.week(cast.actor("officer"))

    rows = {group: [(one.title, one.owner, one.state) for day in days for one in day] for group, days in shown.rows}
    assert rows["Chief executives"] == [("Meeting", "", "Skills funding")]
    assert rows["Offices"] == [("Answers due: Bus franchising", "Owen Lark", "0 of 3 answered")]
    assert rows["Secretariat"] == [("Action: Send the costs", "Owen Lark", "")]
    for words in ("The week ahead, by group", "Skills funding", "Action: Send the costs", "Owen Lark"):
        assert words in text


def test_each_side_is_told_of_a_return_only_what_it_may_know(cast: Cast, sign_in_as: Any) -> None:
    positions_world.fill_register()
    circulation = positions_world.circulate(cast, positions_world.draft(cast))
    positions_world.answer(cast, circulation, "aldermere", {0: "support"})

    own, others = page(sign_in_as("officer"), "changed"), page(sign_in_as("third_officer"), "changed")

    assert "Aldermere answered." in own
    assert "was circulated." in others
    assert "Aldermere answered." not in others


def test_who_leads_waits_for_the_offices_and_the_offices_do_not(cast: Cast, sign_in_as: Any) -> None:
    positions_world.fill_register()
    positions_world.circulate(cast, positions_world.draft(cast))

    assert "Answers: Bus franchising" in page(sign_in_as("officer"), "waited_for")
    assert "You wait for nobody." in page(sign_in_as("mayor"), "waited_for")


def test_what_the_secretariat_plans_for_itself_changes_nothing_for_an_office(cast: Cast, sign_in_as: Any) -> None:
    agenda = make_agenda(cast)
    add_entry(cast, None, title="A delicate matter", audience=Audience.SECRETARIAT)
    agenda.change(title="Bus franchising powers")

    assert "A delicate matter" in page(sign_in_as("officer"), "changed")
    office = page(sign_in_as("mayor"), "changed", days="90")
    assert "Bus franchising powers" in office
    assert "A delicate matter" not in office


def test_a_page_without_anything_says_so(sign_in_as: Any) -> None:
    text = page(sign_in_as("officer"))

    for sentence in ("Nothing since you were here.", "You wait for nobody.", "Nothing falls on the next working days"):
        assert sentence in text


@pytest.mark.parametrize("days", ["0", "-1", "soon", "100000", ""])
def test_a_span_that_is_none_is_read_as_a_week(sign_in_as: Any, days: str) -> None:
    assert 'value="7" selected' in page(sign_in_as("officer"), "changed", days=days)
