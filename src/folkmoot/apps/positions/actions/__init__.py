"""What may happen to a position, by the verbs that a secretary would use."""

from folkmoot.apps.positions.actions.circulating import (
    Office,
    close_circulation,
    digest_of,
    extend,
    note_fetched,
    open_circulation,
    remind,
)
from folkmoot.apps.positions.actions.deciding import NextVersion, decide, make_next_version, place, reply, undo
from folkmoot.apps.positions.actions.drafting import (
    change_position,
    create_position,
    dismiss_guest,
    import_draft,
    invite_guest,
    narrow,
    note_fallback,
    restore_version,
    widen,
    write_draft,
)
from folkmoot.apps.positions.actions.governing import set_terms
from folkmoot.apps.positions.actions.publishing import correct, draw_ask, publish, withdraw
from folkmoot.apps.positions.actions.returning import (
    GivenAnswer,
    attach_word,
    begin_return,
    release_return,
    save_answers,
    submit_return,
    withdraw_return,
)
from folkmoot.apps.positions.actions.signing import ask_for_sign_off, note_exception, reopen_text, sign, take_back

__all__ = [
    "GivenAnswer",
    "NextVersion",
    "Office",
    "ask_for_sign_off",
    "attach_word",
    "begin_return",
    "change_position",
    "close_circulation",
    "correct",
    "create_position",
    "decide",
    "digest_of",
    "dismiss_guest",
    "draw_ask",
    "extend",
    "import_draft",
    "invite_guest",
    "make_next_version",
    "narrow",
    "note_exception",
    "note_fallback",
    "note_fetched",
    "open_circulation",
    "place",
    "publish",
    "release_return",
    "remind",
    "reopen_text",
    "reply",
    "restore_version",
    "save_answers",
    "set_terms",
    "sign",
    "submit_return",
    "take_back",
    "undo",
    "widen",
    "withdraw",
    "withdraw_return",
    "write_draft",
]
