"""Tables of the search room: one row for each record that can be found, and the searches that people keep."""

from django.db import models
from django.db.models.functions import Now

from folkmoot.apps.access.audience import Handling, new_key
from folkmoot.apps.access.models import Account


class Entry(models.Model):
    """The words of one record. Who may see it is asked of the record's own table, never of this one."""

    kind = models.CharField(max_length=30)
    record_id = models.BigIntegerField()
    table = models.CharField(max_length=60)
    key = models.CharField(max_length=260)
    title = models.CharField(max_length=400)
    body = models.TextField(blank=True)
    day = models.DateField(null=True, blank=True)
    handling = models.CharField(
        max_length=20,
        choices=Handling,
        default=Handling.OFFICIAL_SENSITIVE,
        help_text="The higher mark until the record has been looked at.",
    )
    added_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "record_id"], name="entry_once_a_record")]
        indexes = [models.Index(fields=["kind", "day"])]
        verbose_name_plural = "entries"

    def __str__(self) -> str:
        return f"{self.kind} {self.record_id}"


class SavedSearch(models.Model):
    """A search that a person keeps, and when they last looked at what it finds."""

    key = models.CharField(max_length=10, unique=True, default=new_key, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    words = models.CharField(max_length=200)
    kinds = models.JSONField(default=list)
    looked_at = models.DateTimeField()

    class Meta:
        ordering = ["words", "pk"]
        verbose_name_plural = "saved searches"
        constraints = [models.UniqueConstraint(fields=["account", "words", "kinds"], name="saved_search_once")]

    def __str__(self) -> str:
        return f"Saved search {self.key}"
