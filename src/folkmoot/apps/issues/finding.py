"""What of the issues can be found: priorities, workstreams, issues, notes and actions."""

from folkmoot.apps.issues.models import Action, Issue, IssueNote, Priority, Workstream
from folkmoot.apps.issues.own import ISSUE
from folkmoot.apps.search.registry import Document, Follow, SearchSource, register_search_source


def register() -> None:
    """Tell the search room; called when the installation starts."""
    register_search_source(
        SearchSource("issue", "Issues", Issue, _issue, lambda actor: Issue.objects.visible_to(actor))
    )
    register_search_source(
        SearchSource(
            "note",
            "Notes",
            IssueNote,
            _note,
            lambda actor: IssueNote.objects.visible_to(actor),
            ("issue",),
            (Follow("issue", ("title", "handling")),),
        )
    )
    register_search_source(
        SearchSource(
            "action",
            "Actions",
            Action,
            _action,
            lambda actor: Action.objects.visible_to(actor),
            ("owner",),
            (Follow("owner", ("name",)),),
        )
    )
    register_search_source(
        SearchSource(
            "workstream", "Workstreams", Workstream, _workstream, lambda actor: Workstream.objects.visible_to(actor)
        )
    )
    register_search_source(
        SearchSource("priority", "Priorities", Priority, _priority, lambda actor: Priority.objects.visible_to(actor))
    )


def _issue(issue: Issue) -> Document:
    return Document(issue.title, f"{issue.aim} {issue.next_what} {issue.state_why}", issue.key, issue.started_on)


def _note(note: IssueNote) -> Document:
    handling = note.handling if note.is_sensitive else note.issue.handling
    return Document(f"{note.issue.title}: note", note.text, note.issue.key, note.day, ISSUE, handling)


def _action(action: Action) -> Document:
    return Document(action.title, f"{action.owner.name} {action.evidence}", action.key, action.due)


def _workstream(workstream: Workstream) -> Document:
    return Document(workstream.name, workstream.aim, workstream.key)


def _priority(priority: Priority) -> Document:
    return Document(priority.name, priority.agreed_on, priority.key, priority.begins)
