"""Tables of the issues room: priorities, workstreams, issues, what they are linked to, notes, and actions."""

from datetime import date, timedelta
from typing import Any

from django.db import models
from django.db.models import F, Q

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audience import Audience, Restricted, RestrictedQuerySet, audience_rule, new_key
from folkmoot.apps.access.models import Account
from folkmoot.apps.documents.models import StoredFile

# How often somebody is reminded of an action that is overdue.
REMINDED_AGAIN_AFTER = timedelta(days=7)


class ForTheNetwork(models.QuerySet[Any]):
    """Rows that everybody of the network knows, and nobody else."""

    def visible_to(self, actor: Actor) -> "ForTheNetwork":
        return self if Audience.NETWORK in actor.levels and not actor.confined else self.none()


class Priority(models.Model):
    """What the network has agreed to put first, in order, for a time."""

    key = models.CharField(max_length=10, unique=True, default=new_key, editable=False)
    name = models.CharField(max_length=120)
    place = models.PositiveSmallIntegerField(help_text="1 comes first.")
    begins = models.DateField()
    ends = models.DateField(null=True, blank=True, help_text="The last day on which it holds.")
    agreed_on = models.CharField(max_length=200, blank=True, help_text="Where the network agreed it.")

    objects = ForTheNetwork.as_manager()

    class Meta:
        ordering = ["place", "name", "pk"]
        verbose_name_plural = "priorities"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=F("begins")), name="priority_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def holds_on(self, day: date) -> bool:
        return self.begins <= day and (self.ends is None or day <= self.ends)


class Workstream(models.Model):
    """A strand of the network's work, with what it is for and who leads it."""

    key = models.CharField(max_length=10, unique=True, default=new_key, editable=False)
    name = models.CharField(max_length=120, unique=True)
    aim = models.CharField(max_length=300)
    lead = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    priority = models.ForeignKey(Priority, null=True, blank=True, on_delete=models.PROTECT, related_name="workstreams")
    place = models.PositiveSmallIntegerField(default=1, help_text="Where it stands in lists.")

    objects = ForTheNetwork.as_manager()

    class Meta:
        ordering = ["place", "name"]

    def __str__(self) -> str:
        return self.name


class IssueState(models.TextChoices):
    """Where an issue is in its life."""

    WATCHING = "watching", "Watching"
    ACTIVE = "active", "Active"
    SETTLED = "settled", "Settled"
    CLOSED = "closed", "Closed"


LIVE = frozenset({IssueState.WATCHING, IssueState.ACTIVE})


class Issue(Restricted):
    """One matter that the network follows: everything that happens on it stands on one time line."""

    title = models.CharField(max_length=160)
    aim = models.CharField(max_length=300, help_text="One sentence: what would be reached.")
    workstream = models.ForeignKey(Workstream, null=True, blank=True, on_delete=models.PROTECT, related_name="issues")
    priority = models.ForeignKey(Priority, null=True, blank=True, on_delete=models.PROTECT, related_name="issues")
    lead = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=IssueState, default=IssueState.ACTIVE)
    state_why = models.CharField(max_length=300, blank=True)
    next_on = models.DateField(null=True, blank=True)
    next_what = models.CharField(max_length=200, blank=True)
    started_on = models.DateField()
    created_at = models.DateTimeField()
    invented = models.BooleanField(default=False)

    objects = RestrictedQuerySet["Issue"].as_manager()

    class Meta:
        ordering = ["title", "pk"]
        indexes = [models.Index(fields=["state", "next_on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(next_on__isnull=True, next_what="") | (Q(next_on__isnull=False) & ~Q(next_what="")),
                name="issue_next_is_a_day_and_a_what",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_live(self) -> bool:
        return self.state in LIVE


class StateChange(models.Model):
    """An issue went from one state to another: when, by whom and why."""

    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="state_changes")
    state = models.CharField(max_length=10, choices=IssueState)
    why = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.issue}: {self.state}"


class Relation(models.TextChoices):
    """How a linked record stands to the issue, where that is worth saying."""

    RELATED = "", "Related to the issue"
    PART = "part-of", "Part of the issue"
    WAITS_FOR = "waits-for", "The issue waits for it"
    LEADS = "leads", "Leads on the issue"
    ASKED = "asked", "Is asked for something"
    EVIDENCE = "evidence", "Evidence for the issue"


# The same seen from an issue that another one is linked to.
OTHER_WAY = {Relation.PART: "This issue is part of it", Relation.WAITS_FOR: "It waits for this issue"}


class IssueLink(models.Model):
    """A record of any room that an issue is linked to, and why. Whoever may not see the record sees no link."""

    key = models.CharField(max_length=10, unique=True, default=new_key, editable=False)
    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="links")
    table = models.CharField(max_length=60, help_text="The record’s table, such as positions.position.")
    record_key = models.CharField(max_length=260)
    why = models.CharField(max_length=300)
    relation = models.CharField(max_length=10, choices=Relation, blank=True)
    added_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["added_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["issue", "table", "record_key"], name="issue_link_once")]
        indexes = [models.Index(fields=["table", "record_key"])]

    def __str__(self) -> str:
        return f"{self.issue}: {self.table} {self.record_key}"


class OnAnIssue(RestrictedQuerySet["IssueNote"]):
    """Rows with an audience of their own, which never reaches beyond that of their issue."""

    def visible_to(self, actor: Actor) -> "OnAnIssue":
        return self.filter(audience_rule(self.model, actor), issue__in=Issue.objects.visible_to(actor))


class Dismissal(models.Model):
    """A record that was suggested as related to an issue and that somebody set aside."""

    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="dismissals")
    table = models.CharField(max_length=60)
    record_key = models.CharField(max_length=260)
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["issue", "table", "record_key"], name="dismissal_once")]

    def __str__(self) -> str:
        return f"{self.issue}: {self.table} {self.record_key}"


class IssueNote(Restricted):
    """What a person wrote on an issue's time line, for a day."""

    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="notes")
    day = models.DateField()
    text = models.CharField(max_length=2000)
    written_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    objects = OnAnIssue.as_manager()

    class Meta:
        ordering = ["-day", "-pk"]

    def __str__(self) -> str:
        return f"Note {self.key}"


class ActionQuerySet(RestrictedQuerySet["Action"]):
    """Actions: their owner's always; beyond, as far as their own audience and that of their issue reach."""

    def visible_to(self, actor: Actor) -> "ActionQuerySet":
        if actor.confined or actor.account_id is None:
            return self.none()
        on_an_issue = Q(issue__isnull=True) | Q(issue__in=Issue.objects.visible_to(actor))
        return self.filter(Q(owner=actor.account_id) | (audience_rule(self.model, actor) & on_an_issue))

    def open(self) -> "ActionQuerySet":
        return self.filter(state=ActionState.OPEN)


class ActionState(models.TextChoices):
    """Where an action is."""

    OPEN = "open", "Open"
    DONE = "done", "Done"
    DROPPED = "dropped", "Dropped"


class Action(Restricted):
    """Something that one person is to do by a day. It closes with evidence, or is dropped with a reason."""

    title = models.CharField(max_length=200)
    issue = models.ForeignKey(Issue, null=True, blank=True, on_delete=models.PROTECT, related_name="actions")
    owner = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="actions")
    due = models.DateField()
    remind_days = models.PositiveSmallIntegerField(default=3, help_text="How many days before it is due.")
    reminded_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=ActionState, default=ActionState.OPEN)
    evidence = models.CharField(max_length=1000, blank=True)
    evidence_table = models.CharField(max_length=60, blank=True)
    evidence_key = models.CharField(max_length=260, blank=True)
    evidence_file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    why_dropped = models.CharField(max_length=300, blank=True)
    created_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    ended_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering = ["due", "pk"]
        indexes = [models.Index(fields=["state", "due"])]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="done") | ~Q(evidence="") | ~Q(evidence_key="") | Q(evidence_file__isnull=False),
                name="action_done_has_evidence",
            ),
            models.CheckConstraint(condition=~Q(state="dropped") | ~Q(why_dropped=""), name="action_dropped_says_why"),
            models.CheckConstraint(
                condition=Q(state="open", ended_at__isnull=True) | (~Q(state="open") & Q(ended_at__isnull=False)),
                name="action_that_ended_says_when",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.state == ActionState.OPEN

    def is_overdue(self, today: date) -> bool:
        return self.is_open and self.due < today

    def wants_a_reminder(self, today: date) -> bool:
        """Once when its day comes near, once when that is over, and then every week."""
        if not self.is_open or today < self.due - timedelta(days=self.remind_days):
            return False
        if self.reminded_on is None or (self.reminded_on <= self.due < today):
            return True
        return today - self.reminded_on >= REMINDED_AGAIN_AFTER
