"""Beginning an issue, changing what stands on its front, moving it on, and who may see it."""

from collections.abc import Collection
from datetime import date

from django.db import transaction

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audience import Audience, Handling, list_on, listed_keys, unlist_from
from folkmoot.apps.access.audit import record
from folkmoot.apps.access.gate import Conflict, Invalid, check
from folkmoot.apps.access.models import Account
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.issues.actions._common import fits, held, known_handling, may_lead, said
from folkmoot.apps.issues.models import Issue, IssueState, Priority, StateChange, Workstream
from folkmoot.apps.search.index import reindex

# Whom an issue can be shown to. What everyone may read is published as a position, not kept as an issue.
AUDIENCES = (Audience.NETWORK, Audience.NAMED, Audience.SECRETARIAT, Audience.PRIVATE)


def _fill(
    issue: Issue,
    *,
    title: str,
    aim: str,
    workstream: Workstream | None,
    priority: Priority | None,
    lead: Account | None,
    handling: str,
) -> None:
    issue.title = said(title, "Give the issue a title.")
    issue.aim = said(aim, "Say in one sentence what would be reached.")
    fits(issue, title=issue.title, aim=issue.aim)
    if lead is not None and lead.pk != issue.lead_id:
        may_lead(lead)
    issue.workstream, issue.priority, issue.lead = workstream, priority, lead
    issue.handling = known_handling(handling)


@transaction.atomic
def begin_issue(
    actor: Actor,
    *,
    title: str,
    aim: str,
    workstream: Workstream | None = None,
    priority: Priority | None = None,
    lead: Account | None = None,
    state: str = IssueState.ACTIVE,
    started_on: date | None = None,
    audience: str = Audience.SECRETARIAT,
    handling: str = Handling.OFFICIAL,
    invented: bool = False,
) -> Issue:
    """Begin an issue. Unless said otherwise the secretariat alone sees it; its readers can be changed later."""
    by = check(actor, Permission.ISSUE_KEEP)
    if audience not in (Audience.NETWORK, Audience.SECRETARIAT):
        raise Invalid("Begin it for the secretariat or for all member offices; name single readers afterwards.")
    issue = Issue(
        audience=audience,
        state=_known_state(state),
        started_on=started_on or actor.today,
        created_at=actor.now,
        invented=invented,
    )
    _fill(issue, title=title, aim=aim, workstream=workstream, priority=priority, lead=lead, handling=handling)
    issue.save()
    StateChange.objects.create(issue=issue, state=issue.state, by_id=actor.account_id, at=actor.now)
    record(actor, "issue.begun", issue, by=by, heading=issue.title, audience=audience)
    return issue


@transaction.atomic
def change_issue(
    actor: Actor,
    *,
    issue: Issue,
    title: str,
    aim: str,
    workstream: Workstream | None,
    priority: Priority | None,
    lead: Account | None,
    handling: str,
) -> Issue:
    """Change what stands on the front of an issue. A mark that it is given, its actions are given, too."""
    by = check(actor, Permission.ISSUE_KEEP)
    held(issue)
    _fill(issue, title=title, aim=aim, workstream=workstream, priority=priority, lead=lead, handling=handling)
    issue.save()
    if issue.is_sensitive:
        issue.actions.update(handling=issue.handling)
    for rows in (issue.actions, issue.notes):
        reindex(rows.model, rows.values_list("pk", flat=True))
    record(actor, "issue.changed", issue, by=by, heading=issue.title, aim=issue.aim, lead=issue.lead_id)
    return issue


@transaction.atomic
def set_next(actor: Actor, *, issue: Issue, on: date | None, what: str) -> Issue:
    """Say what comes next and when; both empty where nothing is fixed."""
    by = check(actor, Permission.ISSUE_KEEP)
    held(issue)
    what = " ".join(what.split())
    if (on is None) != (not what):
        raise Invalid("Give both the next date and what happens then, or leave both empty.")
    fits(issue, next_what=what)
    issue.next_on, issue.next_what = on, what
    issue.save(update_fields=["next_on", "next_what"])
    record(actor, "issue.next-set", issue, by=by, on=on, what=what)
    return issue


def _known_state(state: str) -> str:
    if state not in IssueState.values:
        raise Invalid("There is no such state. Choose one of the list.")
    return state


@transaction.atomic
def set_state(actor: Actor, *, issue: Issue, state: str, why: str) -> Issue:
    """Move an issue on, or back, and say why; both stand on its time line."""
    by = check(actor, Permission.ISSUE_KEEP)
    held(issue)
    _known_state(state)
    why = said(why, "Say why in one sentence. It stands on the time line.")
    fits(issue, state_why=why)
    if state == issue.state:
        raise Conflict(f"The issue is in this state already: {issue.get_state_display().lower()}.")
    issue.state, issue.state_why = state, why
    issue.save(update_fields=["state", "state_why"])
    StateChange.objects.create(issue=issue, state=state, why=why, by_id=actor.account_id, at=actor.now)
    record(actor, "issue.state-set", issue, by=by, state=state, why=why)
    return issue


@transaction.atomic
def set_readers(
    actor: Actor, *, issue: Issue, audience: str, offices: Collection[str] = (), people: Collection[Account] = ()
) -> Issue:
    """Say who may see an issue: an audience, and the offices and people listed on it beside."""
    by = check(actor, Permission.ISSUE_KEEP)
    held(issue)
    if audience not in AUDIENCES:
        raise Invalid("Choose who may see the issue.")
    if audience == Audience.NAMED and not offices:
        raise Invalid("Choose at least one office that may see it.")
    keys = {f"org:{office}" for office in offices} | {f"account:{person.pk}" for person in people}
    if audience == Audience.PRIVATE:
        keys.add(f"account:{actor.account_id}")  # whoever closes a door keeps a key
    before = set(listed_keys(issue))
    unlist_from(issue, *(before - keys))
    list_on(issue, *(keys - before))
    issue.audience = audience
    issue.save(update_fields=["audience"])
    record(actor, "issue.readers-set", issue, by=by, audience=audience, readers=sorted(keys))
    return issue
