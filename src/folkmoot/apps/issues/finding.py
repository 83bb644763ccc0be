"""What of the issues can be found: issues, notes and actions, each by its own rule."""

from folkmoot.apps.issues.models import Action, Issue, IssueNote
from folkmoot.apps.issues.own import ISSUE
from folkmoot.apps.search.registry import Document, SearchSource, register_search_source


def register() -> None:
    """Tell the search room; called when the installation starts."""
    register_search_source(
        SearchSource("issue", "Issues", Issue, _issue, lambda actor: Issue.objects.visible_to(actor))
    )
    register_search_source(
        SearchSource("note", "Notes", IssueNote, _note, lambda actor: IssueNote.objects.visible_to(actor), ("issue",))
    )
    register_search_source(
        SearchSource("action", "Actions", Action, _action, lambda actor: Action.objects.visible_to(actor), ("owner",))
    )


def _issue(issue: Issue) -> Document:
    return Document(issue.title, f"{issue.aim} {issue.next_what} {issue.state_why}", issue.key, issue.started_on)


def _note(note: IssueNote) -> Document:
    handling = note.handling if note.is_sensitive else note.issue.handling
    return Document(f"{note.issue.title}: note", note.text, note.issue.key, note.day, ISSUE, handling)


def _action(action: Action) -> Document:
    return Document(action.title, f"{action.owner.name} {action.evidence}", action.key, action.due)
