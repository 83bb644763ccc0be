"""The states of a mail, what each means to a person, and when the next attempt is made."""

from datetime import timedelta

from django.db import models


class State(models.TextChoices):
    """Where a mail is on its way."""

    QUEUED = "queued", "Waiting to be sent"
    SENDING = "sending", "Being sent"
    SENT = "sent", "Sent"
    FAILED = "failed", "Not sent"
    KEPT = "kept", "Kept"


MEANINGS = {
    State.QUEUED: "The worker sends it at its next attempt.",
    State.SENDING: "The worker is handing it to the mail server.",
    State.SENT: "The mail server took it.",
    State.FAILED: "Every attempt failed. It is not tried again until somebody asks for it.",
    State.KEPT: "This installation sends no mail, so it is kept here to be read.",
}

# From which states somebody may ask for another attempt.
CAN_BE_SENT_AGAIN = frozenset({State.FAILED, State.KEPT})

# How long to wait after the first, second, third and fourth attempt that failed. After the fifth nothing more is tried.
WAITS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2))

# A worker that holds a mail for longer than this has died with it.
LONGEST_CLAIM = timedelta(minutes=15)


def wait_after(attempts: int) -> timedelta | None:
    """How long to wait after so many attempts; None when it was the last."""
    return WAITS[attempts - 1] if attempts <= len(WAITS) else None
