"""What a new installation still lacks, for its page Setting up and for `folkmoot check`."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from folkmoot.apps.access.clock import machine_time
from folkmoot.apps.access.factors import who_should_add_one
from folkmoot.apps.access.models import Account
from folkmoot.apps.access.roles import OFFICE, Role
from folkmoot.apps.jobs.backups import how_it_stands
from folkmoot.apps.mail import server
from folkmoot.apps.members.queries import Member, network_members, standing_for
from folkmoot.apps.positions.models import TermsOfReference
from folkmoot.apps.records.models import Period


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that an installation needs: done or not, what is so now, and what to do where it is not."""

    name: str
    title: str
    done: bool
    now: str
    to_do: str = ""
    needed: bool = True  # what is not needed is good to have


def steps(day: date) -> list[Step]:
    """Every step, in the order in which one takes them."""
    members = network_members(day)
    rules = [_administrator(), _terms(), _periods(), _members(len(members))]
    return [*rules, _mail_out(), _mail_in(), _head(), _offices(members, day), _factor(), _backup()]


def still_missing(day: date) -> list[Step]:
    """The steps without which the network cannot work."""
    return [step for step in steps(day) if step.needed and not step.done]


def _active(roles: Collection[Role]) -> int:
    return Account.objects.filter(role__in=[role.value for role in roles], is_active=True).count()


def _administrator() -> Step:
    there = _active([Role.ADMINISTRATOR])
    now = "There is an administrator." if there else "Nobody runs this installation."
    return Step("administrator", "First administrator", bool(there), now, "Open the link that folkmoot serve prints.")


def _terms() -> Step:
    terms = TermsOfReference.objects.order_by("from_date").first()
    if terms is None:
        return Step("terms", "Name and terms of reference", False, "The network has no name and no rules.", "Set them.")
    now = f"{terms.name or 'The network without a name'}: {terms.in_words()}"
    return Step("terms", "Name and terms of reference", bool(terms.name), now, "Give the network a name.")


def _periods() -> Step:
    count, title = Period.objects.count(), "How long records are kept"
    if count:
        now = f"The network has said how long {count} {'class' if count == 1 else 'classes'} of records are kept."
        return Step("periods", title, True, now, needed=False)
    now = "Records are kept as long as folkmoot proposes; nobody has looked at it yet."
    return Step("periods", title, False, now, "Look at the periods, and set them.", needed=False)


def _members(count: int) -> Step:
    if not count:
        return Step("members", "Members", False, "The network has no member.", "Choose them from the register.")
    return Step("members", "Members", True, f"{count} {'authority is' if count == 1 else 'authorities are'} members.")


def _mail_out() -> Step:
    title, way = "Mail that leaves", server.outgoing()
    if settings.ENVIRONMENT.demo:
        return Step("mail-out", title, True, "A demonstration sends no mail and keeps it to be read.")
    if way is None:
        return Step("mail-out", title, False, "No mail is sent: it stays in the outbox.", "Name your mail server.")
    return Step("mail-out", title, True, f"Mail leaves by {way.host} and comes from {way.sender}.")


def _mail_in() -> Step:
    title, box = "Mail that comes in", server.incoming()
    if settings.ENVIRONMENT.demo:
        return Step("mail-in", title, True, "A demonstration fetches no mail.", needed=False)
    if box is None:
        now = "No mailbox is read, so answers by mail must be put in by hand."
        return Step("mail-in", title, False, now, "Name the network’s mailbox.", needed=False)
    return Step("mail-in", title, True, f"Mail is fetched from {box.host}, folder {box.folder}.", needed=False)


def _head() -> Step:
    there = _active([Role.HEAD])
    now = "There is a head of the secretariat." if there else "Nobody leads the secretariat."
    return Step("head", "Head of the secretariat", bool(there), now, "Invite them.")


def _offices(members: list[Member], day: date) -> Step:
    """Each member office wants somebody who can be written to."""
    accounts = Account.objects.filter(role__in=[role.value for role in OFFICE], is_active=True)
    people, standing = set(accounts.values_list("person", flat=True)), standing_for(day)
    reached = {member.key for member in members if standing.get(member.key, frozenset()) & people}
    missing = [member.short_name or member.name for member in members if member.key not in reached]
    if not missing and reached:
        return Step("offices", "People of the offices", True, "Each member office has somebody.", needed=False)
    shown = ", ".join(missing[:4]) + (f" and {len(missing) - 4} more" if len(missing) > 4 else "")
    now = f"Nobody signs in for {shown}." if missing else "There is no office yet."
    return Step("offices", "People of the offices", False, now, "Invite one person of each.", needed=False)


def _factor() -> Step:
    """Administrators and heads hold the keys to everything else."""
    title = "Second factor of administrators and heads"
    without = who_should_add_one().count()
    if not without:
        now = "Each administrator and head who has come signs in with a second factor."
        return Step("factor", title, True, now, needed=False)
    now = f"{without} of them {'signs' if without == 1 else 'sign'} in with a password alone."
    return Step("factor", title, False, now, "Each adds an app or a passkey on the page Your account.", needed=False)


def _backup() -> Step:
    """A network that loses its records loses its memory."""
    if settings.ENVIRONMENT.demo:
        return Step("backup", "Backup", True, "A demonstration needs no backup.", needed=False)
    good, now = how_it_stands(settings.ENVIRONMENT.data, machine_time())
    to_do = "Run folkmoot backup every night by the timer in deploy, or name a folder in FOLKMOOT_BACKUPS."
    return Step("backup", "Backup", good, now, to_do, needed=False)
