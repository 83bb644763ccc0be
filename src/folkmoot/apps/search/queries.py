"""Finding: the words, the rule of who may see what, and the kinds, all in one query of the database."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.search.backends import backend
from folkmoot.apps.search.models import Entry, SavedSearch
from folkmoot.apps.search.registry import SearchSource, search_sources
from folkmoot.apps.search.words import Wanted, read_words

PAGE = 20
LONGEST_WORDS = 200
ORDERS = ("rank", "newest")
# So that a word that is everywhere does not make a count of everything.
MOST_COUNTED = 10_000


@dataclass(frozen=True, slots=True)
class Result:
    """A record that was found; hits in title and snippet stand between START and STOP."""

    kind: str
    label: str
    table: str
    key: str
    title: str
    snippet: str
    day: date | None


@dataclass(frozen=True, slots=True)
class Found:
    """One page of results, how many there are of each kind, and whether only some of the words were asked for."""

    results: tuple[Result, ...]
    counts: tuple[tuple[str, str, int], ...]  # kind, label, how many
    total: int
    page: int
    pages: int
    only_some: bool = False


NOTHING = Found((), (), 0, 1, 1)


def _rule(actor: Actor, sources: Collection[SearchSource]) -> Q:
    """Which entries stand for records that this person may see, as each room's own rule says."""
    rule = Q(pk__in=[])
    for source in sources:
        rule |= Q(kind=source.kind, record_id__in=source.visible(actor).values("pk"))
    return rule


def _entries(
    actor: Actor, kinds: Collection[str], since: date | None, until: date | None, added_after: datetime | None = None
) -> QuerySet[Entry]:
    """The entries in reach, before any word is asked for."""
    sources = [source for source in search_sources() if not kinds or source.kind in kinds]
    found = Entry.objects.filter(_rule(actor, sources))
    if since:
        found = found.filter(day__gte=since)
    if until:
        found = found.filter(day__lte=until)
    if added_after:
        found = found.filter(added_at__gt=added_after)
    return found


def search(
    actor: Actor,
    words: str,
    *,
    kinds: Collection[str] = (),
    since: date | None = None,
    until: date | None = None,
    order: str = "rank",
    page: int = 1,
    size: int = PAGE,
) -> Found:
    """What holds all the words, and where nothing does, what holds some of them."""
    wanted = read_words(words[:LONGEST_WORDS])
    if not wanted or actor.account_id is None or actor.confined:
        return NOTHING
    found = _search(actor, wanted, kinds, since, until, order, page, size, any_word=False)
    if found.total or len(wanted.terms) < 2:
        return found
    return _search(actor, wanted, kinds, since, until, order, page, size, any_word=True)


def _search(
    actor: Actor,
    wanted: Wanted,
    kinds: Collection[str],
    since: date | None,
    until: date | None,
    order: str,
    page: int,
    size: int,
    *,
    any_word: bool,
) -> Found:
    counts = _counts(actor, wanted, since, until, any_word=any_word)
    total = sum(count for kind, _label, count in counts if not kinds or kind in kinds)
    pages = max((total + size - 1) // size, 1)
    page = min(max(page, 1), pages)
    rows = _rows(_entries(actor, kinds, since, until), wanted, order, page, size, any_word=any_word) if total else []
    labels = {source.kind: source.label for source in search_sources()}
    return Found(
        results=tuple(
            Result(kind, labels[kind], table, key, title, snippet, day)
            for kind, table, key, day, title, snippet in rows
        ),
        counts=counts,
        total=total,
        page=page,
        pages=pages,
        only_some=any_word,
    )


def page_sql(
    entries: QuerySet[Entry], wanted: Wanted, order: str, page: int, size: int, *, any_word: bool
) -> tuple[str, list[Any]]:
    """The query of one page and its parameters. The entries in reach are a part of it, so nothing is left out later."""
    engine = backend()
    expression = engine.expression(wanted, any_word=any_word)
    reach, parameters = entries.values("pk").query.sql_with_params()
    first = "e.day DESC NULLS LAST, " if order == "newest" else ""
    sql = (
        f'SELECT e.kind, e."table", e.key, e.day, {engine.SHOWN} FROM {engine.FROM} '
        f"WHERE {engine.MATCHES} AND e.id IN ({reach}) "
        f"ORDER BY {first}{engine.RANK}, e.id LIMIT %s OFFSET %s"
    )
    shown, ranked = [expression] * engine.SHOWN_PARAMETERS, [expression] * engine.RANK_PARAMETERS
    return sql, [*shown, expression, *parameters, *ranked, size, (page - 1) * size]


def _rows(
    entries: QuerySet[Entry], wanted: Wanted, order: str, page: int, size: int, *, any_word: bool
) -> list[tuple[Any, ...]]:
    sql, parameters = page_sql(entries, wanted, order, page, size, any_word=any_word)
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [(*row[:3], _day(row[3]), *row[4:]) for row in cursor.fetchall()]


def _day(value: Any) -> date | None:
    """SQLite gives a day as text."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def _counts(
    actor: Actor, wanted: Wanted, since: date | None, until: date | None, *, any_word: bool
) -> tuple[tuple[str, str, int], ...]:
    """How many there are of each kind, of all kinds, so that a filter can be chosen."""
    found = _count_by_kind(_entries(actor, (), since, until), wanted, any_word=any_word)
    return tuple(
        (source.kind, source.label, found[source.kind]) for source in search_sources() if found.get(source.kind)
    )


def _count_by_kind(entries: QuerySet[Entry], wanted: Wanted, *, any_word: bool) -> dict[str, int]:
    engine = backend()
    reach, parameters = entries.values("pk").query.sql_with_params()
    sql = (
        f"SELECT kind, COUNT(*) FROM (SELECT e.kind AS kind FROM {engine.FROM} "
        f"WHERE {engine.MATCHES} AND e.id IN ({reach}) LIMIT {MOST_COUNTED}) AS hits GROUP BY kind"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [engine.expression(wanted, any_word=any_word), *parameters])
        return dict(cursor.fetchall())


def saved_searches(actor: Actor) -> QuerySet[SavedSearch]:
    """The searches that a person keeps; nobody else's."""
    if actor.account_id is None or actor.confined:
        return SavedSearch.objects.none()
    return SavedSearch.objects.filter(account=actor.account_id)


def new_since(actor: Actor, saved: SavedSearch) -> int:
    """How many records a saved search finds that came after its owner last looked."""
    wanted = read_words(saved.words)
    if not wanted:
        return 0
    entries = _entries(actor, saved.kinds, None, None, added_after=saved.looked_at)
    return sum(_count_by_kind(entries, wanted, any_word=False).values())
