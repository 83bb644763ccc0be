"""The sign-off page, publication, asks and the terms of reference, as the browser asks for them."""

from typing import Any

import pytest
from django.test import Client

from folkmoot.apps.positions import actions
from folkmoot.apps.positions.models import Ask, Position, Publication, SignOff, TermsOfReference
from tests.cast import MOMENT, Cast
from tests.positions_world import circulate, close, draft, fill_register


@pytest.fixture
def before_the_mayors(cast: Cast) -> Position:
    fill_register()
    position = draft(cast)
    close(cast, circulate(cast, position), now=MOMENT)
    actions.ask_for_sign_off(cast.actor("officer"), position=Position.objects.get())
    return Position.objects.get()


@pytest.fixture
def agreed(cast: Cast, before_the_mayors: Position) -> Position:
    actions.sign(cast.actor("mayor"), position=before_the_mayors, office="aldermere")
    actions.sign(cast.actor("other_mayor"), position=before_the_mayors, office="harrowmoor")
    actions.note_exception(
        cast.actor("officer"), position=before_the_mayors, office="stanwold", words="Stanwold stands aside."
    )
    return Position.objects.get()


def _text(response: Any) -> str:
    return str(response.content.decode())


def test_a_mayor_signs_and_the_page_says_who_is_still_to_come(sign_in_as: Any, before_the_mayors: Position) -> None:
    mayor = sign_in_as("mayor")
    page = mayor.get(f"/positions/{before_the_mayors.key}/sign-off/")
    assert "Sign for Aldermere" in _text(page)
    assert "Sign for Harrowmoor" not in _text(page)
    after = mayor.post(f"/positions/{before_the_mayors.key}/sign-off/sign/", {"office": "aldermere"}, follow=True)
    assert "1 of 3 signed, 2 to come" in _text(after)


def test_signing_for_another_office_is_refused_in_a_sentence(sign_in_as: Any, before_the_mayors: Position) -> None:
    answer = sign_in_as("mayor").post(f"/positions/{before_the_mayors.key}/sign-off/sign/", {"office": "harrowmoor"})
    assert answer.status_code == 403
    assert "does not allow this for this office" in _text(answer)
    assert not SignOff.objects.exists()


def test_an_exception_without_words_comes_back_with_the_reason(sign_in_as: Any, before_the_mayors: Position) -> None:
    answer = sign_in_as("officer").post(
        f"/positions/{before_the_mayors.key}/sign-off/exception/", {"office": "stanwold", "words": ""}
    )
    assert "Write what the office says" in _text(answer)
    assert not SignOff.objects.exists()


def test_a_wrong_embargo_comes_back_with_how_to_write_it(sign_in_as: Any, agreed: Position) -> None:
    answer = sign_in_as("head").post(f"/positions/{agreed.key}/publish/", {"embargo": "tomorrow"})
    assert "Write the day and the hour like 2026-12-18 09:00." in _text(answer)
    assert not Publication.objects.exists()


def test_an_embargo_keeps_page_and_files_from_the_world(sign_in_as: Any, agreed: Position) -> None:
    sign_in_as("head").post(f"/positions/{agreed.key}/publish/", {"embargo": "2026-12-18 09:00"})
    key = Publication.objects.get().key
    for address in (f"/positions/published/{key}/", f"/positions/published/{key}/pdf/"):
        assert Client().get(address).status_code == 404
        assert sign_in_as("third_officer").get(address).status_code == 200
    assert key not in _text(sign_in_as("guest").get("/positions/published/"))


def test_the_world_reads_what_is_published(sign_in_as: Any, agreed: Position) -> None:
    sign_in_as("head").post(f"/positions/{agreed.key}/publish/", {"embargo": ""})
    key = Publication.objects.get().key
    page = Client().get(f"/positions/published/{key}/")
    assert page.status_code == 200
    for words in ("Gwen Tarrant, Aldermere", "Stanwold stands aside.", "at least three years"):
        assert words in _text(page)
    assert Client().get(f"/positions/published/{key}/odd/").status_code == 404


def test_an_ask_keeps_the_clause_that_authorises_it(sign_in_as: Any, agreed: Position) -> None:
    officer = sign_in_as("officer")
    clause = agreed.versions.get().clause_texts.get(place=1).clause
    officer.post(
        f"/positions/{agreed.key}/asks/",
        {"clause": clause.key, "words": "Three years of revenue.", "department": "The Treasury"},
    )
    assert Ask.objects.get().clause_text.clause == clause
    listed = _text(officer.get("/positions/asks/"))
    assert "Three years of revenue." in listed
    assert "clause 2" in listed
    assert officer.post(f"/positions/{agreed.key}/asks/", {"clause": "nothing", "words": "x"}).status_code == 404


@pytest.mark.parametrize(("part", "queries"), [("officer", 23), ("mayor", 21)])
def test_the_queries_of_the_page_are_fixed(
    sign_in_as: Any, before_the_mayors: Position, django_assert_num_queries: Any, part: str, queries: int
) -> None:
    client = sign_in_as(part)
    with django_assert_num_queries(queries):
        client.get(f"/positions/{before_the_mayors.key}/sign-off/")


class TestTerms:
    """The rules that everybody reads and the head changes, from a day on."""

    GIVEN = {
        "name": "The Network",
        "from_date_day": "1",
        "from_date_month": "12",
        "from_date_year": "2026",
        "rule": "majority",
        "threshold": "0.60",
        "quorum": "0.5",
        "notice_days": "10",
        "disclosure": "secretariat",
        "cell_size": "3",
    }

    def test_everybody_reads_them_and_nobody_but_the_head_changes_them(self, sign_in_as: Any, cast: Cast) -> None:
        for part in ("head", "officer", "mayor", "administrator"):
            client = sign_in_as(part)
            assert client.get("/positions/terms/").status_code == 200
            client.post("/positions/terms/", self.GIVEN)
            assert TermsOfReference.objects.exists() == (part == "head")
            TermsOfReference.objects.all().delete()

    def test_a_new_rule_leaves_the_one_before_in_force_until_its_day(self, sign_in_as: Any, cast: Cast) -> None:
        sign_in_as("head").post("/positions/terms/", self.GIVEN)
        page = _text(sign_in_as("officer").get("/positions/terms/"))
        assert "No office objects" in page, "today's rule"
        assert "At least 60% of the offices" in page, "the rule from 1 December"

    @pytest.mark.parametrize(
        ("field", "value", "words"),
        [
            ("threshold", "lots", "Write a share such as 0.75."),
            ("quorum", "7", "Write a share from 0 to 1."),
            ("from_date_year", "2020", "days that have passed"),
            ("cell_size", "1", "greater than or equal to 3"),
            ("rule", "dice", "Select a valid choice"),
        ],
    )
    def test_a_wrong_value_comes_back_with_what_to_write(
        self, sign_in_as: Any, cast: Cast, field: str, value: str, words: str
    ) -> None:
        answer = sign_in_as("head").post("/positions/terms/", {**self.GIVEN, field: value})
        assert words in _text(answer)
        assert not TermsOfReference.objects.exists()
