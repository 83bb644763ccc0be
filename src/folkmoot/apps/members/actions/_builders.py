"""What a person adds to the register: organisations, people, posts, appointments, members of the network."""

from datetime import date

from django.db import transaction
from django.utils.text import slugify

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audit import record
from folkmoot.apps.access.gate import Conflict, Invalid, check
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.members.actions._common import checked_date, checked_order, origin
from folkmoot.apps.members.affected import after_appointment, after_end, after_membership, after_rename
from folkmoot.apps.members.models import (
    Kind,
    Membership,
    NetworkMembership,
    Organization,
    OrganizationName,
    Party,
    Person,
    Post,
    PostKind,
    TierPeriod,
    settle,
)
from folkmoot.apps.members.partial import say_day
from folkmoot.apps.members.provenance import true_on
from folkmoot.apps.members.worlds import check_same_world

SUCCEEDED = "succeeded"


@transaction.atomic
def add_organization(
    actor: Actor,
    *,
    key: str,
    name: str,
    kind: Kind,
    short_name: str = "",
    legal_form: str = "",
    tier: str = "",
    valid_from: str = "",
    parent: Organization | None = None,
    website: str = "",
    relevance: str = "",
    notes: str = "",
    invented: bool = False,
    source: str = "",
    as_of: str = "",
) -> Organization:
    """Add a body to the register; an authority may come with its tier."""
    authority = check(actor, Permission.REGISTER_CORRECT)
    facts = origin(source, as_of, invented=invented, today=actor.today)
    _refuse_taken(Organization.objects.filter(key=key).exists(), key)
    organization = Organization(
        key=key,
        kind=kind,
        name=_needed(name, "name"),
        short_name=short_name,
        legal_form=legal_form,
        valid_from=checked_date(valid_from, "beginning"),
        parent=parent,
        website=website,
        relevance=relevance,
        notes=notes,
        status="operating" if kind == Kind.AUTHORITY else "",
        invented=invented,
        **facts,
    )
    check_same_world(organization, parent)
    organization.save()
    if tier:
        TierPeriod.objects.create(
            key=f"{key}/{slugify(tier)}", organization=organization, tier=tier, valid_from=valid_from, **facts
        )
    record(actor, "organization.added", organization, by=authority, name=name, kind=kind)
    return organization


@transaction.atomic
def rename_organization(
    actor: Actor, *, organization: Organization, name: str, short_name: str = "", on: date, source: str, as_of: str
) -> OrganizationName:
    """Give a body another name from a day; the name before it stays true until then."""
    authority = check(actor, Permission.REGISTER_CORRECT)
    facts = origin(source, as_of, invented=organization.invented, today=actor.today)
    name = _needed(name, "name")
    latest = organization.names.order_by("-begins").first()
    if latest is None:
        latest = OrganizationName(
            key=f"{organization.key}/{slugify(organization.name)}",
            organization=organization,
            name=organization.name,
            short_name=organization.short_name,
            valid_from=organization.valid_from,
            source=organization.source,
            as_of=organization.as_of,
        )
    checked_order(latest.valid_from, on.isoformat())
    latest.valid_to = on.isoformat()
    latest.save()
    key = f"{organization.key}/{slugify(name)}"
    _refuse_taken(OrganizationName.objects.filter(key=key).exists(), name)
    renamed = OrganizationName.objects.create(
        key=key, organization=organization, name=name, short_name=short_name, valid_from=on.isoformat(), **facts
    )
    organization.name, organization.short_name = name, short_name
    organization.save()
    record(actor, "organization.renamed", organization, by=authority, name=name, on=on)
    after_rename(actor, organization, latest.name, on)
    return renamed


@transaction.atomic
def add_party(actor: Actor, *, name: str, invented: bool = False, source: str = "", as_of: str = "") -> Party:
    """Add a party."""
    authority = check(actor, Permission.REGISTER_CORRECT)
    facts = origin(source, as_of, invented=invented, today=actor.today)
    _refuse_taken(Party.objects.filter(key=slugify(name)).exists(), name)
    party = Party.objects.create(key=slugify(name), name=_needed(name, "name"), invented=invented, **facts)
    record(actor, "party.added", party, by=authority, name=name)
    return party


@transaction.atomic
def add_person(
    actor: Actor, *, key: str, name: str, notes: str = "", invented: bool = False, source: str = "", as_of: str = ""
) -> Person:
    """Add a person who holds a public post."""
    authority = check(actor, Permission.REGISTER_CORRECT)
    facts = origin(source, as_of, invented=invented, today=actor.today)
    _refuse_taken(Person.objects.filter(key=key).exists(), key)
    person = Person.objects.create(key=key, name=_needed(name, "name"), notes=notes, invented=invented, **facts)
    record(actor, "person.added", person, by=authority)
    return person


@transaction.atomic
def add_post(
    actor: Actor,
    *,
    key: str,
    organization: Organization,
    kind: PostKind,
    label: str,
    source: str = "",
    as_of: str = "",
) -> Post:
    """Add a post to an organisation. It belongs to the organisation's world, invented or real."""
    authority = check(actor, Permission.REGISTER_CORRECT)
    facts = origin(source, as_of, invented=organization.invented, today=actor.today)
    _refuse_taken(Post.objects.filter(key=key).exists(), key)
    post = Post.objects.create(
        key=key,
        organization=organization,
        kind=kind,
        label=_needed(label, "title of the post"),
        invented=organization.invented,
        **facts,
    )
    record(actor, "post.added", post, by=authority, label=label)
    return post


@transaction.atomic
def appoint(
    actor: Actor,
    *,
    person: Person,
    post: Post,
    valid_from: str,
    valid_to: str = "",
    party: Party | None = None,
    elected_on: str = "",
    source: str = "",
    as_of: str = "",
) -> Membership:
    """Record that a person holds a post from a day, until another if that is known."""
    authority = check(actor, Permission.REGISTER_CORRECT)
    facts = origin(source, as_of, invented=post.invented, today=actor.today)
    check_same_world(person, post)
    check_same_world(person, party)
    checked_date(valid_from, "beginning", required=True)
    checked_date(valid_to, "end")
    checked_date(elected_on, "election day")
    checked_order(valid_from, valid_to)
    term = Membership(
        key=f"{post.key}/{person.key}/{valid_from}",
        person=person,
        post=post,
        party=party,
        elected_on=elected_on,
        valid_from=valid_from,
        valid_to=valid_to,
        **facts,
    )
    term.derive()
    _refuse_overlap(term)
    term.save()
    settle_post(post)
    record(actor, "person.appointed", term, by=authority, post=post.key, person=person.key)
    after_appointment(actor, term)
    return term


@transaction.atomic
def end_appointment(actor: Actor, *, term: Membership, valid_to: str, reason: str = "") -> Membership:
    """Record that a person no longer holds a post from a day."""
    authority = check(actor, Permission.REGISTER_CORRECT)
    if term.valid_to:
        raise Conflict(f"This term has already ended, on {term.to_words}. Correct that date instead.")
    checked_date(valid_to, "end", required=True)
    checked_order(term.valid_from, valid_to)
    term.valid_to, term.end_reason, term.current = valid_to, reason, False
    term.save()
    settle_post(term.post)
    record(actor, "appointment.ended", term, by=authority, valid_to=valid_to)
    if reason != SUCCEEDED:  # whoever follows makes a review of their own
        after_end(actor, term)
    return term


@transaction.atomic
def join_network(
    actor: Actor, *, organization: Organization, on: date, source: str = "", as_of: str = ""
) -> NetworkMembership:
    """Record that an authority is a member from a day; its answers count from that day."""
    authority = check(actor, Permission.REGISTER_CORRECT)
    facts = origin(source, as_of, invented=organization.invented, today=actor.today)
    if organization.kind != Kind.AUTHORITY:
        raise Invalid(f"{organization} is not a strategic authority and cannot be a member.")
    if organization.begins and on < organization.begins:
        raise Invalid(f"{organization} was formed on {say_day(organization.begins)} and cannot join before.")
    for other in NetworkMembership.objects.select_related("organization").exclude(
        organization__invented=organization.invented
    )[:1]:
        check_same_world(organization, other.organization)
    running = organization.network_memberships.filter(true_on(on)).first()
    later = organization.network_memberships.filter(begins__gt=on).first()
    if running or later:
        raise Conflict(f"{organization} is already recorded as a member from {(running or later).from_words}.")  # type: ignore[union-attr]
    membership = NetworkMembership.objects.create(organization=organization, valid_from=on.isoformat(), **facts)
    record(actor, "network.joined", organization, by=authority, on=on)
    after_membership(actor, organization, on, joined=True)
    return membership


@transaction.atomic
def leave_network(actor: Actor, *, organization: Organization, on: date) -> NetworkMembership:
    """Record that an authority is no longer a member from a day."""
    authority = check(actor, Permission.REGISTER_CORRECT)
    membership = organization.network_memberships.filter(valid_to="").select_for_update().first()
    if membership is None:
        raise Conflict(f"{organization} is not a member, so it cannot leave.")
    checked_order(membership.valid_from, on.isoformat())
    membership.valid_to = on.isoformat()
    membership.save()
    record(actor, "network.left", organization, by=authority, on=on)
    after_membership(actor, organization, on, joined=False)
    return membership


@transaction.atomic
def record_holder(
    actor: Actor,
    *,
    post: Post,
    name: str,
    party: str = "",
    valid_from: str,
    elected_on: str = "",
    ends_present_term: bool = False,
    source: str = "",
    as_of: str = "",
) -> Membership:
    """Record who holds a post from a day, by name; whoever is new enters the register, in the world of the post."""
    check(actor, Permission.REGISTER_CORRECT)
    facts = {"source": source, "as_of": as_of}
    person = Person.objects.filter(key=slugify(name)).first() or add_person(
        actor, key=slugify(name), name=name, invented=post.invented, **facts
    )
    of_party = None
    if party.strip():
        of_party = Party.objects.filter(key=slugify(party)).first() or add_party(
            actor, name=party.strip(), invented=post.invented, **facts
        )
    if ends_present_term:
        for term in post.memberships.filter(valid_to=""):
            end_appointment(actor, term=term, valid_to=valid_from, reason=SUCCEEDED)
    return appoint(
        actor, person=person, post=post, party=of_party, valid_from=valid_from, elected_on=elected_on, **facts
    )


@transaction.atomic
def record_officer(
    actor: Actor,
    *,
    organization: Organization,
    title: str,
    kind: PostKind,
    name: str,
    valid_from: str,
    source: str = "",
    as_of: str = "",
) -> Membership:
    """Record an officer by title and name; a title that is new to the organisation becomes a post."""
    check(actor, Permission.REGISTER_CORRECT)
    post = organization.posts.filter(label__iexact=title.strip()).first() or add_post(
        actor,
        key=f"{organization.key}-{slugify(title)}"[:100],
        organization=organization,
        kind=kind,
        label=title,
        source=source,
        as_of=as_of,
    )
    return record_holder(actor, post=post, name=name, valid_from=valid_from, source=source, as_of=as_of)


def settle_post(post: Post) -> None:
    """Fit the terms of a post to each other after one of them changed."""
    terms = list(post.memberships.all())
    for term in terms:
        term.derive()
    settle(terms)
    Membership.objects.bulk_update(
        terms, ["begins", "ends", "from_earliest", "from_latest", "to_earliest", "to_latest"]
    )


def _refuse_overlap(term: Membership) -> None:
    """One mayor at a time."""
    if term.post.kind != PostKind.MAYOR:
        return
    for other in term.post.memberships.select_related("person"):
        starts_before_other_ends = other.ends is None or term.begins is None or term.begins < other.ends
        ends_after_other_starts = term.ends is None or other.begins is None or other.begins < term.ends
        if starts_before_other_ends and ends_after_other_starts:
            raise Conflict(f"{other.person} holds this post then. Record first when that term ended.")


def _refuse_taken(taken: bool, key: str) -> None:
    if taken:
        raise Conflict(f"“{key}” is already in the register. Choose another key, or correct the record that is there.")


def _needed(text: str, what: str) -> str:
    if not text.strip():
        raise Invalid(f"The {what} is missing.")
    return text.strip()
