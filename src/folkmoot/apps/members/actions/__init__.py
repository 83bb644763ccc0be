"""What may happen to the register. Every action asks for the right to correct it and leaves a line in the trail."""

from folkmoot.apps.members.actions._beginning import found_network
from folkmoot.apps.members.actions._builders import (
    add_organization,
    add_party,
    add_person,
    add_post,
    appoint,
    end_appointment,
    join_network,
    leave_network,
    record_holder,
    record_officer,
    rename_organization,
)
from folkmoot.apps.members.actions._corrections import DATES, FACT_KINDS, FactKind, correct_fact, recheck_fact, value_of
from folkmoot.apps.members.actions._reviews import tick_review_item

__all__ = [
    "DATES",
    "FACT_KINDS",
    "FactKind",
    "add_organization",
    "add_party",
    "add_person",
    "add_post",
    "appoint",
    "correct_fact",
    "end_appointment",
    "found_network",
    "join_network",
    "leave_network",
    "recheck_fact",
    "record_holder",
    "record_officer",
    "rename_organization",
    "tick_review_item",
    "value_of",
]
