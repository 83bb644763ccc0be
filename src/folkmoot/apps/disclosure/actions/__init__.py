"""What may happen to requests for information, by step."""

from folkmoot.apps.disclosure.actions.answering import log_answer, prepare, release, send_back, write_letter
from folkmoot.apps.disclosure.actions.arriving import open_from_mail
from folkmoot.apps.disclosure.actions.cases import (
    answer_clarification,
    ask_clarification,
    change_law,
    extend,
    kinds_of,
    open_case,
    withdraw,
)
from folkmoot.apps.disclosure.actions.items import collect, decide, decide_file, disclose_rest, name_item, take_out
from folkmoot.apps.disclosure.actions.own_data import collect_held
from folkmoot.apps.disclosure.actions.redacting import (
    let_stand_everywhere,
    redact,
    redact_everywhere,
    redact_paragraphs,
    unredact,
)

__all__ = [
    "answer_clarification",
    "ask_clarification",
    "change_law",
    "collect",
    "collect_held",
    "decide",
    "decide_file",
    "disclose_rest",
    "extend",
    "kinds_of",
    "let_stand_everywhere",
    "log_answer",
    "name_item",
    "open_case",
    "open_from_mail",
    "prepare",
    "redact",
    "redact_everywhere",
    "redact_paragraphs",
    "release",
    "send_back",
    "take_out",
    "unredact",
    "withdraw",
    "write_letter",
]
