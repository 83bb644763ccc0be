"""The one statement of a search: what has the words and may be seen, how many of each kind, and one page of it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from folkmoot.apps.search.backends import backend
from folkmoot.apps.search.reach import Condition
from folkmoot.apps.search.words import Wanted

# So that a word that is everywhere does not weigh everything: of more than these, the last added are looked at.
MOST_WEIGHED = 10_000
ORDERS = {"rank": "rank", "newest": "day DESC NULLS LAST, rank"}
_BEST = {"rank": "best", "newest": "newest DESC NULLS LAST, best"}
_BLANK = "'', '', CAST(NULL AS date), '', '', ''"
PLACE = '"table", key'

# Where the words are rare together, all that holds them is looked up before anything is asked of it.
_LOOKED_UP = """matched AS MATERIALIZED (
    SELECT search_entry.id, search_entry.kind, search_entry."table", search_entry.key, search_entry.day,
        search_entry.record_id, search_entry.words
    FROM {source} WHERE {matches}
),"""
_IN_ORDER = "(SELECT * FROM matched ORDER BY id DESC OFFSET 0) AS search_entry"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for, by whom, how narrow, and which page of it.

    `folded` shows of all that leads to one page the best alone, with how many there are.
    """

    wanted: Wanted
    reach: Condition
    any_word: bool = False
    kinds: tuple[str, ...] = ()
    order: str = "rank"
    page: int = 1
    size: int = 20
    folded: bool = False
    most: int = MOST_WEIGHED


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the page as the database gives it, and how many of each kind are folded under it."""

    kind: str
    table: str
    key: str
    day: date | None
    handling: str
    title: str
    snippet: str
    held: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """How many of each kind, of whatever kind was asked for; how many lines in all; and the lines of the page."""

    counts: dict[str, int]
    lines: int
    rows: tuple[Row, ...]


def ask(asked: Asked) -> Answer:
    """Send it."""
    sql, parameters = written(asked)
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return _read(cursor.fetchall())


def written(asked: Asked) -> tuple[str, list[Any]]:
    """The statement and its parameters.

    The hits are held while they are counted, folded and ordered, so that the words and the rules are asked once. Only
    the page's are looked at again, to mark the words in them.
    """
    engine, order = backend(), ORDERS[asked.order]
    expression = engine.expression(asked.wanted, any_word=asked.any_word)
    of_kinds = f"WHERE kind IN ({', '.join(['%s'] * len(asked.kinds))})" if asked.kinds else ""
    beforehand, source, matches = "", engine.FROM, engine.MATCHES
    if engine.looks_up_first(asked.wanted):
        beforehand, source, matches = _LOOKED_UP.format(source=source, matches=matches), _IN_ORDER, "1 = 1"
    sql = f"""WITH {beforehand} hits AS MATERIALIZED (
    SELECT search_entry.id AS id, search_entry.kind AS kind, search_entry."table" AS "table", search_entry.key AS key,
        search_entry.day AS day, {engine.RANK} AS rank
    FROM {source} WHERE {matches} AND {asked.reach.sql}
    ORDER BY {engine.NEWEST} LIMIT {asked.most}
), chosen AS (SELECT * FROM hits {of_kinds}
), lines AS MATERIALIZED ({_lines(folded=asked.folded)}
), page AS MATERIALIZED (
    SELECT *, ROW_NUMBER() OVER (ORDER BY {_BEST[asked.order]}, lowest) AS line
    FROM lines ORDER BY {_BEST[asked.order]}, lowest LIMIT %s OFFSET %s
), members AS MATERIALIZED ({_members(order, folded=asked.folded)}
)
SELECT 'kind', 0, kind, COUNT(*), {_BLANK} FROM hits GROUP BY kind
UNION ALL SELECT 'lines', 0, '', COUNT(*), {_BLANK} FROM lines
UNION ALL SELECT 'held', line, kind, COUNT(*), {_BLANK} FROM members GROUP BY line, kind
UNION ALL SELECT 'row', members.line, search_entry.kind, 1, search_entry."table", search_entry.key, search_entry.day,
    search_entry.handling, {engine.SHOWN}
FROM {engine.AGAIN} AND members.nth = 1"""
    parameters = [
        # Either the words come first and then their weight, or the other way round: it is the same expression.
        *[expression] * (engine.RANK_PARAMETERS + 1),
        *asked.reach.parameters,
        *asked.kinds,
        asked.size,
        (asked.page - 1) * asked.size,
        *[expression] * (engine.SHOWN_PARAMETERS + engine.AGAIN_PARAMETERS),
    ]
    return sql, parameters


def _lines(*, folded: bool) -> str:
    """One line for each hit, or for each page that hits lead to."""
    if not folded:
        return "SELECT id AS lowest, rank AS best, day AS newest FROM chosen"
    return f"""
    SELECT {PLACE}, MIN(id) AS lowest, MIN(rank) AS best, MAX(day) AS newest FROM chosen GROUP BY {PLACE}"""


def _members(order: str, *, folded: bool) -> str:
    """The hits behind the lines of the page, the best first."""
    if not folded:
        return "SELECT id, kind, line, 1 AS nth FROM page JOIN chosen ON chosen.id = page.lowest"
    return f"""
    SELECT id, kind, line, ROW_NUMBER() OVER (PARTITION BY line ORDER BY {order}, id) AS nth
    FROM page JOIN chosen ON chosen."table" = page."table" AND chosen.key = page.key"""


def _read(rows: Collection[tuple[Any, ...]]) -> Answer:
    counts: dict[str, int] = {}
    held: dict[int, list[tuple[str, int]]] = {}
    shown: list[tuple[Any, ...]] = []
    lines = 0
    for what, line, kind, count, *rest in rows:
        if what == "kind":
            counts[kind] = count
        elif what == "lines":
            lines = count
        elif what == "held":
            held.setdefault(line, []).append((kind, count))
        else:
            shown.append((line, kind, *rest))
    return Answer(counts, lines, tuple(_row(tuple(sorted(held[line])), *rest) for line, *rest in sorted(shown)))


def _row(
    held: tuple[tuple[str, int], ...], kind: str, table: str, key: str, day: Any, handling: str, title: str, text: str
) -> Row:
    return Row(kind, table, key, _day(day), handling, title, text, held)


def _day(value: Any) -> date | None:
    """SQLite gives a day as text."""
    return date.fromisoformat(value) if isinstance(value, str) else value
