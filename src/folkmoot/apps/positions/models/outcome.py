"""What came of a position: tallies that may be told, signatures, publication, corrections, asks."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audience import new_key
from folkmoot.apps.access.models import Account
from folkmoot.apps.documents.models import StoredFile
from folkmoot.apps.positions.models.circulation import Circulation
from folkmoot.apps.positions.models.text import Clause, ClauseText, Position, Version


class Tally(models.Model):
    """What offices may be told of one clause's answers, worked out once at closing and never again."""

    circulation = models.ForeignKey(Circulation, on_delete=models.CASCADE, related_name="tallies")
    clause = models.ForeignKey(Clause, on_delete=models.CASCADE, related_name="tallies")
    answers = models.JSONField(
        help_text="Office to stance at closing; for later closings to compare with, never shown."
    )
    labels = models.JSONField(null=True, help_text="How the cells were put together; never shown.")
    full_status = models.CharField(
        max_length=12, default="", help_text="For later closings to compare with, never shown."
    )
    cells = models.JSONField(null=True, help_text="Label and count; null where nothing may be told.")
    reason = models.CharField(max_length=300, blank=True)
    status = models.CharField(max_length=12, blank=True, help_text="Empty where it would give an answer away.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["circulation", "clause"], name="one_tally_a_clause")]

    def __str__(self) -> str:
        return f"Tally {self.pk}"


class SignOff(models.Model):
    """An office's signature on a version, or the record that it stands aside."""

    KINDS = [("signed", "Signed"), ("exception", "Stands aside")]
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="sign_offs")
    office = models.CharField(max_length=80)
    office_name = models.CharField(max_length=160)
    kind = models.CharField(max_length=10, choices=KINDS)
    signatory = models.CharField(max_length=260, help_text="The name under the text; two, where a delegate signed.")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    principal = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", null=True)
    note = models.TextField(blank=True)
    at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["office_name"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "office"], condition=Q(taken_back_at__isnull=True), name="one_sign_off_an_office"
            ),
            models.CheckConstraint(condition=~Q(kind="exception") | ~Q(note=""), name="exception_has_words"),
        ]

    def __str__(self) -> str:
        return f"{self.office_name}: {self.kind}"


class PublicationQuerySet(models.QuerySet[Any]):
    """Publications: everybody's from the end of the embargo; before, of those who may see the position."""

    def visible_to(self, actor: Actor) -> "PublicationQuerySet":
        if actor.confined:
            return self.none()
        return self.filter(
            Q(embargo_until__lte=actor.now)
            | Q(version__position__in=Position.objects.visible_to(actor).exclude(audience="public"))
        )


class Publication(models.Model):
    """A signed version as the world may read it."""

    key = models.CharField(max_length=10, unique=True, default=new_key, editable=False)
    version = models.OneToOneField(Version, on_delete=models.PROTECT, related_name="publication")
    word = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    pdf = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    embargo_until = models.DateTimeField()

    objects = PublicationQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at"]

    def __str__(self) -> str:
        return f"Publication {self.key}"

    def is_out(self, now: datetime) -> bool:
        return self.embargo_until <= now


class Correction(models.Model):
    """What was put right after publication, dated; the text that was signed stays."""

    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="corrections")
    text = models.TextField()
    made_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at"]

    def __str__(self) -> str:
        return f"Correction {self.pk}"


class AskQuerySet(models.QuerySet[Any]):
    """Asks of positions that the person may see, in versions that they may see."""

    def visible_to(self, actor: Actor) -> "AskQuerySet":
        return self.filter(clause_text__version__in=Version.objects.visible_to(actor))


class Ask(models.Model):
    """A request to government, drawn from a clause of a settled text."""

    clause_text = models.ForeignKey(ClauseText, on_delete=models.PROTECT, related_name="asks")
    words = models.TextField()
    department = models.CharField(max_length=160, blank=True)
    drawn_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField()

    objects = AskQuerySet.as_manager()

    class Meta:
        ordering = ["clause_text__place", "id"]

    def __str__(self) -> str:
        return f"Ask {self.pk}"
