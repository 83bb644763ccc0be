"""The trends in pages: what rose, its line, its links, the export, and the way to the horizon."""

import re
from typing import Any

import pytest
from django.urls import reverse

from folkmoot.apps.signals.models import Signal
from tests.apps.signals.trends_world import rising
from tests.cast import Cast
from tests.web.issues.test_issues import page


def test_a_rise_is_shown_with_its_signals_exported_and_put_on_the_horizon(
    cast: Cast, sign_in_as: Any, django_assert_max_num_queries: Any
) -> None:
    rising(cast)
    officer, told = sign_in_as("officer"), list(Signal.objects.filter(title__contains="tram"))
    with django_assert_max_num_queries(20):
        text = page(officer, "trends", kind="places")
    assert "Marrow Quay" in text and "New about it: floating tram" in text and "from 1 source;" in text
    assert re.search(r'aria-label="Items a week from [^"]*1, 1, 6"', text) and " style=" not in text
    assert all(reverse("signal", args=[signal.key]) in text for signal in told)
    sheet = officer.get(reverse("trends_export"), {"kind": "places"}).content.decode("utf-8-sig")
    assert sheet.count("Marrow Quay,Place,6,1.0,1,floating tram") == 6 and "Made up, under no licence." in sheet
    link = re.search(r'href="([^"]*horizon/new[^"]*)"', text)
    assert link
    form = officer.get(link[1].replace("&amp;", "&")).content.decode()
    assert 'value="Marrow Quay"' in form and form.count(" checked") == 6


@pytest.mark.parametrize("query", [{}, {"week": "2026-13-45"}, {"kind": "bodies"}, {"page": "9", "kind": "x"}])
def test_a_week_without_a_rise_says_what_a_trend_is(sign_in_as: Any, query: dict[str, str]) -> None:
    assert "A trend is what at least five items or three sources" in page(sign_in_as("officer"), "trends", **query)


@pytest.mark.parametrize("name", ["trends", "trends_export"])
def test_offices_are_refused(cast: Cast, sign_in_as: Any, name: str) -> None:
    rising(cast)
    answer = sign_in_as("mayor").get(reverse(name))
    assert answer.status_code == 403 and "Marrow Quay" not in answer.content.decode()
