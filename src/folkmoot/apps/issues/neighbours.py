"""What the rooms under this one offer to it: the register's bodies, people and posts, and mails."""

from collections.abc import Collection, Iterator

from django.db.models import Q

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.roles import Role
from folkmoot.apps.issues.linkables import Group, Linkable, register_linkable
from folkmoot.apps.issues.models import Issue
from folkmoot.apps.issues.timeline import TimelineEntry, register_timeline
from folkmoot.apps.mail.models import InboxMessage, OutboxMessage
from folkmoot.apps.mail.queries import readable
from folkmoot.apps.mail.tray_queries import sortable
from folkmoot.apps.members.models import Kind, Organization, Person, Post

FOUND = 20
MAIL = OutboxMessage._meta.label_lower
CAME_IN = InboxMessage._meta.label_lower


def register() -> None:
    """Tell the two registries for the rooms that know nothing of this one."""
    register_linkable(
        Linkable(
            Organization._meta.label_lower,
            "Authority, department or other body",
            find_bodies,
            body_titles,
            Group.BODIES,
            groups_of_bodies,
        )
    )
    register_linkable(Linkable(Person._meta.label_lower, "Person", find_people, person_titles, Group.PEOPLE))
    register_linkable(Linkable(Post._meta.label_lower, "Post", find_posts, post_titles, Group.PEOPLE))
    register_linkable(Linkable(MAIL, "Mail that was sent", find_mails, mail_titles))
    register_linkable(Linkable(CAME_IN, "Mail that came in", find_incoming, incoming_titles))
    register_timeline(mails)
    register_timeline(incoming)


def _reads_the_register(actor: Actor) -> bool:
    """The register is for everybody who has signed in but guests, who were asked to named items."""
    return actor.account_id is not None and not actor.confined and actor.role is not Role.GUEST


def find_bodies(actor: Actor, words: str) -> list[tuple[str, str]]:
    """Bodies that bear or bore these words in their name."""
    if not _reads_the_register(actor):
        return []
    named = Q(name__icontains=words) | Q(short_name__iexact=words) | Q(names__name__icontains=words)
    found = Organization.objects.filter(named).order_by("name", "pk").distinct()
    return list(found.values_list("key", "name")[:FOUND])


def body_titles(actor: Actor, keys: Collection[str]) -> dict[str, str]:
    if not _reads_the_register(actor):
        return {}
    return dict(Organization.objects.filter(key__in=keys).values_list("key", "name"))


def groups_of_bodies(keys: Collection[str]) -> dict[str, Group]:
    """An authority or council is a place; a department or another organisation is a body."""
    places = (Kind.AUTHORITY, Kind.COUNCIL)
    found = Organization.objects.filter(key__in=keys).values_list("key", "kind")
    return {key: Group.PLACES if kind in places else Group.BODIES for key, kind in found}


def find_people(actor: Actor, words: str) -> list[tuple[str, str]]:
    if not _reads_the_register(actor):
        return []
    return list(Person.objects.filter(name__icontains=words).order_by("name", "pk").values_list("key", "name")[:FOUND])


def person_titles(actor: Actor, keys: Collection[str]) -> dict[str, str]:
    if not _reads_the_register(actor):
        return {}
    return dict(Person.objects.filter(key__in=keys).values_list("key", "name"))


def find_posts(actor: Actor, words: str) -> list[tuple[str, str]]:
    if not _reads_the_register(actor):
        return []
    found = Post.objects.filter(Q(label__icontains=words) | Q(organization__name__icontains=words))
    rows = found.order_by("label", "pk").values_list("key", "label", "organization__name")[:FOUND]
    return [(key, f"{label}, {body}") for key, label, body in rows]


def post_titles(actor: Actor, keys: Collection[str]) -> dict[str, str]:
    if not _reads_the_register(actor):
        return {}
    rows = Post.objects.filter(key__in=keys).values_list("key", "label", "organization__name")
    return {key: f"{label}, {body}" for key, label, body in rows}


def find_mails(actor: Actor, words: str) -> list[tuple[str, str]]:
    found = readable(actor).filter(Q(subject__icontains=words) | Q(to_name__icontains=words))
    rows = found.order_by("-created_at", "-pk").values_list("key", "subject", "to_name")[:FOUND]
    return [(key, f"{subject}, to {name}") for key, subject, name in rows]


def mail_titles(actor: Actor, keys: Collection[str]) -> dict[str, str]:
    rows = readable(actor).filter(key__in=keys).values_list("key", "subject", "to_name")
    return {key: f"{subject}, to {name}" for key, subject, name in rows}


def mails(actor: Actor, issue: Issue) -> Iterator[TimelineEntry]:
    """The mails that an issue is linked to, on the day when each was written."""
    keys = issue.links.filter(table=MAIL).values("record_key")
    for mail in readable(actor).filter(key__in=keys):
        yield TimelineEntry(mail.created_at, "Mail", mail.subject, f"To {mail.to_name}.", MAIL, mail.key, mail.handling)


def find_incoming(actor: Actor, words: str) -> list[tuple[str, str]]:
    said = Q(subject__icontains=words) | Q(from_name__icontains=words) | Q(from_address__icontains=words)
    found = sortable(actor).filter(said).order_by("-received_at", "-pk")[:FOUND]
    return [(mail.key, str(mail)) for mail in found]


def incoming_titles(actor: Actor, keys: Collection[str]) -> dict[str, str]:
    return {mail.key: str(mail) for mail in sortable(actor).filter(key__in=keys)}


def incoming(actor: Actor, issue: Issue) -> Iterator[TimelineEntry]:
    """The linked mails that came in, on the day when each did."""
    keys = issue.links.filter(table=CAME_IN).values("record_key")
    for mail in sortable(actor).filter(key__in=keys):
        yield TimelineEntry(mail.received_at, "Mail", str(mail), "It came in.", CAME_IN, mail.key, mail.handling)
