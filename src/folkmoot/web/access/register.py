"""The people of the member offices, as choices for the account that speaks for one."""

from datetime import date

from folkmoot.apps.members.queries import network_members, officers_of

Choices = list[tuple[str, str | list[tuple[str, str]]]]


def people_of_members(day: date) -> Choices:
    """The mayor and the officers of each member on a day, by office."""
    choices: Choices = []
    for member in network_members(day):
        holdings = [member.mayor] if member.mayor else []
        holdings += officers_of(member.organization, day)
        choices.append((member.name, [(held.person.key, f"{held.person.name}, {held.title}") for held in holdings]))
    return choices


def offices(day: date) -> list[tuple[str, str]]:
    """The members on a day, by name, as choices."""
    return [(member.key, member.name) for member in network_members(day)]


def office_names(keys: frozenset[str], day: date) -> str:
    """The names of some offices on a day, as one reads them; the key of one that the register does not know."""
    names = dict(offices(day))
    return ", ".join(sorted(names.get(key, key) for key in keys))
