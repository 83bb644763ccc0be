"""A body, a post or a person with everything that the network holds on it, under the names and holders of each day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.issues.edges import BODY, PERSON, POST
from folkmoot.apps.issues.held import About, Held, held_on
from folkmoot.apps.members.models import Membership, Organization, Person, Post
from folkmoot.apps.members.queries import Step as ChainStep
from folkmoot.apps.members.queries import chain_of, name_on

KINDS = {"body": BODY, "post": POST, "person": PERSON}


@dataclass(frozen=True, slots=True)
class HeldLine:
    """One thing that is held, with what it was about as it was called then, and who held the post."""

    entry: Held
    about: str
    holder: str


@dataclass(frozen=True, slots=True)
class HeldPage:
    """A record of the register, what came before and after it, who held it, and what the network holds on it."""

    title: str
    kind: str
    key: str
    chain: tuple[ChainStep, ...]
    terms: tuple[Membership, ...]
    lines: tuple[HeldLine, ...]


def held_page(actor: Actor, kind: str, key: str) -> HeldPage | None:
    """The page of a record of the register; None where there is none."""
    if kind == "body":
        return _of_body(actor, key)
    return _of_post(actor, key) if kind == "post" else _of_person(actor, key) if kind == "person" else None


def _of_body(actor: Actor, key: str) -> HeldPage | None:
    """A body, whatever it was before and became, their posts, and whoever held those."""
    body = Organization.objects.filter(key=key).first()
    if body is None:
        return None
    chain = chain_of(body)
    keys = {body.key, *(step.key for step in chain if step.key)}
    terms = list(_terms(Q(post__organization__key__in=keys)))
    lines = _lines(actor, terms, {(BODY, each) for each in keys})
    return HeldPage(body.name, "body", key, tuple(chain), tuple(terms), lines)


def _of_post(actor: Actor, key: str) -> HeldPage | None:
    """A post and everybody who held it."""
    post = Post.objects.filter(key=key).select_related("organization").first()
    if post is None:
        return None
    terms = list(_terms(Q(post=post)))
    title = f"{post.label}, {post.organization.name}"
    return HeldPage(title, "post", key, (), tuple(terms), _lines(actor, terms, {(POST, key)}))


def _of_person(actor: Actor, key: str) -> HeldPage | None:
    """A person and every post that they held."""
    person = Person.objects.filter(key=key).first()
    if person is None:
        return None
    terms = list(_terms(Q(person=person)))
    return HeldPage(person.name, "person", key, (), tuple(terms), _lines(actor, terms, {(PERSON, key)}))


def _terms(rule: Q) -> Iterable[Membership]:
    found = Membership.objects.filter(rule).select_related("person", "post__organization")
    return found.order_by("begins", "key")


def _lines(actor: Actor, terms: list[Membership], wanted: set[About]) -> tuple[HeldLine, ...]:
    """What is held on these records; on their posts and holders only while the person held the post."""
    through: set[About] = {(POST, term.post.key) for term in terms} | {(PERSON, term.person.key) for term in terms}
    of_a_body = any(table == BODY for table, _key in wanted)
    kept = [
        entry
        for entry in held_on(actor, wanted | through)
        if entry.about in wanted or _in_post(entry, terms, of_a_body)
    ]
    return _named(kept)


def _in_post(entry: Held, terms: list[Membership], of_a_body: bool) -> bool:
    """Whether it falls in a term: a post of the body at any time, a person only while they held it."""
    table, key = entry.about
    if table == POST and of_a_body:
        return True
    mine = [term for term in terms if key == (term.person.key if table == PERSON else term.post.key)]
    return any(term.is_true_on(entry.day) for term in mine)


def _named(entries: list[Held]) -> tuple[HeldLine, ...]:
    """Each with the name that was true on its day."""
    bodies = {body.key: body for body in _bodies(entries)}
    posts = {post.key: post for post in _posts(entries)}
    people: Mapping[str, str] = dict(Person.objects.filter(key__in=_keys(entries, PERSON)).values_list("key", "name"))
    return tuple(_line(entry, bodies, posts, people) for entry in entries)


def _keys(entries: list[Held], table: str) -> set[str]:
    return {entry.about[1] for entry in entries if entry.about[0] == table}


def _bodies(entries: list[Held]) -> Iterable[Organization]:
    return Organization.objects.filter(key__in=_keys(entries, BODY)).prefetch_related("names")


def _posts(entries: list[Held]) -> Iterable[Post]:
    found = Post.objects.filter(key__in=_keys(entries, POST))
    return found.select_related("organization").prefetch_related("organization__names", "memberships__person")


def _line(
    entry: Held, bodies: Mapping[str, Organization], posts: Mapping[str, Post], people: Mapping[str, str]
) -> HeldLine:
    table, key = entry.about
    if table == BODY:
        return HeldLine(entry, name_on(bodies[key], entry.day).name, "")
    if table == POST:
        post = posts[key]
        held = [term.person.name for term in post.memberships.all() if term.is_true_on(entry.day)]
        return HeldLine(entry, f"{post.label}, {_name(post, entry.day)}", ", ".join(held))
    return HeldLine(entry, people[key], "")


def _name(post: Post, day: date) -> str:
    return name_on(post.organization, day).name
