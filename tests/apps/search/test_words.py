"""What people type is read as words, never as commands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.apps.search.backends import postgresql, sqlite
from folkmoot.apps.search.words import read_words


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("bus", '("bus")'),
        ("depo", '("depo" *)'),
        ("bus franchising", '("bus" AND "franchising" *)'),
        ('"bus franchising"', '("bus franchising")'),
        ("buses -trams", '("buses" *) NOT "trams"'),
        ("3.2(b)", '("3 2 b")'),
        ("Ynys Môn", '("ynys" AND "mon")'),
        ("AND OR NOT NEAR(", '("and" AND "or" AND "not" AND "near" *)'),
        ('title:"x"*', '("title x")'),
        ("it’s", '("it s")'),
        ('"never closed', '("never closed")'),
    ],
)
def test_words_become_what_fts5_is_asked(typed: str, asked: str) -> None:
    assert sqlite.expression(read_words(typed), any_word=False) == asked


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("bus franchising", "((bus) & (franchising:*))"),
        ('"bus franchising" -tram', "((bus <-> franchising)) & !(tram)"),
        ("3.2(b)", "((3 <-> 2 <-> b))"),
    ],
)
def test_words_become_what_postgresql_is_asked(typed: str, asked: str) -> None:
    assert postgresql.expression(read_words(typed), any_word=False) == asked


@pytest.mark.parametrize("typed", ["", "   ", "-", '""', "-bus", "!!! ***", "— …"])
def test_where_no_word_is_nothing_is_asked(typed: str) -> None:
    assert not read_words(typed)


def test_with_some_of_the_words_is_another_question() -> None:
    assert sqlite.expression(read_words("a1 b234"), any_word=True) == '("a1" OR "b234" *)'
    assert postgresql.expression(read_words("a1 b234"), any_word=True) == "((a1) | (b234:*))"


@given(st.text(max_size=300))
def test_whatever_is_typed_only_letters_and_digits_reach_a_database(typed: str) -> None:
    wanted = read_words(typed)

    assert all(token.isalnum() for term in (*wanted.terms, *wanted.without) for token in term.tokens)
    assert len(wanted.terms) <= 12
