"""Links between variants: what they keep out, and what a conversation brings with them."""

import pytest

from folkmoot.engines.consensus import Link, Rule, analyse, check
from tests.engines.consensus.cases import clauses

NO_OBJECTION = Rule("no-objection")


def requires(one: str, other: str) -> Link:
    return Link("requires", (one[0], one[1]), (other[0], other[1]))


def excludes(one: str, other: str) -> Link:
    return Link("excludes", (one[0], one[1]), (other[0], other[1]))


@pytest.mark.parametrize(
    ("answers", "links", "agreed", "kept_out"),
    [
        pytest.param({"a": {"1": "AA"}, "b": {"1": "AA"}}, [], "a1 b1", "", id="no link"),
        pytest.param({"a": {"1": "AA"}, "b": {"1": "AA"}}, [excludes("a1", "b1")], "a1", "b1", id="not both"),
        pytest.param({"a": {"1": "AA"}, "b": {"1": "AO"}}, [requires("a1", "b1")], "", "a1", id="what it needs fails"),
        pytest.param({"a": {"1": "AO"}, "b": {"1": "AA"}}, [requires("a1", "b1")], "b1", "", id="one way only"),
        pytest.param(
            {"a": {"1": "AA", "2": "AA"}, "b": {"1": "AA"}}, [excludes("a1", "b1")], "a2 b1", "", id="another variant"
        ),
        pytest.param(
            {"a": {"1": "AA"}, "b": {"1": "AA", "2": "AA"}}, [requires("a1", "b2")], "a1 b2", "", id="in that variant"
        ),
        pytest.param(
            {"a": {"1": "AA"}, "b": {"1": "AA"}, "c": {"1": "AO"}},
            [requires("a1", "b1"), requires("b1", "c1")],
            "",
            "a1 b1",
            id="a chain falls whole",
        ),
        pytest.param(
            {"a": {"1": "AA"}, "b": {"1": "AA"}},
            [requires("a1", "b1"), requires("b1", "a1")],
            "a1 b1",
            "",
            id="a ring stands together",
        ),
        pytest.param({"a": {"1": "AA"}}, [requires("a1", "a1")], "a1", "", id="it requires itself"),
        pytest.param({"a": {"1": "AA"}}, [excludes("a1", "a1")], "", "a1", id="it excludes itself"),
        pytest.param({"a": {"1": "AA", "2": "AA"}}, [requires("a1", "a2")], "a2", "", id="its own other variant"),
    ],
)
def test_the_choice_keeps_the_links(answers: dict, links: list[Link], agreed: str, kept_out: str) -> None:  # type: ignore[type-arg]
    position = clauses(answers, NO_OBJECTION, links=links)

    analysis = analyse(position)

    assert " ".join(r.id + r.variant for r in analysis.clauses if r.status == "agreed") == agreed
    assert " ".join(r.id + r.variant for r in analysis.clauses if r.link is not None) == kept_out
    assert check(position, analysis) == ()


def test_a_clause_that_a_link_keeps_out_is_blocked_by_that_link_and_by_nobody() -> None:
    link = excludes("a1", "b1")
    position = clauses({"a": {"1": "AA"}, "b": {"1": "AA"}}, NO_OBJECTION, links=[link], importance={"b": 3})

    out, agreed = analyse(position).clauses

    assert (out.status, out.variant, out.blockers, out.link) == ("blocked", "1", (), link)
    assert (agreed.status, agreed.link) == ("agreed", None)


def test_the_more_important_side_of_an_exclusion_is_agreed() -> None:
    answers = {"a": {"1": "AA"}, "b": {"1": "AA"}, "c": {"1": "AA"}}
    links = [excludes("a1", "b1"), excludes("a1", "c1")]

    for importance, agreed in ((4, ["a"]), (2, ["b", "c"]), (3, ["b", "c"])):
        analysis = analyse(clauses(answers, NO_OBJECTION, links=links, importance={"a": importance, "b": 2}))

        assert [r.id for r in analysis.clauses if r.status == "agreed"] == agreed


def test_more_clauses_never_outweigh_more_importance() -> None:
    position = clauses(
        {"b": {"1": "AA"}, "c": {"1": "AA"}, "a": {"1": "AA"}},
        NO_OBJECTION,
        links=[excludes("a1", "b1"), excludes("a1", "c1")],
        importance={"a": 2.5},
    )

    assert [r.id for r in analyse(position).clauses if r.status == "agreed"] == ["a"]


def test_a_conversation_brings_what_waited_for_its_clause() -> None:
    position = clauses(
        {"a": {"1": "AA"}, "b": {"1": "AO"}, "c": {"1": "AA"}},
        NO_OBJECTION,
        links=[requires("a1", "b1")],
        importance={"a": 5, "b": 2},
    )

    analysis = analyse(position)

    assert analysis.agreed_importance == 1
    assert [(c.clause, c.members, c.total) for c in analysis.conversations] == [("b", ("m1",), 8)]


def test_a_conversation_that_links_make_useless_brings_nothing() -> None:
    position = clauses(
        {"a": {"1": "AA"}, "b": {"1": "AO"}}, NO_OBJECTION, links=[excludes("a1", "b1")], importance={"a": 5}
    )

    analysis = analyse(position)

    assert [(c.clause, c.members, c.total) for c in analysis.conversations] == [("b", ("m1",), 5)]


def test_a_clause_kept_out_by_a_link_can_be_settled_in_another_variant() -> None:
    position = clauses(
        {"a": {"1": "AAA"}, "b": {"1": "AAA", "2": "AOA"}},
        NO_OBJECTION,
        links=[excludes("a1", "b1")],
        importance={"a": 5},
    )

    analysis = analyse(position)

    assert [(c.clause, c.variant, c.members, c.total) for c in analysis.conversations] == [("b", "2", ("m1",), 6)]
