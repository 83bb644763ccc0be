"""How long this room keeps what people wrote and did, and what it holds about a person."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db.models import Q, QuerySet

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audit import record
from folkmoot.apps.issues.models import Action, ActionState, Issue, IssueNote
from folkmoot.apps.records.registry import (
    Extract,
    PersonalSource,
    RecordClass,
    Subject,
    register_personal_source,
    register_record_class,
)

TEN_YEARS = 120  # months, as interactions are kept
ERASED = "[name erased]"
SENSITIVE = "It is marked OFFICIAL-SENSITIVE and written by somebody else."
NOTE, ACTION, ISSUE = (model._meta.label_lower for model in (IssueNote, Action, Issue))


def register() -> None:
    """Tell the records room; called when the installation starts."""
    basis = "Public task: the network’s record of what it did on a matter, kept as long as its interactions."
    register_record_class(
        RecordClass("issues.note", "Notes on issues", basis, TEN_YEARS, _old_notes, _remove, _of_its_issue)
    )
    register_record_class(
        RecordClass("issues.action", "Actions that ended", basis, TEN_YEARS, _old_actions, _remove, _of_its_issue)
    )
    register_personal_source(
        PersonalSource(
            "issues",
            "Issues: notes and actions",
            find,
            erase,
            kept="What a person wrote or did as part of their work stays as the network’s record, without their name.",
        )
    )


def _old_notes(before: datetime) -> "QuerySet[IssueNote]":
    return IssueNote.objects.filter(written_at__lt=before).order_by("written_at", "pk")


def _old_actions(before: datetime) -> "QuerySet[Action]":
    return Action.objects.exclude(state=ActionState.OPEN).filter(ended_at__lt=before).order_by("ended_at", "pk")


def _of_its_issue(row: IssueNote | Action) -> Iterable[tuple[str, str]]:
    """A hold on an issue keeps what stands on its time line."""
    return [(ISSUE, row.issue.key)] if row.issue else []


def _remove(actor: Actor, row: IssueNote | Action) -> None:
    record(actor, "record.removed", row)
    row.delete()


def _names(subject: Subject) -> list[str]:
    """The words by which a text speaks of somebody, the longest first."""
    return sorted({word for word in (*subject.names, *subject.emails) if word.strip()}, key=len, reverse=True)


def _mentions(column: str, words: list[str]) -> Q:
    found = Q(pk__in=[])
    for word in words:
        found |= Q(**{f"{column}__icontains": word})
    return found


def find(subject: Subject) -> list[Extract]:
    """The notes that a person wrote or that name them, and the actions that they have or that name them."""
    return [*_notes(subject), *_actions(subject)]


def _notes(subject: Subject) -> Iterator[Extract]:
    own = Q(written_by=subject.account_id) if subject.account_id else Q(pk__in=[])
    for note in _found_notes(subject, own).select_related("issue"):
        title = "A note by them" if note.written_by_id == subject.account_id else "A note that names them"
        theirs = note.written_by_id == subject.account_id
        hidden = not theirs and (note.is_sensitive or note.issue.is_sensitive)
        yield _extract(title, note.text, note.written_at, NOTE, note.key, hidden=hidden)


def _extract(title: str, text: str, at: datetime, table: str, key: str, *, hidden: bool) -> Extract:
    """What is hidden leaves only through a request, when a second person has looked."""
    if hidden:
        return Extract(title, "", at, table, key, SENSITIVE, others=text)
    return Extract(title, text, at, table, key)


def _found_notes(subject: Subject, also: Q) -> "QuerySet[IssueNote]":
    return IssueNote.objects.filter(also | _mentions("text", _names(subject))).order_by("written_at", "pk")


def _actions(subject: Subject) -> Iterator[Extract]:
    own = Q(owner=subject.account_id) if subject.account_id else Q(pk__in=[])
    for action in _found_actions(subject, own):
        theirs = action.owner_id == subject.account_id
        title = "An action of theirs" if theirs else "An action that names them"
        text = f"{action.title}. Due {action.due.isoformat()}. {action.evidence}".strip()
        hidden = not theirs and action.is_sensitive
        yield _extract(title, text, action.created_at, ACTION, action.key, hidden=hidden)


def _found_actions(subject: Subject, also: Q) -> "QuerySet[Action]":
    words = _names(subject)
    named = _mentions("title", words) | _mentions("evidence", words) | _mentions("why_dropped", words)
    return Action.objects.filter(also | named).order_by("created_at", "pk")


def erase(actor: Actor, subject: Subject) -> int:
    """Take a person's names and addresses out of notes and actions; what happened stays. How many rows changed."""
    nobody = Q(pk__in=[])
    return sum(
        _without_names(actor, row, columns, _names(subject))
        for found, columns in (
            (_found_notes(subject, nobody), ("text",)),
            (_found_actions(subject, nobody), ("title", "evidence", "why_dropped")),
        )
        for row in found
    )


def _without_names(actor: Actor, row: IssueNote | Action, columns: tuple[str, ...], words: list[str]) -> int:
    """One where the row changed: a name that is only part of another word is nobody's."""
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(word) for word in words)})(?!\w)", re.IGNORECASE)
    before = [getattr(row, column) for column in columns]
    after = [pattern.sub(ERASED, text) for text in before]
    if after == before:
        return 0
    for column, text in zip(columns, after, strict=True):
        setattr(row, column, text[: row._meta.get_field(column).max_length])  # type: ignore[union-attr]
    row.save(update_fields=list(columns))
    record(actor, "record.names-erased", row)
    return 1
