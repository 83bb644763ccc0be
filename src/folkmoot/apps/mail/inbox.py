"""Tables of the mail that comes in: each mail whole and as it came, what was made of it, and where it was seen."""

from django.db import models
from django.db.models import Q

from folkmoot.apps.access.audience import Restricted, RestrictedQuerySet
from folkmoot.apps.access.models import Account
from folkmoot.apps.documents.models import StoredFile
from folkmoot.apps.mail.kinds import Kind, Standing


class InboxMessage(Restricted):
    """One mail that came in. Its bytes are kept as they came, so that whatever we make of it can be made anew."""

    SOURCES = [("imap", "Fetched from the mailbox"), ("upload", "Added by hand")]

    raw = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64, unique=True, help_text="Of the bytes: the same mail is never kept twice.")
    source = models.CharField(max_length=8, choices=SOURCES)
    message_id = models.CharField(max_length=300, blank=True, db_index=True)
    from_name = models.CharField(max_length=200, blank=True)
    from_address = models.CharField(max_length=254, blank=True)
    to = models.TextField(blank=True)
    subject = models.CharField(max_length=300, blank=True)
    dated = models.DateTimeField(null=True, help_text="What the mail says; nobody vouches for it.")
    received_at = models.DateTimeField()
    nature = models.CharField(max_length=12, default="person")
    text = models.TextField(blank=True)
    quoted = models.TextField(blank=True)
    links = models.JSONField(default=list, help_text="Files left with a service: its name and the address.")
    notes = models.JSONField(default=list, help_text="What reading the mail could not show.")
    state = models.CharField(max_length=8, choices=Standing, default=Standing.NEW)
    kind = models.CharField(max_length=16, choices=Kind, blank=True)
    reasons = models.JSONField(default=list, help_text="Why it was matched or left to a person, in sentences.")
    about = models.CharField(max_length=200, blank=True)
    about_record = models.CharField(max_length=60, blank=True)
    about_id = models.BigIntegerField(null=True)
    outcome = models.CharField(max_length=300, blank=True, help_text="What became of it, in a sentence.")
    made_record = models.CharField(max_length=60, blank=True)
    made_id = models.BigIntegerField(null=True)
    answers = models.ForeignKey("mail.OutboxMessage", on_delete=models.SET_NULL, null=True, related_name="replies")
    asked_at = models.DateTimeField(null=True, help_text="When its sender was asked for what is missing.")
    sorted_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    sorted_at = models.DateTimeField(null=True)

    objects = RestrictedQuerySet["InboxMessage"].as_manager()

    class Meta:
        ordering = ["-received_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(about_record="", about_id__isnull=True) | (~Q(about_record="") & Q(about_id__isnull=False)),
                name="inbox_about_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(made_record="", made_id__isnull=True) | (~Q(made_record="") & Q(made_id__isnull=False)),
                name="inbox_made_is_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-received_at"]),
            models.Index(fields=["about_record", "about_id"]),
        ]

    def __str__(self) -> str:
        return f"{self.subject or 'A mail without a subject'} from {self.sender}"

    @property
    def sender(self) -> str:
        return self.from_name or self.from_address or "somebody who is not named"


class InboxFile(models.Model):
    """One file of a mail; those of a zip stand after it and name it."""

    message = models.ForeignKey(InboxMessage, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=12)
    within = models.CharField(max_length=200, blank=True)
    inline = models.BooleanField(default=False)
    note = models.CharField(max_length=300, blank=True)
    place = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["message", "place"], name="inbox_file_one_a_place")]

    def __str__(self) -> str:
        return self.name


class Mailbox(models.Model):
    """A folder on a mail server from which mail is fetched, by one worker at a time."""

    name = models.CharField(max_length=500, unique=True)
    held_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class Sighting(models.Model):
    """A mail under its number in a mailbox: it was kept whole before this row was written, in one transaction."""

    mailbox = models.ForeignKey(Mailbox, on_delete=models.CASCADE, related_name="sightings")
    uidvalidity = models.BigIntegerField()
    uid = models.BigIntegerField()
    message = models.ForeignKey(InboxMessage, on_delete=models.CASCADE, related_name="sightings")
    flagged = models.BooleanField(default=False, help_text="The server was told that we have it.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mailbox", "uidvalidity", "uid"], name="sighting_once_a_number")]

    def __str__(self) -> str:
        return f"{self.mailbox} {self.uid}"
