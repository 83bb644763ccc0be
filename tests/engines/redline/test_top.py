"""Sub-clauses are folded into the clauses on which an office takes a stance."""

from datetime import date

from folkmoot.engines import redline

DAY = date(2026, 11, 25)


def top(*clauses: redline.DraftClause) -> list[tuple[str, str, str]]:
    data = redline.compose("Bus franchising", clauses, today=DAY)
    return [(c.number, c.heading, c.text) for c in redline.top_clauses(redline.clauses(data))]


def test_a_title_is_no_clause_and_a_heading_is_no_text() -> None:
    assert top(redline.DraftClause(1, "Purpose", ("We ask for powers.", "And for money."))) == [
        ("1", "Purpose", "We ask for powers.\nAnd for money.")
    ]


def test_sub_clauses_stand_in_the_text_of_their_clause_with_their_headings() -> None:
    found = top(
        redline.DraftClause(1, "Money", ("It is paid yearly.",)),
        redline.DraftClause(2, "Grants", ("They are paid in one sum.",)),
        redline.DraftClause(3, "", ("Each grant says what it is for.",)),
        redline.DraftClause(1, "Depots", ("They may be bought.",)),
    )

    assert found == [
        (
            "1",
            "Money",
            "It is paid yearly.\nGrants\nThey are paid in one sum.\nEach grant says what it is for.",
        ),
        ("2", "Depots", "They may be bought."),
    ]


def test_a_draft_without_numbers_keeps_its_clauses() -> None:
    clauses = (
        redline.Clause("c1", "Purpose", "Purpose", "Purpose\nWe ask for powers.", 0, 1),
        redline.Clause("c2", "", "", "And for money.", 2, 2),
    )

    assert [(c.number, c.heading, c.text) for c in redline.top_clauses(clauses)] == [
        ("", "Purpose", "We ask for powers."),
        ("", "", "And for money."),
    ]
