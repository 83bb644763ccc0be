"""One line for each page that results lead to, so that what came back on one position hides nothing else."""

from typing import Any

import pytest

from folkmoot.apps.access.audience import Audience
from folkmoot.apps.issues import actions
from folkmoot.apps.issues.models import Issue
from folkmoot.apps.search import queries
from folkmoot.apps.search.queries import Place
from tests.cast import TODAY, Cast
from tests.issues_world import begin


@pytest.fixture
def noted(cast: Cast) -> Issue:
    """An issue with four notes on depots, and another that says it once."""
    issue = begin(cast, "Depots of the north")
    for number in range(4):
        actions.write_note(cast.actor("officer"), issue=issue, day=TODAY, text=f"Depots, depots, {number}.")
    begin(cast, "Trams", aim="Trams need depots, too, in the end, as everything that runs on wheels does.")
    return issue


def search(cast: Cast, part: str = "officer", **more: Any) -> queries.Found:
    return queries.search(cast.actor(part), "depots", folded=True, **more)


def test_what_leads_to_one_page_is_one_line_with_how_many_there_are(cast: Cast, noted: Issue) -> None:
    found = search(cast)

    assert (found.total, found.lines, found.pages) == (6, 2, 1)
    assert {each.key: each.held for each in found.results}[noted.key] == (("Issues", 1), ("Notes", 4))
    assert [each.together for each in found.results] == [5, 1]
    assert found.results[0].title.startswith("\x02Depots\x03 of the north")


def test_all_of_one_page_can_be_asked_for(cast: Cast, noted: Issue) -> None:
    found = queries.search(cast.actor("officer"), "depots", place=Place("issues.issue", noted.key))

    assert (found.total, len(found.results)) == (5, 5)
    assert {each.key for each in found.results} == {noted.key}
    assert [each.together for each in found.results] == [1] * 5


def test_a_kind_a_day_and_an_order_narrow_what_is_folded(cast: Cast, noted: Issue) -> None:
    notes = search(cast, kinds=["note"])

    assert [(each.kind, each.held) for each in notes.results] == [("note", (("Notes", 4),))]
    assert notes.total == 4
    assert notes.counts == (("issue", "Issues", 2), ("note", "Notes", 4))
    assert next(each.key for each in search(cast, order="newest").results) == noted.key


def test_lists_of_folded_results_follow_each_other(cast: Cast, noted: Issue) -> None:
    first, second = search(cast, size=1), search(cast, size=1, page=2)

    assert (first.pages, len(first.results), len(second.results)) == (2, 1, 1)
    assert {first.results[0].key, second.results[0].key} == set(Issue.objects.values_list("key", flat=True))


def test_what_a_reader_may_not_see_is_not_counted_in_a_line(cast: Cast) -> None:
    issue = begin(cast, "Depots")
    for audience in (Audience.NETWORK, Audience.SECRETARIAT, Audience.SECRETARIAT):
        actions.write_note(cast.actor("officer"), issue=issue, day=TODAY, text="Depots.", audience=audience)

    assert [each.held for each in search(cast, "mayor").results] == [(("Issues", 1), ("Notes", 1))]
    assert [each.held for each in search(cast).results] == [(("Issues", 1), ("Notes", 3))]


def test_of_too_many_the_last_are_looked_at_and_it_is_said(cast: Cast, noted: Issue) -> None:
    found = search(cast, most=3)
    assert found.is_cut
    assert (found.total, {each.kind for each in found.results}) == (3, {"issue", "note"})

    issues = search(cast, most=3, kinds=["issue"])
    assert (issues.is_cut, issues.lines) == (True, 2)
    assert not search(cast, most=3, kinds=["note"], until=TODAY.replace(year=2000)).is_cut
