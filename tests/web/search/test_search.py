"""The search page: the box, what is found and marked, kept searches, and the sheet."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils.http import urlencode

from folkmoot.apps.access.audience import Audience
from folkmoot.apps.issues.actions import add_priority, add_workstream, write_note
from folkmoot.apps.search import queries
from folkmoot.apps.search.models import Entry, SavedSearch
from folkmoot.web.search.views import Piece, pieces
from tests.cast import MOMENT, TODAY, Cast
from tests.issues_world import begin


def page(client: Any, **query: Any) -> str:
    response = client.get(reverse("search"), query)
    assert response.status_code == 200
    text: str = response.content.decode()
    return text


def test_the_box_stands_on_every_page_for_whoever_signed_in(sign_in_as: Any) -> None:
    for part in ("officer", "mayor", "guest"):
        assert 'name="words"' in sign_in_as(part).get(reverse("help")).content.decode()
    assert 'id="find"' not in sign_in_as("stranger").get(reverse("help")).content.decode()


def test_a_hit_is_marked_and_everything_else_escaped(cast: Cast, sign_in_as: Any) -> None:
    begin(cast, "Depots <b>bold</b>", aim="A depot & more.")

    text = page(sign_in_as("officer"), words="depot")

    assert '<mark class="fm-hit">Depots</mark> &lt;b&gt;bold&lt;/b&gt;' in text
    assert "1 result." in text


def test_nothing_typed_and_nothing_found_are_said(sign_in_as: Any) -> None:
    officer = sign_in_as("officer")

    assert "Type a word, or several." in page(officer)
    assert "Nothing that you may see holds these words." in page(officer, words="unicorn")


@pytest.mark.parametrize(
    "query",
    [
        {"words": '"'},
        {"words": "a" * 5000},
        {"words": "depot", "page": "-1"},
        {"words": "depot", "page": "9" * 30},
        {"words": "depot", "kind": "no-such-kind"},
        {"words": "depot", "since": "yesterday", "until": "2026-02-30"},
        {"words": "depot", "order": "sideways"},
        {"words": "* OR 1=1; DROP TABLE search_entry"},
        {"words": "depot", "at": "no.such:table"},
        {"words": "depot", "at": "issues.issue:a/b"},
        {"words": "depot", "at": ":" * 900},
    ],
)
def test_an_odd_address_gives_a_page(cast: Cast, sign_in_as: Any, query: dict[str, str]) -> None:
    begin(cast, "Depots")

    page(sign_in_as("officer"), **query)
    assert Entry.objects.exists()


def test_a_search_is_kept_told_of_and_dropped(cast: Cast, sign_in_as: Any) -> None:
    begin(cast, "Depots")
    officer = sign_in_as("officer")
    assert "Keep this search" in page(officer, words="depots")
    officer.post(reverse("search_save"), {"words": "depots"})
    assert "Keep this search" not in page(officer, words="depots")

    begin(cast, "More depots")
    Entry.objects.update(added_at=MOMENT + timedelta(hours=1))
    assert "2 records new since you looked." in officer.get(reverse("home")).content.decode()

    officer.post(reverse("search_drop", args=[SavedSearch.objects.get().key]))
    assert not SavedSearch.objects.exists()


def test_a_kept_search_tells_its_owner_nothing_of_what_they_may_not_see(cast: Cast, sign_in_as: Any) -> None:
    mayor = sign_in_as("mayor")
    begin(cast, "Depots")
    mayor.post(reverse("search_save"), {"words": "depots"})
    Entry.objects.update(added_at=MOMENT - timedelta(days=1))

    begin(cast, "Secret depots", audience=Audience.SECRETARIAT)
    Entry.objects.filter(title="Secret depots").update(added_at=MOMENT + timedelta(hours=1))

    assert "new since you looked" not in mayor.get(reverse("home")).content.decode()


def test_a_search_without_a_word_is_refused(sign_in_as: Any) -> None:
    response = sign_in_as("officer").post(reverse("search_save"), {"words": "-"})

    assert response.status_code == 400
    assert "nothing to look for" in response.content.decode()


def test_the_sheet_bears_the_higher_mark_and_no_formula(cast: Cast, sign_in_as: Any) -> None:
    begin(cast, "=depots")

    text = sign_in_as("officer").get(reverse("search_sheet"), {"words": "depots"}).content.decode()

    assert text.splitlines()[0].endswith("OFFICIAL-SENSITIVE")
    assert "'=depots" in text


def test_a_page_of_results_asks_as_often_however_much_is_found(
    cast: Cast, sign_in_as: Any, django_assert_num_queries: Any
) -> None:
    officer = sign_in_as("officer")
    for number in range(30):
        begin(cast, f"Depot {number}")

    with django_assert_num_queries(6):
        page(officer, words="depot")


def test_notes_of_an_issue_are_folded_under_it_and_shown_when_asked_for(cast: Cast, sign_in_as: Any) -> None:
    issue = begin(cast, "Depots")
    for number in range(3):
        write_note(cast.actor("officer"), issue=issue, day=TODAY, text=f"Depots, {number}.")
    begin(cast, "Trams", aim="Trams need depots.")
    officer = sign_in_as("officer")

    text = page(officer, words="depots")
    assert "5 results on 2 pages." in text
    assert "On this page: issues 1, notes 3." in text
    assert text.count("data-item") == 2

    at = f"issues.issue:{issue.key}"
    assert urlencode({"words": "depots", "at": at}).replace("&", "&amp;") in text
    alone = page(officer, words="depots", at=at)
    assert "4 results." in alone
    assert alone.count("data-item") == 4
    assert "Back to the results on all pages" in alone
    assert "1 result." in page(officer, words="depots", at=at, kind="issue")


def test_a_workstream_and_a_priority_lead_to_a_page_that_the_reader_may_open(cast: Cast, sign_in_as: Any) -> None:
    officer = cast.actor("officer")
    add_workstream(officer, name="Quixotic stream", aim="Trains.")
    add_priority(officer, name="Quixotic priority", place=1, begins=TODAY)
    mayor = sign_in_as("mayor")

    places = re.findall(r'results__title"><a class="govuk-link" href="([^"]+)"', page(mayor, words="quixotic"))

    assert len(places) == 2
    assert [mayor.get(place).status_code for place in places] == [200, 200]


def test_another_s_issue_cannot_be_asked_for_by_its_place(cast: Cast, sign_in_as: Any) -> None:
    issue = begin(cast, "Depots", audience=Audience.SECRETARIAT)

    text = page(sign_in_as("mayor"), words="depots", at=f"issues.issue:{issue.key}")

    assert "Nothing that you may see holds these words." in text


def test_where_there_are_too_many_it_is_said(cast: Cast, sign_in_as: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "MOST_ON_PAGES", 2)
    for number in range(3):
        begin(cast, f"Depot {number}")

    assert "More than 2 results. These are of the 2 that were added last;" in page(sign_in_as("officer"), words="depot")


def test_pieces_keep_every_letter() -> None:
    assert pieces("a\x02b\x03c\x02d\x03") == [Piece("a", False), Piece("b", True), Piece("c", False), Piece("d", True)]
    assert pieces("") == []
