"""What may happen to the network's issues, by the verbs that a secretary would use."""

from folkmoot.apps.issues.actions.issues import begin_issue, change_issue, set_next, set_readers, set_state
from folkmoot.apps.issues.actions.links import link, unlink
from folkmoot.apps.issues.actions.notes import remove_note, write_note
from folkmoot.apps.issues.actions.plan import add_priority, add_workstream, change_priority, change_workstream
from folkmoot.apps.issues.actions.related import restore_suggestion, set_suggestion_aside, take_suggestion
from folkmoot.apps.issues.actions.tasks import (
    change_action,
    check_may_end,
    close_action,
    drop_action,
    open_action,
    reopen_action,
)

__all__ = [
    "add_priority",
    "add_workstream",
    "begin_issue",
    "change_action",
    "change_issue",
    "change_priority",
    "change_workstream",
    "check_may_end",
    "close_action",
    "drop_action",
    "link",
    "open_action",
    "remove_note",
    "reopen_action",
    "restore_suggestion",
    "set_next",
    "set_readers",
    "set_state",
    "set_suggestion_aside",
    "take_suggestion",
    "unlink",
    "write_note",
]
