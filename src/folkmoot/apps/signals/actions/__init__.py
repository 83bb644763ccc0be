"""What may happen in the signals room, by the verbs that an officer would use."""

from folkmoot.apps.signals.actions.noting import note, remove_note, set_lead, star
from folkmoot.apps.signals.actions.sources import add_source, change_source, pause_source, read_soon, resume_source
from folkmoot.apps.signals.actions.triage import accept, assign, dismiss, fold, put_back, snooze, take_out, undo_last
from folkmoot.apps.signals.actions.watches import set_watch

__all__ = [
    "accept",
    "add_source",
    "assign",
    "change_source",
    "dismiss",
    "fold",
    "note",
    "pause_source",
    "put_back",
    "read_soon",
    "remove_note",
    "resume_source",
    "set_lead",
    "set_watch",
    "snooze",
    "star",
    "take_out",
    "undo_last",
]
