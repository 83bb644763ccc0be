"""Notes on the time line of an issue."""

from datetime import date

from django.db import transaction

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audience import Audience, Handling
from folkmoot.apps.access.audit import record
from folkmoot.apps.access.gate import Invalid, check
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.access.queries import own_account
from folkmoot.apps.issues.actions._common import fits, known_handling
from folkmoot.apps.issues.models import Issue, IssueNote

# As wide as the issue is at most, whatever the note says.
AUDIENCES = (Audience.SECRETARIAT, Audience.NETWORK)


@transaction.atomic
def write_note(
    actor: Actor,
    *,
    issue: Issue,
    day: date,
    text: str,
    audience: str = Audience.SECRETARIAT,
    handling: str = Handling.OFFICIAL,
) -> IssueNote:
    """Write something down for a day on the time line; the secretariat's, or for whoever may see the issue."""
    by = check(actor, Permission.ISSUE_KEEP)
    if not text.strip():
        raise Invalid("Write what happened or what is to be known.")
    if audience not in AUDIENCES:
        raise Invalid("Choose who may see the note.")
    note = IssueNote(
        issue=issue,
        day=day,
        text=text.strip(),
        audience=audience,
        handling=known_handling(handling),
        written_by=own_account(actor),
        written_at=actor.now,
    )
    fits(note, text=note.text)
    note.save()
    record(actor, "note.written", note, by=by, issue=issue.pk, day=day, text=note.text)
    return note


@transaction.atomic
def remove_note(actor: Actor, *, note: IssueNote) -> None:
    """Take a note off the time line; that it was written and removed stays in the trail."""
    by = check(actor, Permission.ISSUE_KEEP)
    record(actor, "note.removed", note, by=by, issue=note.issue_id)
    note.delete()
