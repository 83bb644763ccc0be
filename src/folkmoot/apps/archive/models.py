"""Tables of the archive room: past papers by passages, how they came in, and what was put right since."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audience import Restricted, RestrictedQuerySet, new_key
from folkmoot.apps.access.models import Account
from folkmoot.apps.documents.models import StoredFile
from folkmoot.apps.issues.models import Issue


class PaperKind(models.TextChoices):
    """What a past paper is."""

    POSITION = "position", "Position"
    SUBMISSION = "submission", "Submission"
    MINUTES = "minutes", "Minutes"
    LETTER = "letter", "Letter"
    REPORT = "report", "Report"
    OTHER = "other", "Other paper"


class Precision(models.TextChoices):
    """How exactly the day of a paper is known."""

    DAY = "day", "The day"
    MONTH = "month", "The month"
    YEAR = "year", "The year"


class Facts(models.Model):
    """What is known of a paper, before and after it is taken in. `day` is the first of a month or year."""

    title = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=12, choices=PaperKind, default=PaperKind.OTHER)
    day = models.DateField(null=True, blank=True)
    precision = models.CharField(max_length=5, choices=Precision, default=Precision.DAY)
    sent_from = models.CharField(max_length=200, blank=True, help_text="As the paper names the sender.")
    from_table = models.CharField(max_length=60, blank=True)
    from_key = models.CharField(max_length=260, blank=True)
    sent_to = models.CharField(max_length=200, blank=True, help_text="As the paper names the receiver.")
    to_table = models.CharField(max_length=60, blank=True)
    to_key = models.CharField(max_length=260, blank=True)

    class Meta:
        abstract = True

    @property
    def day_words(self) -> str:
        """5 March 2024, March 2024 or 2024, as exactly as it is known."""
        return say(self.day, self.precision)


def say(day: date | None, precision: str) -> str:
    """A day as people read it, no more exactly than it is known."""
    if day is None:
        return ""
    if precision == Precision.YEAR:
        return str(day.year)
    month = f"{day:%B} {day.year}"
    return month if precision == Precision.MONTH else f"{day.day} {month}"


class BatchState(models.TextChoices):
    """Where an import stands."""

    PREVIEW = "preview", "To be looked through"
    TAKEN = "taken", "Taken in"
    UNDONE = "undone", "Undone"


class ImportBatch(Restricted):
    """Papers that came together: looked through first, then taken in, and undone in one go if need be."""

    name = models.CharField(max_length=200, help_text="The folder, or the first file.")
    state = models.CharField(max_length=8, choices=BatchState, default=BatchState.PREVIEW)
    by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=160)
    at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True, blank=True)
    taken_count = models.PositiveIntegerField(default=0)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_count = models.PositiveIntegerField(default=0)

    objects = RestrictedQuerySet["ImportBatch"].as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="preview", taken_at__isnull=True) | (~Q(state="preview") & Q(taken_at__isnull=False)),
                name="batch_taken_says_when",
            ),
            models.CheckConstraint(
                condition=Q(state="undone", undone_at__isnull=False) | (~Q(state="undone") & Q(undone_at__isnull=True)),
                name="batch_undone_says_when",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ArchiveDocument(Facts, Restricted):
    """A past paper: its text by passages, its file, and where it belongs."""

    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    batch = models.ForeignKey(ImportBatch, null=True, blank=True, on_delete=models.PROTECT, related_name="documents")
    invented = models.BooleanField(default=False)
    added_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    objects = RestrictedQuerySet["ArchiveDocument"].as_manager()

    class Meta:
        ordering = ["-day", "title", "pk"]
        indexes = [models.Index(fields=["kind", "day"]), models.Index(fields=["to_table", "to_key"])]
        constraints = [
            models.CheckConstraint(condition=Q(day__isnull=False) & ~Q(title=""), name="paper_has_its_facts")
        ]

    def __str__(self) -> str:
        return self.title


class PassageQuerySet(models.QuerySet[Any]):
    """Passages of papers that the person may see."""

    def visible_to(self, actor: Actor) -> "PassageQuerySet":
        return self.filter(document__in=ArchiveDocument.objects.visible_to(actor))


class ArchivePassage(models.Model):
    """A few paragraphs under one heading. `terms` are what questions are compared with, a space round each."""

    key = models.CharField(max_length=10, unique=True, default=new_key, editable=False)
    document = models.ForeignKey(ArchiveDocument, on_delete=models.CASCADE, related_name="passages")
    place = models.PositiveIntegerField()
    page = models.PositiveIntegerField(default=0, help_text="0 where the file has no pages.")
    heading = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    terms = models.TextField()
    length = models.PositiveIntegerField(help_text="How many terms.")

    objects = PassageQuerySet.as_manager()

    class Meta:
        ordering = ["document", "place"]
        constraints = [models.UniqueConstraint(fields=["document", "place"], name="passage_once_a_place")]

    def __str__(self) -> str:
        return f"Passage {self.place}"


class RowState(models.TextChoices):
    """What becomes of one file of an import."""

    READY = "ready", "To be taken in"
    WRONG = "wrong", "Something is missing"
    UNREADABLE = "unreadable", "Cannot be read"
    SAME = "same", "Already here"
    LEFT_OUT = "left-out", "Left out"
    TAKEN = "taken", "Taken in"
    KEPT = "kept", "Kept when the import was undone"
    UNDONE = "undone", "Taken out again"


class ImportRow(Facts):
    """One file of an import as it was found, and as it was put right before it was taken in."""

    key = models.CharField(max_length=10, unique=True, default=new_key, editable=False)
    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="rows")
    place = models.PositiveIntegerField()
    file_name = models.CharField(max_length=200)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    audience = models.CharField(max_length=12)
    handling = models.CharField(max_length=20)
    issue = models.ForeignKey(Issue, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=12, choices=RowState)
    sources = models.JSONField(default=dict, help_text="Each fact, and where it was found.")
    faults = models.JSONField(default=list, help_text="What is wrong or missing, in sentences.")
    parts = models.JSONField(default=list, help_text="Page, heading and text of each passage, until it is taken in.")
    document = models.ForeignKey(
        ArchiveDocument, null=True, blank=True, on_delete=models.SET_NULL, related_name="import_rows"
    )

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["batch", "place"], name="row_once_a_place")]

    def __str__(self) -> str:
        return self.file_name


class ArchiveCorrection(models.Model):
    """What was put right on a paper after it was taken in: by whom, why, and what stood there before."""

    document = models.ForeignKey(ArchiveDocument, on_delete=models.CASCADE, related_name="corrections")
    by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    why = models.CharField(max_length=300)
    changes = models.JSONField(help_text="Each fact with what stood there and what stands there now.")

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"Correction {self.pk}"
