"""The consensus page: for the secretariat the whole picture, for an office what it may be told."""

import re
from typing import Any

import pytest
from django.urls import reverse

from folkmoot.apps.access.audience import Handling
from folkmoot.apps.access.models import AuditEntry
from folkmoot.apps.positions.consolidation import consolidate
from folkmoot.apps.positions.models import Circulation, TermsOfReference
from folkmoot.apps.positions.queries.common import newest_circulation
from folkmoot.apps.positions.queries.consensus import consensus_view
from tests.cast import EVERYBODY, MOMENT, Cast
from tests.positions_world import answer, circulate, close, draft, many_clauses, send_word

pytestmark = pytest.mark.usefixtures("read_here")

SECRETARIAT = {"head", "deputy", "officer", "coordinator"}
OFFICES = {"mayor", "chief_executive", "member_officer", "other_mayor", "other_officer", "third_officer"}


@pytest.fixture
def circulation(network: Cast) -> Circulation:
    """The first clause is agreed, the second blocked by Harrowmoor alone, the third has one answer."""
    found = circulate(network, draft(network))
    answer(network, found, "aldermere", {0: "support", 1: "support", 2: "support"})
    answer(network, found, "harrowmoor", {0: "accept", 1: "object"})
    answer(network, found, "stanwold", {0: "support", 1: "accept"})
    return found


def address(circulation: Circulation, name: str = "consensus", query: str = "") -> str:
    return reverse(name, args=[circulation.position.key]) + query


def read(response: Any) -> str:
    """The words of a page, without its markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.mark.parametrize("part", EVERYBODY)
def test_who_has_the_page_and_who_takes_it_away(sign_in_as: Any, circulation: Circulation, part: str) -> None:
    client = sign_in_as(part)
    page, sheet = client.get(address(circulation)), client.get(address(circulation, "consensus_export"))
    nothing = 302 if part == "stranger" else 404
    assert page.status_code == (200 if part in SECRETARIAT | OFFICES else nothing)
    assert sheet.status_code == (200 if part in SECRETARIAT else nothing)


def test_the_answer_comes_first(sign_in_as: Any, circulation: Circulation) -> None:
    words = read(sign_in_as("officer").get(address(circulation)))
    assert "1 of 3 clauses agreed" in words
    assert "No objection, each party" in words
    assert "No office objects; at least one from every party supports or accepts; half answer." in words


def test_margins_have_their_reason_in_words(network: Cast, circulation: Circulation) -> None:
    rows = consensus_view(network.actor("officer"), circulation).rows
    assert [(row.state, row.margin) for row in rows] == [("agreed", "+0"), ("blocked", "−1"), ("open", "−2")]
    assert [row.reason for row in rows] == [
        "rests on every answer it has",
        "Harrowmoor objects",
        "nobody of Northern Independents and Town and Country supports or accepts it",
    ]


def test_whom_to_talk_to_with_their_own_reason(sign_in_as: Any, circulation: Circulation) -> None:
    words = read(sign_in_as("officer").get(address(circulation)))
    talk = words.partition("Talk to")[2]
    assert talk.index("Harrowmoor 2 of 3") < talk.index("Harrowmoor and Stanwold 2 of 3")
    assert "Settles 2 Revenue certainty" in talk and "“It would cost too much.” Harrowmoor" in talk


def test_sets_that_settle_the_same_stand_together(network: Cast) -> None:
    circulation = circulate(network, draft(network))
    answer(network, circulation, "aldermere", {0: "support", 1: "support"})
    answer(network, circulation, "harrowmoor", {0: "support"})
    answer(network, circulation, "stanwold", {0: "support"})
    talks = consensus_view(network.actor("officer"), circulation, rule="majority").talks
    assert [(t.name, t.instead) for t in talks if t.settles == ("2 Revenue certainty",)] == [
        ("Harrowmoor and Stanwold", ())
    ]
    TermsOfReference.objects.create(from_date="2026-01-01", each_party=False)
    talks = consensus_view(network.actor("officer"), circulation).talks
    assert [(t.name, t.instead) for t in talks if t.settles == ("2 Revenue certainty",)] == [
        ("Harrowmoor", ("Stanwold",))
    ]


def test_the_wording_of_an_amendment_is_a_variant_of_its_own(network: Cast) -> None:
    circulation = circulate(network, draft(network))
    for office in ("aldermere", "harrowmoor", "stanwold"):
        send_word(network, circulation, office, [("three", "five")])
    consolidate(circulation, now=MOMENT)
    row = consensus_view(network.actor("officer"), circulation).rows[1]
    assert row.state == "agreed"
    assert row.reason.endswith("; in the wording of Aldermere, Harrowmoor and Stanwold")


class TestWhatIf:
    def query(self, circulation: Circulation) -> str:
        key = circulation.version.clause_texts.get(place=1).clause.key
        return f"?accept=harrowmoor:{key}"

    def test_it_counts_anew_and_saves_nothing(self, sign_in_as: Any, circulation: Circulation) -> None:
        client = sign_in_as("officer")
        before = AuditEntry.objects.count()
        page = client.get(address(circulation, query=self.query(circulation)))
        assert "2 of 3 would be agreed, 1 more than now." in read(page)
        assert b"fm-cell--what-if" in page.content
        assert AuditEntry.objects.count() == before
        assert "1 of 3 clauses agreed" in read(client.get(address(circulation)))

    def test_one_is_added_and_taken_out(self, sign_in_as: Any, circulation: Circulation) -> None:
        client = sign_in_as("officer")
        accept = self.query(circulation)
        key = accept.partition(":")[2]
        added = client.get(address(circulation, query=f"?office=harrowmoor&clause={key}"))
        assert "2 of 3 would be agreed" in read(added)
        dropped = client.get(address(circulation, query=f"{accept}&drop=harrowmoor:{key}"))
        assert "would be agreed" not in read(dropped)

    @pytest.mark.parametrize("query", ["?accept=nowhere:nothing", "?accept=harrowmoor:nothing"])
    def test_an_office_or_clause_from_elsewhere(self, sign_in_as: Any, circulation: Circulation, query: str) -> None:
        response = sign_in_as("officer").get(address(circulation, query=query))
        assert response.status_code == 400
        assert "not part of this circulation" in read(response)

    def test_half_an_answer_is_none(self, sign_in_as: Any, circulation: Circulation) -> None:
        words = read(sign_in_as("officer").get(address(circulation, query="?accept=harrowmoor&accept=:&drop=x")))
        assert "would be agreed" not in words

    def test_a_wording_of_an_office_can_be_tried(self, network: Cast, sign_in_as: Any) -> None:
        circulation = circulate(network, draft(network))
        send_word(network, circulation, "aldermere", [("three", "five")])
        answer(network, circulation, "harrowmoor", {1: "object"})
        answer(network, circulation, "stanwold", {1: "object"})
        talk = next(t for t in consensus_view(network.actor("officer"), circulation).talks if len(t.settles) == 1)
        assert talk.settles == ("2 Revenue certainty, in the wording of Aldermere",)
        query = "?" + "&".join(f"accept={':'.join(accept)}" for accept in talk.accepts)
        words = read(sign_in_as("officer").get(address(circulation, query=query)))
        assert "1 of 3 would be agreed, 1 more than now." in words

    def test_another_rule_is_only_tried(self, sign_in_as: Any, circulation: Circulation) -> None:
        words = read(sign_in_as("officer").get(address(circulation, query="?rule=majority")))
        assert "A rule to try Majority, each party" in words
        nonsense = sign_in_as("officer").get(address(circulation, query="?rule=dice"))
        assert "No objection, each party" in read(nonsense)


def test_the_table_says_what_the_map_draws(sign_in_as: Any, circulation: Circulation) -> None:
    page = sign_in_as("officer").get(address(circulation, query="?as=table")).content.decode()
    assert "fm-map__cell" not in page
    assert re.findall(r'scope="col" class="govuk-table__header">([^<]+)<', page) == [
        "Clause",
        "Aldermere",
        "Stanwold",
        "Harrowmoor",
        "State",
        "Margin",
        "Because",
    ]


def test_the_export_bears_the_mark_and_is_recorded(network: Cast, sign_in_as: Any) -> None:
    circulation = circulate(network, draft(network, handling=Handling.OFFICIAL_SENSITIVE))
    answer(network, circulation, "aldermere", {0: "support"})
    sheet = sign_in_as("officer").get(address(circulation, "consensus_export")).content.decode("utf-8-sig")
    assert sheet.startswith("OFFICIAL-SENSITIVE\r\n")
    assert "Support" in sheet
    assert AuditEntry.objects.filter(verb="read.export", account_id=network.officer.pk).count() == 1


class TestWhatAnOfficeSees:
    def test_before_closing_only_its_own(self, sign_in_as: Any, circulation: Circulation) -> None:
        words = read(sign_in_as("other_mayor").get(address(circulation)))
        assert "Object “It would cost too much.” After closing" in words
        for theirs in ("Aldermere", "Stanwold", "agreed", "blocked", "Talk to"):
            assert theirs not in words.partition("Clause Our answer")[2]

    def test_after_closing_nothing_from_which_an_answer_follows(
        self, network: Cast, sign_in_as: Any, circulation: Circulation
    ) -> None:
        close(network, circulation)
        words = read(sign_in_as("other_mayor").get(address(circulation)))
        assert "How many clauses are agreed is not told" in words
        assert words.count("A tally would show fewer than 3 offices in a cell, so it is withheld.") == 3

    def test_where_answers_are_open_at_once_the_section_is_there_at_once(self, network: Cast, sign_in_as: Any) -> None:
        circulation = circulate(network, draft(network), disclosure="at-once")
        answer(network, circulation, "aldermere", {0: "support"})
        page = sign_in_as("other_mayor").get(address(circulation))
        assert b'aria-current="page">Consensus' in page.content
        assert "Aldermere Support" in read(page)

    def test_where_answers_are_open_they_are_seen_after_closing(self, network: Cast, sign_in_as: Any) -> None:
        circulation = circulate(network, draft(network), disclosure="at-closing")
        answer(network, circulation, "aldermere", {0: "support"})
        assert "Aldermere" not in read(sign_in_as("other_mayor").get(address(circulation)))
        close(network, circulation)
        words = read(sign_in_as("other_mayor").get(address(circulation)))
        assert "Aldermere Support" in words and "1 for · 0 against · 2 no answer taken" in words


def test_before_circulating_there_is_nothing_to_agree_on(network: Cast, sign_in_as: Any) -> None:
    page = sign_in_as("officer").get(reverse("consensus", args=[draft(network).key]))
    assert "Nobody has been asked yet" in read(page)


@pytest.mark.parametrize("count", [2, 30])
def test_its_queries_do_not_grow(network: Cast, django_assert_num_queries: Any, count: int) -> None:
    circulation = circulate(network, draft(network, many_clauses(count)))
    for office in ("aldermere", "harrowmoor", "stanwold"):
        answer(network, circulation, office, dict.fromkeys(range(count), "support"))
    officer = network.actor("officer")
    found = newest_circulation(officer, circulation.position)
    assert found is not None
    # Terms, offices, texts, wordings, answers, the newest version (is any answer stale?), reasons, releases.
    with django_assert_num_queries(8):
        consensus_view(officer, found)
