"""Tables of the agenda room: groups and who sits in them, meetings, the forward plan and its versions, minutes."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from folkmoot.apps.access.audience import Restricted, RestrictedQuerySet, new_key
from folkmoot.apps.access.models import Account


class Group(Restricted):
    """A body of the network that meets, such as the Mayors. Whoever employs its staff has no say in it by that."""

    name = models.CharField(max_length=80, unique=True)
    purpose = models.CharField(max_length=300, blank=True)
    place = models.PositiveSmallIntegerField(default=0, help_text="Where it stands in lists.")
    approves_plan = models.BooleanField(default=False, help_text="Its chair approves the forward plan.")

    objects = RestrictedQuerySet["Group"].as_manager()

    class Meta:
        ordering = ["place", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["approves_plan"], condition=Q(approves_plan=True), name="group_one_approves_the_plan"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SeatQuerySet(models.QuerySet["Seat"]):
    """Seats, by when they are held."""

    def on(self, day: date) -> "SeatQuerySet":
        """Those held on a day, its first and last included."""
        return self.filter(Q(ends__isnull=True) | Q(ends__gte=day), begins__lte=day)


class Seat(models.Model):
    """A person's place in a group between two days. The chair is a seat, not a role."""

    key = models.CharField(max_length=10, unique=True, default=new_key, editable=False)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="seats")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    is_chair = models.BooleanField(default=False)
    begins = models.DateField()
    ends = models.DateField(null=True, blank=True, help_text="The last day on which it is held.")

    objects = SeatQuerySet.as_manager()

    class Meta:
        ordering = ["-is_chair", "account__name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=F("begins")), name="seat_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account} in {self.group}"

    def is_held_on(self, day: date) -> bool:
        """Whether the day is one of its own, its first and last included."""
        return self.begins <= day and (self.ends is None or day <= self.ends)


class StandingItem(models.Model):
    """What stands on every agenda of a group."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="standing_items")
    place = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    minutes = models.PositiveSmallIntegerField(default=5)

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["group", "place"], name="standing_item_one_a_place")]

    def __str__(self) -> str:
        return self.title


class MeetingState(models.TextChoices):
    """Where a meeting is in its life."""

    PLANNED = "planned", "Planned"
    HELD = "held", "Held"
    CANCELLED = "cancelled", "Cancelled"


class Meeting(Restricted):
    """One meeting of a group."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="meetings")
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=60)
    where = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=MeetingState, default=MeetingState.PLANNED)
    why = models.CharField(max_length=300, blank=True, help_text="Why it was cancelled.")

    objects = RestrictedQuerySet["Meeting"].as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["starts_at"])]

    def __str__(self) -> str:
        return f"{self.group} on {self.starts_at:%Y-%m-%d}"


class Purpose(models.TextChoices):
    """What a group is asked to do with an item."""

    DECIDE = "decide", "To decide"
    DISCUSS = "discuss", "To discuss"
    NOTE = "note", "To note"


class EntryState(models.TextChoices):
    """Where an item of the plan is."""

    PLANNED = "planned", "Planned"
    DONE = "done", "Done"
    DROPPED = "dropped", "Dropped"


class PlanEntry(Restricted):
    """One item of the forward plan: what goes to which meeting, for what, and whose it is."""

    title = models.CharField(max_length=160)
    purpose = models.CharField(max_length=10, choices=Purpose, default=Purpose.DECIDE)
    minutes = models.PositiveSmallIntegerField(default=10)
    owner = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="entries")
    issue = models.ForeignKey("issues.Issue", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    position = models.ForeignKey(
        "positions.Position", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(max_length=10, choices=EntryState, default=EntryState.PLANNED)
    created_at = models.DateTimeField()

    objects = RestrictedQuerySet["PlanEntry"].as_manager()

    class Meta:
        ordering = [F("meeting__starts_at").asc(nulls_last=True), "pk"]
        verbose_name = "item of the plan"

    def __str__(self) -> str:
        return self.title


class PlanChange(models.Model):
    """One thing that was changed in an item: what it was, what it is, by whom, for whom, when and why."""

    entry = models.ForeignKey(PlanEntry, on_delete=models.CASCADE, related_name="changes")
    what = models.CharField(max_length=40)
    before = models.CharField(max_length=300, blank=True)
    after = models.CharField(max_length=300, blank=True)
    why = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    for_whom = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.what} of {self.entry}"


class PlanVersion(models.Model):
    """The shared plan as it stood when it was put to the chair, and what the chair said."""

    number = models.PositiveIntegerField(unique=True)
    made_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    note = models.CharField(max_length=300, blank=True)
    approved_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    sent_back_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    sent_back_at = models.DateTimeField(null=True, blank=True)
    sent_back_why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-number"]
        verbose_name = "version of the plan"
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True) | Q(sent_back_at__isnull=True),
                name="plan_version_is_not_both_approved_and_sent_back",
            ),
        ]

    def __str__(self) -> str:
        return f"Version {self.number}"

    @property
    def state(self) -> str:
        """As a person reads it."""
        if self.approved_at:
            return "Approved"
        return "Sent back" if self.sent_back_at else "With the chair"


class PlanRow(models.Model):
    """One line of a version, in the words of that day. Whoever may see the item may see its lines."""

    version = models.ForeignKey(PlanVersion, on_delete=models.CASCADE, related_name="rows")
    entry = models.ForeignKey(PlanEntry, on_delete=models.CASCADE, related_name="rows")
    title = models.CharField(max_length=160)
    purpose = models.CharField(max_length=20)
    meeting = models.CharField(max_length=160, blank=True)
    owner = models.CharField(max_length=120)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["version", "entry"], name="plan_row_once_a_version")]

    def __str__(self) -> str:
        return f"{self.version}: {self.title}"


class Outcome(models.TextChoices):
    """What became of an item in a meeting."""

    AGREED = "agreed", "Agreed"
    NOTED = "noted", "Noted"
    NOT_AGREED = "not-agreed", "Not agreed"
    CARRIED = "carried", "Carried over"


class Minute(models.Model):
    """What was said and settled under one heading of a meeting."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="records")
    entry = models.ForeignKey(PlanEntry, null=True, blank=True, on_delete=models.PROTECT, related_name="records")
    heading = models.CharField(max_length=160)
    outcome = models.CharField(max_length=12, choices=Outcome, default=Outcome.NOTED)
    text = models.TextField(blank=True)
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    actions = models.ManyToManyField("issues.Action", related_name="+", help_text="What was asked of whom there.")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "entry"], name="minute_once_an_item"),
            models.UniqueConstraint(
                fields=["meeting", "heading"], condition=Q(entry__isnull=True), name="minute_once_a_heading"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting}: {self.heading}"
