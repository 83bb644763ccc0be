"""The roles, each with one plain sentence and its list of permissions."""

from dataclasses import dataclass
from enum import StrEnum

from folkmoot.apps.access.permissions import Permission as P


class Role(StrEnum):
    """What a person is in the network. A chair is a post in a body, not a role."""

    ADMINISTRATOR = "administrator"
    HEAD = "head"
    DEPUTY = "deputy"
    OFFICER = "officer"
    COORDINATOR = "coordinator"
    MAYOR = "mayor"
    CHIEF_EXECUTIVE = "chief-executive"
    MEMBER_OFFICER = "member-officer"
    GUEST = "guest"


@dataclass(frozen=True, slots=True)
class RoleDescription:
    """A role as a person reads it, and what it allows."""

    name: str
    sentence: str
    permissions: frozenset[P]


SECRETARIAT = frozenset({Role.HEAD, Role.DEPUTY, Role.OFFICER, Role.COORDINATOR})
OFFICE = frozenset({Role.MAYOR, Role.CHIEF_EXECUTIVE, Role.MEMBER_OFFICER})

_coordinator = frozenset(
    {
        *(P.MAIL_READ, P.MAIL_SORT, P.RETURN_FILE_FOR_OFFICE, P.CONSENSUS_READ, P.REGISTER_CORRECT, P.DELEGATE),
        *(P.ISSUE_KEEP, P.PLAN_KEEP, P.ARCHIVE_KEEP, P.REQUEST_HANDLE, P.SIGNAL_SORT, P.SOURCE_KEEP),
    }
)
_officer = _coordinator | {P.POSITION_DRAFT, P.CIRCULATION_OPEN, P.AMENDMENT_DECIDE, P.EXCEPTION_NOTE}
_head = _officer | {P.PUBLISH, P.TERMS_CHANGE, P.AUDIT_READ, P.RECORDS_MANAGE, P.REQUEST_RELEASE}
_member_officer = frozenset({P.RETURN_DRAFT, P.RETURN_SUBMIT, P.DELEGATE})

ROLES: dict[Role, RoleDescription] = {
    Role.ADMINISTRATOR: RoleDescription(
        "Administrator",
        "Runs the installation: people, settings, backups. Sees no confidential content.",
        frozenset({P.PEOPLE_MANAGE, P.SETTINGS_CHANGE, P.AUDIT_READ, P.JOBS_MANAGE}),
    ),
    Role.HEAD: RoleDescription(
        "Head of the secretariat",
        "Leads the secretariat, publishes positions and keeps the terms of reference.",
        _head,
    ),
    Role.DEPUTY: RoleDescription(
        "Deputy head",
        "Leads policy; acts for the head while a delegation runs.",
        _officer | {P.AUDIT_READ, P.REQUEST_RELEASE},
    ),
    Role.OFFICER: RoleDescription(
        "Policy officer", "Drafts positions, circulates them and decides amendments.", _officer
    ),
    Role.COORDINATOR: RoleDescription(
        "Coordinator", "Keeps the register, the mail and the returns in order.", _coordinator
    ),
    Role.MAYOR: RoleDescription(
        "Mayor",
        "Speaks and signs for one member authority.",
        _member_officer | {P.RETURN_RELEASE, P.SIGN_OFF},
    ),
    Role.CHIEF_EXECUTIVE: RoleDescription(
        "Chief executive",
        "Answers for one member authority and may release its answer; signs only by delegation.",
        _member_officer | {P.RETURN_RELEASE},
    ),
    Role.MEMBER_OFFICER: RoleDescription(
        "Member officer", "Prepares and submits the answers of one member authority.", _member_officer
    ),
    Role.GUEST: RoleDescription(
        "Guest", "Sees the items that they were asked to, and finds nothing else.", frozenset()
    ),
}
