"""What the register answers, always as of a day.

mayor_of("aldermere", day)      who was mayor then
network_members(day)            whose answers count then
structure(day)                  everything that stood then
"""

from folkmoot.apps.members.queries._holders import Holding, holders, mayor_of, mayors_on, member_party, officers_of
from folkmoot.apps.members.queries._members import Member, is_member, network_members, offices_of_person
from folkmoot.apps.members.queries._names import (
    Link,
    NameOn,
    TierOn,
    name_on,
    predecessors_of,
    successors_of,
    tier_on,
)
from folkmoot.apps.members.queries._structure import BodyOn, Structure, bodies_on, structure
from folkmoot.apps.members.queries._workdays import (
    add_working_days,
    bank_holidays,
    holidays_known_until,
    working_day,
)

__all__ = [
    "BodyOn",
    "Holding",
    "Link",
    "Member",
    "NameOn",
    "Structure",
    "TierOn",
    "add_working_days",
    "bank_holidays",
    "bodies_on",
    "holders",
    "holidays_known_until",
    "is_member",
    "mayor_of",
    "mayors_on",
    "member_party",
    "name_on",
    "network_members",
    "officers_of",
    "offices_of_person",
    "predecessors_of",
    "structure",
    "successors_of",
    "tier_on",
    "working_day",
]
