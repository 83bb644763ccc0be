"""Who learns what, and when: before closing, after closing, and from one closing to the next."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from folkmoot.apps.access.audience import Audience
from folkmoot.apps.access.gate import Conflict
from folkmoot.apps.positions import actions
from folkmoot.apps.positions.actions import GivenAnswer
from folkmoot.apps.positions.actions.telling import work_out_tallies
from folkmoot.apps.positions.consolidation import consolidate
from folkmoot.apps.positions.models import Amendment, Answer, Circulation, Invitation, Return, Tally
from folkmoot.apps.positions.queries.amendments import amendment_table
from folkmoot.apps.positions.queries.exporting import merged_returns, sheets
from folkmoot.apps.positions.queries.told import ToldView, told_view
from folkmoot.engines import redline
from tests.cast import MOMENT, TODAY, Cast, make_cast
from tests.positions_world import AFTER_CLOSING, circulate, close, draft, fill_register, send_word

pytestmark = pytest.mark.usefixtures("read_here")

SECRETARIAT = ("head", "deputy", "officer", "coordinator")


def asked(cast: Cast, disclosure: str) -> Circulation:
    """Aldermere asks for five years; Harrowmoor for four, and for sixty days, which it keeps to the secretariat."""
    circulation = circulate(cast, draft(cast), disclosure=disclosure)
    send_word(cast, circulation, "aldermere", [("three", "five")])
    ret = send_word(cast, circulation, "harrowmoor", [("three", "four"), ("ninety", "sixty")], submit=False)
    keys = list(circulation.version.clause_texts.order_by("place").values_list("clause__key", flat=True))
    given = {
        keys[1]: GivenAnswer("object", reason="Four is enough."),
        keys[2]: GivenAnswer("object", reason="Sixty is our limit.", visibility="secretariat"),
    }
    actions.save_answers(cast.actor("other_officer"), ret=ret, answers=given)
    actions.submit_return(cast.actor("other_mayor"), ret=ret, whose_view="mayor", cleared_by="Rowan Pike")
    consolidate(circulation, now=MOMENT)
    return circulation


def changes_seen(cast: Cast, circulation: Circulation, part: str) -> set[str]:
    """The words that a person finds anywhere in the table, its conflicts, and the spreadsheet."""
    actor = cast.actor(part, now=AFTER_CLOSING)
    table = amendment_table(actor, circulation)
    in_table = {p.after for p in table.proposals.values()} | {u.after for u in table.unplaced}
    _, head, rows = sheets(actor, circulation)[0]
    in_sheet = {row[head.index("After")] for row in rows}
    assert in_table == in_sheet == {a.after for a in Amendment.objects.visible_to(actor).current()}
    return in_table


ALL, MINE, ALL_BUT_KEPT = {"five", "four", "sixty"}, {"five"}, {"five", "four"}


@pytest.mark.parametrize(
    ("disclosure", "before", "after"),
    [
        ("secretariat", MINE, MINE),
        ("at-closing", MINE, ALL_BUT_KEPT),
        ("at-once", ALL_BUT_KEPT, ALL_BUT_KEPT),
    ],
)
def test_what_aldermere_sees_of_amendments(network: Cast, disclosure: str, before: set[str], after: set[str]) -> None:
    circulation = asked(network, disclosure)
    for closed, expected in ((False, before), (True, after)):
        if closed:
            circulation = close(network, circulation)
        assert changes_seen(network, circulation, "mayor") == expected
        assert changes_seen(network, circulation, "other_officer") >= {"four", "sixty"}
        for part in SECRETARIAT:
            assert changes_seen(network, circulation, part) == ALL


@pytest.mark.parametrize("disclosure", ["secretariat", "at-closing", "at-once"])
def test_conflicts_and_counts_speak_only_of_what_is_seen(network: Cast, disclosure: str) -> None:
    circulation = asked(network, disclosure)
    table = amendment_table(network.actor("mayor"), circulation)
    sees_harrowmoor = disclosure == "at-once"
    assert len(table.proposals) == (2 if sees_harrowmoor else 1)
    assert any(p.conflicts for p in table.proposals.values()) == sees_harrowmoor
    assert table.offices == (("Aldermere", "Harrowmoor") if sees_harrowmoor else ("Aldermere",))
    assert table.progress.total == 1  # what is decided on another office's words is that office's to hear
    assert {c.office_count for c in table.clauses} <= ({0, 2} if sees_harrowmoor else {0, 1})


def test_a_decision_is_told_to_the_office_that_it_concerns_alone(network: Cast) -> None:
    circulation = asked(network, "at-once")
    items = list(Amendment.objects.current().filter(after__in=["five", "four"]))
    actions.decide(
        network.actor("officer"), items=items, outcome="not", reason="Three stays.", serials={a.key: 0 for a in items}
    )
    told = {
        p.after: p.decision is not None for p in amendment_table(network.actor("mayor"), circulation).proposals.values()
    }
    assert told == {"five": True, "four": False}


def others_told(view: ToldView) -> list[list[tuple[str, str]]]:
    return [[(a.office, a.stance) for a in clause.others] for clause in view.clauses]


@pytest.mark.parametrize(
    ("disclosure", "before", "after"),
    [("secretariat", False, False), ("at-closing", False, True), ("at-once", True, True)],
)
def test_what_aldermere_sees_of_stances(network: Cast, disclosure: str, before: bool, after: bool) -> None:
    circulation = asked(network, disclosure)
    shown = [[], [("Harrowmoor", "Object")], []]
    for closed, sees in ((False, before), (True, after)):
        if closed:
            circulation = close(network, circulation)
        view = told_view(network.actor("mayor", now=AFTER_CLOSING), circulation)
        assert others_told(view) == (shown if sees else [[], [], []])
        assert [c.own.stance if c.own else "" for c in view.clauses] == ["", "Support if amended", ""]


def test_nothing_is_told_before_closing(network: Cast) -> None:
    view = told_view(network.actor("mayor"), asked(network, "secretariat"))
    assert (view.closed, view.agreed) == (False, None)
    assert {(c.cells, c.status, c.reason) for c in view.clauses} == {(None, "", "")}


def test_three_offices_are_too_few_for_any_total(network: Cast) -> None:
    circulation = close(network, asked(network, "secretariat"))
    view = told_view(network.actor("mayor", now=AFTER_CLOSING), circulation)
    assert {c.cells for c in view.clauses} == {None}
    assert view.agreed is None


def test_a_released_answer_is_seen_by_name_except_what_is_kept_back(network: Cast) -> None:
    circulation = asked(network, "secretariat")
    ret = Return.objects.get(invitation__office="harrowmoor", state="submitted")
    actions.release_return(network.actor("other_mayor"), ret=ret)
    assert changes_seen(network, circulation, "mayor") == ALL_BUT_KEPT
    assert others_told(told_view(network.actor("mayor"), circulation)) == [[], [("Harrowmoor", "Object")], []]


def test_no_answer_is_released_beside_totals_that_were_told(network: Cast) -> None:
    circulation = close(network, asked(network, "secretariat"))
    Tally.objects.filter(pk=circulation.tallies.earliest("pk").pk).update(cells=[["for", 3], ["against", 3]])
    ret = Return.objects.get(invitation__office="harrowmoor", state="submitted")
    with pytest.raises(Conflict, match="Release it in the next round"):
        actions.release_return(network.actor("other_mayor", now=AFTER_CLOSING), ret=ret)
    Tally.objects.update(cells=None)
    actions.release_return(network.actor("other_mayor", now=AFTER_CLOSING), ret=ret)


def test_where_stances_are_open_totals_count_what_all_may_see(network: Cast) -> None:
    circulation = close(network, asked(network, "at-closing"))
    cells = [dict(tally.cells) for tally in circulation.tallies.order_by("clause__texts__place")]
    assert cells[1] == {"for": 0, "against": 1, "no answer taken": 2}
    assert cells[2] == {"for": 0, "against": 0, "no answer taken": 3}  # Harrowmoor's objection is kept back


class TestMergedFile:
    def texts(self, cast: Cast, circulation: Circulation, part: str) -> str:
        merged = merged_returns(cast.actor(part, now=AFTER_CLOSING), circulation)
        return " ".join(redline.text(merged.data, view="accepted"))

    def test_the_secretariat_has_every_return(self, network: Cast) -> None:
        circulation = asked(network, "secretariat")
        words = self.texts(network, circulation, "officer")
        assert all(word in words for word in ALL)

    @pytest.mark.parametrize("disclosure", ["secretariat", "at-closing", "at-once"])
    def test_an_office_has_its_own_and_others_only_whole(self, network: Cast, disclosure: str) -> None:
        circulation = close(network, asked(network, disclosure))
        words = self.texts(network, circulation, "mayor")
        assert "five" in words and "four" not in words and "sixty" not in words

    def test_what_is_visible_whole_is_merged(self, network: Cast) -> None:
        circulation = asked(network, "at-once")
        Answer.objects.update(visibility="as-announced")
        assert "four" in self.texts(network, circulation, "mayor")

    def test_the_mark_stands_on_its_pages(self, network: Cast) -> None:
        import io
        import zipfile

        merged = merged_returns(network.actor("officer"), asked(network, "secretariat"))
        archive = zipfile.ZipFile(io.BytesIO(merged.data))
        headers = [archive.read(name) for name in archive.namelist() if "header" in name]
        assert any(b"OFFICIAL" in header for header in headers)


class TestNarrowedText:
    """Only Stanwold has the second paragraph of the second clause; after closing all see each other's answers."""

    SECRET = "The settlement should be paid in one grant."

    @pytest.fixture
    def circulation(self, network: Cast) -> Circulation:
        position = draft(network)
        version = position.versions.get()
        last = version.clause_texts.get(place=1).last_paragraph
        actions.narrow(
            network.actor("officer"),
            version=version,
            first=last,
            last=last,
            audience=Audience.NAMED,
            offices=["stanwold"],
        )
        circulation = circulate(network, position, disclosure="at-once")
        send_word(network, circulation, "aldermere", [("three", "five")])
        send_word(network, circulation, "stanwold", [("three", "eight"), ("one grant", "ten grants")])
        Answer.objects.filter(ret__invitation__office="stanwold").update(reason="One grant is not enough.")
        consolidate(circulation, now=MOMENT)
        return circulation

    def test_an_amendment_inside_it_is_not_there_for_others(self, network: Cast, circulation: Circulation) -> None:
        table = amendment_table(network.actor("mayor"), circulation)
        assert {p.after for p in table.proposals.values()} == {"five", "eight"}
        assert [r.words for p in table.proposals.values() for r in p.reasons] == []
        assert self.SECRET not in str(table.clauses)
        text = str(sheets(network.actor("mayor"), circulation))
        assert "ten grants" not in text and "One grant is not" not in text

    def test_the_merged_file_has_none_of_it(self, network: Cast, circulation: Circulation) -> None:
        merged = merged_returns(network.actor("mayor"), circulation)
        words = " ".join(redline.text(merged.data, view="accepted"))
        assert "five" in words and "eight" not in words and "grant" not in words
        assert (merged.returns, merged.of) == (1, 2)

    def test_the_office_that_has_it_sees_it(self, network: Cast, circulation: Circulation) -> None:
        table = amendment_table(network.actor("third_officer"), circulation)
        assert {p.after for p in table.proposals.values()} == {"five", "eight", "ten grants"}

    def test_a_reason_on_it_is_not_told_with_the_stance(self, network: Cast, circulation: Circulation) -> None:
        view = told_view(network.actor("mayor"), circulation)
        assert [(a.office, a.stance, a.reason) for a in view.clauses[1].others] == [
            ("Stanwold", "Support if amended", "")
        ]


@dataclass(frozen=True)
class Town:
    """Nine offices asked about one clause, with no Word file in the way."""

    circulation: Circulation
    invitations: list[Invitation]

    def answered(self, stances: list[str]) -> None:
        text = self.circulation.version.clause_texts.get()
        for invitation, stance in zip(self.invitations, stances, strict=True):
            if stance == "none":
                continue
            ret = Return.objects.create(
                invitation=invitation,
                state="submitted",
                whose_view="mayor",
                started_by=self.circulation.opened_by,
                started_at=MOMENT,
                submitted_at=MOMENT,
            )
            Answer.objects.create(ret=ret, clause=text.clause, clause_text=text, stance=stance, reason="Because.")


def town(first: Circulation, number: int, **changes: Any) -> Town:
    """Another round on the same version, asked of nine offices."""
    circulation = Circulation.objects.create(
        position=first.position,
        version=first.version,
        question="Again?",
        letter="",
        opened_at=MOMENT + timedelta(days=number),
        opened_by=first.opened_by,
        closes_at=MOMENT + timedelta(days=number + 1),
        closed_at=MOMENT + timedelta(days=number + 1),
        **changes,
    )
    package = first.invitations.all()[0].package
    invitations = [
        Invitation.objects.create(
            circulation=circulation,
            office=f"office-{n}",
            office_name=f"Office {n}",
            party="ABC"[n % 3],
            token=f"{number}-{n}-{circulation.pk}",
            package=package,
        )
        for n in range(9)
    ]
    return Town(circulation, invitations)


def tally_of(place: Town) -> Tally:
    work_out_tallies(place.circulation, TODAY)
    return Tally.objects.get(circulation=place.circulation)


ONE_CLAUSE = (redline.DraftClause(1, "Purpose", ("This paper asks for more buses.",)),)
ANSWERS = st.lists(st.sampled_from(["support", "object", "if-amended", "none"]), min_size=9, max_size=9)


class TwoClosings(TestCase):
    """Over many answers: what is told never differs by one office's answer."""

    @classmethod
    def setUpTestData(cls) -> None:
        cast = make_cast()
        fill_register()
        cls.first = circulate(cast, draft(cast, ONE_CLAUSE))
        Circulation.objects.filter(pk=cls.first.pk).update(closed_at=MOMENT)

    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(ANSWERS, st.integers(0, 8), st.sampled_from(["support", "object", "none"]))
    def test_one_moved_answer_changes_nothing_that_is_told(self, stances: list[str], who: int, to: str) -> None:
        early, late = town(self.first, 1), town(self.first, 3)
        early.answered(stances)
        late.answered([*stances[:who], to, *stances[who + 1 :]])
        before, after = tally_of(early), tally_of(late)
        assert after.cells == before.cells
        assert after.status in {before.status, ""}

    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(ANSWERS)
    def test_each_number_told_stands_for_three_or_more(self, stances: list[str]) -> None:
        place = town(self.first, 1)
        place.answered(stances)
        tally = tally_of(place)
        assert tally.cells is None or min(count for _, count in tally.cells) >= 3

    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(ANSWERS, st.integers(0, 8))
    def test_an_answer_kept_to_the_secretariat_moves_nothing(self, stances: list[str], who: int) -> None:
        with_it, without = town(self.first, 1), town(self.first, 3)
        with_it.answered(stances)
        Answer.objects.filter(ret__invitation=with_it.invitations[who]).update(visibility="secretariat")
        without.answered([*stances[:who], "none", *stances[who + 1 :]])
        kept, silent = tally_of(with_it), tally_of(without)
        assert (kept.cells, kept.answers) == (silent.cells, silent.answers)

    def test_totals_leave_out_who_is_seen_by_name(self) -> None:
        place = town(self.first, 1)
        place.answered(["support"] * 4 + ["object"] * 5)
        Return.objects.filter(invitation=place.invitations[0]).update(released_at=MOMENT)
        tally = tally_of(place)
        assert "office-0" not in tally.answers
        assert sum(count for _, count in tally.cells) == 8
        assert tally.status == ""
