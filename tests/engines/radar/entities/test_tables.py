"""Words that mean several things: the shared table, whole, and our own, which was written before the rules were."""

import re
from datetime import date

import pytest

from tests.engines.radar.entities.register import TODAY, ids, linked, over, rows

pytestmark = pytest.mark.one_database

ANSWERS = {row["case_id"]: row for row in rows("ambiguity_answers.csv")}


def _at_the_term(row: dict[str, str], sentence: str) -> set[str]:
    [match, *_] = re.finditer(rf"\b{re.escape(row['term'])}s?\b", sentence, re.IGNORECASE)
    return {link.id for link in linked(sentence).links if link.start < match.end() and match.start() < link.end}


def _listed(text: str) -> set[str]:
    return set(filter(None, text.split(";")))


def _wrong(row: dict[str, str]) -> list[str]:
    """What of a row of the shared table is not linked as it is meant."""
    answer = ANSWERS[row["case_id"]]
    told = {"sentence_should_match": answer["meant"], "sentence_should_not_match": answer["elsewhere"]}
    return [
        f"{row[column]} {found}"
        for column, key in told.items()
        if row[column] and (found := _at_the_term(row, row[column])) != _listed(key)
    ]


@pytest.mark.requirement("A17")
def test_an_ambiguous_word_is_linked_where_it_is_meant_and_nowhere_else() -> None:
    table = rows("ambiguities.csv")

    assert len(table) == 95
    assert [wrong for row in table for wrong in _wrong(row)] == []


def test_the_answers_say_what_is_meant_and_never_link_it_where_it_is_not() -> None:
    for row in rows("ambiguities.csv"):
        answer = ANSWERS[row["case_id"]]
        assert bool(answer["meant"]) == bool(row["sentence_should_match"])
        assert not _listed(answer["meant"]) & _listed(answer["elsewhere"])


@pytest.mark.parametrize("table", ["held_out.csv", "second.csv", "third.csv", "fourth.csv"])
def test_sentences_written_before_the_rules(table: str) -> None:
    assert [row["text"] for row in rows(table) if not _is_right(row)] == []


def _is_right(row: dict[str, str]) -> bool:
    text, on = row["text"], date.fromisoformat(row["on"])
    for wanted in filter(None, map(str.strip, row["wanted"].split(";"))):
        words, _, key = wanted.rpartition("=")
        if key not in {link.id for link in over(text, words, on)}:
            return False
    for unwanted in filter(None, map(str.strip, row["unwanted"].split(";"))):
        found = unwanted[1:] in ids(text, on) if unwanted.startswith("=") else over(text, unwanted, on)
        if found:
            return False
    return True


def test_only_rows_that_name_another_body_or_another_time_may_link_to_something_else() -> None:
    elsewhere = {row["case_id"] for row in ANSWERS.values() if row["elsewhere"]}

    assert elsewhere == {"amb-029", "amb-035", "amb-057", "amb-067", "amb-068"}
    assert TODAY.isoformat() == max(row["as_of"] for row in rows("ambiguities.csv"))
