"""What may happen to requests for information, by step."""

from folkmoot.apps.disclosure.actions.answering import log_answer, prepare, release, send_back, write_letter
from folkmoot.apps.disclosure.actions.cases import (
    answer_clarification,
    ask_clarification,
    extend,
    open_case,
    withdraw,
)
from folkmoot.apps.disclosure.actions.items import collect, decide, name_item, redact, take_out, unredact

__all__ = [
    "answer_clarification",
    "ask_clarification",
    "collect",
    "decide",
    "extend",
    "log_answer",
    "name_item",
    "open_case",
    "prepare",
    "redact",
    "release",
    "send_back",
    "take_out",
    "unredact",
    "withdraw",
    "write_letter",
]
