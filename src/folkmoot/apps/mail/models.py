"""Tables of the mail room: every mail that the installation sends, and what goes with it; `inbox` holds the others."""

from django.db import models
from django.db.models import Q

from folkmoot.apps.access.audience import Restricted, RestrictedQuerySet
from folkmoot.apps.access.models import Account
from folkmoot.apps.documents.models import StoredFile
from folkmoot.apps.mail.inbox import InboxFile, InboxMessage, Mailbox, Sighting
from folkmoot.apps.mail.states import State

__all__ = [
    "Attachment",
    "InboxFile",
    "InboxMessage",
    "MailServer",
    "Mailbox",
    "OutboxMessage",
    "Security",
    "Sighting",
]


class OutboxMessage(Restricted):
    """One mail to one person. It has the audience of what it is about, and stays after it is sent."""

    to_name = models.CharField(max_length=120)
    to_address = models.EmailField()
    subject = models.CharField(max_length=200)
    body = models.TextField()
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=500, blank=True)
    about = models.CharField(max_length=200, blank=True, help_text="What it is about, as a person reads it.")
    about_record = models.CharField(max_length=60, blank=True)
    about_id = models.BigIntegerField(null=True, blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    message_id = models.CharField(max_length=200, unique=True)
    reply_tag = models.CharField(max_length=60, blank=True, help_text="Tells whose answer it is, behind a plus sign.")
    returned_at = models.DateTimeField(null=True, blank=True)
    returned_why = models.CharField(max_length=500, blank=True)

    objects = RestrictedQuerySet["OutboxMessage"].as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=State.SENT, sent_at__isnull=False) | (~Q(state=State.SENT) & Q(sent_at__isnull=True)),
                name="outbox_sent_has_its_moment",
            ),
            models.CheckConstraint(
                condition=Q(state=State.QUEUED, next_attempt_at__isnull=False)
                | (~Q(state=State.QUEUED) & Q(next_attempt_at__isnull=True)),
                name="outbox_queued_has_a_next_attempt",
            ),
            models.CheckConstraint(
                condition=Q(state=State.SENDING, claimed_at__isnull=False)
                | (~Q(state=State.SENDING) & Q(claimed_at__isnull=True)),
                name="outbox_sending_is_claimed",
            ),
            models.CheckConstraint(
                condition=Q(about_record="", about_id__isnull=True) | (~Q(about_record="") & Q(about_id__isnull=False)),
                name="outbox_about_is_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "next_attempt_at"]),
            models.Index(fields=["about_record", "about_id"]),
        ]

    def __str__(self) -> str:
        return f"{self.subject} to {self.to_name}"


class Attachment(models.Model):
    """One file that goes with a mail, under the name that the reader sees."""

    message = models.ForeignKey(OutboxMessage, on_delete=models.CASCADE, related_name="attachments")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    place = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["message", "place"], name="attachment_one_a_place")]

    def __str__(self) -> str:
        return self.name


class Security(models.TextChoices):
    """How the way to a mail server is closed to others."""

    TLS = "tls", "TLS from the first word"
    STARTTLS = "starttls", "STARTTLS"
    NONE = "none", "None: only for a server on this machine or in a closed network"


class MailServer(models.Model):
    """Where mail leaves and where it comes in: one row. The passwords are kept encrypted; no host means not set."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    out_host = models.CharField(max_length=253, blank=True)
    out_port = models.PositiveIntegerField(default=587)
    out_security = models.CharField(max_length=8, choices=Security, default=Security.STARTTLS)
    out_user = models.CharField(max_length=254, blank=True)
    out_password = models.TextField(blank=True)
    sender = models.EmailField(blank=True)
    in_host = models.CharField(max_length=253, blank=True)
    in_port = models.PositiveIntegerField(default=993)
    in_security = models.CharField(max_length=8, choices=Security, default=Security.TLS)
    in_user = models.CharField(max_length=254, blank=True)
    in_password = models.TextField(blank=True)
    in_folder = models.CharField(max_length=200, default="INBOX")
    in_plus = models.BooleanField(default=False, help_text="The server takes mailbox+word@host for the mailbox.")
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="mail_server_is_one_row")]

    def __str__(self) -> str:
        return "The mail server"


class Digest(models.TextChoices):
    """How often a person is written to about what waits for them."""

    NEVER = "never", "Never"
    DAILY = "daily", "Every working day"
    WEEKLY = "weekly", "On the first working day of a week"


class MailChoice(models.Model):
    """Which mails a person wants beside those that ask something of them, and when the last digest left."""

    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=8, choices=Digest, default=Digest.WEEKLY)
    reminders = models.BooleanField(default=True, help_text="Mails that remind them of their actions.")
    digest_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"Mail to {self.account}"
