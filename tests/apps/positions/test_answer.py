"""An office answers: begins, adds a Word file, chooses, submits, replaces, withdraws, releases."""

from datetime import datetime
from typing import Any

import pytest

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.gate import Conflict, Invalid, Refused
from folkmoot.apps.access.models import AuditEntry
from folkmoot.apps.documents.queries import content
from folkmoot.apps.positions import actions
from folkmoot.apps.positions.actions import GivenAnswer
from folkmoot.apps.positions.models import Amendment, Circulation, Return, Stance
from folkmoot.engines import redline
from tests.cast import EVERYBODY, TODAY, Cast
from tests.positions_world import (
    AFTER_CLOSING,
    CLOSES,
    answer,
    circulate,
    close,
    draft,
    invitation_of,
    marked_up,
    send_word,
)

MAY_PREPARE = {"mayor", "chief_executive", "member_officer", "head", "deputy", "officer", "coordinator"}
MAY_RELEASE = {"mayor", "chief_executive"}


@pytest.fixture
def circulation(network: Cast) -> Circulation:
    return circulate(network, draft(network))


def begin(cast: Cast, circulation: Circulation, part: str = "member_officer", office: str = "aldermere") -> Return:
    return actions.begin_return(cast.actor(part), invitation=invitation_of(circulation, office))


def clause_keys(circulation: Circulation) -> list[str]:
    return list(circulation.version.clause_texts.order_by("place").values_list("clause__key", flat=True))


def save(actor: Actor, ret: Return, place: int, given: GivenAnswer) -> None:
    keys = clause_keys(ret.invitation.circulation)
    actions.save_answers(actor, ret=ret, answers={keys[place]: given})


def submit(actor: Actor, ret: Return, **changes: str) -> Return:
    return actions.submit_return(actor, **{"ret": ret, "whose_view": "mayor", "cleared_by": "Gwen Tarrant", **changes})


class TestWhoMay:
    @pytest.mark.parametrize("part", EVERYBODY)
    def test_prepare_an_answer(self, network: Cast, circulation: Circulation, part: str) -> None:
        if part in MAY_PREPARE:
            assert begin(network, circulation, part).state == "draft"
        else:
            with pytest.raises(Refused):
                begin(network, circulation, part)

    @pytest.mark.parametrize("part", EVERYBODY)
    def test_submit_and_withdraw_what_an_office_prepared(
        self, network: Cast, circulation: Circulation, part: str
    ) -> None:
        ret = answer(network, circulation, "aldermere", {0: "support"}, submit=False)
        if part in {"mayor", "chief_executive", "member_officer"}:
            submitted = submit(network.actor(part), ret)
            actions.withdraw_return(network.actor(part), ret=submitted)
            assert submitted.state == "withdrawn"
            return
        with pytest.raises(Refused):
            submit(network.actor(part), ret)
        submitted = submit(network.actor("mayor"), ret)
        with pytest.raises(Refused):
            actions.withdraw_return(network.actor(part), ret=submitted)

    @pytest.mark.parametrize("part", EVERYBODY)
    def test_release_an_answer(self, network: Cast, circulation: Circulation, part: str) -> None:
        ret = answer(network, circulation, "aldermere", {0: "support"})
        if part in MAY_RELEASE:
            actions.release_return(network.actor(part), ret=ret)
            assert ret.released_at is not None
        else:
            with pytest.raises(Refused):
                actions.release_return(network.actor(part), ret=ret)

    def test_the_secretariat_files_for_an_office_and_the_record_says_so(
        self, network: Cast, circulation: Circulation
    ) -> None:
        ret = begin(network, circulation, "coordinator")
        save(network.actor("coordinator"), ret, 0, GivenAnswer("support"))
        assert submit(network.actor("coordinator"), ret).filed_for_office

    def test_the_secretariat_leaves_an_answer_alone_that_the_office_prepares(
        self, network: Cast, circulation: Circulation
    ) -> None:
        ret = begin(network, circulation)
        with pytest.raises(Conflict, match="preparing its own answer"):
            begin(network, circulation, "coordinator")
        with pytest.raises(Refused, match="the office’s own"):
            save(network.actor("officer"), ret, 0, GivenAnswer("support"))

    def test_an_office_makes_its_own_what_the_secretariat_began(self, network: Cast, circulation: Circulation) -> None:
        begun = begin(network, circulation, "coordinator")
        taken_over = begin(network, circulation)
        assert (taken_over.pk, taken_over.filed_for_office) == (begun.pk, False)
        assert not Return.objects.visible_to(network.actor("coordinator")).exists()


class TestWhen:
    @pytest.mark.parametrize("now", [CLOSES, AFTER_CLOSING])
    def test_from_the_closing_time_on_nothing_is_taken(
        self, network: Cast, circulation: Circulation, now: datetime
    ) -> None:
        ret = answer(network, circulation, "aldermere", {0: "support"}, submit=False)
        late = network.actor("mayor", now=now)
        invitation = invitation_of(circulation, "aldermere")
        for late_step in (
            lambda: actions.begin_return(late, invitation=invitation),
            lambda: save(late, ret, 0, GivenAnswer("support")),
            lambda: actions.attach_word(late, ret=ret, name="a.docx", data=b"x"),
            lambda: submit(late, ret),
        ):
            with pytest.raises(Conflict, match="This circulation has closed"):
                late_step()

    def test_a_circulation_that_was_closed_early_takes_nothing(self, network: Cast, circulation: Circulation) -> None:
        ret = answer(network, circulation, "aldermere", {0: "support"})
        close(network, circulation, now=CLOSES.replace(day=1))
        ret.refresh_from_db()
        with pytest.raises(Conflict, match="has closed"):
            actions.withdraw_return(network.actor("mayor", now=CLOSES.replace(day=2)), ret=ret)

    @pytest.mark.parametrize("state", ["submitted", "withdrawn", "superseded"])
    def test_only_an_answer_in_preparation_changes(self, network: Cast, circulation: Circulation, state: str) -> None:
        ret = answer(network, circulation, "aldermere", {0: "support"})
        Return.objects.filter(pk=ret.pk).update(state=state)
        ret.refresh_from_db()
        with pytest.raises(Conflict, match="submitted already"):
            save(network.actor("mayor"), ret, 0, GivenAnswer("object", "No."))
        with pytest.raises(Conflict, match="submitted already"):
            submit(network.actor("mayor"), ret)
        if state != "submitted":
            with pytest.raises(Conflict, match="nothing to withdraw"):
                actions.withdraw_return(network.actor("mayor"), ret=ret)
            with pytest.raises(Conflict, match="Submit the answer before"):
                actions.release_return(network.actor("mayor"), ret=ret)


class TestChoosing:
    @pytest.mark.parametrize("stance", Stance.values)
    def test_each_stance_is_kept_and_an_objection_needs_its_reason(
        self, network: Cast, circulation: Circulation, stance: str
    ) -> None:
        ret, actor = begin(network, circulation), network.actor("member_officer")
        if stance in {Stance.OBJECT, Stance.RED_LINE}:
            with pytest.raises(Invalid, match="give the reason"):
                save(actor, ret, 0, GivenAnswer(stance, reason=" "))
        save(actor, ret, 0, GivenAnswer(stance, reason="So that it can be met."))
        assert ret.answers.get().stance == stance

    @pytest.mark.parametrize(
        "given", [GivenAnswer("perhaps"), GivenAnswer("support", visibility="my-friends")], ids=["stance", "visibility"]
    )
    def test_only_the_answers_offered(self, network: Cast, circulation: Circulation, given: GivenAnswer) -> None:
        with pytest.raises(Invalid, match="one of the answers offered"):
            save(network.actor("member_officer"), begin(network, circulation), 0, given)

    def test_a_clause_of_another_text_is_refused(self, network: Cast, circulation: Circulation) -> None:
        with pytest.raises(Invalid, match="not in the circulated text"):
            actions.save_answers(
                network.actor("member_officer"),
                ret=begin(network, circulation),
                answers={"elsewhere": GivenAnswer("support")},
            )

    def test_taking_a_stance_back_leaves_no_answer(self, network: Cast, circulation: Circulation) -> None:
        ret = answer(network, circulation, "aldermere", {0: "support"}, submit=False)
        save(network.actor("member_officer"), ret, 0, GivenAnswer(""))
        assert not ret.answers.exists()

    def test_other_words_become_amendments_word_by_word(self, network: Cast, circulation: Circulation) -> None:
        words = "An authority should have the right to buy depots and vehicles within sixty days."
        answer(network, circulation, "aldermere", {2: GivenAnswer("if-amended", proposed_words=words)})
        found = Amendment.objects.order_by("start").values_list("kind", "before", "after", "from_form", "unplaced")
        assert list(found) == [
            ("insert", "", "and vehicles ", True, ""),
            ("replace", "ninety", "sixty", True, ""),
        ]

    def test_other_words_of_several_paragraphs(self, network: Cast, circulation: Circulation) -> None:
        first = "We ask that government gives each authority a revenue settlement of at least three years."
        more = f"{first}\nThe settlement should be paid in one grant.\nAnd one more thing."
        ret = answer(network, circulation, "aldermere", {1: GivenAnswer("if-amended", proposed_words=more)})
        assert list(ret.amendments.values_list("kind", "after")) == [("paragraph-insert", "And one more thing.")]
        ret = answer(network, circulation, "harrowmoor", {1: GivenAnswer("if-amended", proposed_words=first)})
        assert list(ret.amendments.values_list("kind", "before")) == [
            ("paragraph-delete", "The settlement should be paid in one grant.")
        ]


class TestSubmitting:
    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"whose_view": ""}, "Say whose view"),
            ({"whose_view": "cat"}, "Say whose view"),
            ({"cleared_by": " "}, "Name the person who cleared"),
        ],
    )
    def test_it_says_whose_view_it_is_and_who_cleared_it(
        self, network: Cast, circulation: Circulation, changes: dict[str, str], sentence: str
    ) -> None:
        ret = answer(network, circulation, "aldermere", {0: "support"}, submit=False)
        with pytest.raises(Invalid, match=sentence):
            submit(network.actor("mayor"), ret, **changes)

    def test_an_empty_answer_is_not_submitted(self, network: Cast, circulation: Circulation) -> None:
        with pytest.raises(Invalid, match="nothing to submit"):
            submit(network.actor("mayor"), begin(network, circulation))

    def test_a_file_that_is_still_being_read_is_not_submitted(self, network: Cast, circulation: Circulation) -> None:
        ret = send_word(network, circulation, "aldermere", [("three", "five")], submit=False)
        ret.status = ""
        ret.save()
        with pytest.raises(Invalid, match="not been read yet"):
            submit(network.actor("mayor"), ret)

    def test_a_second_answer_begins_as_a_copy_and_supersedes_the_first(
        self, network: Cast, circulation: Circulation
    ) -> None:
        first = send_word(network, circulation, "aldermere", [("three", "five")])
        second = begin(network, circulation)
        assert list(second.answers.values_list("stance", flat=True)) == ["if-amended"]
        assert list(second.amendments.values_list("before", "after")) == [("three", "five")]
        assert second.file == first.file
        submit(network.actor("mayor"), second)
        first.refresh_from_db()
        assert first.state == "superseded"
        assert first.amendments.count() == second.amendments.count() == 1
        assert [a.ret_id for a in Amendment.objects.current()] == [second.pk]

    def test_a_withdrawn_answer_stays_and_counts_no_more(self, network: Cast, circulation: Circulation) -> None:
        ret = send_word(network, circulation, "aldermere", [("three", "five")])
        actions.withdraw_return(network.actor("mayor"), ret=ret)
        assert Return.objects.filter(pk=ret.pk, state="withdrawn").exists()
        assert not Amendment.objects.current().exists()
        assert AuditEntry.objects.filter(verb="return.withdrawn", record_id=ret.pk).exists()


def base(circulation: Circulation, office: str = "aldermere") -> bytes:
    return content(invitation_of(circulation, office).package)


def upload(cast: Cast, circulation: Circulation, data: bytes, name: str = "ours.docx") -> Return:
    return actions.attach_word(cast.actor("member_officer"), ret=begin(cast, circulation), name=name, data=data)


class TestWordFiles:
    def test_marks_are_read_at_once_and_the_clause_is_filled_in(self, network: Cast, circulation: Circulation) -> None:
        ret = send_word(network, circulation, "aldermere", [("three", "five")], submit=False)
        found = ret.amendments.get()
        assert (ret.status, found.kind, found.before, found.after) == ("tracked", "replace", "three", "five")
        assert (found.lead_in[-9:], found.lead_out) == ("at least ", " years.")
        assert ret.answers.get().stance == Stance.IF_AMENDED

    def test_edits_without_marks_are_found_by_comparing(self, network: Cast, circulation: Circulation) -> None:
        ret = send_word(network, circulation, "aldermere", [("three", "five")], tracked=False, submit=False)
        assert ret.status == "untracked"
        assert not ret.amendments.get().tracked

    def test_what_was_chosen_before_stays(self, network: Cast, circulation: Circulation) -> None:
        answer(network, circulation, "aldermere", {1: "object"}, submit=False)
        ret = send_word(network, circulation, "aldermere", [("three", "five")], submit=False)
        assert ret.answers.get().stance == Stance.OBJECT

    def test_a_second_file_takes_the_place_of_the_first(self, network: Cast, circulation: Circulation) -> None:
        send_word(network, circulation, "aldermere", [("three", "five")], submit=False)
        ret = send_word(network, circulation, "aldermere", [("ninety", "sixty")], submit=False)
        assert list(ret.amendments.values_list("before", flat=True)) == ["ninety"]

    @pytest.mark.parametrize(
        ("spoil", "status", "sentence"),
        [
            (lambda data: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4096, "unreadable", "Ask"),
            (lambda data: data[: len(data) // 2], "unreadable", "Ask"),
            (lambda data: b"Dear all, we support it.", "unreadable", "Ask"),
            (lambda data: b"PK\x03\x04" + b"\xff" * 500, "unreadable", "Ask"),
        ],
        ids=["locked or old .doc", "cut off", "no Word file", "hostile"],
    )
    def test_what_cannot_be_read_is_kept_and_answered_with_a_sentence(
        self, network: Cast, circulation: Circulation, spoil: Any, status: str, sentence: str
    ) -> None:
        data = spoil(base(circulation))
        ret = upload(network, circulation, data)
        assert ret.status == status
        assert sentence in ret.detail
        assert "is kept" in ret.detail
        assert content(ret.file) == data

    def test_a_reading_that_was_stopped_is_told_and_the_file_kept(
        self, network: Cast, circulation: Circulation, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def stopped(*args: Any) -> None:
            raise Invalid("Reading this file took too long and was stopped.")

        monkeypatch.setattr("folkmoot.apps.positions.word.consolidated", stopped)
        ret = upload(network, circulation, base(circulation))
        assert ret.status == "unreadable"
        assert ret.detail.startswith("Reading this file took too long")
        assert ret.file is not None

    def test_another_document_is_told(self, network: Cast, circulation: Circulation) -> None:
        words = tuple(f"Nothing of this stands in the draft, line {n} of the minutes of the parish." for n in range(9))
        data = redline.compose("Minutes", [redline.DraftClause(1, "Apologies", words)], today=TODAY)
        ret = upload(network, circulation, data)
        assert ret.status == "other-document"
        assert "Ask the office for its copy" in ret.detail

    def test_another_offices_copy_is_noticed_and_only_the_secretariat_hears_whose(
        self, network: Cast, circulation: Circulation
    ) -> None:
        theirs = marked_up(base(circulation, "harrowmoor"), [("three", "five")], author="T")
        assert "sent to another office" in upload(network, circulation, theirs).detail
        ret = begin(network, circulation, "coordinator", "stanwold")
        ret = actions.attach_word(network.actor("coordinator"), ret=ret, name="x.docx", data=theirs)
        assert "sent to Harrowmoor" in ret.detail

    def test_a_file_that_was_overtaken_while_it_was_read_changes_nothing(
        self, network: Cast, circulation: Circulation, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from folkmoot.apps.positions import consolidation

        read = consolidation.read_word_return

        def submitted_meanwhile(ret: Return, data: bytes) -> Any:
            Return.objects.filter(pk=ret.pk).update(state="withdrawn")
            return read(ret, data)

        monkeypatch.setattr(consolidation, "read_word_return", submitted_meanwhile)
        with pytest.raises(Conflict, match="changed while this file was being read"):
            upload(network, circulation, marked_up(base(circulation), [("three", "five")], author="M"))
        assert not Amendment.objects.exists()
