"""Who is who: actors made from accounts, the people, and who acts for whom."""

from datetime import date, datetime

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import F, Q, QuerySet

from folkmoot.apps.access.actor import Actor, Principal, offices_of
from folkmoot.apps.access.gate import Refused, check, may
from folkmoot.apps.access.holdings import Holding, can_be_handed_over, holdings_of
from folkmoot.apps.access.models import Account, Delegation
from folkmoot.apps.access.permissions import PASSABLE, Permission
from folkmoot.apps.access.roles import OFFICE, ROLES, SECRETARIAT, Role


def _offices(account: Account, today: date) -> frozenset[str]:
    """The offices that an account speaks for. The secretariat speaks for none, whoever employs its staff."""
    return offices_of(account.person, today) if Role(account.role) in OFFICE else frozenset()


def speaks_for(account: Account, office: str, day: date) -> bool:
    """Whether a person speaks for an office on a day, and can sign in: what was asked of them then may be told them."""
    return account.is_active and office in _offices(account, day)


def may_act_for(delegate: Account, principal: Account, day: date) -> bool:
    """Whether one person may act for another: open accounts of two colleagues, who read the same.

    A delegation passes on deeds, never reading; so it stays within the secretariat, or within one office.
    """
    if delegate.pk == principal.pk or not (delegate.is_active and principal.is_active):
        return False
    roles = {Role(delegate.role), Role(principal.role)}
    if roles <= SECRETARIAT:
        return True
    return roles <= OFFICE and bool(_offices(delegate, day) & _offices(principal, day))


def _principal(delegation: Delegation, today: date) -> Principal:
    """What a delegation passes on: what the principal may do today, for the offices that both stand for."""
    account = delegation.principal
    role = Role(account.role)
    passed = ROLES[role].permissions & PASSABLE
    return Principal(
        account_id=account.pk,
        name=account.name,
        role=role,
        offices=_offices(account, today) & _offices(delegation.delegate, today),
        permissions=frozenset(permission for permission in passed if permission.value in delegation.permissions),
        delegation_id=delegation.pk,
        ends_at=delegation.ends_at,
    )


def running_delegations(account: Account, now: datetime) -> list[Delegation]:
    """The delegations under which an account acts at this moment."""
    return list(
        Delegation.objects.running(now)
        .filter(delegate=account, principal__is_active=True)
        .select_related("principal", "delegate")
    )


def _principals(account: Account, now: datetime, today: date) -> tuple[Principal, ...]:
    return tuple(
        _principal(delegation, today)
        for delegation in running_delegations(account, now)
        if may_act_for(account, delegation.principal, today)
    )


def actor_for(account: Account, *, now: datetime, today: date, confined: str | None = None) -> Actor:
    """The actor behind an account at a moment. A person who came by a personal link brings no delegation with them."""
    principals = () if confined else _principals(account, now, today)
    return Actor(
        account_id=account.pk,
        name=account.name,
        role=Role(account.role),
        now=now,
        today=today,
        person=account.person,
        offices=_offices(account, today),
        principals=principals,
        confined=confined,
    )


ORDERS = {
    "name": ("name", "pk"),
    "-name": ("-name", "pk"),
    "role": ("role", "name", "pk"),
    "-role": ("-role", "name", "pk"),
    "signed-in": (F("last_login").asc(nulls_first=True), "pk"),
    "-signed-in": (F("last_login").desc(nulls_last=True), "pk"),
}


def people(actor: Actor, *, text: str = "", role: str = "", state: str = "open", sort: str = "") -> QuerySet[Account]:
    """Everybody who has an account, for whoever manages them."""
    check(actor, Permission.PEOPLE_MANAGE)
    found = Account.objects.filter(erased_at__isnull=True)
    if text:
        found = found.filter(Q(name__icontains=text) | Q(email__icontains=text))
    if role:
        found = found.filter(role=role)
    if state in {"open", "closed"}:
        found = found.filter(is_active=state == "open")
    return found.order_by(*ORDERS.get(sort, ORDERS["name"]))


def people_awaited(actor: Actor, *, text: str = "") -> QuerySet[Account]:
    """Who was added and has not set a password yet, the longest waiting first."""
    check(actor, Permission.PEOPLE_MANAGE)
    found = Account.objects.filter(is_active=True, is_invented=False, password__startswith=UNUSABLE_PASSWORD_PREFIX)
    if text:
        found = found.filter(Q(name__icontains=text) | Q(email__icontains=text))
    return found.order_by(F("invited_at").asc(nulls_first=True), "name", "pk")


def check_secretariat(actor: Actor) -> None:
    """Refused for everybody but the secretariat, which knows what its people hold and who can go on with it."""
    if not actor.in_secretariat or actor.confined:
        raise Refused("Only the secretariat hands over what its people hold.")


def people_who_hold(actor: Actor, state: str = "") -> list[tuple[Account, list[Holding]]]:
    """Everybody in whose hands is what another could hold, closed accounts first: they can do nothing with it."""
    check_secretariat(actor)
    found = Account.objects.filter(erased_at__isnull=True).order_by("is_active", "name", "pk")
    if state in {"open", "closed"}:
        found = found.filter(is_active=state == "open")
    accounts = list(found)
    held: dict[int, list[Holding]] = {}
    for each in filter(can_be_handed_over, holdings_of(actor, accounts, actor.today)):
        held.setdefault(each.holder, []).append(each)
    return [(account, held[account.pk]) for account in accounts if account.pk in held]


def left_behind(actor: Actor) -> list[tuple[Account, int]]:
    """Whose account is closed while somebody else could hold what they held, and how much that is."""
    if not Account.objects.filter(is_active=False, erased_at__isnull=True).exists():
        return []
    return [(account, len(held)) for account, held in people_who_hold(actor, "closed")]


def person_who_holds(actor: Actor, key: str) -> Account:
    """One person, for the secretariat that hands over what they hold."""
    check_secretariat(actor)
    return Account.objects.get(key=key, erased_at__isnull=True)


def successors(actor: Actor, account: Account) -> list[Account]:
    """The colleagues to whom what a person holds can go: open accounts of their own side or office."""
    check_secretariat(actor)
    return [each for each in Account.objects.filter(is_active=True) if may_succeed(each, account, actor.today)]


def may_succeed(successor: Account, account: Account, day: date) -> bool:
    """As for a delegation, except that whoever leaves may have lost their office already."""
    if successor.pk == account.pk or not successor.is_active:
        return False
    roles = {Role(successor.role), Role(account.role)}
    if roles <= SECRETARIAT:
        return True
    return roles <= OFFICE and bool(_offices(successor, day) & _offices(account, day))


def account_to_manage(actor: Actor, key: str) -> Account:
    """One account for whoever manages people; Refused for anybody else, whether or not there is such an account."""
    check(actor, Permission.PEOPLE_MANAGE)
    return Account.objects.get(key=key)


def own_account(actor: Actor) -> Account:
    """The account of the person who asks; Refused for somebody who has not signed in with a password."""
    if actor.account_id is None or actor.confined:
        raise Refused("Sign in with your password first.")
    return Account.objects.get(pk=actor.account_id)


def invented_people() -> list[Account]:
    """A demonstration's people for the list on its sign-in page: the secretariat, the offices, then the others."""
    order = [*(role for role in Role if role is not Role.ADMINISTRATOR), Role.ADMINISTRATOR]
    found = Account.objects.filter(is_invented=True, is_active=True).order_by("name")
    return sorted(found, key=lambda account: order.index(Role(account.role)))


def possible_delegates(actor: Actor) -> list[Account]:
    """The colleagues who may act for the person who asks; nobody else's name is offered."""
    principal = own_account(actor)
    side = SECRETARIAT if actor.in_secretariat else OFFICE
    candidates = Account.objects.filter(role__in=[role.value for role in side], is_active=True)
    return [account for account in candidates if may_act_for(account, principal, actor.today)]


def passable_permissions(actor: Actor) -> frozenset[Permission]:
    """What the person who asks may let another do for them."""
    return actor.own_permissions & PASSABLE


def delegations_visible_to(actor: Actor) -> QuerySet[Delegation]:
    """One's own delegations, given and held; the secretariat and whoever manages people see everybody's."""
    found = Delegation.objects.select_related("principal", "delegate").order_by("-starts_at", "-pk")
    if actor.in_secretariat or may(actor, Permission.PEOPLE_MANAGE):
        return found
    return found.filter(Q(principal=actor.account_id) | Q(delegate=actor.account_id))
