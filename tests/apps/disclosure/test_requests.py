"""Requests for information: who may work on them, what is on hold, what leaves, and the second person."""

import io
import zipfile
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pikepdf
import pytest
from pypdf import PdfReader

from folkmoot.apps.access.audit import verify
from folkmoot.apps.access.gate import Conflict, Invalid, Refused
from folkmoot.apps.disclosure import actions
from folkmoot.apps.disclosure.letter import word_notice
from folkmoot.apps.disclosure.models import Case, CaseState, Clarification, Decision, Item
from folkmoot.apps.disclosure.queries import cases, item_lines, log_line, log_lines, taken_out
from folkmoot.apps.disclosure.redaction import copy_of
from folkmoot.apps.documents.queries import content
from folkmoot.apps.positions.models import Position
from folkmoot.apps.records.models import Hold
from folkmoot.apps.records.registry import Subject, personal_sources, record_classes
from folkmoot.apps.records.retention import due_rows, run_retention
from folkmoot.web.disclosure.answer import make_letter, make_pack
from tests.cast import MOMENT, TODAY, Cast
from tests.disclosure_world import TEXT, ask, scope
from tests.positions_world import draft


@pytest.fixture
def position(cast: Cast) -> Position:
    return draft(cast)


@pytest.fixture
def item(cast: Cast, position: Position) -> Item:
    return scope(cast, ask(cast), position)


def release(cast: Cast, case: Case, part: str = "head") -> Case:
    return actions.release(cast.actor(part), case=case, make_letter=make_letter, make_pack=make_pack)


def prepare(cast: Cast, item: Item, part: str = "officer") -> Case:
    actions.write_letter(cast.actor(part), case=item.case, letter="Thank you for asking.")
    return actions.prepare(cast.actor(part), case=item.case)


@pytest.mark.parametrize("part", ["administrator", "mayor", "member_officer", "guest", "stranger"])
def test_nobody_else_learns_that_there_is_a_request(cast: Cast, part: str) -> None:
    ask(cast)
    assert not cases(cast.actor(part)).exists()
    with pytest.raises(Refused):
        ask(cast, by=part)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"title": " "}, "Give the request a title"),
        ({"regime": "gdpr"}, "under which law"),
        ({"asked": "\n"}, "Write what was asked"),
        ({"requester": ""}, "Write who asked"),
        ({"contact": " "}, "Write where the answer goes"),
        ({"received_on": TODAY + timedelta(days=1)}, "has not come yet"),
        ({"received_on": TODAY - timedelta(days=1200)}, "Check the year"),
    ],
)
def test_wrong_requests(cast: Cast, given: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        ask(cast, **given)
    assert not Case.objects.exists()


def test_a_record_in_scope_is_on_hold_until_the_request_ends(cast: Cast, item: Item, position: Position) -> None:
    assert Hold.objects.standing().filter(table=item.table, record_key=item.record_key).count() == 1
    actions.withdraw(cast.actor("officer"), case=item.case)
    assert not Hold.objects.standing().exists()
    with pytest.raises(Conflict, match="closed"):
        actions.write_letter(cast.actor("officer"), case=item.case, letter="Late.")


def test_taking_a_record_out_of_scope_ends_its_hold_for_this_request_alone(cast: Cast, position: Position) -> None:
    first, second = ask(cast), ask(cast, title="Another")
    item = scope(cast, first, position)
    scope(cast, second, position)
    actions.take_out(cast.actor("officer"), item=item)
    assert [hold.for_record for hold in Hold.objects.standing()] == [second.for_record]


def test_only_what_the_person_may_see_can_be_taken_into_scope(cast: Cast, position: Position) -> None:
    case = ask(cast)
    with pytest.raises(Invalid, match="no longer there for you"):
        actions.collect(cast.actor("officer"), case=case, places=[("position", "positions.position", "nothing")])
    with pytest.raises(Invalid, match="no longer there for you"):
        actions.collect(cast.actor("officer"), case=case, places=[("nothing", "positions.position", position.key)])
    with pytest.raises(Invalid, match="Choose at least one"):
        actions.collect(cast.actor("officer"), case=case, places=[])


def test_a_record_that_a_colleague_alone_may_read_shows_neither_title_nor_words(
    cast: Cast, item: Item, position: Position
) -> None:
    Position.objects.filter(pk=position.pk).update(audience="private")
    [line] = item_lines(cast.actor("coordinator"), [item])
    assert (line.is_readable, line.title) == (False, "A record that you may not read")
    with pytest.raises(Conflict, match="may not read"):
        actions.decide(cast.actor("coordinator"), item=item, decision="disclose")


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"decision": "part"}, "disclosed or withheld"),
        ({"decision": "withhold"}, "Choose the ground"),
        ({"decision": "withhold", "exemption_key": "eir:13", "reason": "a"}, "Choose the ground"),
        ({"decision": "withhold", "exemption_key": "foi:41"}, "Say why this ground holds"),
        ({"decision": "withhold", "exemption_key": "foi:43", "reason": "a"}, "public interest was weighed"),
    ],
)
def test_wrong_decisions(cast: Cast, item: Item, given: dict[str, str], sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        actions.decide(cast.actor("officer"), item=item, **given)
    assert Item.objects.get().decision == Decision.UNDECIDED


@pytest.mark.parametrize(
    ("words", "ground", "sentence"),
    [
        ("", "foi:40(2)", "Write or choose the words"),
        ("not there", "foi:40(2)", "does not stand in the record"),
        ("Jane Roe", "eir:13", "Choose the ground"),
        ("Jane Roe", "", "Choose the ground"),
        ("e", "foi:41", None),
    ],
)
def test_wrong_redactions(cast: Cast, item: Item, words: str, ground: str, sentence: str | None) -> None:
    if sentence is None:
        with pytest.raises(Invalid, match="name in the answer holds words"):
            actions.redact(
                cast.actor("officer"),
                item=actions.name_item(cast.actor("officer"), item=item, shown_title="Paper"),
                words=words,
                exemption_key=ground,
            )
        return
    with pytest.raises(Invalid, match=sentence):
        actions.redact(cast.actor("officer"), item=item, words=words, exemption_key=ground)


def test_who_decided_a_record_is_no_second_person(cast: Cast, item: Item) -> None:
    actions.decide(cast.actor("head"), item=item, decision="disclose")
    case = prepare(cast, item, "officer")
    with pytest.raises(Conflict, match="You decided 1 of the records"):
        release(cast, case, "head")
    assert release(cast, case, "deputy").state == CaseState.RELEASED


def test_the_second_person_is_another_one(cast: Cast, item: Item) -> None:
    actions.decide(cast.actor("officer"), item=item, decision="disclose")
    case = prepare(cast, item, "head")
    with pytest.raises(Conflict, match="Somebody else"):
        release(cast, case, "head")
    with pytest.raises(Refused):
        release(cast, case, "officer")
    released = release(cast, case, "deputy")
    assert released.state == CaseState.RELEASED and released.released_by == cast.deputy
    assert verify() == []


def test_who_acts_for_whoever_prepared_is_no_second_person(cast: Cast, item: Item) -> None:
    from folkmoot.apps.access.actor import Principal
    from folkmoot.apps.access.permissions import Permission
    from folkmoot.apps.access.roles import Role

    actions.decide(cast.actor("officer"), item=item, decision="disclose")
    case = prepare(cast, item, "head")
    head = Principal(
        cast.head.pk,
        "Helen Marsh",
        Role.HEAD,
        frozenset(),
        frozenset({Permission.REQUEST_RELEASE}),
        1,
        MOMENT + timedelta(days=1),
    )
    for_the_head = replace(cast.actor("officer"), principals=(head,))
    with pytest.raises(Conflict, match="Somebody else"):
        actions.release(for_the_head, case=case, make_letter=make_letter, make_pack=make_pack)


def test_what_waits_for_a_second_person_is_not_changed_under_them(cast: Cast, item: Item) -> None:
    with pytest.raises(Conflict, match="Write the letter first"):
        actions.prepare(cast.actor("officer"), case=item.case)
    with pytest.raises(Conflict, match="undecided"):
        prepare(cast, item)
    actions.decide(cast.actor("officer"), item=item, decision="disclose")
    case = prepare(cast, item)
    with pytest.raises(Conflict, match="waits for a second person"):
        actions.redact(cast.actor("officer"), item=item, words="Jane Roe", exemption_key="foi:40(2)")
    actions.send_back(cast.actor("head"), case=case)
    actions.redact(cast.actor("officer"), item=item, words="Jane Roe", exemption_key="foi:40(2)")
    with pytest.raises(Conflict, match="does not wait to be released"):
        release(cast, case)


def bytes_of_pdf(data: bytes) -> bytes:
    """Every stream of a PDF unpacked, and its text, so that nothing hides in compression."""
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as opened:
        opened.save(made, stream_decode_level=pikepdf.StreamDecodeLevel.all, compress_streams=False)
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    return made.getvalue() + text.encode()


def test_the_files_that_leave_hold_nothing_that_was_taken_out_or_withheld(
    cast: Cast, item: Item, position: Position
) -> None:
    officer = cast.actor("officer")
    other = scope(cast, item.case, draft(cast, title="A secret plan"), text="Whole secret words.")
    actions.decide(
        officer,
        item=other,
        decision="withhold",
        exemption_key="foi:43",
        reason="It would harm a tender.",
        public_interest="The tender is still open.",
    )
    actions.redact(officer, item=item, words="jane roe of harrowmoor\nthe paper goes", exemption_key="foi:40(2)")
    case = release(cast, prepare(cast, item))

    assert case.pack and case.letter_pdf and case.letter_word
    pack, letter = content(case.pack), content(case.letter_pdf)
    word = b"".join(zipfile.ZipFile(io.BytesIO(content(case.letter_word))).read(n) for n in _names(case))
    pack_text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pack)).pages)
    assert "ten million pounds" in pack_text and "[withheld: section 40(2)] fears a loss." in pack_text
    for data in (bytes_of_pdf(pack), bytes_of_pdf(letter), word):
        for gone in (b"Jane", b"Roe", b"Harrowmoor", b"paper goes", b"secret plan", b"secret words"):
            assert gone not in data
    assert b"It would harm a tender." in word and b"Zachary Inquirer" in word
    assert b"Zachary" not in bytes_of_pdf(pack)


def _names(case: Case) -> list[str]:
    assert case.letter_word
    return zipfile.ZipFile(io.BytesIO(content(case.letter_word))).namelist()


@pytest.mark.parametrize("where", ["letter", "reason"])
def test_words_taken_out_do_not_come_back_in_our_own_words(cast: Cast, item: Item, where: str) -> None:
    officer = cast.actor("officer")
    actions.redact(officer, item=item, words="Jane Roe", exemption_key="foi:40(2)")
    letter = "We took out what jane roe said." if where == "letter" else "Thank you."
    if where == "reason":
        actions.decide(officer, item=item, decision="disclose", reason="It is about Jane  Roe.")
    actions.write_letter(officer, case=item.case, letter=letter)
    with pytest.raises(Conflict, match="holds words that are taken out"):
        actions.prepare(officer, case=item.case)


def test_a_passage_can_stand_again(cast: Cast, item: Item) -> None:
    officer = cast.actor("officer")
    item = actions.redact(officer, item=item, words="Jane Roe", exemption_key="foi:40(2)")
    item = actions.unredact(officer, item=item, starts=[TEXT.index("Jane")])
    assert (item.redactions, item.decision) == ([], Decision.UNDECIDED)
    with pytest.raises(Conflict, match="not taken out any more"):
        actions.unredact(officer, item=item, starts=[3])


def test_more_time_needs_a_reason_that_the_law_knows(cast: Cast) -> None:
    officer, foi, eir = cast.actor("officer"), ask(cast), ask(cast, regime="eir")
    for grounds in ("", "foi:41", "eir:12(4)(e)", "nothing"):
        with pytest.raises(Invalid, match="name the section"):
            actions.extend(officer, case=foi, reason="Hard to weigh.", grounds=grounds)
    with pytest.raises(Invalid, match="Say why"):
        actions.extend(officer, case=eir, reason=" ")
    extended = actions.extend(officer, case=foi, reason="Hard.", grounds="foi:36")
    assert (extended.extended_on, extended.extension_grounds) == (TODAY, "foi:36")
    actions.extend(officer, case=eir, reason="A hundred files.")
    with pytest.raises(Conflict, match="already"):
        actions.extend(officer, case=eir, reason="More files.")


@pytest.mark.parametrize("law", ["foi", "eir", "own"])
def test_once_the_time_is_over_no_step_gives_more(cast: Cast, law: str) -> None:
    officer, case = cast.actor("officer"), ask(cast, regime=law, received_on=TODAY - timedelta(days=40))
    with pytest.raises(Conflict, match="only to whoever tells the person before"):
        actions.extend(officer, case=case, reason="Much to read.", grounds="foi:36")
    with pytest.raises(Conflict, match="does not give it back"):
        actions.ask_clarification(officer, case=case, question="Which buses?")
    assert not Clarification.objects.exists()


@pytest.mark.parametrize(
    ("law", "grounds", "told"),
    [
        ("foi", "foi:36", "the public interest in withholding it outweighs"),
        ("eir", "", "so complex and so much"),
        ("own", "", "takes more than a month"),
    ],
)
def test_the_notice_of_more_time_says_why_until_when_and_how_to_complain(
    cast: Cast, law: str, grounds: str, told: str
) -> None:
    case = actions.extend(
        cast.actor("officer"), case=ask(cast, regime=law), reason="A thousand files.", grounds=grounds
    )
    text = zipfile.ZipFile(io.BytesIO(word_notice(case, TODAY))).read("word/document.xml").decode()
    for words in (told, "A thousand files.", "25 November 2026", "Information Commissioner", "Zachary Inquirer"):
        assert words in text
    assert ("section 36" in text) == bool(grounds)


def test_under_another_law_what_was_withheld_is_decided_anew(cast: Cast, item: Item) -> None:
    officer = cast.actor("officer")
    actions.redact(officer, item=item, words="Jane Roe", exemption_key="foi:40(2)")
    assert actions.change_law(officer, case=item.case, regime="eir").regime == "eir"
    item.refresh_from_db()
    assert (item.decision, item.redactions) == (Decision.UNDECIDED, [])
    actions.extend(officer, case=item.case, reason="Much.")
    with pytest.raises(Conflict, match="the person was told so"):
        actions.change_law(officer, case=item.case, regime="foi")
    with pytest.raises(Conflict, match="apart from others"):
        actions.change_law(officer, case=ask(cast, regime="own"), regime="foi")


def test_words_are_taken_out_of_all_records_and_stand_again_in_all(cast: Cast, item: Item) -> None:
    officer = cast.actor("officer")
    other = scope(cast, item.case, draft(cast, title="Another"), text="jane  ROE again.")
    assert actions.redact_everywhere(officer, case=item.case, words="Jane Roe", exemption_key="foi:40(2)") == 2
    assert [(each.words, each.places) for each in taken_out(officer, item.case)] == [("Jane Roe", 2)]
    assert taken_out(cast.actor("mayor"), item.case) == []
    assert actions.let_stand_everywhere(officer, case=item.case, words=["JANE roe"]) == 2
    other.refresh_from_db()
    assert (other.redactions, other.decision) == ([], Decision.UNDECIDED)


def test_what_is_left_is_disclosed_at_once_as_far_as_the_person_may_read(
    cast: Cast, item: Item, position: Position
) -> None:
    other = scope(cast, item.case, draft(cast, title="Another"))
    actions.redact_paragraphs(cast.actor("officer"), item=other, numbers=[1], exemption_key="foi:41")
    Position.objects.filter(pk=position.pk).update(audience="private")
    with pytest.raises(Conflict, match="No record that you may read"):
        actions.disclose_rest(cast.actor("coordinator"), case=item.case)
    Position.objects.filter(pk=position.pk).update(audience=position.audience)
    assert actions.disclose_rest(cast.actor("officer"), case=item.case) == 1
    assert {each.decision for each in Item.objects.all()} == {Decision.DISCLOSE, Decision.PART}
    assert "Jane" not in copy_of(other.text, Item.objects.get(pk=other.pk).redactions)


def test_a_question_is_asked_once_and_answered_once(cast: Cast) -> None:
    officer, case = cast.actor("officer"), ask(cast)
    with pytest.raises(Conflict, match="No question is open"):
        actions.answer_clarification(officer, case=case, answered_on=TODAY)
    actions.ask_clarification(officer, case=case, question="Which buses?")
    with pytest.raises(Conflict, match="open already"):
        actions.ask_clarification(officer, case=case, question="Which years?")
    for day, sentence in (
        (TODAY + timedelta(days=1), "not come yet"),
        (TODAY - timedelta(days=1), "before the question"),
    ):
        with pytest.raises(Invalid, match=sentence):
            actions.answer_clarification(officer, case=case, answered_on=day)
    actions.write_letter(officer, case=case, letter="Thank you.")
    with pytest.raises(Conflict, match="still open"):
        actions.prepare(officer, case=case)
    actions.answer_clarification(officer, case=case, answered_on=TODAY)
    actions.prepare(officer, case=case)


def test_the_log_holds_no_name_and_only_answered_requests(cast: Cast, item: Item) -> None:
    with pytest.raises(Conflict, match="Only an answered"):
        actions.log_answer(cast.actor("head"), case=item.case, title="Buses")
    actions.decide(cast.actor("officer"), item=item, decision="disclose")
    case = release(cast, prepare(cast, item))
    with pytest.raises(Invalid, match="names the person"):
        actions.log_answer(cast.actor("head"), case=case, title="What ZACHARY INQUIRER asked")
    assert not log_lines().exists()
    actions.log_answer(cast.actor("head"), case=case, title="Papers on buses")
    [line] = [log_line(each) for each in log_lines()]
    assert (line.title, line.outcome, line.answered_on) == ("Papers on buses", "Disclosed", TODAY)


def test_who_asked_is_found_erased_and_removed_when_the_time_is_over(cast: Cast, item: Item) -> None:
    actions.decide(cast.actor("officer"), item=item, decision="disclose")
    source = next(each for each in personal_sources() if each.name == "disclosure")
    zachary = Subject(None, "", (), ("zachary@example.org",))
    assert "Zachary Inquirer" in source.find(zachary)[0].text
    assert source.erase(cast.actor("head"), zachary) == 0
    case = release(cast, prepare(cast, item))
    requests = next(each for each in record_classes() if each.name == "disclosure.cases")
    assert not list(due_rows(requests, MOMENT + timedelta(days=1000)))
    run_retention(MOMENT + timedelta(days=1100))
    case = Case.objects.get()
    assert (case.requester.name, case.pack, case.asked) == ("An erased person", None, "")
    assert case.title == "Papers on bus franchising" and not Item.objects.get().text
