"""What may happen in the signals room, by the verbs that an officer would use."""

from folkmoot.apps.signals.actions.alerts import set_alert, stop_alert
from folkmoot.apps.signals.actions.horizon import close_entry, write_entry
from folkmoot.apps.signals.actions.learning import learn, set_aside, use, use_none
from folkmoot.apps.signals.actions.noting import note, remove_note, set_lead, star
from folkmoot.apps.signals.actions.sources import add_source, change_source, pause_source, read_soon, resume_source
from folkmoot.apps.signals.actions.triage import accept, assign, dismiss, fold, put_back, snooze, take_out, undo_last
from folkmoot.apps.signals.actions.watches import set_watch

__all__ = [
    "accept",
    "add_source",
    "assign",
    "change_source",
    "close_entry",
    "dismiss",
    "fold",
    "learn",
    "note",
    "pause_source",
    "put_back",
    "read_soon",
    "remove_note",
    "resume_source",
    "set_alert",
    "set_aside",
    "set_lead",
    "set_watch",
    "snooze",
    "star",
    "stop_alert",
    "take_out",
    "undo_last",
    "use",
    "use_none",
    "write_entry",
]
