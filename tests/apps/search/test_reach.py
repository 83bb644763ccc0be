"""The rules as the search asks them: the same as the rooms' own, for everybody, at once and at any moment."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audience import Audience, list_on, unlist_from
from folkmoot.apps.access.models import Delegation
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.access.roles import Role
from folkmoot.apps.issues.models import Issue
from folkmoot.apps.search import queries, registry
from folkmoot.apps.search.models import Entry
from folkmoot.apps.search.reach import reach
from folkmoot.apps.search.registry import Document, SearchSource, register_search_source, search_sources
from tests.apps.search import many
from tests.cast import EVERYBODY, MOMENT, Cast, act
from tests.issues_world import begin

A_YEAR_BEFORE = MOMENT - timedelta(days=366)


def reached(actor: Actor) -> set[tuple[str, int]]:
    """The entries that the condition lets through."""
    condition = reach(actor)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT kind, record_id FROM search_entry WHERE {condition.sql}", condition.parameters)
        return set(cursor.fetchall())


def visible(actor: Actor) -> set[tuple[str, int]]:
    """The entries whose records the rooms' own rules let through, asked one room after the other."""
    return {
        (source.kind, pk)
        for source in search_sources()
        for pk in Entry.objects.filter(kind=source.kind, record_id__in=source.visible(actor).values("pk")).values_list(
            "record_id", flat=True
        )
    }


def test_everybody_reaches_what_the_rooms_let_them_see_and_nothing_else(cast: Cast) -> None:
    many.fill(cast, times=0.002)
    met = {part: reached(cast.actor(part)) for part in EVERYBODY}
    for part in EVERYBODY:
        assert met[part] == visible(cast.actor(part)), part

    assert len(met["officer"]) > len(met["member_officer"]) > len(met["guest"]) == 0
    assert met["member_officer"] != met["other_officer"]
    assert len({kind for kind, _pk in met["officer"]}) > 10


def test_what_is_kept_for_one_reader_is_asked_for_no_other(cast: Cast) -> None:
    """Of the same role and of the same office, one after the other and back again."""
    issue = begin(cast, "Quixotic", audience=Audience.SECRETARIAT)
    Issue.objects.update(audience=Audience.PRIVATE)
    list_on(issue, f"account:{cast.mayor.pk}")

    for _ in range(2):
        found = {part for part in EVERYBODY if queries.search(cast.actor(part), "quixotic").total}
        assert found == {"mayor"}


def finds(cast: Cast, part: str, word: str = "quixotic") -> bool:
    account = cast.account(part)
    assert account is not None
    account.refresh_from_db()
    return queries.search(act(account), word).total > 0


def test_a_change_of_role_counts_at_once(cast: Cast) -> None:
    begin(cast, "Quixotic", audience=Audience.SECRETARIAT)
    assert finds(cast, "officer")
    assert not finds(cast, "guest")

    for part, role in (("officer", Role.GUEST), ("guest", Role.OFFICER)):
        account = cast.account(part)
        assert account is not None
        account.role = role.value
        account.save()

    assert not finds(cast, "officer")
    assert finds(cast, "guest")


def test_a_change_of_audience_and_of_who_is_listed_counts_at_once(cast: Cast) -> None:
    issue = begin(cast, "Quixotic", audience=Audience.SECRETARIAT)
    assert not finds(cast, "mayor")
    Issue.objects.update(audience=Audience.NETWORK)
    assert finds(cast, "mayor")
    Issue.objects.update(audience=Audience.PRIVATE)
    assert not finds(cast, "mayor")
    list_on(issue, "org:aldermere")
    assert finds(cast, "mayor")
    assert not finds(cast, "other_mayor")
    unlist_from(issue, "org:aldermere")
    assert not finds(cast, "mayor")


def test_a_change_of_office_counts_at_once(cast: Cast) -> None:
    issue = begin(cast, "Quixotic", audience=Audience.SECRETARIAT)
    list_on(issue, "org:aldermere")
    assert finds(cast, "other_mayor") is False

    cast.other_mayor.person = "gwen-tarrant"
    cast.other_mayor.save()

    assert finds(cast, "other_mayor") is True


def test_a_delegation_counts_from_its_first_moment_to_its_last(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    begin(cast, "Quixotic", audience=Audience.SECRETARIAT)

    def seen(actor: Actor) -> QuerySet[Issue]:
        return Issue.objects.all() if actor.principals else Issue.objects.none()

    put_in_place(monkeypatch, seen)
    assert not finds(cast, "mayor")
    delegation = Delegation.objects.create(
        principal=cast.chief_executive,
        delegate=cast.mayor,
        permissions=[Permission.SIGN_OFF.value],
        starts_at=MOMENT - timedelta(hours=1),
        ends_at=MOMENT + timedelta(hours=1),
        note="",
        created_at=MOMENT,
    )
    assert finds(cast, "mayor")
    assert queries.search(act(cast.mayor, now=MOMENT + timedelta(hours=2)), "quixotic").total == 0
    delegation.delete()
    assert not finds(cast, "mayor")


def put_in_place(monkeypatch: pytest.MonkeyPatch, rule: Callable[[Actor], QuerySet[Any]]) -> None:
    """Let issues alone be found, by this rule."""
    monkeypatch.setattr(registry, "_sources", {})
    register_search_source(
        SearchSource("issue", "Issues", Issue, lambda issue: Document(issue.title, "", issue.key), rule)
    )


@pytest.mark.parametrize(
    "rule",
    [
        pytest.param(lambda actor: Issue.objects.filter(created_at__lte=actor.now), id="in the database"),
        pytest.param(lambda actor: Issue.objects.filter(started_on__lte=actor.today), id="by the day"),
        pytest.param(
            lambda actor: Issue.objects.filter(created_at__lt=actor.now + timedelta(seconds=1)), id="reckoned with"
        ),
        pytest.param(lambda actor: Issue.objects.all() if actor.now >= MOMENT else Issue.objects.none(), id="compared"),
        pytest.param(
            lambda actor: Issue.objects.none() if actor.today == A_YEAR_BEFORE.date() else Issue.objects.all(),
            id="the same day",
        ),
        pytest.param(lambda actor: Issue.objects.filter(started_on__lte=str(actor.today)), id="as text"),
        pytest.param(lambda actor: Issue.objects.filter(started_on__lte=f"{actor.today}"), id="within a text"),
        pytest.param(lambda actor: Issue.objects.filter(started_on__year__lte=actor.today.year), id="its year"),
        pytest.param(lambda actor: Issue.objects.filter(started_on__lte=actor.now.date()), id="its day"),
    ],
)
def test_whatever_a_rule_does_with_the_clock_it_is_the_clock_of_the_search(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, rule: Callable[[Actor], QuerySet[Issue]]
) -> None:
    begin(cast, "Quixotic")
    Issue.objects.update(created_at=MOMENT)
    put_in_place(monkeypatch, rule)

    moments = (MOMENT, A_YEAR_BEFORE, MOMENT)
    assert [queries.search(act(cast.officer, now=now), "quixotic").total for now in moments] == [1, 0, 1]


def test_a_rule_that_asks_the_database_first_is_asked_anew(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    issue = begin(cast, "Quixotic")

    def listed(_actor: Actor) -> QuerySet[Issue]:
        return Issue.objects.filter(pk__in=list(Issue.objects.filter(aim="").values_list("pk", flat=True)))

    put_in_place(monkeypatch, listed)
    assert not finds(cast, "officer")
    Issue.objects.filter(pk=issue.pk).update(aim="")
    assert finds(cast, "officer")


def test_a_value_of_a_rule_is_never_read_as_sql(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    odd = "%s ' OR 1=1 -- \x1b %(x)s \\' \" ;"
    issue = begin(cast, "Quixotic")
    put_in_place(monkeypatch, lambda _actor: Issue.objects.filter(aim=odd))
    assert not finds(cast, "officer")
    Issue.objects.filter(pk=issue.pk).update(aim=odd)
    assert finds(cast, "officer")
