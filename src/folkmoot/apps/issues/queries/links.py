"""What an issue could be linked to, for whoever looks for it by words."""

from dataclasses import dataclass

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.issues.linkables import linkable_of, linkables
from folkmoot.apps.issues.models import Issue
from folkmoot.apps.issues.own import ISSUE

# No table's name holds a space, so that one text tells both.
BETWEEN = " "
# Of each kind, where every kind is looked through.
A_FEW = 8


@dataclass(frozen=True, slots=True)
class Found:
    """A record that matches the words."""

    table: str
    key: str
    title: str

    @property
    def value(self) -> str:
        """The record as a form sends it back."""
        return f"{self.table}{BETWEEN}{self.key}"

    @staticmethod
    def parted(value: str) -> tuple[str, str]:
        """The table and the key of what a form sent back."""
        table, _, key = value.partition(BETWEEN)
        return table, key


def candidates(actor: Actor, issue: Issue, words: str, *, table: str = "") -> list[tuple[str, list[Found]]]:
    """Records that match the words and are not linked yet, as far as the actor sees; by kind, a few of each.

    Of one kind alone as many are given as its room finds.
    """
    kind = linkable_of(table)
    linked = {*issue.links.values_list("table", "record_key"), (ISSUE, issue.key)}
    found = []
    for each in [kind] if kind else linkables():
        rows = [
            Found(each.table, key, title) for key, title in each.find(actor, words) if (each.table, key) not in linked
        ]
        if rows:
            found.append((each.label, rows if kind else rows[:A_FEW]))
    return found
