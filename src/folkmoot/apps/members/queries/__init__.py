"""What the register answers, always as of a day.

mayor_of("aldermere", day)      who was mayor then
network_members(day)            whose answers count then
structure(day)                  everything that stood then
"""

from folkmoot.apps.members.queries._authority import AuthorityPage, authority_page
from folkmoot.apps.members.queries._corrections import CorrectionOf, corrections, corrections_of
from folkmoot.apps.members.queries._department import DepartmentPage, Step, chain_of, department_page
from folkmoot.apps.members.queries._holders import Holding, holders, mayor_of, mayors_on, member_party, officers_of
from folkmoot.apps.members.queries._lists import (
    PersonPage,
    event_kinds,
    events,
    person_page,
    planned_authorities,
    powers,
    terms_of_office,
)
from folkmoot.apps.members.queries._members import (
    Member,
    is_member,
    network_members,
    offices_of_person,
    standing_for,
)
from folkmoot.apps.members.queries._names import (
    Link,
    NameOn,
    TierOn,
    name_on,
    predecessors_of,
    successors_of,
    tier_on,
)
from folkmoot.apps.members.queries._reviews import (
    ShownItem,
    ShownReview,
    latest_review,
    open_reviews,
    reviews,
    shown_reviews,
)
from folkmoot.apps.members.queries._structure import BodyOn, Structure, bodies_on, structure
from folkmoot.apps.members.queries._workdays import (
    add_working_days,
    bank_holidays,
    bank_holidays_of_the_kingdom,
    holidays_known_until,
    working_day,
)

__all__ = [
    "AuthorityPage",
    "BodyOn",
    "CorrectionOf",
    "DepartmentPage",
    "Holding",
    "Link",
    "Member",
    "NameOn",
    "PersonPage",
    "ShownItem",
    "ShownReview",
    "Step",
    "Structure",
    "TierOn",
    "add_working_days",
    "authority_page",
    "bank_holidays",
    "bank_holidays_of_the_kingdom",
    "bodies_on",
    "chain_of",
    "corrections",
    "corrections_of",
    "department_page",
    "event_kinds",
    "events",
    "holders",
    "holidays_known_until",
    "is_member",
    "latest_review",
    "mayor_of",
    "mayors_on",
    "member_party",
    "name_on",
    "network_members",
    "officers_of",
    "offices_of_person",
    "open_reviews",
    "person_page",
    "planned_authorities",
    "powers",
    "predecessors_of",
    "reviews",
    "shown_reviews",
    "standing_for",
    "structure",
    "successors_of",
    "terms_of_office",
    "tier_on",
    "working_day",
]
