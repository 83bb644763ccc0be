"""The test set of true and false connections, as records of the product: links by hand, the register, the plan."""

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from folkmoot.apps.agenda.models import PlanEntry
from folkmoot.apps.issues import actions
from folkmoot.apps.issues.models import Issue
from folkmoot.apps.issues.queries.related import suggested
from folkmoot.apps.members.models import CouncilMembership, Kind, Membership, Organization, Person, Post, Succession
from tests.agenda_world import add_entry
from tests.cast import Cast
from tests.issues_world import begin

SET = Path(__file__).parents[2] / "engines/related"
TABLES = {
    "body": "members.organization",
    "place": "members.organization",
    "person": "members.person",
    "post": "members.post",
    "work": "agenda.planentry",
    "issue": "issues.issue",
}


def rows(name: str) -> list[dict[str, str]]:
    with (SET / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


class Connected:
    """The made-up network of the set, in the database."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.edges = rows("edges.csv")
        self.keys: dict[str, str] = {}
        names = {edge[end] for edge in self.edges for end in "ab"}
        for name in sorted(names, key=lambda name: name.startswith("post:")):
            self.keys[name] = self._make(*name.split(":"))
        for edge in self.edges:
            self._join(edge)

    def _make(self, kind: str, key: str) -> str:
        if kind in {"body", "place"}:
            is_what = Kind.DEPARTMENT if kind == "body" else Kind.AUTHORITY
            Organization.objects.create(key=key, kind=is_what, name=key, invented=True)
        elif kind == "person":
            Person.objects.create(key=key, name=key, invented=True)
        elif kind == "post":
            [body] = [edge["b"] for edge in self.edges if edge["a"] == f"post:{key}"]
            held_by = Organization.objects.get(key=body.partition(":")[2])
            Post.objects.create(key=key, organization=held_by, kind="minister", label=key, invented=True)
        elif kind == "issue":
            return begin(self.cast, key).key
        else:
            return add_entry(self.cast, None, title=key).key
        return key

    def _join(self, edge: dict[str, str]) -> None:
        (kind, a), (other, b) = (edge[end].split(":") for end in "ab")
        if edge["kind"] == "link":
            issue = Issue.objects.get(key=self.keys[edge["a"]])
            by = self.cast.actor("officer")
            actions.link(by, issue=issue, table=TABLES[other], key=self.keys[edge["b"]], why=edge["why"])
        elif kind == "person":
            who, post = Person.objects.get(key=a), Post.objects.get(key=b)
            Membership.objects.create(key=a, person=who, post=post, valid_from="2020-01-01", current=True)
        elif kind in {"body", "place"}:
            below, above = Organization.objects.get(key=a), Organization.objects.get(key=b)
            if kind == "place":
                CouncilMembership.objects.create(key=a, council=below, authority=above, valid_from="2020-01-01")
            elif "Became" in edge["why"]:
                Succession.objects.create(key=a, predecessor=below, successor=above, change="renamed")
            else:
                below.parent = above
                below.save()

    def suggested_to(self, issue: str) -> set[tuple[str, str]]:
        found = suggested(self.cast.actor("officer"), Issue.objects.get(key=self.keys[f"issue:{issue}"]))
        assert all(each.why for each in found.offered)
        return {(each.table, each.key) for each in found.offered}


@pytest.mark.requirement("B30")
def test_stated_connections_are_suggested_on_an_issue_and_unrelated_ones_are_not(cast: Cast) -> None:
    """All ninety rows, each suggestion with its chain; a plan entry stands for the work of any room."""
    connected = Connected(cast)
    assert PlanEntry.objects.exists()
    stated: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows("connections.csv"):
        stated[row["issue"]].append(row)

    wrong = []
    for issue, expected in stated.items():
        found = connected.suggested_to(issue)
        for row in expected:
            thing = (TABLES[row["thing"].partition(":")[0]], connected.keys[row["thing"]])
            if (thing in found) != (row["related"] == "yes"):
                wrong.append((issue, row["thing"], row["related"], row["because"]))
    assert wrong == []
