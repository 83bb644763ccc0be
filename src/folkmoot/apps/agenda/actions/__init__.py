"""What may happen in the agenda room."""

from folkmoot.apps.agenda.actions.groups import (
    add_group,
    change_group,
    end_seat,
    seat,
    set_standing_items,
)
from folkmoot.apps.agenda.actions.meetings import (
    Asked,
    add_meeting,
    cancel_meeting,
    change_meeting,
    hold_meeting,
    reopen_meeting,
    write_minute,
)
from folkmoot.apps.agenda.actions.plan import (
    add_entry,
    approve_version,
    change_entry,
    drop_entry,
    put_to_chair,
    restore_entry,
    send_back_version,
)

__all__ = [
    "Asked",
    "add_entry",
    "add_group",
    "add_meeting",
    "approve_version",
    "cancel_meeting",
    "change_entry",
    "change_group",
    "change_meeting",
    "drop_entry",
    "end_seat",
    "hold_meeting",
    "put_to_chair",
    "reopen_meeting",
    "restore_entry",
    "seat",
    "send_back_version",
    "set_standing_items",
    "write_minute",
]
