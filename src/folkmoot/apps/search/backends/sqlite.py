"""SQLite: FTS5 over an external-content table, kept in step by triggers; porter stems, accents folded."""

from typing import Any

from folkmoot.apps.search.words import Term, Wanted

FROM = "search_fts JOIN search_entry ON search_entry.id = search_fts.rowid"
MATCHES = "search_fts MATCH %s"
RANK = "bm25(search_fts, 6.0, 1.0)"
RANK_PARAMETERS = 0
NEWEST = "search_fts.rowid DESC"
# By number, so that FTS5 is asked for nothing but the rows of the page.
AGAIN = """members CROSS JOIN search_fts CROSS JOIN search_entry ON search_entry.id = search_fts.rowid
    WHERE search_fts MATCH %s AND search_fts.rowid = members.id"""
AGAIN_PARAMETERS = 1
ONE_BY_ONE = ""
SHOWN = "highlight(search_fts, 0, char(2), char(3)), snippet(search_fts, 1, char(2), char(3), '…', 30)"
SHOWN_PARAMETERS = 0

CREATE = (
    """CREATE VIRTUAL TABLE search_fts USING fts5(
    title, body, content='search_entry', content_rowid='id',
    tokenize="porter unicode61 remove_diacritics 2", prefix='4 5 6'
)""",
    """CREATE TRIGGER search_entry_added AFTER INSERT ON search_entry BEGIN
    INSERT INTO search_fts(rowid, title, body) VALUES (new.id, new.title, new.body);
END""",
    """CREATE TRIGGER search_entry_gone AFTER DELETE ON search_entry BEGIN
    INSERT INTO search_fts(search_fts, rowid, title, body) VALUES ('delete', old.id, old.title, old.body);
END""",
    """CREATE TRIGGER search_entry_changed AFTER UPDATE OF title, body ON search_entry BEGIN
    INSERT INTO search_fts(search_fts, rowid, title, body) VALUES ('delete', old.id, old.title, old.body);
    INSERT INTO search_fts(rowid, title, body) VALUES (new.id, new.title, new.body);
END""",
)
FILL = "INSERT INTO search_fts(search_fts) VALUES ('rebuild')"
DROP = (
    "DROP TRIGGER search_entry_added",
    "DROP TRIGGER search_entry_gone",
    "DROP TRIGGER search_entry_changed",
    "DROP TABLE search_fts",
)


def literal(value: Any) -> str | None:
    """A rule's value as it stands in a statement.

    SQLite plans a statement again whenever one of many values is bound anew, which takes 2 ms; what stands in the
    statement is planned once a connection.
    """
    if isinstance(value, int):
        return str(int(value))
    if isinstance(value, str) and "\0" not in value:
        return "'" + value.replace("'", "''") + "'"
    return None


def looks_up_first(_wanted: Wanted) -> bool:
    """Never: FTS5 gives the newest first, and no more than are asked for."""
    return False


def _term(term: Term) -> str:
    """A phrase in quotes, so that no token is ever a command of FTS5."""
    phrase = " ".join(term.tokens)
    return f'"{phrase}"{" *" if term.open_ended else ""}'


def expression(wanted: Wanted, *, any_word: bool) -> str:
    """What FTS5 is asked."""
    joined = (" OR " if any_word else " AND ").join(_term(term) for term in wanted.terms)
    return " NOT ".join([f"({joined})", *(_term(term) for term in wanted.without)])
