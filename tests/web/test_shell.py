"""The home page, the pages about the product, and the pages for what went wrong."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.test import Client, RequestFactory

from folkmoot.apps.access.permissions import Permission
from folkmoot.web import templating
from folkmoot.web.shell import home, navigation, network, views
from folkmoot.web.shell.home import HomeItem, home_groups
from folkmoot.web.widgets import DateBoxes, DayField
from tests.cast import Cast

LONDON = ZoneInfo("Europe/London")


def item(title: str, due: date | datetime | None, **changes: Any) -> HomeItem:
    return HomeItem("Paper", title, "/positions/", "Because", due, "Read", **changes)


@pytest.fixture
def needs(monkeypatch: pytest.MonkeyPatch) -> list[HomeItem]:
    """What the only room that tells the home page anything tells it."""
    found: list[HomeItem] = []
    monkeypatch.setattr(home, "_sources", [lambda actor: found])
    return found


class TestHome:
    def test_nothing_needs_you_is_said(self, sign_in_as: Any, needs: list[HomeItem]) -> None:
        response = sign_in_as("officer").get("/")

        assert "Nothing needs you today." in response.text

    def test_what_is_late_comes_first_and_what_has_no_date_last(self, cast: Cast, needs: list[HomeItem]) -> None:
        needs += [
            item("undated", None),
            item("later", date(2026, 12, 4)),
            item("tonight", datetime(2026, 11, 25, 23, 30, tzinfo=LONDON)),
            item("yesterday", date(2026, 11, 24)),
            item("said to be late", date(2026, 12, 1), overdue=True),
        ]

        groups = home_groups(cast.actor("officer"))

        assert [(group.name, [one.title for one in group.items]) for group in groups] == [
            ("overdue", ["yesterday", "said to be late"]),
            ("today", ["tonight"]),
            ("later", ["later"]),
            ("any", ["undated"]),
        ]

    def test_an_item_shows_its_title_its_reason_and_its_verb(self, sign_in_as: Any, needs: list[HomeItem]) -> None:
        needs.append(item("Sign <this>", date(2026, 12, 4), delegated=True))

        page = sign_in_as("officer").get("/").text

        assert "Sign &lt;this&gt;" in page
        assert "Because" in page
        assert "delegated" in page
        assert "Fri 4 Dec 2026" in page

    def test_what_is_late_says_by_how_much(self, sign_in_as: Any, needs: list[HomeItem]) -> None:
        needs += [item("A", date(2026, 11, 20)), item("B", date(2026, 11, 24))]

        page = sign_in_as("officer").get("/").text

        assert "5 days late" in page
        assert "1 day late" in page

    def test_the_delegation_is_named_on_every_page(self, sign_in_as: Any) -> None:
        client = sign_in_as("chief_executive")

        for address in ("/", "/help/", "/keyboard/", "/accessibility/", "/who-sees/", "/nowhere/"):
            assert "for Gwen Tarrant" in client.get(address).text, address


class TestNavigation:
    def test_a_room_that_takes_a_permission_is_offered_only_with_it(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(navigation, "address", lambda name: f"/{name}/")

        assert "Mail" in [link.title for link in navigation.rooms(cast.actor("officer"), "/")]
        assert "Mail" not in [link.title for link in navigation.rooms(cast.actor("mayor"), "/")]

    def test_the_room_of_the_page_is_the_current_one(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(navigation, "address", lambda name: "/" if name == "home" else f"/{name}/")

        links = navigation.rooms(cast.actor("officer"), "/positions/abc/")

        assert [link.title for link in links if link.current] == ["Positions"]

    def test_a_room_that_does_not_exist_is_not_offered(self) -> None:
        assert navigation.address("no such room") is None

    def test_a_stranger_is_offered_nothing(self, cast: Cast) -> None:
        assert navigation.rooms(cast.actor("stranger"), "/") == []


class TestPages:
    @pytest.mark.parametrize("address", ["/help/", "/keyboard/", "/accessibility/", "/robots.txt"])
    @pytest.mark.django_db
    def test_anybody_may_read_about_the_product(self, client: Client, address: str) -> None:
        assert client.get(address).status_code == 200

    @pytest.mark.django_db
    def test_search_engines_are_kept_out(self, client: Client) -> None:
        assert client.get("/robots.txt").text == "User-agent: *\nDisallow: /\n"

    def test_who_sees_says_what_the_reader_is(self, sign_in_as: Any) -> None:
        assert "Your role is Policy officer" in sign_in_as("officer").get("/who-sees/").text

    def test_a_page_that_is_not_there_says_so_without_a_hint(self, sign_in_as: Any) -> None:
        response = sign_in_as("officer").get("/nowhere/")

        assert response.status_code == 404
        assert "There is no page at this address that you may see." in response.text

    def test_a_broken_page_asks_nothing_of_the_database(self) -> None:
        response = views.broken(RequestFactory().get("/"))

        assert response.status_code == 500
        assert "Something went wrong" in response.content.decode()

    def test_a_form_that_is_stale_says_what_to_do(self, cast: Cast) -> None:
        client = Client(enforce_csrf_checks=True)
        client.force_login(cast.officer)

        response = client.post("/")

        assert response.status_code == 403
        assert "Load its page and send it again" in response.text

    def test_every_permission_of_a_room_exists(self) -> None:
        offered = [*navigation.ROOMS, *(room for room, _line in navigation.SETTINGS)]

        assert {room.permission for room in offered} <= {None, *Permission}


class TestWords:
    """Days and numbers as people read them."""

    AT = datetime(2026, 7, 4, 23, 30, tzinfo=ZoneInfo("UTC"))

    def test_days_and_moments_are_london_s(self) -> None:
        assert templating.day(self.AT) == "Sun 5 Jul 2026"
        assert templating.short_day(self.AT) == "5 Jul"
        assert templating.moment_text(self.AT) == "5 July 2026, 00:30"
        assert templating.day_time(self.AT) == "5 Jul, 00:30"
        assert templating.weekday(date(2026, 11, 25)) == "Wednesday 25 November"

    @pytest.mark.parametrize(
        ("count", "words", "text"),
        [(1, ("office",), "1 office"), (14, ("office",), "14 offices"), (1200, ("reply", "replies"), "1,200 replies")],
    )
    def test_a_count_agrees_with_its_word(self, count: int, words: tuple[str, ...], text: str) -> None:
        assert templating.plural(count, *words) == text

    @pytest.mark.parametrize(
        ("name", "text"), [("Imran Wetherby", "IW"), ("Ada", "A"), ("Mary Ann de Vere", "MV"), ("", "")]
    )
    def test_initials(self, name: str, text: str) -> None:
        assert templating.initials(name) == text

    def test_a_changed_query_keeps_the_rest_and_leaves_the_page(self) -> None:
        request = RequestFactory().get("/members/?party=c&page=3&sort=name")

        assert templating.with_query(request, sort="-name") == "?party=c&sort=-name"
        assert templating.with_query(request, page=4) == "?party=c&sort=name&page=4"
        assert templating.with_query(request, party=None) == "?sort=name"

    def test_the_network_has_the_name_that_a_room_tells(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(network, "_named_by", [lambda: "", lambda: "Fourteen Regions"])

        assert network.network_name() == "Fourteen Regions"


class TestDayField:
    def test_three_boxes_make_a_date(self) -> None:
        field = DayField()
        typed = DateBoxes().value_from_datadict({"x_day": "4", "x_month": "12", "x_year": "2026"}, {}, "x")

        assert field.clean(typed) == date(2026, 12, 4)

    @pytest.mark.parametrize(
        "typed", [("31", "2", "2026"), ("4", "", "2026"), ("x", "12", "2026"), ("4-1", "12", "2026")]
    )
    def test_what_is_no_date_is_refused_and_shown_again(self, typed: tuple[str, str, str]) -> None:
        field = DayField()
        data = dict(zip(("x_day", "x_month", "x_year"), typed, strict=True))
        value = DateBoxes().value_from_datadict(data, {}, "x")

        with pytest.raises(ValidationError, match="Write a real date"):
            field.clean(value)
        boxes = DateBoxes().get_context("x", value, {"id": "id_x"})["widget"]["boxes"]
        assert [box["value"] for box in boxes] == list(typed)
