"""The list of issues: by workstream or priority, narrowed and in order."""

from dataclasses import dataclass

from django.db.models import Case, Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audience import Audience
from folkmoot.apps.access.models import Account
from folkmoot.apps.issues.models import LIVE, Action, Issue, IssueState, Priority, Workstream

STATE_ORDER = [IssueState.ACTIVE, IssueState.WATCHING, IssueState.SETTLED, IssueState.CLOSED]
SORTS = {
    "title": "title",
    "workstream": "workstream__place",
    "priority": "priority__place",
    "state": "state_place",
    "next": "next_on",
    "lead": "lead__name",
}
DEFAULT_SORT = "workstream"


@dataclass(frozen=True, slots=True)
class Wanted:
    """How somebody narrows the list; anything they may not ask for counts as not asked."""

    text: str = ""
    state: str = ""  # a state, "all", or nothing for those that are alive
    workstream: Workstream | None = None
    priority: Priority | None = None
    mine: bool = False
    lacking: bool = False  # nobody leads it, or nothing is fixed next
    sort: str = DEFAULT_SORT

    @property
    def narrows(self) -> bool:
        return bool(self.text or self.state or self.workstream or self.priority or self.mine or self.lacking)


def sees_plan(actor: Actor) -> bool:
    """Whether somebody knows the network's workstreams and priorities; a guest does not."""
    return Audience.NETWORK in actor.levels and not actor.confined


def issues(actor: Actor, wanted: Wanted) -> QuerySet[Issue]:
    """The issues that a person may see, with how many of their actions they see open and overdue."""
    found = Issue.objects.visible_to(actor).select_related("workstream", "priority", "lead")
    if wanted.state != "all":
        found = found.filter(state__in=[wanted.state] if wanted.state else LIVE)
    if wanted.text:
        found = found.filter(Q(title__icontains=wanted.text) | Q(aim__icontains=wanted.text))
    if wanted.workstream:
        found = found.filter(workstream=wanted.workstream)
    if wanted.priority:
        found = found.filter(priority=wanted.priority)
    if wanted.mine:
        found = found.filter(lead_id=actor.account_id)
    if wanted.lacking:
        found = found.filter(_lacks(actor))
    places = Case(
        *(When(state=state, then=Value(place)) for place, state in enumerate(STATE_ORDER)), output_field=IntegerField()
    )
    found = found.annotate(open_actions=_count(actor), overdue_actions=_count(actor, overdue=True), state_place=places)
    return _in_order(found, actor, wanted.sort)


def _lacks(actor: Actor) -> Q:
    """Nobody leads it whose account is open, or the next date is not fixed or over."""
    no_lead = Q(lead__isnull=True) | Q(lead__is_active=False)
    return no_lead | Q(next_on__isnull=True) | Q(next_on__lt=actor.today)


def issues_lacking(actor: Actor) -> int:
    """How many live issues lack a lead or a next date, of those that the reader sees."""
    return Issue.objects.visible_to(actor).filter(_lacks(actor), state__in=LIVE).count()


def _count(actor: Actor, *, overdue: bool = False) -> Coalesce:
    """How many open actions of an issue the reader sees."""
    mine = Action.objects.visible_to(actor).open().filter(issue=OuterRef("pk"))
    if overdue:
        mine = mine.filter(due__lt=actor.today)
    counted = mine.order_by().values("issue").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted), 0)


def _in_order(found: QuerySet[Issue], actor: Actor, sort: str) -> QuerySet[Issue]:
    """In the order asked for. Whoever does not know the workstreams gets the titles' order, which tells nothing."""
    key = sort.removeprefix("-")
    if key in ("workstream", "priority") and not sees_plan(actor):
        return found.order_by("title", "pk")
    column = F(SORTS.get(key, "title"))
    order = column.desc(nulls_last=True) if sort.startswith("-") else column.asc(nulls_last=True)
    names = {"workstream": ("workstream__name",), "priority": ("priority__name",)}.get(key, ())
    return found.order_by(order, *names, "title", "pk")


def issue_for(actor: Actor, key: str) -> Issue | None:
    """The issue with this key, if the person may see it."""
    return Issue.objects.visible_to(actor).select_related("workstream", "priority", "lead").filter(key=key).first()


def live_issues(actor: Actor) -> QuerySet[Issue]:
    """Those that somebody still follows, by title: what a new record can be put on."""
    return Issue.objects.visible_to(actor).filter(state__in=LIVE).order_by("title", "pk")


def priorities(actor: Actor) -> QuerySet[Priority]:
    """The network's priorities in their order."""
    found: QuerySet[Priority] = Priority.objects.visible_to(actor)
    return found


def workstreams(actor: Actor) -> QuerySet[Workstream]:
    """The network's workstreams in their order, with how many live issues of each the reader sees."""
    mine = Issue.objects.visible_to(actor).filter(workstream=OuterRef("pk"), state__in=LIVE)
    counted = mine.order_by().values("workstream").annotate(count=Count("pk")).values("count")
    found: QuerySet[Workstream] = Workstream.objects.visible_to(actor).select_related("lead", "priority")
    return found.annotate(live_issues=Coalesce(Subquery(counted), 0))


def possible_leads() -> QuerySet[Account]:
    """Those who may lead a workstream or an issue."""
    roles = ["head", "deputy", "officer", "coordinator"]
    return Account.objects.filter(is_active=True, role__in=roles).order_by("name", "pk")


def linked_issues(actor: Actor, table: str, key: str) -> QuerySet[Issue]:
    """The issues that a record of any room is linked to, as far as the reader may see them."""
    return Issue.objects.visible_to(actor).filter(links__table=table, links__record_key=key).order_by("title", "pk")
