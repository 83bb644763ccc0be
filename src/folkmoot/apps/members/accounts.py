"""Which accounts and delegations a change in the register touches: those of whoever held the post before."""

from collections.abc import Collection, Iterator
from datetime import timedelta

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.gate import may
from folkmoot.apps.access.models import Account, Delegation
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.members.affected import AffectedSource, Change, Found, What, register_affected
from folkmoot.apps.members.queries import standing_for

ACCOUNT, DELEGATION = Account._meta.label_lower, Delegation._meta.label_lower


def register() -> None:
    """Called when the installation starts."""
    register_affected(AffectedSource(ACCOUNT, "Person who signs in", accounts, account_titles))
    register_affected(AffectedSource(DELEGATION, "Delegation", delegations, delegation_titles))


def _people(change: Change) -> set[str]:
    """Whose accounts are touched: the former holder’s, and of an office that joined or left, everybody’s."""
    people = {change.former} if change.former else set()
    if change.what == What.MEMBER:
        # Of an office that left, those who stood for it on its last day.
        for day in (change.day, change.day - timedelta(days=1)):
            people |= standing_for(day).get(change.organization, frozenset())
    return people


def accounts(change: Change) -> Iterator[Found]:
    why = (
        "They speak for this office, which joined or left."
        if change.what == What.MEMBER
        else "They held the post: their account, mail address and what they are listed on."
    )
    for key in Account.objects.filter(person__in=_people(change), is_active=True).values_list("key", flat=True):
        yield key, why
    if change.person and change.what == What.HOLDER:
        for key in Account.objects.filter(person=change.person, is_active=True).values_list("key", flat=True):
            yield key, "They hold the post now: their role and what they are listed on."


def account_titles(actor: Actor, keys: Collection[str]) -> dict[str, str]:
    """Names of people are the secretariat’s and the administrator’s to read here."""
    if not (actor.in_secretariat or may(actor, Permission.PEOPLE_MANAGE)):
        return {}
    return dict(Account.objects.filter(key__in=keys).values_list("key", "name"))


def delegations(change: Change) -> Iterator[Found]:
    people = _people(change)
    found = Delegation.objects.filter(ended_early_at__isnull=True, ends_at__date__gte=change.day)
    for each in found.filter(principal__person__in=people) | found.filter(delegate__person__in=people):
        yield each.key, "One of the two held the post: it passes on what they may do no more."


def delegation_titles(actor: Actor, keys: Collection[str]) -> dict[str, str]:
    if not (actor.in_secretariat or may(actor, Permission.PEOPLE_MANAGE)):
        return {}
    found = Delegation.objects.filter(key__in=keys).select_related("principal", "delegate")
    return {each.key: str(each) for each in found}
