"""Tables of the jobs room: when each job runs next and how it went, and which workers live."""

from django.db import models


class Schedule(models.Model):
    """Where a job that runs by the clock stands."""

    name = models.CharField(max_length=60, unique=True)
    next_at = models.DateTimeField()
    paused = models.BooleanField(default=False)
    claimed_at = models.DateTimeField(null=True, blank=True, help_text="Set while a worker runs it.")
    claimed_by = models.CharField(max_length=60, blank=True, help_text="That worker, by its sign.")
    last_at = models.DateTimeField(null=True, blank=True)
    last_said = models.CharField(max_length=500, blank=True, help_text="What it did, or what went wrong.")
    failures = models.PositiveSmallIntegerField(default=0, help_text="How often in a row it failed.")

    class Meta:
        ordering = ["name"]
        indexes = [models.Index(fields=["next_at"])]

    def __str__(self) -> str:
        return self.name


class WorkerSign(models.Model):
    """A worker that lives, or did: it says so every few seconds, also while it works."""

    worker = models.CharField(max_length=60, unique=True)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        ordering = ["-seen_at"]

    def __str__(self) -> str:
        return self.worker
