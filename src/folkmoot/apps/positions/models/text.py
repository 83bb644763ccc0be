"""A position and its text: versions, clauses that keep their identity, and paragraphs for fewer eyes."""

from typing import Any

from django.db import models
from django.db.models import OuterRef, Q, Subquery

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audience import Audience, Restricted, RestrictedQuerySet, new_key
from folkmoot.apps.access.models import Account
from folkmoot.apps.access.roles import Role
from folkmoot.apps.documents.models import StoredFile
from folkmoot.apps.positions.states import PositionState


def fitted(model: type[models.Model], name: str, text: str) -> str:
    """What a Word file says, as long as the column takes: one database would refuse more, the other keep it."""
    column = model._meta.get_field(name)
    assert isinstance(column, models.CharField)
    return text[: column.max_length]


class Position(Restricted):
    """What the network says, or is about to say, on one matter."""

    title = models.CharField(max_length=160)
    issue = models.CharField(max_length=160, blank=True)
    state = models.CharField(max_length=12, choices=PositionState, default=PositionState.DRAFTING)
    lead = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    invented = models.BooleanField(default=False)
    state_reason = models.TextField(blank=True, help_text="Why it was withdrawn, or why its text was opened again.")

    objects = RestrictedQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.title


class VersionQuerySet(models.QuerySet[Any]):
    """Versions: offices see those that were shared with them; a guest sees the newest, too, which they help with."""

    def visible_to(self, actor: Actor) -> "VersionQuerySet":
        mine = self.filter(position__in=Position.objects.visible_to(actor))
        if actor.in_secretariat and not actor.confined:
            return mine
        shared = Q(shared_at__isnull=False)
        if actor.role is Role.GUEST:
            newest = Version.objects.filter(position=OuterRef("position")).order_by("-number").values("pk")[:1]
            shared |= Q(pk=Subquery(newest))
        return mine.filter(shared)


class Version(models.Model):
    """One state of the text, with the Word package that carries it. Never changed once made."""

    SOURCES = [
        ("import", "imported from Word"),
        ("written", "written here"),
        ("decisions", "made from decided amendments"),
        ("restored", "restored from an earlier version"),
    ]
    position = models.ForeignKey(Position, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    source = models.CharField(max_length=12, choices=SOURCES)
    note = models.CharField(max_length=300, blank=True)
    package = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    tracked = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", null=True)
    made_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    shared_at = models.DateTimeField(null=True, help_text="When offices first saw it.")

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["position", "number"], name="version_number_once")]

    def __str__(self) -> str:
        return f"{self.position}, version {self.number}"


class Clause(models.Model):
    """A clause as a thing that outlives its number and its words."""

    position = models.ForeignKey(Position, on_delete=models.CASCADE, related_name="clauses")
    key = models.CharField(max_length=10, unique=True, default=new_key, editable=False)
    importance = models.PositiveSmallIntegerField(default=1)

    def __str__(self) -> str:
        return self.key


class ClauseText(models.Model):
    """What a clause says in one version, and where it stands in that version's package (paragraphs count from 0)."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="clause_texts")
    clause = models.ForeignKey(Clause, on_delete=models.CASCADE, related_name="texts")
    place = models.PositiveIntegerField()
    number = models.CharField(max_length=20, blank=True)
    heading = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)
    first_paragraph = models.PositiveIntegerField()
    last_paragraph = models.PositiveIntegerField()

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["version", "clause"], name="clause_once_a_version"),
            models.UniqueConstraint(fields=["version", "place"], name="place_once_a_version"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.heading}".strip()


class NarrowMark(models.Model):
    """Paragraphs of a version that fewer people may see than the document itself."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="narrow_marks")
    first_paragraph = models.PositiveIntegerField()
    last_paragraph = models.PositiveIntegerField()
    audience = models.CharField(max_length=12, choices=Audience)

    objects = RestrictedQuerySet.as_manager()

    class Meta:
        ordering = ["first_paragraph"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_paragraph__gte=models.F("first_paragraph")), name="narrow_mark_forwards"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_paragraph}-{self.last_paragraph}: {self.audience}"


class Fallback(Restricted):
    """What we would settle for on a clause, and who holds it; whose existence shows nowhere else."""

    clause = models.ForeignKey(Clause, on_delete=models.CASCADE, related_name="fallbacks")
    words = models.TextField()
    holder = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    objects = RestrictedQuerySet.as_manager()

    class Meta:
        ordering = ["-noted_at"]

    def __str__(self) -> str:
        return f"Fallback {self.pk}"
