"""Amendments and comments taken out of returns, and what the secretariat decided on each."""

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audience import new_key
from folkmoot.apps.access.models import Account
from folkmoot.apps.positions.models.circulation import Answer, Circulation, Return, disclosed
from folkmoot.apps.positions.models.text import Clause


class FromReturnQuerySet(models.QuerySet[Any]):
    """What was taken out of returns; the circulation's promise and the office's own wish decide who sees it."""

    def visible_to(self, actor: Actor) -> "FromReturnQuerySet":
        mine = self.filter(ret__invitation__circulation__in=Circulation.objects.visible_to(actor))
        if actor.in_secretariat and not actor.confined:
            return mine.filter(Q(ret__state="submitted") | Q(ret__filed_for_office=True, ret__state="draft"))
        own = Q(ret__invitation__office__in=sorted(actor.offices), ret__state__in=["draft", "submitted"])
        if actor.confined:
            return mine.filter(own)
        # What stands under no clause might belong to the clause that is kept back.
        kept_back = Answer.objects.filter(ret=OuterRef("ret"), visibility="secretariat")
        here = kept_back.filter(clause=OuterRef("clause"))
        nowhere = Q(clause__isnull=True) & Exists(kept_back)
        return mine.filter(own | (disclosed("ret__") & ~Exists(here) & ~nowhere))

    def current(self) -> "FromReturnQuerySet":
        """Of submitted returns only."""
        return self.filter(ret__state="submitted")


class Amendment(models.Model):
    """One change that one office asks for. Coordinates are those of the circulated version's text."""

    key = models.CharField(max_length=10, unique=True, default=new_key, editable=False)
    ret = models.ForeignKey(Return, on_delete=models.CASCADE, related_name="amendments")
    clause = models.ForeignKey(Clause, on_delete=models.SET_NULL, null=True, related_name="amendments")
    signature = models.CharField(
        max_length=64, help_text="Tells it apart within its return; stays when it is read again."
    )
    kind = models.CharField(max_length=20)
    paragraph = models.IntegerField(help_text="-1 where it cannot be placed.")
    start = models.IntegerField()
    end = models.IntegerField()
    target = models.IntegerField(null=True, help_text="The paragraph after which a moved one goes.")
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    lead_in = models.TextField(blank=True, help_text="The words just before it.")
    lead_out = models.TextField(blank=True, help_text="The words just after it.")
    author = models.CharField(max_length=160, blank=True)
    dated = models.CharField(max_length=40, blank=True)
    tracked = models.BooleanField(default=True)
    from_form = models.BooleanField(default=False)
    group = models.CharField(max_length=64, blank=True, help_text="Shared by amendments of the same effect.")
    conflicts = models.ManyToManyField("self", symmetrical=True)
    unplaced = models.CharField(max_length=300, blank=True, help_text="Why it cannot be placed; empty where it is.")
    outcome = models.CharField(max_length=12, blank=True, help_text="The decision that stands; see decisions.")
    serial = models.PositiveIntegerField(default=0, help_text="Rises with each decision; tells of a change meanwhile.")

    objects = FromReturnQuerySet.as_manager()

    class Meta:
        ordering = ["paragraph", "start", "id"]
        constraints = [models.UniqueConstraint(fields=["ret", "signature"], name="amendment_once_a_return")]
        indexes = [models.Index(fields=["group"])]

    def __str__(self) -> str:
        return f"Amendment {self.key}"


class ReturnComment(models.Model):
    """A comment in the margin of a return."""

    key = models.CharField(max_length=10, unique=True, default=new_key, editable=False)
    ret = models.ForeignKey(Return, on_delete=models.CASCADE, related_name="comments")
    clause = models.ForeignKey(Clause, on_delete=models.SET_NULL, null=True, related_name="comments")
    number = models.CharField(max_length=40, help_text="Its id in the Word file.")
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="replies")
    author = models.CharField(max_length=160, blank=True)
    dated = models.CharField(max_length=40, blank=True)
    on = models.TextField(blank=True)
    text = models.TextField()
    resolved = models.BooleanField(default=False)
    outcome = models.CharField(max_length=12, blank=True)
    serial = models.PositiveIntegerField(default=0)

    objects = FromReturnQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["ret", "number"], name="comment_once_a_return")]

    def __str__(self) -> str:
        return f"Comment {self.key}"


class Outcome(models.TextChoices):
    """What the secretariat decides on an amendment or a comment."""

    TAKEN = "taken", "Taken"
    PART = "part", "Taken in part"
    NOT = "not", "Not taken"
    PARKED = "parked", "Parked"


class Decision(models.Model):
    """One decision and its reason; an undone one stays in the record."""

    amendment = models.ForeignKey(Amendment, on_delete=models.CASCADE, null=True, related_name="decisions")
    comment = models.ForeignKey(ReturnComment, on_delete=models.CASCADE, null=True, related_name="decisions")
    outcome = models.CharField(max_length=12, choices=Outcome)
    reason = models.TextField(blank=True)
    words = models.TextField(blank=True, help_text="For one taken in part: the words that go in.")
    batch = models.CharField(
        max_length=10, help_text="Shared by decisions made in one step, so that one step undoes them."
    )
    decided_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    decided_for = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", null=True)
    decided_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-decided_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amendment__isnull=False, comment__isnull=True)
                | Q(amendment__isnull=True, comment__isnull=False),
                name="decision_on_one_thing",
            ),
            models.CheckConstraint(
                condition=~Q(outcome__in=["part", "not"]) | ~Q(reason=""), name="decision_part_or_not_has_reason"
            ),
        ]
        indexes = [models.Index(fields=["batch"])]

    def __str__(self) -> str:
        return f"{self.outcome} {self.decided_at}"


class Message(models.Model):
    """A word between the secretariat and one office about one amendment; no other office sees it."""

    amendment = models.ForeignKey(Amendment, on_delete=models.CASCADE, related_name="messages")
    author = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"Message {self.pk}"
