"""Consensus: from members' answers to what is agreed, what blocks it and whom to talk to.

In go a rule, members, clauses with variants, links between variants and one answer a member, clause and variant; out
come the best choice of variants under the rule and the links, each clause's state and margin, and the smallest sets of
members whose change of mind would settle what is not agreed.

    position = read_position(json.loads(text))
    analysis = analyse(position)
    assert check(position, analysis) == ()
    json.dumps(to_json(analysis))

`releasable` says what of one clause's answers the member offices may be told after closing.
"""

from folkmoot.engines.consensus._analysis import (
    MOST_SETS,
    Analysis,
    ClauseResult,
    Conversation,
    analyse,
    to_json,
    what_if,
)
from folkmoot.engines.consensus._check import check
from folkmoot.engines.consensus._disclosure import Release, aggregate_releasable, releasable
from folkmoot.engines.consensus._position import (
    BadPosition,
    Clause,
    Link,
    Member,
    Position,
    Response,
    Rule,
    Variant,
    read_position,
)

__all__ = [
    "MOST_SETS",
    "Analysis",
    "BadPosition",
    "Clause",
    "ClauseResult",
    "Conversation",
    "Link",
    "Member",
    "Position",
    "Release",
    "Response",
    "Rule",
    "Variant",
    "aggregate_releasable",
    "analyse",
    "check",
    "read_position",
    "releasable",
    "to_json",
    "what_if",
]
