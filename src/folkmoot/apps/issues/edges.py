"""The network of records around the issues, as far as a reader may see it: links that people made, and the register.

A record that the reader may not see is no part of it, so it never joins two that they may.
"""

from collections.abc import Callable, Iterable, Iterator

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.issues.linkables import titles_of
from folkmoot.apps.issues.models import Issue, IssueLink
from folkmoot.apps.issues.own import ISSUE
from folkmoot.apps.members.models import (
    CouncilMembership,
    Membership,
    Organization,
    Person,
    Post,
    Succession,
)
from folkmoot.apps.members.provenance import true_on
from folkmoot.engines.related import Edge, Kind, Thing

BODY, PERSON, POST = (model._meta.label_lower for model in (Organization, Person, Post))
EdgeSource = Callable[[Actor], Iterable[Edge]]
_sources: list[EdgeSource] = []


def register_edges(source: EdgeSource) -> None:
    """An upper room tells here how its records hang together. A source gives only what the actor may see."""
    if source not in _sources:
        _sources.append(source)


def edges(actor: Actor) -> list[Edge]:
    """Every edge that this person may see, as of their day."""
    return [*_links(actor), *_register(actor), *(edge for source in _sources for edge in source(actor))]


def _links(actor: Actor) -> Iterator[Edge]:
    """The links of issues, of which both ends are visible."""
    issues = dict(Issue.objects.visible_to(actor).values_list("pk", "key"))
    rows = list(IssueLink.objects.filter(issue__in=issues).values_list("issue", "table", "record_key", "why"))
    seen = titles_of(actor, {(table, key) for _issue, table, key, _why in rows})
    for issue, table, key, why in rows:
        if (table, key) in seen:
            yield Edge(Thing(ISSUE, issues[issue]), Thing(table, key), why)


def _register(actor: Actor) -> Iterator[Edge]:
    """What stands for what in the register: posts for their bodies, holders for their posts, parts, successors."""
    for key, label, body in Post.objects.values_list("key", "label", "organization__key"):
        yield _stands(Thing(POST, key), Thing(BODY, body), f"{label}: a post there.")
    terms = Membership.objects.filter(true_on(actor.today)).values_list("person__key", "post__key", "post__label")
    for person, post, label in terms:
        yield _stands(Thing(PERSON, person), Thing(POST, post), f"Holds this post today: {label}.")
    for key, parent, name in Organization.objects.exclude(parent=None).values_list(
        "key", "parent__key", "parent__name"
    ):
        yield _stands(Thing(BODY, key), Thing(BODY, parent), f"Part of {name}.")
    became = Succession.objects.filter(predecessor__isnull=False, successor__isnull=False)
    for before, after, old, new in became.values_list(
        "predecessor__key", "successor__key", "predecessor__name", "successor__name"
    ):
        yield _stands(Thing(BODY, before), Thing(BODY, after), f"{old} became {new}.")
    councils = CouncilMembership.objects.filter(true_on(actor.today))
    for council, authority, name in councils.values_list("council__key", "authority__key", "authority__name"):
        yield _stands(Thing(BODY, council), Thing(BODY, authority), f"A council of {name}.")


def _stands(a: Thing, b: Thing, why: str) -> Edge:
    return Edge(a, b, why, Kind.STANDS_FOR)
