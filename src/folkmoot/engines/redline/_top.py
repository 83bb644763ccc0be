"""Folds sub-clauses into the clauses that hold them: "4.1" and "4(b)" belong to 4."""

import re
from collections.abc import Iterable
from dataclasses import replace

from ._values import Clause

FIRST_PART = re.compile(r"^\W*([0-9]+|[A-Za-z]+)")


def top_clauses(clauses: Iterable[Clause]) -> tuple[Clause, ...]:
    """The clauses of the first level, each with the text of its sub-clauses, one paragraph a line.

    What stands before the first numbered clause (a title, a preamble) is left out where anything is numbered; a draft
    without numbers keeps its clauses as they are.
    """
    clauses = list(clauses)
    if not any(clause.number for clause in clauses):
        return tuple(clauses)
    found: list[Clause] = []
    for clause in clauses:
        top = _first_part(clause.number)
        if found and top in {"", _first_part(found[-1].number)}:
            parts = [found[-1].text, clause.heading if clause.heading != clause.text else "", clause.text]
            found[-1] = replace(
                found[-1],
                text="\n".join(part for part in parts if part),
                last_paragraph=max(found[-1].last_paragraph, clause.last_paragraph),
            )
        elif top:
            found.append(clause)
    return tuple(found)


def _first_part(number: str) -> str:
    match = FIRST_PART.match(number)
    return match.group(1) if match else ""
