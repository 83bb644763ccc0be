"""Sending a draft to the offices, reminding them, and closing the round."""

import hashlib
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audience import Audience, list_on
from folkmoot.apps.access.audit import record
from folkmoot.apps.access.gate import Authority, Conflict, Invalid, check
from folkmoot.apps.access.models import Account
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.access.queries import own_account, speaks_for
from folkmoot.apps.documents.actions import store
from folkmoot.apps.mail.actions import About, queue
from folkmoot.apps.members import queries as members
from folkmoot.apps.positions import editions, letters, states
from folkmoot.apps.positions.actions.telling import work_out_tallies
from folkmoot.apps.positions.actions.turns import hold_round, take_turn
from folkmoot.apps.positions.models import Circulation, Invitation, PersonalLink, Version
from folkmoot.apps.positions.tasks import consolidate_circulation
from folkmoot.engines import redline

LONGEST_ROUND = timedelta(days=366)
LinkAddress = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Office:
    """A member office and the people through whom it is asked."""

    key: str
    name: str
    party: str
    people: tuple[Account, ...]


def digest_of(secret: str) -> str:
    """What is kept of a personal link's secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def open_circulation(
    actor: Actor,
    *,
    version: Version,
    offices: Sequence[Office],
    question: str,
    letter: str,
    closes_at: datetime,
    disclosure: str,
    link_address: LinkAddress,
) -> Circulation:
    """Send a version to the offices concerned: to each person a mail with their copy and a link of their own.

    `link_address` makes the full address from a secret; the door knows it, this room does not.
    """
    by = check(actor, Permission.CIRCULATION_OPEN)
    position = version.position
    take_turn(position, "open a circulation")
    _check_round(version, offices, question, closes_at, actor)
    circulation = Circulation.objects.create(
        position=position,
        version=version,
        question=question.strip(),
        letter=letter.strip(),
        disclosure=disclosure,
        opened_at=actor.now,
        opened_by=own_account(actor),
        closes_at=closes_at,
    )
    _share(circulation, offices, actor)
    for office in offices:
        _invite(actor, circulation, office, link_address)
    record(actor, "circulation.opened", circulation, by=by, offices=sorted(office.key for office in offices))
    return circulation


def _check_round(version: Version, offices: Sequence[Office], question: str, closes_at: datetime, actor: Actor) -> None:
    if version.number != version.position.versions.order_by("-number").values_list("number", flat=True)[0]:
        raise Conflict("There is a newer version of this text. Circulate the newest one.")
    if not offices:
        raise Invalid("Choose at least one office.")
    without = [office.name for office in offices if not office.people]
    if without:
        raise Invalid(f"Nobody of {', '.join(without)} can be reached yet. Add a person of that office first.")
    if not question.strip():
        raise Invalid("Write the question that you put to the offices.")
    if closes_at <= actor.now:
        raise Invalid("The closing date has passed. Choose a later one.")
    _check_is_near(closes_at, actor)
    if not members.working_day(closes_at.date()):
        raise Invalid("The closing date is not a working day. Choose a Monday to Friday that is no bank holiday.")


def _check_is_near(closes_at: datetime, actor: Actor) -> None:
    """Each page counts the working days that are left, and nobody waits longer than this for an answer."""
    if closes_at > actor.now + LONGEST_ROUND:
        raise Invalid("The closing date is too far away. Choose a day within a year.")


def _share(circulation: Circulation, offices: Sequence[Office], actor: Actor) -> None:
    """Widen the position to the offices asked, and no further."""
    position, version = circulation.position, circulation.version
    asked = {office.key for office in offices}
    everyone = asked >= {member.key for member in members.network_members(actor.today)}
    if position.audience in {Audience.SECRETARIAT, Audience.NAMED}:
        position.audience = Audience.NETWORK if everyone else Audience.NAMED
    list_on(position, f"circulation:{circulation.pk}", *(f"org:{key}" for key in asked))
    position.state, position.state_reason = states.after(position.state, "open a circulation"), ""
    position.save(update_fields=["audience", "state", "state_reason"])
    version.shared_at = version.shared_at or actor.now
    version.save(update_fields=["shared_at"])


def _invite(actor: Actor, circulation: Circulation, office: Office, link_address: LinkAddress) -> Invitation:
    """One office's copy of the text, with its token, and a mail to each of its people."""
    hidden = editions.hidden_from_office(circulation.version, office.key)
    token = secrets.token_urlsafe(12)
    position = circulation.position
    data = redline.prepare(
        editions.package_without(circulation.version, hidden), token=token, handling=position.handling
    )
    invitation = Invitation.objects.create(
        circulation=circulation,
        office=office.key,
        office_name=office.name,
        party=office.party,
        token=token,
        hidden_paragraphs=list(hidden),
        package=store(actor, name=letters.copy_name(circulation), data=data, kind="circulated"),
    )
    for person in office.people:
        secret = secrets.token_urlsafe(24)
        PersonalLink.objects.create(invitation=invitation, account=person, digest=digest_of(secret))
        queue(
            actor,
            to=(person.name, person.email),
            subject=letters.subject(circulation),
            body=letters.invitation(circulation, person.name, link_address(secret)),
            attachments=[] if position.is_sensitive else [(invitation.package, invitation.package.name)],
            handling=position.handling,
            about=_about(circulation),
            link_only=True,
            reply_tag=token,
        )
    return invitation


def _about(circulation: Circulation) -> About:
    return About(str(circulation), circulation._meta.label_lower, circulation.pk)


@transaction.atomic
def remind(actor: Actor, *, circulation: Circulation, invitations: Sequence[Invitation], page: str) -> int:
    """Remind the people of offices that have not answered; gives the number of mails. `page` is where they answer."""
    by = check(actor, Permission.CIRCULATION_OPEN)
    if not circulation.is_open:
        raise Conflict("This circulation has closed; nobody is reminded any more.")
    return sum(remind_office(actor, invitation, page, by=by) for invitation in invitations)


def remind_office(actor: Actor, invitation: Invitation, page: str, *, by: Authority | None = None) -> int:
    """Remind the people of one office, unless it has answered; how many mails. The caller has checked that it may."""
    circulation = invitation.circulation
    if invitation.returns.filter(state="submitted").exists():
        return 0
    people = _still_speaking(invitation, actor)
    for person in people:
        _write(
            actor,
            invitation,
            person,
            f"Reminder: {letters.subject(circulation)}",
            letters.reminder(circulation, person.name, page),
        )
    if people:
        invitation.reminded_at = actor.now
        invitation.save(update_fields=["reminded_at"])
        record(actor, "office.reminded", invitation, by=by)
    return len(people)


def _write(actor: Actor, invitation: Invitation, person: Account, subject: str, body: str) -> None:
    """A mail to somebody of an office about the round in which it was asked; an answer to it finds its way back."""
    circulation = invitation.circulation
    queue(
        actor,
        to=(person.name, person.email),
        subject=subject,
        body=body,
        handling=circulation.position.handling,
        about=_about(circulation),
        link_only=True,
        reply_tag=invitation.token,
    )


def _still_speaking(invitation: Invitation, actor: Actor) -> list[Account]:
    """The people through whom an office was asked, without those who left it or whose account was closed."""
    links = invitation.links.select_related("account").order_by("pk")
    return [link.account for link in links if speaks_for(link.account, invitation.office, actor.today)]


@transaction.atomic
def extend(actor: Actor, *, circulation: Circulation, closes_at: datetime, page: str = "") -> int:
    """Give the offices more time, or less, to a working day that has not passed; those that owe an answer are told.

    `page` is where they answer. How many mails were written.
    """
    by = check(actor, Permission.CIRCULATION_OPEN)
    hold_round(circulation)
    if not circulation.is_open:
        raise Conflict("This circulation has closed. Open a new one for the newest version.")
    _check_is_near(closes_at, actor)
    if closes_at <= actor.now or not members.working_day(closes_at.date()):
        raise Invalid("Choose a working day that has not passed.")
    circulation.closes_at = closes_at
    circulation.save(update_fields=["closes_at"])
    record(actor, "circulation.extended", circulation, by=by, closes_at=closes_at)
    told = 0
    for invitation in circulation.invitations.exclude(returns__state="submitted").order_by("office"):
        people = _still_speaking(invitation, actor)
        invitation.circulation = circulation
        for person in people:
            subject, body = letters.moved_subject(circulation), letters.moved(circulation, person.name, page)
            _write(actor, invitation, person, subject, body)
        told += len(people)
    return told


@transaction.atomic
def close_circulation(actor: Actor, *, circulation: Circulation) -> None:
    """End the round: links end, drafts stay with their offices, and what offices may be told is worked out once."""
    by = check(actor, Permission.CIRCULATION_OPEN)
    locked = Circulation.objects.select_for_update().get(pk=circulation.pk)
    if not locked.is_open:
        raise Conflict("This circulation has closed already.")
    position = locked.position
    take_turn(position, "close the circulation")
    locked.closed_at = actor.now
    locked.save(update_fields=["closed_at"])
    position.state = states.after(position.state, "close the circulation")
    position.save(update_fields=["state"])
    work_out_tallies(locked, actor.today)
    record(actor, "circulation.closed", locked, by=by)
    transaction.on_commit(lambda: consolidate_circulation.enqueue(locked.pk))


@transaction.atomic
def note_fetched(actor: Actor, *, invitation: Invitation) -> None:
    """An office took its copy; the first time is kept."""
    if invitation.fetched_at is None and actor.in_office and invitation.office in actor.offices:
        invitation.fetched_at = actor.now
        invitation.save(update_fields=["fetched_at"])
        record(actor, "copy.fetched", invitation)
