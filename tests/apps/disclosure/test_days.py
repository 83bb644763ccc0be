"""The days of a request, redaction of its records, and the grounds that the law knows."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.apps.disclosure.days import Calendar, clock
from folkmoot.apps.disclosure.exemptions import EXEMPTIONS, exemption, exemptions_of
from folkmoot.apps.disclosure.models import Case, Clarification
from folkmoot.apps.disclosure.redaction import Passage, copy_of, find_all, merged, pieces

CHRISTMAS = Calendar({date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1), date(2027, 3, 26), date(2027, 3, 29)})


@pytest.mark.parametrize(
    ("received", "extended", "asked_back", "due"),
    [
        # The day of receipt does not count, nor weekends, nor bank holidays.
        ("2026-11-02", False, (), "2026-11-30"),
        ("2026-11-07", False, (), "2026-12-04"),  # a Saturday
        ("2026-12-01", False, (), "2026-12-31"),
        ("2026-12-24", False, (), "2027-01-26"),
        ("2026-11-02", True, (), "2026-12-30"),
        # Asked back on the 5th, answered on the 12th: five working days do not count.
        ("2026-11-02", False, (("2026-11-05", "2026-11-12"),), "2026-12-07"),
        ("2026-11-02", False, (("2026-11-05", "2026-11-05"),), "2026-11-30"),
        ("2026-11-02", False, (("2026-11-05", None),), None),
    ],
)
def test_the_due_day(
    received: str, extended: bool, asked_back: tuple[tuple[str, str | None], ...], due: str | None
) -> None:
    case = Case(received_on=date.fromisoformat(received), extended_on=date(2026, 11, 10) if extended else None)
    asked = [
        Clarification(asked_on=date.fromisoformat(first), answered_on=date.fromisoformat(last) if last else None)
        for first, last in asked_back
    ]
    found = clock(case, asked, date(2026, 11, 25), CHRISTMAS)
    assert found.due == (date.fromisoformat(due) if due else None)


@pytest.mark.parametrize(
    ("today", "gone", "reminder", "overdue"),
    [
        ("2026-11-02", 0, 0, False),
        ("2026-11-13", 9, 0, False),
        ("2026-11-16", 10, 10, False),
        ("2026-11-23", 15, 15, False),
        ("2026-11-26", 18, 18, False),
        ("2026-11-30", 20, 18, False),
        ("2026-12-01", 21, 18, True),
    ],
)
def test_reminders_come_on_their_days(today: str, gone: int, reminder: int, overdue: bool) -> None:
    found = clock(Case(received_on=date(2026, 11, 2)), [], date.fromisoformat(today), CHRISTMAS)
    assert (found.gone, found.reminder, found.is_overdue) == (gone, reminder, overdue)


def test_the_days_stand_still_while_a_question_is_open() -> None:
    case = Case(received_on=date(2026, 11, 2))
    open_question = [Clarification(asked_on=date(2026, 11, 5))]
    found = clock(case, open_question, date(2027, 1, 20), CHRISTMAS)
    assert (found.gone, found.is_stopped, found.is_overdue) == (3, True, False)


def test_the_grounds_are_those_of_the_two_laws_and_say_whether_the_public_interest_is_weighed() -> None:
    assert len({each.key for each in EXEMPTIONS}) == len(EXEMPTIONS)
    absolute = {each.code for each in exemptions_of("foi") if not each.is_weighed}
    assert absolute == {"21", "23", "32", "34", "40(1)", "40(2)", "41", "44"}
    assert {each.code for each in exemptions_of("eir") if not each.is_weighed} == {"13"}
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
