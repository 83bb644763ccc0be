"""Actions: opened for an owner, changed, closed with evidence, dropped with a reason, opened again."""

from datetime import date

from django.db import transaction

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audience import Audience, Handling
from folkmoot.apps.access.audit import record
from folkmoot.apps.access.gate import Authority, Conflict, Invalid, Refused, authority, check
from folkmoot.apps.access.models import Account
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.documents.actions import store
from folkmoot.apps.issues.actions._common import fits, held, known_handling, may_own, said
from folkmoot.apps.issues.actions.links import NOT_THERE
from folkmoot.apps.issues.linkables import titles_of
from folkmoot.apps.issues.models import Action, ActionState, Issue

AUDIENCES = (Audience.SECRETARIAT, Audience.NETWORK)
LONGEST_NOTICE = 60  # days
FIRST_YEAR, LAST_YEAR = 2000, 2100
NOT_OPEN = "This action is not open any more. Load its page again to see what became of it."


def _fill(action: Action, *, title: str, owner: Account, due: date, remind_days: int) -> None:
    action.title = said(title, "Say what is to be done.")
    fits(action, title=action.title)
    if owner.pk != action.owner_id:
        may_own(owner)
    if not FIRST_YEAR <= due.year <= LAST_YEAR:
        raise Invalid(f"Give a day between {FIRST_YEAR} and {LAST_YEAR}.")
    if not 0 <= remind_days <= LONGEST_NOTICE:
        raise Invalid(f"Give between 0 and {LONGEST_NOTICE} days before the due day.")
    if due != action.due or owner.pk != action.owner_id:
        action.reminded_on = None  # another day or another person: nobody was reminded of this yet
    action.owner, action.due, action.remind_days = owner, due, remind_days


@transaction.atomic
def open_action(
    actor: Actor,
    *,
    title: str,
    owner: Account,
    due: date,
    issue: Issue | None = None,
    remind_days: int = 3,
    audience: str = Audience.SECRETARIAT,
    handling: str = Handling.OFFICIAL,
) -> Action:
    """Ask one person to do something by a day. The owner always sees it, even where they do not see its issue.

    What belongs to an OFFICIAL-SENSITIVE issue is marked so itself.
    """
    by = check(actor, Permission.ISSUE_KEEP)
    if audience not in AUDIENCES:
        raise Invalid("Choose who may see the action.")
    action = Action(
        issue=issue,
        audience=audience,
        handling=Handling.OFFICIAL_SENSITIVE if issue and issue.is_sensitive else known_handling(handling),
        created_by_id=actor.account_id,
        created_at=actor.now,
    )
    _fill(action, title=title, owner=owner, due=due, remind_days=remind_days)
    action.save()
    record(actor, "action.opened", action, by=by, owner=owner.pk, due=due, heading=action.title)
    return action


@transaction.atomic
def change_action(actor: Actor, *, action: Action, title: str, owner: Account, due: date, remind_days: int) -> Action:
    """Put an action into other words, give it to somebody else, or give it another day."""
    by = check(actor, Permission.ISSUE_KEEP)
    _must_be_open(held(action))
    _fill(action, title=title, owner=owner, due=due, remind_days=remind_days)
    action.save()
    record(actor, "action.changed", action, by=by, owner=owner.pk, due=due, heading=action.title)
    return action


def _must_be_open(action: Action) -> None:
    if not action.is_open:
        raise Conflict(NOT_OPEN)


def check_may_end(actor: Actor, action: Action) -> Authority:
    """An action's owner may end their own, whoever they are; beside them, those who keep issues."""
    own = actor.account_id is not None and actor.account_id == action.owner_id and not actor.confined
    found = Authority() if own else authority(actor, Permission.ISSUE_KEEP)
    if found is None:
        raise Refused("Only the owner of an action or the secretariat may close it or open it again.")
    return found


@transaction.atomic
def close_action(
    actor: Actor,
    *,
    action: Action,
    evidence: str = "",
    table: str = "",
    key: str = "",
    file: tuple[str, bytes] | None = None,
) -> Action:
    """Close an action with what shows that it was done: words, a record or a file (its name and bytes), or several."""
    by = check_may_end(actor, held(action))
    _must_be_open(action)
    evidence = evidence.strip()
    fits(action, evidence=evidence)
    if table and (table, key) not in titles_of(actor, [(table, key)]):
        raise Invalid(NOT_THERE)
    if not (evidence or table or file):
        raise Invalid("Say how it was done: write it, choose the record that shows it, or add the file.")
    action.evidence, action.evidence_table, action.evidence_key = evidence, table, key if table else ""
    action.evidence_file = store(actor, name=file[0], data=file[1], kind="evidence") if file else None
    _end(actor, action, ActionState.DONE)
    record(actor, "action.closed", action, by=by, evidence=evidence, table=table, key=key)
    return action


@transaction.atomic
def drop_action(actor: Actor, *, action: Action, why: str) -> Action:
    """Give an action up, and say why."""
    by = check(actor, Permission.ISSUE_KEEP)
    _must_be_open(held(action))
    action.why_dropped = said(why, "Say why it is dropped.")
    fits(action, why_dropped=action.why_dropped)
    _end(actor, action, ActionState.DROPPED)
    record(actor, "action.dropped", action, by=by, why=action.why_dropped)
    return action


def _end(actor: Actor, action: Action, state: str) -> None:
    action.state, action.ended_at, action.ended_by_id = state, actor.now, actor.account_id
    action.save()


@transaction.atomic
def reopen_action(actor: Actor, *, action: Action) -> Action:
    """Open an action again; what was given as evidence stays with it until it is closed anew."""
    by = check_may_end(actor, held(action))
    if action.is_open:
        raise Conflict("This action is open already.")
    if action.state == ActionState.DROPPED:
        by = check(actor, Permission.ISSUE_KEEP)
    action.state, action.ended_at, action.ended_by, action.why_dropped = ActionState.OPEN, None, None, ""
    action.save()
    record(actor, "action.reopened", action, by=by)
    return action
