"""Folds sub-clauses into the clauses that hold them: "4.1" and "4(b)" belong to 4."""

import re
from collections.abc import Iterable
from dataclasses import replace

from ._values import Clause

FIRST_PART = re.compile(r"^\W*([0-9]+|[A-Za-z]+)")


def top_clauses(clauses: Iterable[Clause]) -> tuple[Clause, ...]:
    """The clauses of the first level, each with the text of its sub-clauses, one paragraph a line.

    The text of a clause leaves out its own heading. What stands before the first numbered clause (a title, a preamble)
    is left out where anything is numbered; a draft without numbers keeps its clauses, without a number.
    """
    clauses = list(clauses)
    if not any(_is_numbered(clause) for clause in clauses):
        return tuple(replace(clause, number="", text=_below_heading(clause)) for clause in clauses)
    found: list[Clause] = []
    for clause in clauses:
        top = _first_part(clause.number) if _is_numbered(clause) else ""
        if found and top in {"", _first_part(found[-1].number)}:
            found[-1] = replace(
                found[-1],
                text="\n".join(part for part in (found[-1].text, clause.text) if part),
                last_paragraph=max(found[-1].last_paragraph, clause.last_paragraph),
            )
        elif top:
            found.append(replace(clause, text=_below_heading(clause)))
    return tuple(found)


def _is_numbered(clause: Clause) -> bool:
    """False where the clause goes by its heading, for want of a number."""
    return bool(clause.number) and clause.number != clause.heading


def _below_heading(clause: Clause) -> str:
    """The text of a clause without the line that is its heading."""
    first, _, rest = clause.text.partition("\n")
    return rest if clause.heading and first.strip() == clause.heading.strip() else clause.text


def _first_part(number: str) -> str:
    match = FIRST_PART.match(number)
    return match.group(1) if match else ""
