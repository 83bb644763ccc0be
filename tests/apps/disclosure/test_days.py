"""The days of a request, redaction of its records, and the grounds that the law knows."""

from datetime import date
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.apps.disclosure.days import Calendar, Clock, clock
from folkmoot.apps.disclosure.exemptions import EXEMPTIONS, exemption, exemptions_of
from folkmoot.apps.disclosure.models import Case, Clarification
from folkmoot.apps.disclosure.redaction import Passage, copy_of, find_all, merged, paragraphs, pieces
from folkmoot.apps.disclosure.third_parties import Others

pytestmark = pytest.mark.one_database

HERE = {date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1), date(2027, 3, 26), date(2027, 3, 29)}
# Saint Andrew's day is a bank holiday in Scotland alone, 4 January 2027 in lieu of the 2nd.
CHRISTMAS = Calendar(HERE | {date(2026, 11, 30), date(2027, 1, 4)}, HERE)


def clock_of(law: str, received: str, asked: str = "", extended: bool = False, today: str = "2026-11-25") -> Clock:
    """`asked` is what was asked for, when, and when it came, as in "fee 2026-11-05 2026-11-12"."""
    case = Case(
        regime=law, received_on=date.fromisoformat(received), extended_on=date(2026, 11, 10) if extended else None
    )
    given = [each.split() for each in asked.split(", ") if each]
    clarifications = [
        Clarification(
            kind=kind,
            asked_on=date.fromisoformat(first),
            answered_on=date.fromisoformat(last[0]) if last else None,
        )
        for kind, first, *last in given
    ]
    return clock(case, clarifications, date.fromisoformat(today), CHRISTMAS)


@pytest.mark.parametrize("law", ["foi", "eir"])
@pytest.mark.parametrize(
    ("received", "extended", "asked", "due"),
    [
        # The day of receipt does not count, nor weekends, nor bank holidays anywhere in the kingdom.
        ("2026-10-26", False, "", "2026-11-23"),
        ("2026-11-02", False, "", "2026-12-01"),
        ("2026-11-07", False, "", "2026-12-07"),  # a Saturday
        ("2026-12-01", False, "", "2026-12-31"),
        ("2026-12-24", False, "", "2027-01-27"),
        ("2026-11-02", True, "", "2026-12-31"),
        # Said on the 12th what was meant: the days begin anew on it.
        ("2026-11-02", False, "clarification 2026-11-05 2026-11-12", "2026-12-11"),
        ("2026-11-02", False, "clarification 2026-11-05 2026-11-12, clarification 2026-11-13 2026-11-16", "2026-12-15"),
        ("2026-11-02", False, "clarification 2026-11-05", None),
        # A fee asked for on the 5th and paid on the 12th: these six working days do not count.
        ("2026-11-02", False, "fee 2026-11-05 2026-11-12", "2026-12-09"),
        ("2026-11-02", False, "fee 2026-11-05 2026-11-05", "2026-12-02"),
        ("2026-11-02", False, "fee 2026-11-02 2026-11-03", "2026-12-02"),
        ("2026-11-02", False, "fee 2026-11-03 2026-11-04, clarification 2026-11-05 2026-11-12", "2026-12-11"),
        ("2026-11-02", False, "fee 2026-11-05", None),
    ],
)
def test_the_due_day(law: str, received: str, extended: bool, asked: str, due: str | None) -> None:
    found = clock_of(law, received, asked, extended).due
    assert found == (date.fromisoformat(due) if due else None)


@pytest.mark.parametrize(
    ("received", "extended", "asked", "due"),
    [
        ("2026-11-03", False, "", "2026-12-03"),
        ("2026-08-31", False, "", "2026-09-30"),
        ("2027-01-29", False, "", "2027-03-01"),  # 28 February is a Sunday
        ("2026-11-25", False, "", "2026-12-29"),  # Christmas, a weekend and a bank holiday here
        ("2026-10-30", False, "", "2026-11-30"),  # a bank holiday in Scotland alone
        ("2026-11-03", True, "", "2027-02-03"),
        ("2026-11-30", True, "", "2027-03-01"),
        # A question takes a week that does not count; with the proof of who asks the month begins anew.
        ("2026-11-03", False, "clarification 2026-11-05 2026-11-12", "2026-12-10"),
        ("2026-11-03", False, "identity 2026-11-05 2026-11-12", "2026-12-14"),
        ("2026-11-03", False, "fee 2026-11-05 2026-11-12", "2026-12-14"),
        ("2026-11-03", False, "clarification 2026-11-04 2026-11-06, identity 2026-11-06 2026-11-12", "2026-12-14"),
        ("2026-11-03", False, "identity 2026-11-05", None),
    ],
)
def test_the_due_day_of_own_data(received: str, extended: bool, asked: str, due: str | None) -> None:
    found = clock_of("own", received, asked, extended).due
    assert found == (date.fromisoformat(due) if due else None)


@pytest.mark.parametrize(
    ("law", "today", "gone", "reminder", "overdue"),
    [
        ("foi", "2026-11-02", 0, 0, False),
        ("foi", "2026-11-13", 9, 0, False),
        ("foi", "2026-11-16", 10, 10, False),
        ("foi", "2026-11-23", 15, 15, False),
        ("foi", "2026-11-26", 18, 18, False),
        ("foi", "2026-12-01", 20, 18, False),
        ("foi", "2026-12-02", 21, 18, True),
        ("own", "2026-11-16", 14, 0, False),
        ("own", "2026-11-17", 15, 15, False),
        ("own", "2026-12-02", 30, 27, False),
        ("own", "2026-12-03", 31, 27, True),
    ],
)
def test_reminders_come_on_their_days(law: str, today: str, gone: int, reminder: int, overdue: bool) -> None:
    found = clock_of(law, "2026-11-02", today=today)
    assert (found.gone, found.reminder, found.is_overdue) == (gone, reminder, overdue)


def test_the_days_stand_still_while_a_question_is_open() -> None:
    found = clock_of("foi", "2026-11-02", "clarification 2026-11-05", today="2027-01-20")
    assert (found.gone, found.is_stopped, found.is_overdue) == (3, True, False)


def test_what_a_fee_takes_is_neither_gone_nor_allowed() -> None:
    found = clock_of("foi", "2026-11-02", "fee 2026-11-05 2026-11-12", today="2026-11-13")
    assert (found.gone, found.allowed, found.unit) == (3, 20, "working day")


def test_the_grounds_are_those_of_the_two_laws_and_say_whether_the_public_interest_is_weighed() -> None:
    assert len({each.key for each in EXEMPTIONS}) == len(EXEMPTIONS)
    absolute = {each.code for each in exemptions_of("foi") if not each.is_weighed}
    assert absolute == {"21", "23", "32", "34", "40(1)", "40(2)", "41", "44"}
    assert {each.code for each in exemptions_of("eir") if not each.is_weighed} == {"13"}
    assert not any(each.is_weighed for each in exemptions_of("own"))
    assert exemption("foi:36") and exemption("foi:35") is None and exemption("nothing") is None


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("Jane Roe met jane  roe.", "JANE ROE", [(0, 8), (13, 22)]),
        ("a\nb c", "a b", [(0, 3)]),
        ("aaaa", "aa", [(0, 2), (2, 4)]),
        ("nothing", "some", []),
        ("anything", "  ", []),
        ("İstanbul plan", "plan", [(9, 13)]),
    ],
)
def test_words_are_found_whatever_their_case_and_spaces(text: str, words: str, found: list[tuple[int, int]]) -> None:
    assert find_all(text, words) == found


def test_what_is_taken_out_leaves_no_trace_of_its_words_or_length() -> None:
    short, long = "Ann said so.", "Annabella-Josephine said so."
    assert copy_of(short, [[0, 3, "foi:40(2)"]]) == copy_of(long, [[0, 19, "foi:40(2)"]])
    assert copy_of(short, [[0, 3, "foi:40(2)"]]) == "[withheld: section 40(2)] said so."


@given(st.text(max_size=40), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=6))
def test_pieces_put_together_are_the_text_and_a_copy_holds_only_what_stands(
    text: str, spans: list[tuple[int, int]]
) -> None:
    spans = [(start, end) for start, end in spans if start < end <= len(text)]
    stored = [[start, end, "foi:41"] for start, end in spans]
    assert "".join(words for words, _ in pieces(text, stored)) == text
    kept = [letter for place, letter in enumerate(text) if not any(s <= place < e for s, e in spans)]
    assert copy_of(text, stored).replace("[withheld: section 41]", "") == "".join(kept)


def test_passages_that_overlap_become_one() -> None:
    assert merged([Passage(5, 9, "b"), Passage(0, 6, "a"), Passage(9, 10, "c")]) == [
        Passage(0, 9, "a"),
        Passage(9, 10, "c"),
    ]


def test_paragraphs_are_the_lines_that_say_something_and_show_what_is_taken_out_of_each() -> None:
    text = "  First line. \r\n\n Second line.\nThird"
    assert [text[start:end] for start, end in paragraphs(text)] == ["First line.", "Second line.", "Third"]
    stored = [[2, 7, "foi:41"], [12, 25, "foi:42"]]
    shown = [[words for words, out in pieces(text, stored, within=place) if not out] for place in paragraphs(text)]
    assert shown == [[" line"], ["line."], ["Third"]]


OTHERS = Others.than(["Maya Osei", "maya@example.org"], ["Helen Marsh", "Guy Stone", "Maya Osei", "Ann Li"])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("From Helen Marsh <helen@example.org>", ["Helen Marsh", "helen@example.org"]),
        ("Maya Osei <maya@example.org> of Aldermere", []),
        ("HELEN\n marsh and Marsh; a marsh, a stone, Stonehouse", ["HELEN\n marsh", "Marsh"]),
        ("Cllr Wanda Birch-Hall told Mayor Osei.", ["Wanda Birch-Hall"]),
        ("Call 0161 496 0000 or +44 20 7946 0000, reference 2026-11-25.", ["0161 496 0000", "+44 20 7946 0000"]),
        ("Ann Li and Anna Lind", ["Ann Li"]),
        ("Nobody is named.", []),
    ],
)
def test_other_people_are_recognised(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in OTHERS.places(text)] == found


def test_a_long_text_without_a_gap_takes_no_time() -> None:
    begun = process_time()
    for text in ("a" * 20_000, "1 " * 10_000, "Mr A " * 4_000):
        OTHERS.places(text)
    assert process_time() - begun < 2
