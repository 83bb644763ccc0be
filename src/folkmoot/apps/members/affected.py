"""What a change of holder, party, department or member touches: each room tells, and a list to review is made of it.

A list holds tables and keys and why, never titles: those are read through the reader's own sight when it is shown.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db import transaction

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audit import record
from folkmoot.apps.members.models import Membership, Organization, Post, PostKind, Review, ReviewItem


class What(StrEnum):
    """What sort of change it is."""

    HOLDER = "holder"
    PARTY = "party"
    DEPARTMENT = "department"
    MEMBER = "member"


@dataclass(frozen=True, slots=True)
class Change:
    """A change in the register, by keys; `former` and `person` are who held the post before and who holds it now."""

    what: What
    organization: str
    day: date
    words: str
    post: str = ""
    person: str = ""
    former: str = ""


Found = tuple[str, str]  # a record's key, and why it is affected


@dataclass(frozen=True, slots=True)
class AffectedSource:
    """One kind of record: `find` those that a change touches, `titles` of those that the actor may see."""

    table: str
    label: str
    find: Callable[[Change], Iterable[Found]]
    titles: Callable[[Actor, Collection[str]], Mapping[str, str]]


_sources: dict[str, AffectedSource] = {}


def register_affected(source: AffectedSource) -> None:
    """A room tells here of one kind of its records."""
    _sources[source.table] = source


def sources() -> Mapping[str, AffectedSource]:
    """Every kind of record that a change may touch, by its table."""
    return dict(_sources)


def affected(change: Change) -> Iterator[tuple[str, str, str]]:
    """Table, key and why of everything that a change touches."""
    for source in _sources.values():
        for key, why in source.find(change):
            yield source.table, key, why


@transaction.atomic
def begin_review(actor: Actor, change: Change) -> Review | None:
    """The list of what to look at after a change; none where nothing hangs on it."""
    found = list(dict.fromkeys(affected(change)))
    if not found:
        return None
    review = Review.objects.create(
        what=change.what.value,
        organization=Organization.objects.get(key=change.organization),
        day=change.day,
        words=change.words[:300],
        recorded_by_id=actor.account_id,
        recorded_at=actor.now,
    )
    rows: dict[tuple[str, str], str] = {}
    for table, key, why in found:
        rows[table, key] = f"{rows[table, key]} {why}" if (table, key) in rows else why
    ReviewItem.objects.bulk_create(
        [ReviewItem(review=review, table=table, record_key=key, why=why[:300]) for (table, key), why in rows.items()]
    )
    record(actor, "review.begun", review, what=change.what, items=len(rows))
    return review


def after_appointment(actor: Actor, term: Membership) -> Review | None:
    """A new holder: for an officer only where somebody was replaced, since a further one touches nothing."""
    former = _former(term.post, term)
    if former is None and term.post.kind == PostKind.OFFICER:
        return None
    was = f", after {former.person}" if former else ""
    body = term.post.organization
    return begin_review(
        actor,
        Change(
            What.HOLDER,
            body.key,
            term.begins or actor.today,
            f"{term.person} is {_called(term.post)} from {term.from_words}{was}.",
            post=term.post.key,
            person=term.person.key,
            former=former.person.key if former else "",
        ),
    )


def _called(post: Post) -> str:
    """The post with its body, which many a post names itself: “Mayor of Aldermere”."""
    return post.label if " of " in post.label else f"{post.label} of {post.organization}"


def _former(post: Post, term: Membership) -> Membership | None:
    """Who held the post before this term."""
    others = post.memberships.exclude(pk=term.pk).exclude(person=term.person).select_related("person")
    earlier = [each for each in others if (each.begins or date.min) <= (term.begins or date.max)]
    return max(earlier, key=lambda each: each.begins or date.min, default=None)


def after_end(actor: Actor, term: Membership) -> Review | None:
    """A holder who left, with nobody recorded in their place yet."""
    body = term.post.organization
    return begin_review(
        actor,
        Change(
            What.HOLDER,
            body.key,
            term.ends or actor.today,
            f"{term.person} is no longer {_called(term.post)} from {term.to_words}.",
            post=term.post.key,
            former=term.person.key,
        ),
    )


def after_party(actor: Actor, term: Membership, before: str) -> Review | None:
    """Another party of a holder: it counts in consensus, so what that office answered is looked at again."""
    body = term.post.organization
    words = f"{term.person} of {body} stands for {term.party or 'no party'}, before: {before or 'no party'}."
    return begin_review(
        actor, Change(What.PARTY, body.key, actor.today, words, post=term.post.key, person=term.person.key)
    )


def after_rename(actor: Actor, organization: Organization, before: str, on: date) -> Review | None:
    """A body under another name."""
    words = f"{before} is called {organization.name} from {on.day} {on:%B %Y}."
    return begin_review(actor, Change(What.DEPARTMENT, organization.key, on, words))


def after_membership(actor: Actor, organization: Organization, on: date, *, joined: bool) -> Review | None:
    """An authority that joined or left the network."""
    verb = "joined the network on" if joined else "left the network on"
    return begin_review(actor, Change(What.MEMBER, organization.key, on, f"{organization} {verb} {on.day} {on:%B %Y}."))
