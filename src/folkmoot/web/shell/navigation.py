"""Which rooms the header offers a person, and which of them they are in."""

from dataclasses import dataclass
from functools import cache

from django.urls import NoReverseMatch, reverse

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.gate import may
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.access.roles import Role


@dataclass(frozen=True, slots=True)
class Room:
    """One link of the header: a title, the name of its address, and what it takes to see it."""

    title: str
    name: str
    permission: Permission | None = None
    for_guests: bool = True


@dataclass(frozen=True, slots=True)
class Link:
    """One link as the layout draws it."""

    title: str
    url: str
    current: bool = False


ROOMS = (
    Room("Home", "home"),
    Room("Radar", "radar", for_guests=False),
    Room("Issues", "issues", for_guests=False),
    Room("Positions", "positions"),
    Room("Plan", "plan", for_guests=False),
    Room("Memory", "memory", for_guests=False),
    Room("Members", "members", for_guests=False),
    Room("Mail", "mail", Permission.MAIL_READ),
    Room("People", "people", Permission.PEOPLE_MANAGE),
    Room("Settings", "settings_hub", for_guests=False),
)
# What the page Settings lists: a title, an address, who may enter, and one line each.
SETTINGS = (
    (Room("Setting up", "setting_up", Permission.SETTINGS_CHANGE), "What a new installation still lacks."),
    (Room("Mail settings", "mail_settings", Permission.SETTINGS_CHANGE), "Where mail leaves and where it comes in."),
    (Room("Background work", "jobs", Permission.JOBS_MANAGE), "What runs by the clock, what waits, what went wrong."),
    (Room("Terms of reference", "terms", for_guests=False), "How the network agrees, and who is told what when."),
    (Room("Roles and permissions", "permissions"), "Who may do what, in plain sentences."),
    (Room("How long records are kept", "records", Permission.RECORDS_MANAGE), "Each class, and what was removed."),
    (
        Room("Information requests", "information_requests", Permission.REQUEST_HANDLE),
        "Cases under the information acts, with their days.",
    ),
    (Room("Audit trail", "audit", Permission.AUDIT_READ), "Who did what, sealed row by row."),
)
ACCOUNT = (
    Room("Your account", "account"),
    Room("Delegations", "delegations"),
    Room("Mail to you", "mail_choices"),
    Room("Terms of reference", "terms", for_guests=False),
    Room("Roles and permissions", "permissions"),
)


@cache
def address(name: str) -> str | None:
    """The address of a room; None where the installation has no such room."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return None


def _links(rooms: tuple[Room, ...], actor: Actor) -> list[Link]:
    """The rooms that this person may enter."""
    if actor.account_id is None or actor.confined:
        return []
    return [
        Link(room.title, place)
        for room in rooms
        if (place := address(room.name))
        and (room.permission is None or may(actor, room.permission))
        and (room.for_guests or actor.role is not Role.GUEST)
    ]


def rooms(actor: Actor, path: str) -> list[Link]:
    """The header's links; the one whose address begins this page's is the current one."""
    links = _links(ROOMS, actor)
    home = address("home")
    return [
        Link(link.title, link.url, path == link.url if link.url == home else path.startswith(link.url))
        for link in links
    ]


def settings_links(actor: Actor) -> list[tuple[Link, str]]:
    """What the page Settings lists for this person, each with its line."""
    return [(link, line) for room, line in SETTINGS for link in _links((room,), actor)]


def account_links(actor: Actor) -> list[Link]:
    """The links under the person's own name."""
    return _links(ACCOUNT, actor)
