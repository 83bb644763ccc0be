"""Tables of the signals room: sources and how each was read, signals and their revisions, watches, and triage."""

from datetime import timedelta
from typing import Any

from django.db import models
from django.db.models import F, Q

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audience import Audience, Restricted, RestrictedQuerySet, new_key
from folkmoot.apps.access.models import Account
from folkmoot.apps.issues.models import Issue

# A score is shown out of a hundred; whatever adds up to more is a hundred.
MOST_POINTS = 100
# How many days before a date its owner is told of it, unless they say otherwise.
LEAD_DAYS = 14


class OfTheNetwork(models.QuerySet[Any]):
    """Rows that everybody of the network knows, and nobody else."""

    def visible_to(self, actor: Actor) -> "OfTheNetwork":
        return self if Audience.NETWORK in actor.levels and not actor.confined else self.none()


class OfTheSecretariat(models.QuerySet[Any]):
    """Rows that the secretariat alone knows: what it looks out for, and what it made of what it saw."""

    def visible_to(self, actor: Actor) -> "OfTheSecretariat":
        return self if Audience.SECRETARIAT in actor.levels and not actor.confined else self.none()


class Health(models.TextChoices):
    """How a source does. The words beside it say why."""

    NEW = "new", "Not read yet"
    OK = "ok", "Fresh"
    STALE = "stale", "Stale"
    BLOCKED = "blocked", "Blocked"
    FAILING = "failing", "Failing"


class Source(models.Model):
    """Something that is read by the clock: its address, its format, its licence, and how it does."""

    key = models.CharField(max_length=10, unique=True, default=new_key, editable=False)
    name = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=30, help_text="The format, by the name that the radar's engine reads it by.")
    url = models.URLField(max_length=1000, unique=True)
    every_minutes = models.PositiveIntegerField(default=60)
    licence = models.CharField(max_length=120, blank=True)
    attribution = models.CharField(max_length=300, blank=True, help_text="The line that the licence wants to be shown.")
    added_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    is_paused = models.BooleanField(default=False)
    health = models.CharField(max_length=8, choices=Health, default=Health.NEW)
    health_why = models.CharField(max_length=300, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    good_at = models.DateTimeField(null=True, blank=True, help_text="When it last answered as it should.")
    new_at = models.DateTimeField(null=True, blank=True, help_text="When it last told something new.")
    next_at = models.DateTimeField(help_text="When it is read next.")
    failures = models.PositiveIntegerField(default=0, help_text="How often in a row it did not answer as it should.")
    last_count = models.PositiveIntegerField(default=0, help_text="How many items its last good answer held.")
    begun_at = models.DateTimeField(null=True, blank=True, help_text="Since when it is being read, if it is.")
    whole_at = models.DateTimeField(null=True, blank=True, help_text="When it last answered whole.")
    etag = models.CharField(max_length=300, blank=True)
    last_modified = models.CharField(max_length=100, blank=True)

    objects = OfTheNetwork.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def every(self) -> timedelta:
        return timedelta(minutes=self.every_minutes)


class Reading(models.Model):
    """One time that a source was asked, and what came of it, in plain words."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="readings")
    at = models.DateTimeField()
    good = models.BooleanField()
    status = models.PositiveSmallIntegerField(default=0, help_text="The HTTP status; 0 where there was no answer.")
    items = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    said = models.CharField(max_length=300)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.source} at {self.at}"


class Sorting(models.TextChoices):
    """What people made of a signal."""

    INBOX = "inbox", "To sort"
    ACCEPTED = "accepted", "Accepted"
    DISMISSED = "dismissed", "Dismissed"
    SNOOZED = "snoozed", "Snoozed"


class Signal(Restricted):
    """One thing that sources told, by the key of its origin. What it said before stands in its revisions."""

    origin = models.CharField(max_length=30, help_text="The format that the key belongs to, such as govuk-search.")
    origin_id = models.CharField(max_length=500)
    said = models.JSONField(default=dict, help_text="All that the source told, as the radar's engine reads it.")
    url = models.URLField(max_length=1000, blank=True)
    type = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=500)
    summary = models.TextField(blank=True)
    text = models.TextField(blank=True)
    published = models.DateTimeField(null=True, blank=True)
    updated = models.DateTimeField(null=True, blank=True)
    organisations = models.JSONField(default=list)
    state = models.CharField(max_length=12, default="published")
    closes_at = models.DateTimeField(null=True, blank=True, help_text="The date by which one must act, if it has one.")
    closes_kind = models.CharField(max_length=20, blank=True)
    closes_approximate = models.BooleanField(default=False, help_text="The words do not name the day.")
    closes_has_time = models.BooleanField(default=False, help_text="The hour is told, too.")
    dates = models.JSONField(default=list, help_text="Every date that it names: kind, at, where it says so, how sure.")
    lead_days = models.PositiveSmallIntegerField(default=LEAD_DAYS, help_text="How long before its date one is told.")
    told_at = models.DateTimeField(null=True, blank=True, help_text="When its owner was told that the date is near.")
    full_text_url = models.URLField(max_length=1000, blank=True, help_text="Where the whole text is, if this is cut.")
    text_tries = models.PositiveSmallIntegerField(default=0, help_text="How often the whole text could not be had.")
    text_at = models.DateTimeField(null=True, blank=True, help_text="When the whole text is asked for next.")
    fingerprint = models.CharField(max_length=64)
    seen_at = models.DateTimeField(help_text="When we first heard of it.")
    changed_at = models.DateTimeField(help_text="When it last said something else.")
    sources = models.ManyToManyField(Source, related_name="signals")
    copy_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="copies")
    copy_why = models.CharField(max_length=60, blank=True, help_text="By what it is a copy.")
    kept_apart = models.BooleanField(default=False, help_text="Somebody said that it is no copy.")
    is_weighed = models.BooleanField(default=False, help_text="Linked, scored and compared since it last changed.")
    named = models.JSONField(default=list, help_text="Who and what it names: id, kind, name and span in the text.")
    points = models.PositiveSmallIntegerField(default=0, help_text="The best of its scores, of 100.")
    suggested = models.ForeignKey(Issue, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    sorting = models.CharField(max_length=10, choices=Sorting, default=Sorting.INBOX)
    snoozed_until = models.DateField(null=True, blank=True)
    assigned_to = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    issue = models.ForeignKey(Issue, null=True, blank=True, on_delete=models.PROTECT, related_name="signals")
    proposed = models.CharField(max_length=60, blank=True, help_text="What another room made of it: a table and a key.")
    is_starred = models.BooleanField(default=False)
    invented = models.BooleanField(default=False)

    objects = RestrictedQuerySet["Signal"].as_manager()

    class Meta:
        ordering = ["-points", "-seen_at", "pk"]
        indexes = [
            models.Index(fields=["sorting", "-points", "-seen_at"]),
            models.Index(fields=["closes_at"]),
            models.Index(fields=["is_weighed", "seen_at"]),
            models.Index(fields=["text_at", "-seen_at"], condition=~Q(full_text_url=""), name="signal_text_is_cut"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(sorting="accepted", issue__isnull=False) | (~Q(sorting="accepted") & Q(issue__isnull=True)),
                name="signal_accepted_has_an_issue",
            ),
            models.CheckConstraint(
                condition=Q(sorting="snoozed", snoozed_until__isnull=False)
                | (~Q(sorting="snoozed") & Q(snoozed_until__isnull=True)),
                name="signal_snoozed_says_until_when",
            ),
            models.CheckConstraint(condition=~Q(copy_of=F("pk")), name="signal_is_no_copy_of_itself"),
        ]

    def __str__(self) -> str:
        return self.title


class SignalName(models.Model):
    """A key or path under which a signal is or was known, so that what is told twice is one card."""

    family = models.CharField(max_length=30, help_text="Whose names these are, such as govuk.")
    name = models.CharField(max_length=500)
    signal = models.ForeignKey(Signal, on_delete=models.CASCADE, related_name="names")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["family", "name"], name="signal_name_once")]

    def __str__(self) -> str:
        return self.name


class Revision(models.Model):
    """What a signal said before and after it was changed where it stands."""

    signal = models.ForeignKey(Signal, on_delete=models.CASCADE, related_name="revisions")
    at = models.DateTimeField()
    changes = models.JSONField(default=list, help_text="Each: field, before, after, sentence and whether it is major.")

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.signal} at {self.at}"


class Watch(models.Model):
    """What the secretariat looks out for on one issue."""

    issue = models.OneToOneField(Issue, on_delete=models.CASCADE, related_name="watch")
    terms = models.JSONField(default=list)
    excluded = models.JSONField(default=list)
    organisations = models.JSONField(default=list, help_text="Slugs of departments.")
    places = models.JSONField(default=list)
    changed_at = models.DateTimeField()

    objects = OfTheSecretariat.as_manager()

    class Meta:
        verbose_name_plural = "watches"

    def __str__(self) -> str:
        return f"Watch of {self.issue}"


class Score(models.Model):
    """How a signal scored for one watch, with the reasons that add up to it."""

    signal = models.ForeignKey(Signal, on_delete=models.CASCADE, related_name="scores")
    watch = models.ForeignKey(Watch, on_delete=models.CASCADE, related_name="scores")
    points = models.FloatField()
    reasons = models.JSONField(default=list, help_text="Each: part, words, field, span and weight.")

    class Meta:
        ordering = ["-points", "pk"]
        constraints = [models.UniqueConstraint(fields=["signal", "watch"], name="score_once")]

    def __str__(self) -> str:
        return f"{self.signal}: {self.points}"


class Step(models.TextChoices):
    """What somebody did with a signal."""

    ACCEPT = "accept", "Accepted"
    DISMISS = "dismiss", "Dismissed"
    SNOOZE = "snooze", "Snoozed"
    ASSIGN = "assign", "Assigned"
    RETURN = "return", "Put back into the inbox"


class Decision(models.Model):
    """One step of the triage: who, when, why, and how things stood before, so that it can be taken back."""

    signal = models.ForeignKey(Signal, on_delete=models.CASCADE, related_name="decisions")
    step = models.CharField(max_length=8, choices=Step)
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    why = models.CharField(max_length=300, blank=True)
    before = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = OfTheSecretariat.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["by", "-at"])]

    def __str__(self) -> str:
        return f"{self.get_step_display()}: {self.signal}"


class Side(models.TextChoices):
    """What somebody sees in a signal for the network."""

    RISK = "risk", "Risk"
    OPPORTUNITY = "opportunity", "Opportunity"


class SignalNote(models.Model):
    """What somebody of the secretariat sees in a signal: a risk or an opportunity, in a sentence or two."""

    key = models.CharField(max_length=10, unique=True, default=new_key, editable=False)
    signal = models.ForeignKey(Signal, on_delete=models.CASCADE, related_name="notes")
    side = models.CharField(max_length=12, choices=Side)
    text = models.CharField(max_length=600)
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = OfTheSecretariat.as_manager()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_side_display()}: {self.text}"


class Theme(models.TextChoices):
    """From where a change comes, as horizon scans sort them (STEEP)."""

    SOCIAL = "social", "Social"
    TECHNICAL = "technical", "Technological"
    ECONOMIC = "economic", "Economic"
    ENVIRONMENTAL = "environmental", "Environmental"
    POLITICAL = "political", "Political"


class Distance(models.TextChoices):
    """How far off a change is."""

    NEAR = "near", "Near: within six months"
    NEXT = "next", "Next: within two years"
    FAR = "far", "Far: later than that"


class Grade(models.IntegerChoices):
    """How much of something."""

    LOW = 1, "Low"
    MIDDLE = 2, "Middle"
    HIGH = 3, "High"


class HorizonEntry(models.Model):
    """Something that comes towards the network, with the signals that say so, its owner, and when it is looked at."""

    key = models.CharField(max_length=10, unique=True, default=new_key, editable=False)
    title = models.CharField(max_length=160)
    what = models.CharField(max_length=600, help_text="What may happen, and what it would mean for the network.")
    theme = models.CharField(max_length=14, choices=Theme)
    distance = models.CharField(max_length=5, choices=Distance)
    likelihood = models.PositiveSmallIntegerField(choices=Grade)
    impact = models.PositiveSmallIntegerField(choices=Grade)
    confidence = models.PositiveSmallIntegerField(choices=Grade)
    owner = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    review_on = models.DateField()
    signals = models.ManyToManyField(Signal, related_name="horizon", help_text="What it rests on.")
    written_at = models.DateTimeField()
    reviewed_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_why = models.CharField(max_length=300, blank=True)

    objects = OfTheSecretariat.as_manager()

    class Meta:
        ordering = ["-impact", "-likelihood", "title", "pk"]
        verbose_name_plural = "horizon entries"

    def __str__(self) -> str:
        return self.title


class Alert(models.Model):
    """Of what somebody of the secretariat wants to be told by mail: in a digest, and at once where it presses."""

    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="+")
    least_points = models.PositiveSmallIntegerField(default=50, help_text="From which score on.")
    issues = models.ManyToManyField(Issue, blank=True, related_name="+", help_text="For which issues; none are all.")
    at_once = models.BooleanField(default=True, help_text="Moved dates, and whatever changes in what is starred.")
    digest_on = models.DateField(null=True, blank=True, help_text="The day of the last digest.")
    told_to = models.DateTimeField(help_text="Up to which moment a digest has told.")
    pressing_to = models.DateTimeField(help_text="Up to which moment changes have been told at once.")

    def __str__(self) -> str:
        return f"Alert of {self.account}"


class Standing(models.TextChoices):
    """What people made of something that was learnt."""

    PROPOSED = "proposed", "Proposed"
    IN_USE = "in use", "In use"
    SET_ASIDE = "set aside", "Set aside"


class Learnt(models.Model):
    """A version of what the sorting taught. It counts in no score until somebody has taken it into use."""

    key = models.CharField(max_length=10, unique=True, default=new_key, editable=False)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    version = models.JSONField(help_text="The weights, as the radar's engine writes them.")
    fingerprint = models.CharField(max_length=64)
    labels = models.PositiveIntegerField(help_text="From how many decisions it was learnt.")
    effect = models.JSONField(default=dict, help_text="What would have moved over the last 90 days, by watch.")
    state = models.CharField(max_length=9, choices=Standing, default=Standing.PROPOSED)
    taken_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(null=True, blank=True, help_text="When it was last taken into use.")

    objects = OfTheSecretariat.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name_plural = "learnt"
        constraints = [
            models.UniqueConstraint(fields=["state"], condition=Q(state="in use"), name="learnt_one_in_use"),
        ]

    def __str__(self) -> str:
        return f"What was learnt at {self.made_at}"
