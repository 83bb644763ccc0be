"""A circulation: who was asked what until when, and what each office answered."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audience import new_key
from folkmoot.apps.access.models import Account
from folkmoot.apps.documents.models import StoredFile
from folkmoot.apps.positions.models.terms import DISCLOSURES
from folkmoot.apps.positions.models.text import Clause, ClauseText, Position, Version


class CirculationQuerySet(models.QuerySet[Any]):
    """Circulations of positions that the person may see."""

    def visible_to(self, actor: Actor) -> "CirculationQuerySet":
        mine = self.filter(position__in=Position.objects.visible_to(actor))
        if actor.in_secretariat and not actor.confined:
            return mine
        return mine.filter(invitations__office__in=sorted(actor.offices)).distinct()


class Circulation(models.Model):
    """One round: a version sent to offices with a question and a closing time."""

    key = models.CharField(max_length=10, unique=True, default=new_key, editable=False)
    position = models.ForeignKey(Position, on_delete=models.CASCADE, related_name="circulations")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="circulations")
    question = models.CharField(max_length=300)
    letter = models.TextField()
    disclosure = models.CharField(max_length=12, choices=DISCLOSURES, default="secretariat")
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    closes_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    consolidated_at = models.DateTimeField(
        null=True, help_text="When groups and conflicts were last worked out; empty where returns came or went since."
    )
    agreed_told = models.PositiveSmallIntegerField(
        null=True, help_text="How many clauses are agreed, as offices are told; null where they are not."
    )

    objects = CirculationQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at"]
        constraints = [
            models.CheckConstraint(condition=Q(closes_at__gt=models.F("opened_at")), name="circulation_closes_later"),
            models.UniqueConstraint(
                fields=["position"], condition=Q(closed_at__isnull=True), name="one_open_circulation_a_position"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}, version {self.version.number}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def is_open_among_offices(self) -> bool:
        """True where offices see each other's answers, at the latest after closing."""
        return self.disclosure != "secretariat"

    def takes_answers(self, now: datetime) -> bool:
        """True until the closing time, and until it is closed."""
        return self.is_open and now < self.closes_at


class Invitation(models.Model):
    """One office asked in one circulation. `token` stands in the Word file and tells whose copy comes back."""

    circulation = models.ForeignKey(Circulation, on_delete=models.CASCADE, related_name="invitations")
    office = models.CharField(max_length=80)
    office_name = models.CharField(max_length=160)
    party = models.CharField(max_length=80, blank=True)
    token = models.CharField(max_length=40, unique=True)
    hidden_paragraphs = models.JSONField(default=list, help_text="Paragraphs of the version left out of its copy.")
    package = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    fetched_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["office_name"]
        constraints = [models.UniqueConstraint(fields=["circulation", "office"], name="office_asked_once")]

    def __str__(self) -> str:
        return self.office_name


class PersonalLink(models.Model):
    """A person's own way into one circulation, without a password; it ends with the circulation and never signs."""

    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="links")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the secret in the address.")
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["invitation", "account"], name="link_once_a_person")]

    def __str__(self) -> str:
        return f"Link {self.pk}"


class ReturnQuerySet(models.QuerySet[Any]):
    """Returns: an office's own at every stage; the secretariat's view begins when it is submitted."""

    def visible_to(self, actor: Actor) -> "ReturnQuerySet":
        mine = self.filter(invitation__circulation__in=Circulation.objects.visible_to(actor))
        own = Q(invitation__office__in=sorted(actor.offices))
        if actor.in_secretariat and not actor.confined:
            return mine.filter(Q(submitted_at__isnull=False) | Q(filed_for_office=True))
        return mine.filter(own | disclosed("")) if not actor.confined else mine.filter(own)


def disclosed(prefix: str) -> Q:
    """The returns that other offices may see, by the circulation's promise or because the office released it."""
    circulation = f"{prefix}invitation__circulation__"
    return Q(**{f"{prefix}state": "submitted"}) & (
        Q(**{f"{circulation}disclosure": "at-once"})
        | Q(**{f"{circulation}disclosure": "at-closing", f"{circulation}closed_at__isnull": False})
        | Q(**{f"{prefix}released_at__isnull": False})
    )


class Return(models.Model):
    """What one office sent back: a Word file, a stance per clause, or both. A later one supersedes; both stay."""

    STATES = [
        ("draft", "Being prepared"),
        ("submitted", "Submitted"),
        ("withdrawn", "Withdrawn"),
        ("superseded", "Superseded by a later return"),
        ("aside", "Begun and not submitted, kept aside"),
    ]
    WHOSE = [("officer", "Officer"), ("chief-executive", "Chief executive"), ("mayor", "Mayor")]
    CHANNELS = [("upload", "Word"), ("form", "Form"), ("mail", "Mail"), ("paper", "Telephone or paper")]

    key = models.CharField(max_length=10, unique=True, default=new_key, editable=False)
    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="returns")
    state = models.CharField(max_length=12, choices=STATES, default="draft")
    channel = models.CharField(max_length=12, choices=CHANNELS, default="form")
    filed_for_office = models.BooleanField(default=False, help_text="Filed by the secretariat for the office.")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", null=True)
    status = models.CharField(max_length=20, blank=True, help_text="What reading the Word file found.")
    detail = models.TextField(blank=True)
    whose_view = models.CharField(max_length=16, choices=WHOSE, blank=True)
    cleared_by = models.CharField(max_length=120, blank=True)
    note = models.TextField(blank=True)
    late_because = models.CharField(max_length=200, blank=True, help_text="Why it was taken after closing, if it was.")
    started_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    released_at = models.DateTimeField(null=True)

    objects = ReturnQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["invitation"], condition=Q(state="submitted"), name="one_submitted_return_an_office"
            ),
            models.UniqueConstraint(
                fields=["invitation"], condition=Q(state="draft"), name="one_draft_return_an_office"
            ),
            models.CheckConstraint(
                condition=~Q(state="submitted") | (Q(submitted_at__isnull=False) & ~Q(whose_view="")),
                name="submitted_return_says_when_and_whose",
            ),
        ]

    def __str__(self) -> str:
        return f"Return {self.key}"


class Stance(models.TextChoices):
    """The six answers that an office can give on a clause. Silence is none of them."""

    SUPPORT = "support", "Support"
    IF_AMENDED = "if-amended", "Support if amended"
    ACCEPT = "accept", "Can live with"
    NO_VIEW = "no-view", "No view"
    OBJECT = "object", "Object"
    RED_LINE = "red-line", "Red line"


class Answer(models.Model):
    """An office's stance on one clause as it read in one version."""

    VISIBILITIES = [
        ("as-announced", "As the circulation announced"),
        ("secretariat", "The secretariat alone"),
    ]
    ret = models.ForeignKey(Return, on_delete=models.CASCADE, related_name="answers")
    clause = models.ForeignKey(Clause, on_delete=models.CASCADE, related_name="answers")
    clause_text = models.ForeignKey(ClauseText, on_delete=models.CASCADE, related_name="answers")
    stance = models.CharField(max_length=12, choices=Stance)
    reason = models.TextField(blank=True)
    proposed_words = models.TextField(blank=True)
    visibility = models.CharField(max_length=12, choices=VISIBILITIES, default="as-announced")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ret", "clause"], name="one_answer_a_clause")]

    def __str__(self) -> str:
        return f"Answer {self.pk}"
