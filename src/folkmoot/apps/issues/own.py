"""What this room itself adds to the time line and to what an issue can be linked to."""

from collections.abc import Collection, Iterator

from django.utils import timezone

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.issues.linkables import Linkable, register_linkable
from folkmoot.apps.issues.models import Action, ActionState, Issue, IssueNote
from folkmoot.apps.issues.timeline import TimelineEntry, register_timeline

FOUND = 20
LONGEST_TITLE = 120
NOTE = IssueNote._meta.label_lower
ACTION = Action._meta.label_lower
ISSUE = Issue._meta.label_lower


def register() -> None:
    """Tell the two registries; called when the installation starts."""
    for source in (states, notes, actions, next_step):
        register_timeline(source)
    register_linkable(Linkable(ISSUE, "Issue", find_issues, issue_titles))


def states(actor: Actor, issue: Issue) -> Iterator[TimelineEntry]:
    """The beginning of an issue, and each time it was moved on."""
    begun = False
    for change in issue.state_changes.select_related("by"):
        who = f"By {change.by.name}." if change.by else ""
        if begun:
            yield TimelineEntry(change.at, "State", change.get_state_display(), f"{change.why} {who}".strip())
        else:
            same_day = timezone.localtime(change.at).date() == issue.started_on
            at = change.at if same_day else issue.started_on
            yield TimelineEntry(at, "State", f"Begun: {change.get_state_display().lower()}", who)
        begun = True


def notes(actor: Actor, issue: Issue) -> Iterator[TimelineEntry]:
    """What people wrote down."""
    found = IssueNote.objects.visible_to(actor).filter(issue=issue).select_related("written_by")
    for note in found.order_by("day", "pk"):
        title, rest = _parted(note.text)
        detail = f"{rest} – {note.written_by.name}" if rest else note.written_by.name
        yield TimelineEntry(note.day, "Note", title, detail, NOTE, note.key, note.handling)


def _parted(text: str) -> tuple[str, str]:
    """The first line of a text, or as many of its words as make a title; and the rest."""
    first, _, rest = text.partition("\n")
    if len(first) <= LONGEST_TITLE:
        return first, " ".join(rest.split())
    cut = first.rfind(" ", 0, LONGEST_TITLE)
    cut = cut if cut > 0 else LONGEST_TITLE
    return f"{first[:cut]}…", " ".join(f"…{first[cut:].strip()} {rest}".split())


def actions(actor: Actor, issue: Issue) -> Iterator[TimelineEntry]:
    """Actions: an open one on the day when it is due, another when it ended."""
    for action in Action.objects.visible_to(actor).filter(issue=issue).select_related("owner", "ended_by"):
        yield TimelineEntry(
            action.ended_at or action.due,
            "Action",
            action.title,
            _became(actor, action),
            ACTION,
            action.key,
            action.handling,
        )


def _became(actor: Actor, action: Action) -> str:
    if action.state == ActionState.OPEN:
        late = " Overdue." if action.is_overdue(actor.today) else ""
        return f"{action.owner.name} is to do it.{late}"
    by = f" by {action.ended_by.name}" if action.ended_by else ""
    if action.state == ActionState.DROPPED:
        return f"Dropped{by}: {action.why_dropped}"
    return f"Done{by}. {action.evidence}".strip()


def next_step(actor: Actor, issue: Issue) -> Iterator[TimelineEntry]:
    """What comes next."""
    if issue.next_on:
        yield TimelineEntry(issue.next_on, "Next", issue.next_what)


def find_issues(actor: Actor, words: str) -> list[tuple[str, str]]:
    """Issues whose title holds the words."""
    found = Issue.objects.visible_to(actor).filter(title__icontains=words).order_by("title", "pk")
    return list(found.values_list("key", "title")[:FOUND])


def issue_titles(actor: Actor, keys: Collection[str]) -> dict[str, str]:
    return dict(Issue.objects.visible_to(actor).filter(key__in=keys).values_list("key", "title"))
