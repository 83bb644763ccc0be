"""The secretariat decides, undoes, replies, places, and makes the next version."""

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError, connection

from folkmoot.apps.access.gate import Conflict, Invalid, Refused
from folkmoot.apps.access.models import AuditEntry
from folkmoot.apps.documents.queries import content
from folkmoot.apps.positions import actions
from folkmoot.apps.positions.actions import GivenAnswer
from folkmoot.apps.positions.consolidation import consolidate
from folkmoot.apps.positions.models import Amendment, Circulation, Decision, Position, ReturnComment
from folkmoot.apps.positions.queries.common import messages_for
from folkmoot.apps.positions.queries.consensus import consensus_view
from folkmoot.apps.positions.states import PositionState
from folkmoot.engines import redline
from tests.cast import EVERYBODY, MOMENT, Cast, make_cast
from tests.positions_world import AFTER_CLOSING, answer, circulate, close, draft, fill_register, send_word

MAY_DECIDE = {"head", "deputy", "officer"}
pytestmark = pytest.mark.usefixtures("read_here")


@pytest.fixture
def circulation(network: Cast) -> Circulation:
    """Aldermere and Harrowmoor ask for five years, Stanwold for four; Aldermere for sixty days as well."""
    found = circulate(network, draft(network))
    send_word(network, found, "aldermere", [("three", "five"), ("ninety", "sixty")])
    send_word(network, found, "harrowmoor", [("three", "five")], tracked=False)
    send_word(network, found, "stanwold", [("three", "four")])
    consolidate(found, now=MOMENT)
    return found


def amendment(office: str, before: str = "three") -> Amendment:
    return Amendment.objects.current().get(ret__invitation__office=office, before=before)


def decide(cast: Cast, *items: Any, outcome: str = "taken", part: str = "officer", **changes: Any) -> str:
    serials = {item.key: item.serial for item in items}
    return actions.decide(cast.actor(part), items=items, outcome=outcome, **{"serials": serials, **changes})


class TestDeciding:
    @pytest.mark.parametrize("part", EVERYBODY)
    def test_who_may(self, network: Cast, circulation: Circulation, part: str) -> None:
        item = amendment("aldermere")
        if part in MAY_DECIDE:
            decide(network, item, part=part)
            assert amendment("aldermere").outcome == "taken"
        else:
            with pytest.raises(Refused):
                decide(network, item, part=part)

    @pytest.mark.parametrize("state", PositionState.values)
    def test_in_which_states(self, network: Cast, circulation: Circulation, state: str) -> None:
        Position.objects.update(state=state)
        if state in {PositionState.CIRCULATING, PositionState.DECIDING}:
            decide(network, amendment("aldermere"))
        else:
            with pytest.raises(Conflict, match="To decide amendments it must be"):
                decide(network, amendment("aldermere"))

    @pytest.mark.parametrize(
        ("outcome", "reason", "allowed"),
        [
            ("taken", "", True),
            ("parked", "", True),
            ("part", "", False),
            ("not", " ", False),
            ("part", "Some of it.", True),
            ("not", "It costs.", True),
            ("perhaps", "It costs.", False),
        ],
    )
    def test_what_needs_a_reason(
        self, network: Cast, circulation: Circulation, outcome: str, reason: str, allowed: bool
    ) -> None:
        if allowed:
            decide(network, amendment("aldermere"), outcome=outcome, reason=reason)
        else:
            with pytest.raises(Invalid):
                decide(network, amendment("aldermere"), outcome=outcome, reason=reason)
        assert Decision.objects.exists() == allowed

    def test_nothing_chosen_is_nothing_decided(self, network: Cast, circulation: Circulation) -> None:
        with pytest.raises(Invalid, match="Choose at least one"):
            decide(network)

    def test_one_effect_is_decided_for_all_who_ask_and_one_step_undoes_it(
        self, network: Cast, circulation: Circulation
    ) -> None:
        batch = decide(network, amendment("aldermere"), amendment("harrowmoor"))
        assert actions.undo(network.actor("head"), circulation=circulation, batch=batch) == 2
        assert (amendment("aldermere").outcome, amendment("harrowmoor").outcome) == ("", "")
        assert Decision.objects.filter(undone_at__isnull=False).count() == 2
        with pytest.raises(Conflict, match="undone already"):
            actions.undo(network.actor("head"), circulation=circulation, batch=batch)

    def test_undoing_brings_back_what_stood_before(self, network: Cast, circulation: Circulation) -> None:
        decide(network, amendment("aldermere"), outcome="parked")
        batch = decide(network, amendment("aldermere"))
        actions.undo(network.actor("officer"), circulation=circulation, batch=batch)
        assert amendment("aldermere").outcome == "parked"

    def test_what_was_decided_again_is_not_undone_by_the_step_before(
        self, network: Cast, circulation: Circulation
    ) -> None:
        batch = decide(network, amendment("aldermere"))
        decide(network, amendment("aldermere"), outcome="parked")
        with pytest.raises(Conflict, match="decided again since"):
            actions.undo(network.actor("officer"), circulation=circulation, batch=batch)

    def test_undo_is_for_those_who_decide(self, network: Cast, circulation: Circulation) -> None:
        batch = decide(network, amendment("aldermere"))
        with pytest.raises(Refused):
            actions.undo(network.actor("coordinator"), circulation=circulation, batch=batch)

    def test_a_step_of_another_circulation_is_not_undone_here(self, network: Cast, circulation: Circulation) -> None:
        batch = decide(network, amendment("aldermere"))
        elsewhere = circulate(network, draft(network, title="Another"))
        with pytest.raises(Refused, match="another circulation"):
            actions.undo(network.actor("officer"), circulation=elsewhere, batch=batch)

    def test_two_circulations_are_not_decided_in_one_step(self, network: Cast, circulation: Circulation) -> None:
        elsewhere = circulate(network, draft(network, title="Another"))
        other = send_word(network, elsewhere, "aldermere", [("three", "nine")]).amendments.get()
        with pytest.raises(Invalid, match="one circulation at a time"):
            decide(network, amendment("aldermere", "ninety"), other)

    def test_an_answer_that_was_withdrawn_meanwhile_is_not_decided(
        self, network: Cast, circulation: Circulation
    ) -> None:
        item = amendment("aldermere")
        actions.withdraw_return(network.actor("mayor"), ret=item.ret)
        with pytest.raises(Conflict, match="withdrawn or replaced"):
            decide(network, item)


class TestTwoAtOnce:
    def test_the_second_is_told_who_decided_and_nothing_is_lost(self, network: Cast, circulation: Circulation) -> None:
        seen = amendment("aldermere")
        decide(network, amendment("aldermere"), part="deputy", outcome="not", reason="It costs.")
        with pytest.raises(Conflict, match="Dev Anand decided this a moment ago"):
            decide(network, seen)
        assert amendment("aldermere").outcome == "not"
        assert Decision.objects.count() == 1

    def test_of_several_nothing_is_decided_where_one_has_changed(self, network: Cast, circulation: Circulation) -> None:
        both = amendment("aldermere"), amendment("harrowmoor")
        decide(network, amendment("harrowmoor"), outcome="parked")
        with pytest.raises(Conflict):
            decide(network, *both)
        assert amendment("aldermere").outcome == ""


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_people_at_the_same_moment() -> None:
    """Two connections: one decision stands, the other person is told, and the trail is whole."""
    from folkmoot.apps.access.audit import verify

    cast = make_cast()
    fill_register()
    circulation = circulate(cast, draft(cast))
    send_word(cast, circulation, "aldermere", [("three", "five")])
    item = amendment("aldermere")
    start, ended = threading.Barrier(2), []

    def decides(part: str, outcome: str) -> None:
        actor = cast.actor(part)
        start.wait()
        ended.append(how_it_ended(lambda: actions.decide(actor, items=[item], outcome=outcome, serials={item.key: 0})))
        connection.close()

    threads = [threading.Thread(target=decides, args=who) for who in (("officer", "taken"), ("deputy", "parked"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    told = [text for text in ended if "decided this a moment ago" in text]
    assert len(ended) == 2 and len(told) == 1
    assert decisions_of(amendment("aldermere")) == [amendment("aldermere").outcome]
    assert verify() == []


def how_it_ended(step: Callable[[], str]) -> str:
    """What a person is told, if anything; SQLite in memory answers "locked" where a file would have them wait."""
    while True:
        try:
            step()
        except Conflict as error:
            return str(error)
        except OperationalError as error:
            if "locked" not in str(error):
                raise
            time.sleep(0.01)
        else:
            return ""


def decisions_of(item: Amendment) -> list[str]:
    return list(item.decisions.values_list("outcome", flat=True))


class TestComments:
    @pytest.mark.requirement("A18")
    @pytest.mark.parametrize("outcome", ["taken", "part", "not"])
    def test_every_comment_is_taken_in_part_or_not_with_a_reason(
        self, network: Cast, circulation: Circulation, outcome: str
    ) -> None:
        comment = ReturnComment.objects.create(ret=amendment("aldermere").ret, number="1", text="Why three?")
        decide(network, comment, outcome=outcome, reason="Asked and answered.")
        comment.refresh_from_db()
        decision = comment.decisions.get()
        assert (comment.outcome, decision.outcome, decision.reason) == (outcome, outcome, "Asked and answered.")


class TestReplies:
    @pytest.mark.parametrize("part", EVERYBODY)
    def test_who_may_write(self, network: Cast, circulation: Circulation, part: str) -> None:
        may = MAY_DECIDE | {"mayor", "chief_executive", "member_officer"}
        if part in may:
            actions.reply(network.actor(part), amendment=amendment("aldermere"), text="Would four do?")
        else:
            with pytest.raises(Refused):
                actions.reply(network.actor(part), amendment=amendment("aldermere"), text="Would four do?")

    def test_only_that_office_and_the_secretariat_read_it(self, network: Cast, circulation: Circulation) -> None:
        actions.reply(network.actor("officer"), amendment=amendment("aldermere"), text="Would four do?")
        everything = Amendment.objects.all()
        readers = {part for part in EVERYBODY if messages_for(network.actor(part), everything).exists()}
        assert readers == {"head", "deputy", "officer", "coordinator", "mayor", "chief_executive", "member_officer"}

    def test_an_empty_message_is_not_sent(self, network: Cast, circulation: Circulation) -> None:
        with pytest.raises(Invalid, match="Write something"):
            actions.reply(network.actor("officer"), amendment=amendment("aldermere"), text=" \n")


class TestPlacing:
    def unplaced(self, circulation: Circulation) -> Amendment:
        item = amendment("aldermere", "ninety")
        Amendment.objects.filter(pk=item.pk).update(clause=None, paragraph=-1, unplaced="Made on an earlier draft.")
        item.refresh_from_db()
        return item

    @pytest.mark.parametrize("part", EVERYBODY)
    def test_who_may(self, network: Cast, circulation: Circulation, part: str) -> None:
        clause = circulation.version.clause_texts.last().clause
        if part in MAY_DECIDE:
            actions.place(network.actor(part), amendment=self.unplaced(circulation), clause=clause)
            assert amendment("aldermere", "ninety").clause == clause
        else:
            with pytest.raises(Refused):
                actions.place(network.actor(part), amendment=self.unplaced(circulation), clause=clause)

    def test_only_what_has_no_place_and_only_in_this_text(self, network: Cast, circulation: Circulation) -> None:
        clause = circulation.version.clause_texts.last().clause
        with pytest.raises(Conflict, match="has its place already"):
            actions.place(network.actor("officer"), amendment=amendment("stanwold"), clause=clause)
        elsewhere = draft(network, title="Another").versions.get().clause_texts.first().clause
        with pytest.raises(Invalid, match="not in the circulated text"):
            actions.place(network.actor("officer"), amendment=self.unplaced(circulation), clause=elsewhere)


def make(cast: Cast, circulation: Circulation, part: str = "officer") -> actions.NextVersion:
    close(cast, circulation)
    circulation.position.refresh_from_db()
    return actions.make_next_version(cast.actor(part, now=AFTER_CLOSING), circulation=circulation)


def body(data: bytes, view: Any = "accepted") -> list[str]:
    return [text for text in redline.text(data, view=view) if text]


class TestNextVersion:
    @pytest.mark.parametrize("part", EVERYBODY)
    def test_who_may(self, network: Cast, circulation: Circulation, part: str) -> None:
        if part in MAY_DECIDE:
            assert make(network, circulation, part).version.number == 2
        else:
            with pytest.raises(Refused):
                make(network, circulation, part)

    @pytest.mark.parametrize("state", sorted(set(PositionState.values) - {"deciding"}))
    def test_only_after_closing(self, network: Cast, circulation: Circulation, state: str) -> None:
        close(network, circulation)
        Position.objects.update(state=state)
        circulation.position.refresh_from_db()
        with pytest.raises(Conflict):
            actions.make_next_version(network.actor("officer"), circulation=circulation)

    def test_it_holds_what_was_taken_and_nothing_else(self, network: Cast, circulation: Circulation) -> None:
        decide(network, amendment("aldermere"), amendment("harrowmoor"))
        decide(network, amendment("stanwold"), outcome="not", reason="Five was taken.")
        made = make(network, circulation)
        old, new = content(circulation.version.package), content(made.version.package)
        changed = [line.replace("three", "five") for line in body(old)]
        assert body(new) == changed
        assert body(content(made.version.tracked)) == changed
        assert body(content(made.version.tracked), "rejected") == body(old)
        assert made.unplaced == ()

    def test_what_nothing_touches_stays_byte_for_byte(self, network: Cast, circulation: Circulation) -> None:
        decide(network, amendment("aldermere"))
        made = make(network, circulation)
        for data in (content(made.version.package), content(made.version.tracked)):
            old, new = paragraphs_of(content(circulation.version.package)), paragraphs_of(data)
            different = [before for before, after in zip(old, new, strict=True) if before != after]
            assert len(different) == 1
            assert b"three years" in different[0]

    def test_without_a_decision_nothing_is_taken(self, network: Cast, circulation: Circulation) -> None:
        made = make(network, circulation)
        assert body(content(made.version.package)) == body(content(circulation.version.package))

    def test_what_was_taken_in_part_goes_in_in_its_own_words(self, network: Cast, circulation: Circulation) -> None:
        decide(network, amendment("aldermere"), outcome="part", reason="A middle way.", words="four and a half")
        assert "at least four and a half years" in " ".join(body(content(make(network, circulation).version.package)))

    def test_taken_in_part_without_words_is_shown_as_left_to_do(self, network: Cast, circulation: Circulation) -> None:
        decide(network, amendment("aldermere"), outcome="part", reason="In spirit.")
        made = make(network, circulation)
        assert "three years" in " ".join(body(content(made.version.package)))
        assert [(a.key, "by hand" in why) for a, why in made.unplaced] == [(amendment("aldermere").key, True)]
        assert "by hand" in amendment("aldermere").unplaced

    def test_of_two_taken_for_the_same_words_the_second_is_kept_and_shown(
        self, network: Cast, circulation: Circulation
    ) -> None:
        decide(network, amendment("aldermere"), amendment("harrowmoor"))
        decide(network, amendment("stanwold"))
        made = make(network, circulation)
        assert [a.key for a, _ in made.unplaced] == [amendment("stanwold").key]
        assert "touches the same words" in amendment("stanwold").unplaced

    def test_it_is_made_once(self, network: Cast, circulation: Circulation) -> None:
        make(network, circulation)
        circulation.position.refresh_from_db()
        with pytest.raises(Conflict, match="made already"):
            actions.make_next_version(network.actor("officer", now=AFTER_CLOSING), circulation=circulation)

    def test_answers_on_words_that_changed_are_stale(self, network: Cast) -> None:
        found = circulate(network, draft(network))
        send_word(network, found, "aldermere", [("three", "five")])
        answer(network, found, "stanwold", {0: "support", 1: GivenAnswer("support")})
        decide(network, amendment("aldermere"))
        make(network, found)
        rows = consensus_view(network.actor("officer"), found).rows
        assert [row.stale for row in rows] == [0, 2, 0]

    def test_the_trail_names_the_decision_and_the_version(self, network: Cast, circulation: Circulation) -> None:
        decide(network, amendment("aldermere"))
        make(network, circulation)
        verbs = set(AuditEntry.objects.values_list("verb", flat=True))
        assert {"amendment.decided", "version.made", "circulation.closed"} <= verbs


def paragraphs_of(data: bytes) -> list[bytes]:
    """The paragraphs of a file as they stand in its bytes."""
    import io
    import re
    import zipfile

    document = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml")
    return re.findall(rb"<w:p[ >].*?</w:p>", document, re.S)
