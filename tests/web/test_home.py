"""The home page: what changed since a person was here, what they wait for, and the week by group."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from folkmoot.apps.access.actions import note_visit
from folkmoot.apps.access.audience import Audience, Handling
from folkmoot.apps.archive import actions as archive
from folkmoot.apps.issues.actions import open_action, set_next, write_note
from folkmoot.apps.members.models import CalendarEvent
from folkmoot.web.shell import home
from folkmoot.web.shell.home import HomeChange, Waiting, WeekEntry
from tests import positions_world
from tests.agenda_world import add_entry, add_meeting, make_agenda
from tests.cast import MOMENT, TODAY, Cast, act
from tests.issues_world import begin, give


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


def shown_week(client: Client) -> dict[str, list[tuple[str, ...]]]:
    """The week as the first page after signing in shows it: by group, the day of each entry and its lines."""
    found: dict[str, list[tuple[str, ...]]] = {}
    shown = LexborHTMLParser(page(client))
    days = [head.text(deep=False, strip=True) for head in shown.css(".fm-week__day")]
    for row in shown.css(".fm-week__row"):
        [group] = row.css(".fm-week__group")
        cells = zip(days, row.css(".fm-week__cell"), strict=True)
        found[group.text()] = [
            (day, *(" ".join(part.text().split()) for part in entry.css("a, .fm-mark, .fm-week__note")))
            for day, cell in cells
            for entry in cell.css(".fm-week__entry")
        ]
    return found


@pytest.mark.requirement("A1")
def test_the_first_page_shows_for_each_group_what_is_due_when_with_its_owner_and_state(
    cast: Cast, sign_in_as: Any
) -> None:
    """Nothing is to be looked for: no click after signing in, and of every entry all four stand beside its day."""
    agenda = make_agenda(cast)
    tomorrow = add_meeting(cast, agenda.group, MOMENT.replace(hour=14, minute=0) + timedelta(days=1))
    add_entry(cast, tomorrow, title="Skills funding")
    add_meeting(cast, agenda.group, MOMENT.replace(hour=10, minute=0) + timedelta(days=6))
    positions_world.fill_register()
    circulation = positions_world.circulate(
        cast, positions_world.draft(cast), closes_at=MOMENT.replace(hour=17, minute=0) + timedelta(days=5)
    )
    positions_world.answer(cast, circulation, "aldermere", {0: "support"})
    open_action(cast.actor("head"), title="Send the costs", owner=cast.officer, due=TODAY + timedelta(days=2))
    open_action(cast.actor("head"), title="Ring them", owner=cast.coordinator, due=TODAY - timedelta(days=3))
    issue = begin(cast, "Depots", lead=cast.deputy)
    set_next(cast.actor("officer"), issue=issue, on=TODAY, what="The hearing")

    assert shown_week(sign_in_as("officer")) == {
        "Chief executives": [
            ("Thu 26 Nov 2026", "14:00 Meeting", "Idris Vale, in the chair", "Planned: Skills funding"),
            ("Tue 1 Dec 2026", "10:00 Meeting", "Idris Vale, in the chair", "Planned: nothing on its agenda"),
        ],
        "Offices": [("Mon 30 Nov 2026", "17:00 Answers due: Bus franchising", "Owen Lark", "1 of 3 answered")],
        "Secretariat": [
            ("Wed 25 Nov 2026", "Action: Ring them", "Cora Field", "3 days late"),
            ("Wed 25 Nov 2026", "The hearing", "Dev Anand", "Depots: active"),
            ("Fri 27 Nov 2026", "Action: Send the costs", "Owen Lark", "Open"),
        ],
    }
    for part, said in (("mayor", "Your office has answered"), ("third_officer", "Your office has not answered")):
        assert shown_week(sign_in_as(part))["Offices"][0][-1] == said


def test_of_many_late_actions_the_latest_stand_in_the_week_and_offices_see_only_their_own(
    cast: Cast, sign_in_as: Any
) -> None:
    issue = begin(cast)
    for days in range(1, 6):
        give(cast, issue, title=f"Letter {days}", due=TODAY - timedelta(days=days))
    give(cast, issue, "member_officer", title="Check the figures", due=TODAY - timedelta(days=1))

    secretariat = [line[1:] for line in shown_week(sign_in_as("head"))["Secretariat"]]
    assert secretariat == [
        ("2 more actions late",),
        *((f"Action: Letter {days}", "Owen Lark", f"{days} days late") for days in (3, 4, 5)),
    ]
    assert {group: len(lines) for group, lines in shown_week(sign_in_as("member_officer")).items()} == {"Offices": 1}


def test_sensitive_titles_carry_their_mark_wherever_home_shows_them(cast: Cast, sign_in_as: Any) -> None:
    issue = begin(cast, "Ferries", handling=Handling.OFFICIAL_SENSITIVE)
    give(cast, issue, title="Ring the harbour master")
    give(cast, issue, "deputy", title="Ask the pilots")
    write_note(cast.actor("head"), issue=issue, day=TODAY, text="They called.", audience=Audience.SECRETARIAT)

    shown = LexborHTMLParser(page(sign_in_as("officer")))

    for place in (".fm-needs__what", ".fm-week__entry", ".fm-log__line", ".fm-log__line--wait"):
        for one in shown.css(place):
            assert "OFFICIAL-SENSITIVE" in one.text(), one.text()
        assert shown.css(place)
    assert page(sign_in_as("officer"), "changed", days="1").count('"fm-mark"') == 2
    assert page(sign_in_as("officer"), "waited_for").count('"fm-mark"') == 1


def test_papers_taken_into_the_memory_stand_among_the_changes_once_an_import(cast: Cast, sign_in_as: Any) -> None:
    officer = cast.actor("officer")
    for names in (("2021-03-04 letter on fares.txt",), ("2022 buses.txt", "2023 trams.txt")):
        files = [(name, f"Words on {name}, which nobody has said before.".encode()) for name in names]
        archive.take_in(officer, batch=archive.stage(officer, name="Papers", files=files))

    said = page(sign_in_as("head"), "changed")
    assert "2 past papers</a> were taken into the memory." in said
    assert said.count("taken into the memory") == 2
    assert "taken into the memory" not in page(sign_in_as("mayor"), "changed")
    assert "taken into the memory" not in page(sign_in_as("administrator"), "changed")


CHANGES = [("Plan", "new", "/1"), ("Plan", "b", "/2"), ("Plan", "old", "/1"), ("Mail", "c", "/1")]


@pytest.mark.one_database
def test_what_happened_to_one_record_stands_on_one_line() -> None:
    changes = [HomeChange(MOMENT, kind, title, url, "") for kind, title, url in CHANGES]

    assert [(line.latest.title, line.more) for line in home.by_record(changes)] == [("new", 1), ("b", 0), ("c", 0)]


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

    for sentence in (
        "Nothing needs you today.",
        "Nothing since you were here.",
        "You wait for nobody.",
        "Nothing falls on the next working days",
    ):
        assert sentence in text
    assert "What you were invited to stands under" in page(sign_in_as("guest"))
    assert "What you look after stands under" not in text


@pytest.mark.parametrize("days", ["0", "-1", "soon", "100000", ""])
def test_a_span_that_is_none_is_read_as_a_week(sign_in_as: Any, days: str) -> None:
    assert 'value="7" selected' in page(sign_in_as("officer"), "changed", days=days)
