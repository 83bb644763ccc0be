"""Actions as lists: one's own, everybody's, what is overdue."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import F, Q, QuerySet

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.models import Account
from folkmoot.apps.access.roles import OFFICE, SECRETARIAT
from folkmoot.apps.issues.linkables import titles_of
from folkmoot.apps.issues.models import Action, Issue

SORTS = {"title": "title", "due": "due", "owner": "owner__name", "state": "state"}
STATES = [
    ("open", "Open"),
    ("overdue", "Overdue"),
    ("done", "Done"),
    ("dropped", "Dropped"),
    ("all", "All states"),
]


@dataclass(frozen=True, slots=True)
class Wanted:
    """How somebody narrows the list of actions."""

    text: str = ""
    state: str = "open"
    mine: bool = True
    sort: str = "due"


def actions(actor: Actor, wanted: Wanted) -> QuerySet[Action]:
    """The actions that a person may see."""
    found = Action.objects.visible_to(actor).select_related("owner", "issue")
    if wanted.mine:
        found = found.filter(owner_id=actor.account_id)
    if wanted.state == "overdue":
        found = found.open().filter(due__lt=actor.today)
    elif wanted.state != "all":
        found = found.filter(state=wanted.state)
    if wanted.text:
        in_issue = Q(issue__in=Issue.objects.visible_to(actor), issue__title__icontains=wanted.text)
        found = found.filter(Q(title__icontains=wanted.text) | Q(owner__name__icontains=wanted.text) | in_issue)
    return _in_order(found, wanted.sort)


def _in_order(found: QuerySet[Action], sort: str) -> QuerySet[Action]:
    """In the order asked for; never by the issue, whose title the owner of an action may not know."""
    column = F(SORTS.get(sort.removeprefix("-"), "due"))
    order = column.desc(nulls_last=True) if sort.startswith("-") else column.asc(nulls_last=True)
    return found.order_by(order, "due", "pk")


def action_for(actor: Actor, key: str) -> Action | None:
    """The action with this key, if the person may see it."""
    return (
        Action.objects.visible_to(actor)
        .select_related("owner", "issue", "created_by", "ended_by", "evidence_file")
        .filter(key=key)
        .first()
    )


def issues_seen(actor: Actor, found: list[Action]) -> set[int]:
    """Of the issues that these actions belong to, those that the reader may see; an owner may see none of them."""
    wanted = {action.issue_id for action in found if action.issue_id}
    return set(Issue.objects.visible_to(actor).filter(pk__in=wanted).values_list("pk", flat=True)) if wanted else set()


def possible_owners() -> QuerySet[Account]:
    """Those who may own an action: the secretariat and the people of the offices."""
    roles = [role.value for role in SECRETARIAT | OFFICE]
    return Account.objects.filter(is_active=True, role__in=roles).order_by("name", "pk")


def possible_evidence(actor: Actor, action: Action) -> list[tuple[str, str, str]]:
    """The records that could show that an action was done: those its issue is linked to. Table, key and title."""
    if action.issue is None or not Issue.objects.visible_to(actor).filter(pk=action.issue.pk).exists():
        return []
    records = list(action.issue.links.values_list("table", "record_key"))
    titles = titles_of(actor, records)
    return [(table, key, titles[table, key]) for table, key in records if (table, key) in titles]


def evidence_title(actor: Actor, action: Action) -> str:
    """What the record given as evidence is called; empty where there is none that the reader may see."""
    record = (action.evidence_table, action.evidence_key)
    return titles_of(actor, [record]).get(record, "") if action.evidence_key else ""


def own_due(actor: Actor) -> list[Action]:
    """One's own open actions whose time has come: from the day on which a reminder is due."""
    mine = Action.objects.visible_to(actor).open().filter(owner_id=actor.account_id).order_by("due", "pk")
    return [action for action in mine if action.due - timedelta(days=action.remind_days) <= actor.today]
