"""May this person do it? The one place that answers."""

from dataclasses import dataclass

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.permissions import SENTENCES, Permission
from folkmoot.apps.access.roles import OFFICE

# These speak for one office, so they are asked with that office and hold only there.
FOR_ONE_OFFICE = frozenset(
    {Permission.RETURN_DRAFT, Permission.RETURN_SUBMIT, Permission.RETURN_RELEASE, Permission.SIGN_OFF}
)
# What a personal link allows: to answer one circulation. It never signs.
BY_LINK = frozenset({Permission.RETURN_DRAFT, Permission.RETURN_SUBMIT})


class Refused(Exception):
    """The person may not do this; the text says so in plain words."""


class Conflict(Exception):
    """The record is not in a state that allows this, or somebody else changed it first; the text says what to do."""


class Invalid(Exception):
    """What was given cannot be used; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Authority:
    """By what right: the person's own, or for a principal by delegation."""

    principal_id: int | None = None
    principal_name: str = ""


def authority(actor: Actor, permission: Permission, *, office: str | None = None) -> Authority | None:
    """By what right the actor has a permission, or None. `office` must be given for what speaks for one office."""
    if (permission in FOR_ONE_OFFICE) != (office is not None):
        raise ValueError(f"{permission} {'needs' if office is None else 'takes no'} office.")
    if actor.confined and permission not in BY_LINK:
        return None
    if permission in actor.own_permissions and (office is None or office in actor.offices):
        return Authority()
    for principal in actor.principals:
        if permission in principal.permissions and (office is None or office in principal.offices):
            return Authority(principal.account_id, principal.name)
    return None


def may(actor: Actor, permission: Permission, *, office: str | None = None) -> bool:
    """The answer for a button."""
    return authority(actor, permission, office=office) is not None


def check(actor: Actor, permission: Permission, *, office: str | None = None) -> Authority:
    """The answer for an action: by what right, or Refused."""
    found = authority(actor, permission, office=office)
    if found is None:
        what = SENTENCES[permission].rstrip(".")
        whose = " for this office" if permission in FOR_ONE_OFFICE and actor.role in OFFICE else ""
        raise Refused(f"Your role does not allow this{whose}: {what[0].lower()}{what[1:]}.")
    return found
