"""The page that answers a question: what answers it, what comes near, what is not held, in as many queries each."""

import re
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from folkmoot.apps.archive import actions
from folkmoot.apps.archive.models import ArchiveDocument
from tests.apps.archive.papers import made_up_papers
from tests.cast import Cast

MOST_QUERIES = 20


@pytest.fixture
def archive(cast: Cast) -> Cast:
    officer = cast.actor("officer")
    actions.take_in(officer, batch=actions.stage(officer, name="Made-up papers", files=made_up_papers()))
    return cast


def page(client: Any, question: str, **narrowed: str) -> str:
    response = client.get("/memory/", {"q": question, **narrowed})
    assert response.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.mark.requirement("A33")
def test_what_answers_is_shown_with_its_date_and_whence(archive: Cast, sign_in_as: Any) -> None:
    client = sign_in_as("officer")
    answer = client.get("/memory/", {"q": "Who finances the two pound fare?"}).content.decode()
    [source] = LexborHTMLParser(answer).css(".fm-answer-one:first-child .fm-answer-one__title a")
    paper = client.get(str(source.attributes["href"]).partition("#")[0]).content.decode()
    for words in ("Letter to the Minister for Local Transport on bus fares", "2021-03-04 letter on bus fares.txt"):
        assert words in paper
    assert "bus fares" in source.text()
    text = page(client, "Who finances the two pound fare?")
    assert "4 March 2021 · Letter" in text
    assert "38 million pounds" in text
    assert "The nearest" not in text


def test_what_comes_near_is_named_as_near_with_what_it_lacks(archive: Cast, sign_in_as: Any) -> None:
    text = page(sign_in_as("officer"), "Shortage of trained seamstresses")
    assert "No passage answers this. No paper that you may see holds “shortage” or “seamstresses”." in text
    assert "The nearest, which do not answer it" in text
    assert "It does not speak of “shortage” or “seamstresses”." in text
    assert "the best first" not in text


@pytest.mark.parametrize(
    ("question", "narrowed", "said"),
    [
        ("Zebra", {}, "The memory holds nothing on this. Ask with other words."),
        ("What did we say?", {}, "The memory holds nothing on this."),
        ("<script>alert(zebra)</script>", {}, "&lt;script&gt;alert(zebra)&lt;/script&gt; – Memory"),
        ("Night buses", {"since": "soon", "kind": "song", "issue": "none"}, "four corridors"),
        ("Night buses", {"until": "1999"}, "holds nothing on this. Ask with other words, or ask among all papers ."),
        ("x" * 5000, {}, "The memory holds nothing on this."),
    ],
)
def test_whatever_is_asked_gets_a_sentence(
    archive: Cast, sign_in_as: Any, question: str, narrowed: dict[str, str], said: str
) -> None:
    assert said in page(sign_in_as("officer"), question, **narrowed)


def test_a_word_of_a_paper_that_one_may_not_see_is_not_told_to_be_held(archive: Cast, sign_in_as: Any) -> None:
    ArchiveDocument.objects.filter(kind="letter").update(audience="network")
    assert "No paper that you may see holds “peat”" in page(sign_in_as("mayor"), "Peat on the two crossings a day")


def test_a_page_takes_as_many_queries_whether_it_answers_or_not(
    archive: Cast, sign_in_as: Any, django_assert_max_num_queries: Any
) -> None:
    officer = sign_in_as("officer")
    for question in ("What should operators and regions share?", "Shortage of trained seamstresses", "Zebra"):
        with django_assert_max_num_queries(MOST_QUERIES):
            page(officer, question)
