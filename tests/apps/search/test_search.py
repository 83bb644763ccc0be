"""Finding: what each person may find, how it is ranked and shown, and that the index follows the records."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from folkmoot.apps.access.audience import Audience
from folkmoot.apps.access.gate import Conflict, Invalid
from folkmoot.apps.agenda import actions as agenda_actions
from folkmoot.apps.issues import actions as issue_actions
from folkmoot.apps.members import actions as members
from folkmoot.apps.members.models import Organization
from folkmoot.apps.positions.actions import GivenAnswer
from folkmoot.apps.positions.models import ClauseText
from folkmoot.apps.search import actions, index, queries
from folkmoot.apps.search.backends import START, STOP
from folkmoot.apps.search.models import Entry
from tests import positions_world
from tests.agenda_world import add_entry, make_agenda
from tests.cast import EVERYBODY, MOMENT, TODAY, Cast, act
from tests.issues_world import begin


@pytest.fixture
def network(cast: Cast) -> Cast:
    positions_world.fill_register()
    return cast


def titles(cast: Cast, words: str, part: str = "officer", **more: Any) -> list[str]:
    found = queries.search(cast.actor(part), words, **more)
    return [each.title.replace(START, "").replace(STOP, "") for each in found.results]


def test_a_record_is_found_by_any_form_of_its_words_in_any_case(network: Cast) -> None:
    begin(network, "Franchised buses", aim="Every bus on one ticket.")

    for words in ("franchise", "FRANCHISED", "franchis", "bus ticket", '"one ticket"', "buses -trams"):
        assert titles(network, words) == ["Franchised buses"], words
    for words in ("tram", '"ticket one"', "buses -ticket", "ranchised"):
        assert titles(network, words) == [], words


def test_a_short_word_is_not_taken_for_the_beginning_of_another(network: Cast) -> None:
    begin(network, "Built budgets", aim="Business in Burnham.")

    assert titles(network, "bus") == []
    assert titles(network, "busi") == ["Built budgets"]


def test_accents_and_numbers_are_found_as_they_are_typed(network: Cast) -> None:
    begin(network, "Ynys Môn crossing", aim="See clause 3.2(b) of the café order.")

    for words in ("ynys mon", "Môn", "3.2(b)", "cafe", "café"):
        assert titles(network, words) == ["Ynys Môn crossing"], words


def test_a_title_counts_for_more_than_a_text(network: Cast) -> None:
    begin(network, "Stations", aim="The depots come later, after all the other things have been settled.")
    begin(network, "Depots", aim="Buy them.")

    assert titles(network, "depots") == ["Depots", "Stations"]


def test_hits_are_marked_and_what_surrounds_them_is_shown(network: Cast) -> None:
    begin(network, "Buses", aim="Every depot is bought.")

    (found,) = queries.search(network.actor("officer"), "depot").results

    assert f"{START}depot{STOP}" in found.snippet


def test_where_nothing_holds_all_words_some_are_enough_and_it_says_so(network: Cast) -> None:
    begin(network, "Depots")

    found = queries.search(network.actor("officer"), "depots unicorns")

    assert found.only_some
    assert found.total == 1


def test_kinds_are_counted_and_chosen_and_days_narrow(network: Cast) -> None:
    issue = begin(network, "Depots")
    issue_actions.write_note(network.actor("officer"), issue=issue, day=TODAY - timedelta(days=9), text="Depots cost.")
    officer = network.actor("officer")

    assert queries.search(officer, "depots").counts == (("issue", "Issues", 1), ("note", "Notes", 1))
    assert titles(network, "depots", kinds=["note"]) == ["Depots: note"]
    assert titles(network, "depots", until=TODAY - timedelta(days=1)) == ["Depots: note"]
    assert titles(network, "depots", order="newest") == ["Depots", "Depots: note"]


def test_pages_follow_each_other_and_an_odd_number_gives_the_nearest(network: Cast) -> None:
    for number in range(25):
        begin(network, f"Depot {number:02}")
    officer = network.actor("officer")

    first, second = (queries.search(officer, "depot", page=page) for page in (1, 2))

    assert (first.total, first.pages, len(first.results), len(second.results)) == (25, 2, 20, 5)
    assert {each.title for each in first.results}.isdisjoint(each.title for each in second.results)
    assert queries.search(officer, "depot", page=99).page == 2


def knows(cast: Cast, words: str) -> set[str]:
    """Who finds something by these words."""
    return {part for part in EVERYBODY if queries.search(cast.actor(part), words).total}


SECRETARIAT = {"head", "deputy", "officer", "coordinator"}
ALDERMERE = {"mayor", "chief_executive", "member_officer"}
OFFICES = ALDERMERE | {"other_mayor", "other_officer", "third_officer"}


def test_an_objection_told_in_confidence_is_found_by_the_office_and_the_secretariat_alone(network: Cast) -> None:
    circulation = positions_world.circulate(network, positions_world.draft(network))
    amended = GivenAnswer("if-amended", reason="It costs.", proposed_words="Quixotic depots for every authority.")
    positions_world.answer(network, circulation, "aldermere", {1: amended})

    assert knows(network, "quixotic") == SECRETARIAT | ALDERMERE
    for part in EVERYBODY:
        found = queries.search(network.actor(part), "quixotic")
        assert bool(found.counts) == (part in SECRETARIAT | ALDERMERE), part


def test_each_kind_is_found_by_those_who_may_see_it(network: Cast) -> None:
    begin(network, "Zebra crossing", audience=Audience.SECRETARIAT)
    begin(network, "Yak crossing")
    agenda = make_agenda(network)
    add_entry(network, agenda.meeting, title="Walrus matter", audience=Audience.SECRETARIAT)
    agenda_actions.write_minute(
        network.actor("officer"), meeting=agenda.meeting, heading="Matters arising", outcome="noted", text="Vole said."
    )
    positions_world.draft(network, title="Urchin rights")

    assert knows(network, "zebra") == SECRETARIAT
    assert knows(network, "yak") == SECRETARIAT | OFFICES
    assert knows(network, "walrus") == SECRETARIAT
    assert knows(network, "vole") == SECRETARIAT | OFFICES
    assert knows(network, "urchin") == SECRETARIAT


def test_the_register_is_found_by_its_former_names_and_not_by_guests(network: Cast) -> None:
    members.rename_organization(
        network.actor("coordinator"),
        organization=Organization.objects.get(key="aldermere"),
        name="Greater Aldermere",
        on=TODAY,
        source="the order",
        as_of=TODAY.isoformat(),
    )

    assert "Greater Aldermere" in titles(network, "aldermere", kinds=["body"])
    assert knows(network, "aldermere") == set(EVERYBODY) - {"guest", "stranger"}


def test_whoever_came_by_a_link_finds_nothing(network: Cast) -> None:
    begin(network, "Depots")

    assert queries.search(act(network.mayor, confined="circulation:1"), "depots").total == 0


def test_a_search_that_finds_nothing_asks_as_often_as_one_whose_finds_are_hidden(network: Cast) -> None:
    """Who may not see a record learns nothing of it by the work that a search makes."""
    begin(network, "Zebra crossing", audience=Audience.SECRETARIAT)

    mayor = network.actor("mayor")

    def asked(words: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            queries.search(mayor, words)
        return len(captured)

    assert asked("zebra") == asked("unicorn") == 1
    assert asked("zebra crossing") == asked("unicorn crossing")


def changed(cast: Cast) -> Collection[str]:
    return {entry.title for entry in Entry.objects.filter(kind="issue")}


def test_the_index_follows_a_change_and_a_removal(network: Cast) -> None:
    issue = begin(network, "Depots")
    note = issue_actions.write_note(network.actor("officer"), issue=issue, day=TODAY, text="Narwhal.")
    issue.title = "Stations"
    issue.save()

    assert changed(network) == {"Stations"}
    assert titles(network, "depots", kinds=["issue"]) == []
    issue_actions.remove_note(network.actor("officer"), note=note)
    assert titles(network, "narwhal") == []


def test_what_is_written_many_at_once_is_found(network: Cast) -> None:
    positions_world.draft(network)

    assert Entry.objects.filter(kind="clause").count() == ClauseText.objects.count() > 0
    assert "Bus franchising: Depots" in titles(network, "depots", kinds=["clause"])


def test_a_rebuild_changes_nothing_that_is_right_and_mends_what_is_not(network: Cast) -> None:
    positions_world.circulate(network, positions_world.draft(network))
    begin(network, "Depots")
    right = sorted(Entry.objects.values_list("kind", "record_id", "title", "body", "key", "table"))
    index.rebuild()
    assert sorted(Entry.objects.values_list("kind", "record_id", "title", "body", "key", "table")) == right

    Entry.objects.filter(kind="issue").delete()
    Entry.objects.create(kind="issue", record_id=10**9, table="issues.issue", key="gone", title="A ghost")
    Entry.objects.create(kind="no-such-kind", record_id=1, table="x", key="x", title="A ghost")
    assert "had to be added or dropped" in index.mend(MOMENT)

    assert sorted(Entry.objects.values_list("kind", "record_id", "title", "body", "key", "table")) == right
    assert titles(network, "ghost") == []


def test_a_kept_search_counts_what_came_since_its_owner_looked(network: Cast) -> None:
    officer = network.actor("officer")
    begin(network, "Depots")
    Entry.objects.update(added_at=MOMENT - timedelta(days=1))
    saved = actions.save_search(officer, words="depots")
    assert queries.new_since(officer, saved) == 0

    for title, audience in (("More depots", Audience.NETWORK), ("Secret depots", Audience.SECRETARIAT)):
        begin(network, title, audience=audience)
    Entry.objects.filter(title__contains="epots").exclude(title="Depots").update(added_at=MOMENT + timedelta(hours=1))

    assert queries.new_since(officer, saved) == 2
    assert queries.new_since(network.actor("mayor"), saved) == 1
    actions.look_again(act(network.officer, now=MOMENT + timedelta(hours=2)), saved=saved)
    saved.refresh_from_db()
    assert queries.new_since(officer, saved) == 0


def test_a_kept_search_is_its_owners_alone(network: Cast) -> None:
    saved = actions.save_search(network.actor("officer"), words="depots")

    assert not queries.saved_searches(network.actor("head")).exists()
    with pytest.raises(Conflict, match="not kept any more"):
        actions.drop_search(network.actor("head"), saved=saved)
    actions.drop_search(network.actor("officer"), saved=saved)
    assert not queries.saved_searches(network.actor("officer")).exists()


@pytest.mark.parametrize("words", ["", "   ", "-", "!!!"])
def test_a_search_without_a_word_is_not_kept(network: Cast, words: str) -> None:
    with pytest.raises(Invalid, match="nothing to look for"):
        actions.save_search(network.actor("officer"), words=words)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(max_size=60))
def test_no_words_make_a_database_stumble(network: Cast, words: str) -> None:
    queries.search(network.actor("officer"), words.replace("\0", ""))
