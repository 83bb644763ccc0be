"""Finding: the words, the rule of who may see what, and the kinds, all in one query of the database."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from django.db import connection
from django.db.models import QuerySet

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audience import Handling
from folkmoot.apps.search.backends import backend
from folkmoot.apps.search.models import SavedSearch
from folkmoot.apps.search.reach import NOTHING, Condition, reach
from folkmoot.apps.search.registry import SearchSource, search_sources
from folkmoot.apps.search.statement import MOST_WEIGHED, ORDERS, Answer, Asked, Row, ask
from folkmoot.apps.search.words import Wanted, read_words

PAGE = 20
# Of a word that is in more records than these a page of results weighs the last added: nobody reads a hundred pages.
MOST_ON_PAGES = 2_000
LONGEST_WORDS = 200
__all__ = ["LONGEST_WORDS", "MOST_ON_PAGES", "ORDERS", "PAGE", "Found", "Place", "Result", "search"]


@dataclass(frozen=True, slots=True)
class Result:
    """A record that was found; hits in title and snippet stand between START and STOP.

    Of a sensitive record no words are shown but its title: they are read on its page, where the reading is written
    down. `held` are all that were found on the same page, this one among them, by what people call their kinds: of
    results that are not folded it is this one alone.
    """

    kind: str
    label: str
    table: str
    key: str
    title: str
    snippet: str
    day: date | None
    handling: str
    held: tuple[tuple[str, int], ...] = ()

    @property
    def together(self) -> int:
        return sum(count for _label, count in self.held)

    @property
    def is_sensitive(self) -> bool:
        return self.handling == Handling.OFFICIAL_SENSITIVE


@dataclass(frozen=True, slots=True)
class Found:
    """One page of results, how many there are of each kind, and whether only some of the words were asked for.

    `total` are records; `lines` are what the pages show of them, fewer where results are folded. `is_cut` where there
    are more than were looked at: then these are the ones added last.
    """

    results: tuple[Result, ...]
    counts: tuple[tuple[str, str, int], ...]  # kind, label, how many
    total: int
    page: int
    pages: int
    only_some: bool = False
    lines: int = 0
    is_cut: bool = False


NONE_FOUND = Found((), (), 0, 1, 1)


@dataclass(frozen=True, slots=True)
class Place:
    """A page to which results lead: all of them are asked for on their own."""

    table: str
    key: str


def _narrowed(reached: Condition, since: date | None, until: date | None, place: Place | None) -> Condition:
    if since:
        reached = reached.narrowed("search_entry.day >= %s", since)
    if until:
        reached = reached.narrowed("search_entry.day <= %s", until)
    if place:
        reached = reached.narrowed('search_entry."table" = %s AND search_entry.key = %s', place.table, place.key)
    return reached


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
    folded: bool = False,
    place: Place | None = None,
    most: int = MOST_WEIGHED,
) -> Found:
    """What holds all the words, and where nothing does, what holds some of them.

    `folded` shows the best of what leads to one page alone; `place` asks for all that leads to one. Of more
    than `most` records the last added are looked at.
    """
    wanted = read_words(words[:LONGEST_WORDS])
    if not wanted or actor.account_id is None or actor.confined:
        return NONE_FOUND
    reached = _narrowed(reach(actor), since, until, place)
    if reached.sql == NOTHING.sql:
        return NONE_FOUND
    asked = Asked(wanted, reached, False, tuple(sorted(kinds)), order, max(page, 1), size, folded=folded, most=most)
    found = _search(asked)
    if found.total or len(wanted.terms) < 2:
        return found
    return _search(replace(asked, any_word=True))


def _search(asked: Asked) -> Found:
    answer = ask(asked)
    is_cut = sum(answer.counts.values()) >= asked.most
    if is_cut and asked.kinds:
        # Of the kinds that were asked for there may be more behind what was looked at.
        places = ", ".join(["%s"] * len(asked.kinds))
        narrowed = asked.reach.narrowed(f"search_entry.kind IN ({places})", *asked.kinds)
        again = ask(replace(asked, reach=narrowed))
        answer = Answer(answer.counts | again.counts, again.lines, again.rows)
    pages = max((answer.lines + asked.size - 1) // asked.size, 1)
    if asked.page > pages:
        return _search(replace(asked, page=pages))
    counts = tuple((each.kind, each.label, answer.counts[each.kind]) for each in _sources_in(answer))
    labels = {source.kind: source.label for source in search_sources()}
    return Found(
        results=tuple(_result(labels, row) for row in answer.rows),
        counts=counts,
        total=sum(count for kind, _label, count in counts if not asked.kinds or kind in asked.kinds),
        page=asked.page,
        pages=pages,
        only_some=asked.any_word,
        lines=answer.lines,
        is_cut=is_cut,
    )


def _sources_in(answer: Answer) -> list[SearchSource]:
    return [source for source in search_sources() if source.kind in answer.counts]


def _result(labels: dict[str, str], row: Row) -> Result:
    shown = "" if row.handling == Handling.OFFICIAL_SENSITIVE else row.snippet
    held = tuple(sorted((labels[kind], count) for kind, count in row.held))
    return Result(row.kind, labels[row.kind], row.table, row.key, row.title, shown, row.day, row.handling, held)


def _count(reached: Condition, wanted: Wanted) -> int:
    engine = backend()
    sql = (
        f"SELECT COUNT(*) FROM (SELECT 1 FROM {engine.FROM} "
        f"WHERE {engine.MATCHES} AND {reached.sql} LIMIT {MOST_WEIGHED}) AS hits"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [engine.expression(wanted, any_word=False), *reached.parameters])
        return int(cursor.fetchone()[0])


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
    return _count(reach(actor, saved.kinds).narrowed("search_entry.added_at > %s", saved.looked_at), wanted)
