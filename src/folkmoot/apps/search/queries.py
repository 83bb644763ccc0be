"""Finding: the words, the rule of who may see what, and the kinds, all in one query of the database."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audience import Handling
from folkmoot.apps.search.backends import backend
from folkmoot.apps.search.models import SavedSearch
from folkmoot.apps.search.registry import search_sources
from folkmoot.apps.search.words import Wanted, read_words

PAGE = 20
LONGEST_WORDS = 200
ORDERS = ("rank", "newest")
# So that a word that is everywhere does not make a count of everything.
MOST_COUNTED = 10_000


@dataclass(frozen=True, slots=True)
class Result:
    """A record that was found; hits in title and snippet stand between START and STOP.

    Of a sensitive record no words are shown but its title: they are read on its page, where the reading is written
    down.
    """

    kind: str
    label: str
    table: str
    key: str
    title: str
    snippet: str
    day: date | None
    handling: str

    @property
    def is_sensitive(self) -> bool:
        return self.handling == Handling.OFFICIAL_SENSITIVE


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


@dataclass(frozen=True, slots=True)
class Reach:
    """The entries that a person may see, as a condition on search_entry with its parameters.

    It stands beside the words in one query, so that nothing is left out after the database has answered. Each room's
    own rule is in it as it is; put together by hand, since Django takes four times as long for the same words.
    """

    condition: str
    parameters: tuple[Any, ...]

    def narrowed(self, condition: str, *parameters: Any) -> "Reach":
        return Reach(f"{self.condition} AND {condition}", (*self.parameters, *parameters))


def _reach(actor: Actor, kinds: Collection[str] = ()) -> Reach:
    """Everything that this person may see, of all kinds or of some."""
    conditions, parameters = ["1 = 0"], []
    for source in search_sources():
        if kinds and source.kind not in kinds:
            continue
        try:
            visible, given = source.visible(actor).order_by().values("pk").query.sql_with_params()
        except EmptyResultSet:
            continue
        conditions.append(f"search_entry.kind = %s AND search_entry.record_id IN ({visible})")
        parameters += [source.kind, *given]
    return Reach(f"({' OR '.join(f'({each})' for each in conditions)})", tuple(parameters))


def _in_days(reach: Reach, since: date | None, until: date | None) -> Reach:
    if since:
        reach = reach.narrowed("search_entry.day >= %s", since)
    return reach.narrowed("search_entry.day <= %s", until) if until else reach


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
    reach = _in_days(_reach(actor), since, until)
    found = _count_by_kind(reach, wanted, any_word=any_word)
    counts = tuple((each.kind, each.label, found[each.kind]) for each in search_sources() if found.get(each.kind))
    total = sum(count for kind, _label, count in counts if not kinds or kind in kinds)
    pages = max((total + size - 1) // size, 1)
    page = min(max(page, 1), pages)
    rows = _rows(reach, wanted, kinds, order, page, size, any_word=any_word) if total else []
    labels = {source.kind: source.label for source in search_sources()}
    return Found(
        results=tuple(_result(labels, *row) for row in rows),
        counts=counts,
        total=total,
        page=page,
        pages=pages,
        only_some=any_word,
    )


def _result(
    labels: dict[str, str], kind: str, table: str, key: str, day: Any, handling: str, title: str, snippet: str
) -> Result:
    shown = "" if handling == Handling.OFFICIAL_SENSITIVE else snippet
    return Result(kind, labels[kind], table, key, title, shown, _day(day), handling)


def _rows(
    reach: Reach, wanted: Wanted, kinds: Collection[str], order: str, page: int, size: int, *, any_word: bool
) -> list[tuple[Any, ...]]:
    """One page of what was found, best or newest first."""
    engine = backend()
    expression = engine.expression(wanted, any_word=any_word)
    chosen = sorted(kinds)
    of_kinds = f"AND search_entry.kind IN ({', '.join(['%s'] * len(chosen))})" if chosen else ""
    first = "search_entry.day DESC NULLS LAST, " if order == "newest" else ""
    sql = (
        f'SELECT search_entry.kind, search_entry."table", search_entry.key, search_entry.day, '
        f"search_entry.handling, {engine.SHOWN} "
        f"FROM {engine.FROM} WHERE {engine.MATCHES} AND ({reach.condition}) {of_kinds} "
        f"ORDER BY {first}{engine.RANK}, search_entry.id LIMIT %s OFFSET %s"
    )
    shown, ranked = [expression] * engine.SHOWN_PARAMETERS, [expression] * engine.RANK_PARAMETERS
    parameters = [*shown, expression, *reach.parameters, *chosen, *ranked, size, (page - 1) * size]
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())


def _day(value: Any) -> date | None:
    """SQLite gives a day as text."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def _count_by_kind(reach: Reach, wanted: Wanted, *, any_word: bool) -> dict[str, int]:
    """How many there are of each kind, of all kinds, so that a filter can be chosen."""
    engine = backend()
    sql = (
        f"SELECT kind, COUNT(*) FROM (SELECT search_entry.kind AS kind FROM {engine.FROM} "
        f"WHERE {engine.MATCHES} AND ({reach.condition}) LIMIT {MOST_COUNTED}) AS hits GROUP BY kind"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [engine.expression(wanted, any_word=any_word), *reach.parameters])
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
    reach = _reach(actor, saved.kinds).narrowed("search_entry.added_at > %s", saved.looked_at)
    return sum(_count_by_kind(reach, wanted, any_word=False).values())
