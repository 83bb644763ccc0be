"""The first page of a new installation, and the pages that set it up: what each wrong input gets."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from folkmoot.apps.access.models import Account, AuditEntry
from folkmoot.apps.members.models import NetworkMembership
from folkmoot.apps.positions.models import TermsOfReference
from folkmoot.apps.records.models import Period
from folkmoot.apps.records.registry import record_classes
from folkmoot.web.beginning import ticket
from tests.cast import MOMENT, PASSWORD, Cast
from tests.positions_world import fill_register

pytestmark = pytest.mark.django_db

GIVEN = {"name": "Ada Bright", "email": "ada@example.org", "password": PASSWORD, "again": PASSWORD}


@pytest.fixture
def kept() -> Iterator[Path]:
    """Where the hash of the link lies; gone after the test."""
    path = Path(settings.ENVIRONMENT.data) / ticket.FILE
    yield path
    path.unlink(missing_ok=True)


@pytest.fixture
def link(kept: Path) -> str:
    return f"/begin/{ticket.issue(MOMENT)}/"


class TestLink:
    def test_whoever_opens_it_becomes_the_administrator_and_it_is_spent(self, link: str, kept: Path) -> None:
        client = Client()
        assert client.get(link).status_code == 200
        answer = client.post(link, GIVEN)
        assert answer.headers["Location"] == "/sign-in/?next=/setting-up/"
        account = Account.objects.get()
        assert (account.role, account.check_password(PASSWORD)) == ("administrator", True)
        assert list(AuditEntry.objects.order_by("number").values_list("verb", flat=True)) == [
            "account.created",
            "account.password-set",
        ]
        assert not kept.exists()
        assert client.get(link).status_code == 409
        assert client.post(link, {**GIVEN, "email": "eve@example.org"}).status_code == 409
        assert Account.objects.count() == 1

    def test_its_secret_is_kept_hashed_for_this_user_alone(self, link: str, kept: Path) -> None:
        assert link.split("/")[2] not in kept.read_text()
        assert kept.stat().st_mode & 0o077 == 0

    @pytest.mark.parametrize(
        ("spoil", "why"),
        [
            ("made-up", "a made-up secret"),
            ("replaced", "a newer link was printed"),
            ("old", "more than a day"),
            ("gone", "nothing is kept"),
            ("damaged", "what is kept cannot be read"),
            ("odd", "what is kept is no link"),
        ],
    )
    def test_a_wrong_link_is_refused_in_a_sentence(self, link: str, kept: Path, spoil: str, why: str) -> None:
        if spoil == "made-up":
            link = "/begin/made-up/"
        elif spoil == "replaced":
            ticket.issue(MOMENT)
        elif spoil == "old":
            facts = json.loads(kept.read_text())
            kept.write_text(json.dumps({**facts, "until": (MOMENT - timedelta(seconds=1)).isoformat()}))
        elif spoil == "gone":
            kept.unlink()
        elif spoil == "damaged":
            kept.write_text("{")
        else:
            kept.write_text("[]")
        for answer in (Client().get(link), Client().post(link, GIVEN)):
            assert answer.status_code == 400, why
            assert "This link is not the one that folkmoot serve printed last" in answer.content.decode()
        assert not Account.objects.exists()

    @pytest.mark.parametrize(
        ("change", "sentence"),
        [
            ({"name": " "}, "Write your name."),
            ({"email": ""}, "Write your mail address."),
            ({"email": "ada at example"}, "is not a mail address"),
            ({"password": "short", "again": "short"}, "too short"),
            ({"password": "password1234", "again": "password1234"}, "too common"),
            ({"password": "ada@example.org", "again": "ada@example.org"}, "too similar"),
            ({"again": "another long walk"}, "The two passwords are not the same."),
        ],
    )
    def test_what_cannot_be_used_is_said_and_leaves_nothing_behind(
        self, link: str, kept: Path, change: dict[str, str], sentence: str
    ) -> None:
        answer = Client().post(link, {**GIVEN, **change})
        assert answer.status_code == 200
        assert sentence in answer.content.decode()
        assert not Account.objects.exists()
        assert kept.exists()


TERMS = {
    "name": "The Mayors’ Network",
    "from_date_day": "25",
    "from_date_month": "11",
    "from_date_year": "2026",
    "rule": "no-objection",
    "threshold": "0.75",
    "quorum": "0.5",
    "cell_size": "3",
    "notice_days": "7",
    "disclosure": "at-closing",
}


class TestTerms:
    def test_the_administrator_sets_the_first_and_no_others(self, sign_in_as: Any) -> None:
        client = sign_in_as("administrator")
        assert client.post("/setting-up/terms/", TERMS).headers["Location"] == "/setting-up/"
        terms = TermsOfReference.objects.get()
        assert (terms.name, terms.notice_days, terms.disclosure) == ("The Mayors’ Network", 7, "at-closing")
        client.post("/setting-up/terms/", {**TERMS, "name": "Mine"})
        client.post("/positions/terms/", {**TERMS, "name": "Mine"})
        assert TermsOfReference.objects.get().name == "The Mayors’ Network"

    @pytest.mark.parametrize("part", ["head", "officer", "mayor", "guest"])
    def test_nobody_else_does(self, sign_in_as: Any, part: str) -> None:
        assert sign_in_as(part).post("/setting-up/terms/", TERMS).status_code == 403
        assert not TermsOfReference.objects.exists()

    @pytest.mark.parametrize(
        ("change", "sentence"),
        [
            ({"name": ""}, "Write the network’s name."),
            ({"from_date_day": "31"}, "Write a real date"),
            ({"from_date_year": "2025"}, "Rules cannot be changed for days that have passed."),
            ({"quorum": "half"}, "Write a share such as 0.75."),
            ({"threshold": "0"}, "threshold"),
            ({"cell_size": "2"}, "greater than or equal to 3"),
            ({"notice_days": "0"}, "greater than or equal to 1"),
            ({"notice_days": "61"}, "less than or equal to 60"),
            ({"disclosure": "everybody"}, "Select a valid choice"),
        ],
    )
    def test_what_cannot_be_used_is_said(self, sign_in_as: Any, change: dict[str, str], sentence: str) -> None:
        answer = sign_in_as("administrator").post("/setting-up/terms/", {**TERMS, **change})
        assert answer.status_code == 200
        assert sentence in answer.content.decode()
        assert not TermsOfReference.objects.exists()


MEMBERS = {"on_day": "1", "on_month": "9", "on_year": "2026", "authorities": ["aldermere", "harrowmoor"]}


class TestMembers:
    @pytest.fixture(autouse=True)
    def register(self, cast: Cast) -> None:
        """Authorities in the register, and none of them a member."""
        fill_register()
        NetworkMembership.objects.all().delete()

    def test_the_administrator_records_the_first_and_no_others(self, sign_in_as: Any) -> None:
        client = sign_in_as("administrator")
        assert "as of" in client.get("/setting-up/members/").content.decode()
        assert client.post("/setting-up/members/", MEMBERS).headers["Location"] == "/setting-up/"
        assert NetworkMembership.objects.count() == 2
        assert client.post("/setting-up/members/", {**MEMBERS, "authorities": ["stanwold"]}).status_code == 302
        assert NetworkMembership.objects.count() == 2

    @pytest.mark.parametrize("part", ["head", "coordinator", "mayor"])
    def test_nobody_else_does(self, sign_in_as: Any, part: str) -> None:
        assert sign_in_as(part).post("/setting-up/members/", MEMBERS).status_code == 403
        assert not NetworkMembership.objects.exists()

    @pytest.mark.parametrize(
        ("change", "sentence"),
        [
            ({"authorities": []}, "Choose at least one authority."),
            ({"authorities": ["atlantis"]}, "The register has no authority “atlantis”."),
            ({"on_month": "13"}, "Write a real date"),
            ({"on_day": "", "on_month": "", "on_year": ""}, "Write a date"),
            ({"on_year": "2027"}, "The day lies in the future."),
        ],
    )
    def test_what_cannot_be_used_is_said(self, sign_in_as: Any, change: dict[str, Any], sentence: str) -> None:
        answer = sign_in_as("administrator").post("/setting-up/members/", {**MEMBERS, **change})
        assert answer.status_code == 200
        assert sentence in answer.content.decode()
        assert not NetworkMembership.objects.exists()


def test_the_home_page_leads_the_administrator_there_and_nobody_else(sign_in_as: Any) -> None:
    for part, led in (("administrator", True), ("head", False), ("mayor", False)):
        assert ("/setting-up/" in sign_in_as(part).get("/").content.decode()) == led


class TestPeriods:
    """How long records are kept: said once, here; after that the head changes it."""

    ADDRESS = "/setting-up/periods/"

    def given(self, **changes: str) -> dict[str, str]:
        return {each.name: str(each.months) for each in record_classes() if each.months} | changes

    def test_the_administrator_sets_them_once(self, cast: Cast, sign_in_as: Any) -> None:
        client = sign_in_as("administrator")
        assert "nobody has looked at it yet" in client.get("/setting-up/").content.decode()
        name, count = next(iter(self.given())), len(self.given())

        done = client.post(self.ADDRESS, self.given(**{name: "7"}), follow=True).content.decode()

        assert f"The network has said how long {count} classes of records are kept." in done
        assert Period.objects.get(record_class=name).months == 7
        assert AuditEntry.objects.filter(verb="period.set").count() == count
        assert "The periods are set." in client.get(self.ADDRESS).content.decode()
        again = client.post(self.ADDRESS, self.given(**{name: "8"})).content.decode()
        assert "The network has set its keeping periods already." in again
        assert Period.objects.get(record_class=name).months == 7

    @pytest.mark.parametrize("months", ["", "0", "-1", "1201", "a year", "9" * 40])
    def test_what_is_no_number_of_months_is_said_and_nothing_is_set(
        self, cast: Cast, sign_in_as: Any, months: str
    ) -> None:
        name = next(iter(self.given()))
        shown = sign_in_as("administrator").post(self.ADDRESS, self.given(**{name: months})).content.decode()
        assert "Write a number of months from 1 to 1200." in shown
        assert not Period.objects.exists()
