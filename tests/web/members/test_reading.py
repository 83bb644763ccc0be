"""How the register is read and exported."""

from datetime import date

import pytest
from django.http import Http404
from django.test import RequestFactory

from folkmoot.apps.access.gate import Invalid
from folkmoot.web.members.reading import Reading, chosen_day, reading
from folkmoot.web.members.sheets import sheet
from tests.cast import TODAY, Cast


@pytest.mark.django_db
def test_a_personal_link_never_opens_the_register(cast: Cast) -> None:
    request = RequestFactory().get("/members/")
    request.actor = cast.actor("member_officer")  # type: ignore[attr-defined]
    assert reading(request).on == TODAY
    request.actor = cast.actor("member_officer", confined="circulation:12")  # type: ignore[attr-defined]
    with pytest.raises(Http404):
        reading(request)


def test_a_day_is_read_from_the_address() -> None:
    assert chosen_day("", TODAY) == TODAY
    assert chosen_day(" 2024-05-03 ", TODAY) == date(2024, 5, 3)
    with pytest.raises(Invalid, match="“3 May” is not a day"):
        chosen_day("3 May", TODAY)


@pytest.mark.django_db
def test_a_cell_never_becomes_a_formula(cast: Cast) -> None:
    read = Reading(cast.actor("guest"), TODAY, 12)
    answer = sheet("list", ["a"], [["=1+1"], ["@x"], ["-2"], ["plain"], [None]], read)
    assert answer.content.decode("utf-8-sig").split() == ["a", "'=1+1", "'@x", "'-2", "plain", '""']
