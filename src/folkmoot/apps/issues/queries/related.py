"""What is related to an issue, each with the chain of links that makes it so, and what was set aside."""

from collections.abc import Mapping
from dataclasses import dataclass

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.issues.edges import edges
from folkmoot.apps.issues.linkables import Group, linkable_of, titles_of
from folkmoot.apps.issues.models import Dismissal, Issue
from folkmoot.apps.issues.own import ISSUE
from folkmoot.apps.issues.queries.page import groups_of
from folkmoot.engines.related import Related, Thing, related

MOST = 24


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A record that is related to an issue: what it is called, and why, one sentence a step."""

    table: str
    key: str
    title: str
    kind: str
    group: Group
    why: tuple[str, ...]
    score: float

    @property
    def value(self) -> str:
        """How a form names it."""
        return f"{self.table} {self.key}"

    @property
    def in_short(self) -> str:
        """The chain as the why of a link."""
        return " ".join(self.why)[:300]


@dataclass(frozen=True, slots=True)
class Suggested:
    """What is suggested, and what somebody set aside."""

    offered: tuple[Suggestion, ...]
    set_aside: tuple[Suggestion, ...]

    def by_group(self) -> list[tuple[str, list[Suggestion]]]:
        """What is offered, under the headings of the page."""
        return [(group.value, found) for group in Group if (found := [s for s in self.offered if s.group is group])]


def suggested(actor: Actor, issue: Issue) -> Suggested:
    """The strongest suggestions that this person may see, beside those that were set aside."""
    found = related(Thing(ISSUE, issue.key), edges(actor))
    things = {step.thing for each in found for step in each.chains[0]}
    titles = titles_of(actor, {(thing.table, thing.key) for thing in things})
    groups = groups_of(titles)
    shown = [
        _suggestion(each, titles, groups)
        for each in found
        if all((step.thing.table, step.thing.key) in titles for step in each.chains[0])
    ]
    gone = set(Dismissal.objects.filter(issue=issue).values_list("table", "record_key"))
    return Suggested(
        offered=tuple(each for each in shown if (each.table, each.key) not in gone)[:MOST],
        set_aside=tuple(each for each in shown if (each.table, each.key) in gone),
    )


def _suggestion(
    found: Related, titles: Mapping[tuple[str, str], str], groups: dict[tuple[str, str], Group]
) -> Suggestion:
    name = (found.thing.table, found.thing.key)
    kind = linkable_of(found.thing.table)
    steps = [(titles[step.thing.table, step.thing.key], step.why) for step in found.chains[0]]
    return Suggestion(
        table=found.thing.table,
        key=found.thing.key,
        title=titles[name],
        kind=kind.label if kind else "",
        group=groups[name],
        why=tuple(f"{title}: {why}" for title, why in steps),
        score=found.score,
    )
