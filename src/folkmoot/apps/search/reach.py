"""What a person may see, as a condition in SQL: put together once for each reader, asked with each search's own clock.

Django needs longer to write the rooms' rules down than a database needs to answer, so what it wrote is kept. It is kept
under everything that a rule can know of the reader: their account, role, offices, delegations and personal link. The
rule is written for exactly that key, so that it cannot be another's, and whoever changes in one of these has another
key. The clock alone is left out of the key: its places in the condition are filled when the statement is sent. A rule
that works with the clock in Python, or that asks the database while it is put together, is written anew each time.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any, cast

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BigIntegerField, DateField, DateTimeField, Expression, Field
from django.db.models.expressions import RawSQL

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.search.backends import backend
from folkmoot.apps.search.registry import SearchSource, search_sources

MOST_KEPT = 500


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition on search_entry with its parameters."""

    sql: str
    parameters: tuple[Any, ...] = ()

    def narrowed(self, sql: str, *parameters: Any) -> "Condition":
        return Condition(f"{self.sql} AND {sql}", (*self.parameters, *parameters))


NOTHING = Condition("1 = 0")


class CannotBeKept(Exception):
    """A rule wants to know now what is only known when it is asked."""


class OpenMoment(Expression):
    """Stands where a rule puts its reader's clock; whatever else a rule does with it is refused."""

    def __init__(self, name: str, output_field: "Field[Any, Any]") -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, _compiler: Any, _connection: Any) -> tuple[str, tuple[Any, ...]]:
        return "%s", (self,)

    def value(self, actor: Actor) -> Any:
        """The clock of this reader, as the database takes it."""
        return self.output_field.get_db_prep_value(getattr(actor, self.name), connection)

    def _combine(self, *_others: Any) -> Any:
        raise CannotBeKept

    def __str__(self) -> str:
        raise CannotBeKept

    def __format__(self, _spec: str) -> str:
        raise CannotBeKept

    def __eq__(self, other: object) -> bool:
        if isinstance(other, date):
            raise CannotBeKept
        return bool(super().__eq__(other))

    __hash__ = Expression.__hash__


NOW = OpenMoment("now", DateTimeField())
TODAY = OpenMoment("today", DateField())


def reach(actor: Actor, kinds: Collection[str] = ()) -> Condition:
    """The entries that this person may see, of all kinds or of some.

    It stands beside the words in one statement, so that nothing is left out after the database has answered. It goes by
    kind, so that the words are looked up first and each rule is asked of what has them alone.
    """
    reader = replace(actor, now=cast(Any, NOW), today=cast(Any, TODAY))
    cases: list[str] = []
    parameters: list[Any] = []
    for source, kept in _kept(tuple(search_sources()), reader):
        if kinds and source.kind not in kinds:
            continue
        rule = kept or _written(source, actor)
        if rule is not NOTHING:
            cases.append(f"WHEN '{source.kind}' THEN {rule.sql}")
            parameters += rule.parameters
    if not cases:
        return NOTHING
    given = tuple(each.value(actor) if isinstance(each, OpenMoment) else each for each in parameters)
    return Condition(f"CASE search_entry.kind {' '.join(cases)} ELSE {NOTHING.sql} END", given)


@lru_cache(maxsize=MOST_KEPT)
def _kept(sources: tuple[SearchSource, ...], reader: Actor) -> tuple[tuple[SearchSource, Condition | None], ...]:
    """Each kind's rule for this reader; none where it must be written anew each time."""
    with connection.execute_wrapper(_refuse):
        return tuple((source, _if_it_can_be_kept(source, reader)) for source in sources)


def _refuse(*_call: Any) -> Any:
    """Stands before the database while a rule is put together: what it answers now may be wrong later."""
    raise CannotBeKept


def _if_it_can_be_kept(source: SearchSource, reader: Actor) -> Condition | None:
    try:
        return _written(source, reader)
    except (CannotBeKept, AttributeError, TypeError):
        # The last two are a clock's that stands open; a mistake of the rule itself comes again when it is written anew.
        return None


def _written(source: SearchSource, reader: Actor) -> Condition:
    """One kind's rule, asked of the record that an entry stands for."""
    record = RawSQL("search_entry.record_id", (), BigIntegerField())
    try:
        sql, parameters = source.visible(reader).filter(pk=record).order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:
        return NOTHING
    return _with_literals(f"EXISTS ({sql}{backend().ONE_BY_ONE})", parameters)


def _with_literals(sql: str, parameters: Collection[Any]) -> Condition:
    """The rule with what the database asks to have written out in its place."""
    literal = backend().literal
    pieces = sql.split("%s")
    if len(pieces) != len(parameters) + 1:
        return Condition(sql, tuple(parameters))
    written, left = [pieces[0]], []
    for value, piece in zip(parameters, pieces[1:], strict=True):
        text = None if isinstance(value, OpenMoment) else literal(value)
        written += ["%s" if text is None else text.replace("%", "%%"), piece]
        left += [value] if text is None else []
    return Condition("".join(written), tuple(left))
