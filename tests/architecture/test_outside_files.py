"""A Word file from outside is opened in the process with limits; the server opens packages of its own only."""

import ast
from pathlib import Path

import pytest

pytestmark = pytest.mark.one_database

HOUSE = Path(__file__).resolve().parents[2] / "src/folkmoot"
ROOMS = ("apps", "web")
OPENS = {
    *("text", "cells", "changes", "clauses", "flatten", "token_of", "consolidate", "consolidate_and_merge"),
    *(
        "read_tables",
        "next_draft",
        "merged_document",
        "prepare",
        "mark_pages",
        "publishable",
        "traces",
        "apply_edits",
        "drop_paragraphs",
    ),
}
# A position's packages were written by this program: composed, flattened by the reader, or made from such a one.
OWN_PACKAGES = {
    "apps/positions/exports.py": {"mark_pages", "text", "apply_edits"},
    "apps/positions/editions.py": {"text", "clauses", "drop_paragraphs"},
    "apps/positions/actions/drafting.py": {"clauses", "text"},
    "apps/positions/actions/circulating.py": {"prepare"},
    "apps/positions/actions/deciding.py": {"clauses", "apply_edits"},
    "apps/positions/actions/publishing.py": {"publishable", "traces"},
    "apps/positions/queries/exporting.py": {"mark_pages"},
    "apps/positions/queries/paragraphs.py": {"clauses", "text", "cells", "drop_paragraphs"},
    "web/positions/draft.py": {"clauses"},
}


def calls(file: Path) -> set[str]:
    """What a module asks of the Word engine in its own process."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "redline"
    } & OPENS


def test_only_packages_of_our_own_are_opened_in_the_server() -> None:
    files = [file for room in ROOMS for file in sorted((HOUSE / room).rglob("*.py"))]
    found = {str(file.relative_to(HOUSE)): asked for file in files if (asked := calls(file))}
    strangers = {name: asked - OWN_PACKAGES.get(name, set()) for name, asked in found.items()}
    assert {name: asked for name, asked in strangers.items() if asked} == {}
