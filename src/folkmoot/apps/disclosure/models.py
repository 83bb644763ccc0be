"""Tables of the disclosure room: requests for information, who asked, what is in scope, and what was decided."""

from django.db import models
from django.db.models import Q

from folkmoot.apps.access.audience import Restricted, RestrictedQuerySet, new_key
from folkmoot.apps.access.models import Account
from folkmoot.apps.disclosure.exemptions import OWN, REGIMES
from folkmoot.apps.documents.models import StoredFile


class CaseState(models.TextChoices):
    """Where a request stands."""

    OPEN = "open", "Being worked on"
    PREPARED = "prepared", "Waits for a second person"
    RELEASED = "released", "Answered"
    WITHDRAWN = "withdrawn", "Withdrawn"


LIVE = (CaseState.OPEN, CaseState.PREPARED)


class Case(Restricted):
    """One request. Who asked stands apart, so that whoever decides need not know."""

    title = models.CharField(max_length=160, help_text="For the log, without a name.")
    regime = models.CharField(max_length=4, choices=REGIMES)
    asked = models.TextField(help_text="What was asked, in the words of the request.")
    received_on = models.DateField()
    state = models.CharField(max_length=10, choices=CaseState, default=CaseState.OPEN)
    extension_reason = models.CharField(max_length=500, blank=True)
    extension_grounds = models.CharField(max_length=20, blank=True)
    extended_on = models.DateField(null=True, blank=True)
    letter = models.TextField(blank=True, help_text="What the answer says, before what is attached and withheld.")
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField(null=True, blank=True)
    prepared_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    pack = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    letter_pdf = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    letter_word = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    logged = models.BooleanField(default=False, help_text="Everybody may read title and outcome in the log.")

    objects = RestrictedQuerySet["Case"].as_manager()

    class Meta:
        ordering = ["received_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=CaseState.RELEASED)
                | (Q(released_by__isnull=False) & ~Q(released_by=models.F("prepared_by"))),
                name="release_by_a_second_person",
            ),
            models.CheckConstraint(condition=Q(logged=False) | Q(state=CaseState.RELEASED), name="log_of_answered"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_own_data(self) -> bool:
        """Whether somebody asks for what is held about themselves."""
        return self.regime == OWN

    @property
    def is_live(self) -> bool:
        return self.state in LIVE

    @property
    def for_record(self) -> str:
        """How holds name this case."""
        return f"{self._meta.label_lower}:{self.key}"


class Requester(models.Model):
    """Who asked and where the answer goes; shown on a page of its own."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="requester")
    name = models.CharField(max_length=160)
    contact = models.CharField(max_length=500, help_text="A mail or postal address.")

    def __str__(self) -> str:
        return f"Requester {self.pk}"


class Waits(models.TextChoices):
    """What the person who asked is asked for; until it comes the time stands still."""

    CLARIFICATION = "clarification", "What they mean"
    IDENTITY = "identity", "Proof of who they are"
    FEE = "fee", "A fee"


class Clarification(models.Model):
    """Something asked of the person who asked; the days do not count until it comes."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="clarifications")
    kind = models.CharField(max_length=13, choices=Waits, default=Waits.CLARIFICATION)
    question = models.TextField()
    asked_on = models.DateField()
    answered_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["asked_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(answered_on__isnull=True), name="one_open_clarification"
            ),
        ]

    def __str__(self) -> str:
        return f"Clarification {self.pk}"


class Decision(models.TextChoices):
    """What is done with one record in scope."""

    UNDECIDED = "", "Undecided"
    DISCLOSE = "disclose", "Disclose"
    PART = "part", "Disclose in part"
    WITHHOLD = "withhold", "Withhold"


class Item(models.Model):
    """One record in scope: its words as they were when it was collected, and what is decided of it."""

    key = models.CharField(max_length=10, unique=True, default=new_key, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="items")
    kind = models.CharField(max_length=30)
    table = models.CharField(max_length=60)
    record_key = models.CharField(max_length=260)
    title = models.CharField(max_length=400)
    shown_title = models.CharField(max_length=400, help_text="As the answer calls it.")
    text = models.TextField(blank=True)
    day = models.DateField(null=True, blank=True)
    decision = models.CharField(max_length=10, choices=Decision, blank=True, default=Decision.UNDECIDED)
    exemption = models.CharField(max_length=20, blank=True)
    reason = models.TextField(blank=True)
    public_interest = models.TextField(blank=True)
    redactions = models.JSONField(default=list, help_text="Passages as start, end and exemption.")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        ordering = ["day", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "kind", "table", "record_key"], name="record_once_a_case"),
        ]

    def __str__(self) -> str:
        return f"Item {self.key}"


class ItemFile(models.Model):
    """A file of a record in scope. Nothing can be taken out of a file here, so it leaves whole or it stays."""

    key = models.CharField(max_length=10, unique=True, default=new_key, editable=False)
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=400)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    leaves = models.BooleanField(null=True, help_text="Empty until somebody has decided.")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
