"""Tables of the records room: periods that the network set, holds, what each run removed, and requests about people."""

from django.db import models

from folkmoot.apps.access.audience import new_key
from folkmoot.apps.access.models import Account


class Period(models.Model):
    """How many months the network keeps a class, where that is not the default."""

    record_class = models.CharField(max_length=60, unique=True)
    months = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=300)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.record_class}: {self.months} months"


class HoldQuerySet(models.QuerySet["Hold"]):
    """Holds, by whether they still keep anything."""

    def standing(self) -> "HoldQuerySet":
        return self.filter(lifted_at__isnull=True)


class Hold(models.Model):
    """Keeps one record from removal, whatever its period, until it is lifted."""

    key = models.CharField(max_length=10, unique=True, default=new_key, editable=False)
    table = models.CharField(max_length=60)
    record_key = models.CharField(max_length=260)
    reason = models.CharField(max_length=300)
    for_record = models.CharField(max_length=80, blank=True, help_text="What it is kept for, such as a case's key.")
    placed_at = models.DateTimeField()
    placed_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)

    objects = HoldQuerySet.as_manager()

    class Meta:
        ordering = ["-placed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["table", "record_key", "for_record"],
                condition=models.Q(lifted_at__isnull=True),
                name="hold_once_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.record_key}"


class RetentionRun(models.Model):
    """One run of the schedule. What it removed stands in its counts and removals, without a word of the records."""

    key = models.CharField(max_length=10, unique=True, default=new_key, editable=False)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"Run of {self.at}"


class RetentionCount(models.Model):
    """How many rows of one class a run removed, and how many a hold kept from it."""

    run = models.ForeignKey(RetentionRun, on_delete=models.CASCADE, related_name="counts")
    record_class = models.CharField(max_length=60)
    title = models.CharField(max_length=120)
    removed = models.PositiveIntegerField()
    held = models.PositiveIntegerField()
    is_full = models.BooleanField(default=False, help_text="The run reached its limit; more is left for the next.")

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return f"{self.title}: {self.removed}"


class Removal(models.Model):
    """One row that was removed: which, and a hash of its title, so that a title can be checked and none is told."""

    run = models.ForeignKey(RetentionRun, on_delete=models.CASCADE, related_name="removals")
    record_class = models.CharField(max_length=60)
    table = models.CharField(max_length=60)
    record_key = models.CharField(max_length=260)
    title_hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["table", "record_key"])]

    def __str__(self) -> str:
        return f"{self.table} {self.record_key}"


class PersonalRequest(models.Model):
    """That what is held about a person was handed out or erased; who they were stands as a hash."""

    KINDS = [("export", "Handed out"), ("erase", "Erased")]
    key = models.CharField(max_length=10, unique=True, default=new_key, editable=False)
    kind = models.CharField(max_length=8, choices=KINDS)
    subject_hash = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    rooms = models.JSONField(default=list, help_text="Of each room: its title, how many records, and what stays.")
    at = models.DateTimeField()
    made_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} at {self.at}"
