"""What the network holds on a body, a post and a person stays whole when a name or a holder changes."""

from datetime import date, timedelta
from typing import Any

import pytest

from folkmoot.apps.access.audience import Audience
from folkmoot.apps.issues import actions
from folkmoot.apps.issues.models import Issue, IssueLink
from folkmoot.apps.issues.queries.held import held_page
from folkmoot.apps.members import actions as members
from folkmoot.apps.members.models import Organization, PostKind, Succession
from folkmoot.apps.positions.models import Ask
from tests.cast import MOMENT, Cast
from tests.issues_world import begin
from tests.positions_world import draft

BODY, POST, PERSON = "members.organization", "members.post", "members.person"
LONG_AGO = MOMENT - timedelta(days=700)


def department(cast: Cast, key: str, name: str) -> Organization:
    return members.add_organization(cast.actor("officer"), key=key, name=name, kind="department", invented=True)


def link_on(cast: Cast, issue: Issue, table: str, key: str, why: str, on: Any = MOMENT) -> None:
    made = actions.link(cast.actor("officer"), issue=issue, table=table, key=key, why=why)
    IssueLink.objects.filter(pk=made.pk).update(added_at=on)


def shown(cast: Cast, kind: str, key: str, part: str = "officer") -> list[tuple[str, str, str]]:
    page = held_page(cast.actor(part), kind, key)
    assert page is not None
    return [(line.entry.what, line.about, line.holder) for line in page.lines]


@pytest.mark.requirement("A19")
def test_history_stays_whole_when_a_department_is_renamed_and_a_post_changes_hands(network: Cast) -> None:
    """A renaming, a successor and a new minister: nothing is lost, nothing doubled, old entries keep the old name."""
    paths = department(network, "paths", "Department of Paths")
    by = network.actor("officer")
    minister = members.add_post(
        by, key="minister", organization=paths, kind=PostKind.MINISTER, label="Minister for Paths"
    )
    for name, since, until in (("Ada Vane", "2023-01-01", "2026-01-01"), ("Ben Holt", "2026-01-01", "")):
        person = members.add_person(by, key=name.lower().replace(" ", "-"), name=name, invented=True)
        members.appoint(by, person=person, post=minister, valid_from=since, valid_to=until)
    for title, table, key, why, on in (
        ("Old buses", BODY, "paths", "It paid.", LONG_AGO),
        ("Old trams", POST, "minister", "Promised a reply.", LONG_AGO),
        ("Her own idea", PERSON, "ada-vane", "She said so.", LONG_AGO),
        ("After she left", PERSON, "ada-vane", "She writes books.", MOMENT),
        ("New trams", POST, "minister", "Promised again.", MOMENT),
    ):
        link_on(network, begin(network, title), table, key, why, on)
    members.rename_organization(
        by, organization=paths, name="Department of Ways", on=date(2026, 6, 1), source="the order", as_of="2026-06-01"
    )
    position = draft(network)
    Ask.objects.create(
        clause_text=position.versions.get().clause_texts.first(),
        words="Pay for depots.",
        department="Department of Ways",
        drawn_by=network.officer,
        drawn_at=MOMENT,
    )
    Succession.objects.create(
        key="ways-travel", predecessor=paths, successor=department(network, "travel", "Department of Travel")
    )

    expected = {
        ("Issue: It paid.", "Department of Paths", ""),
        ("Issue: Promised a reply.", "Minister for Paths, Department of Paths", "Ada Vane"),
        ("Issue: She said so.", "Ada Vane", ""),
        ("Issue: Promised again.", "Minister for Paths, Department of Ways", "Ben Holt"),
        ("Ask: Pay for depots.", "Department of Ways", ""),
    }
    for key in ("paths", "travel"):
        assert sorted(shown(network, "body", key)) == sorted(expected), key
    assert {what for what, _about, _holder in shown(network, "post", "minister")} == {
        "Issue: Promised a reply.",
        "Issue: Promised again.",
        "Issue: She said so.",
    }
    assert {what for what, _about, _holder in shown(network, "person", "ada-vane")} == {
        "Issue: She said so.",
        "Issue: She writes books.",
        "Issue: Promised a reply.",
    }


def test_it_shows_each_reader_only_their_own(network: Cast) -> None:
    department(network, "paths", "Department of Paths")
    link_on(network, begin(network, "Secret", audience=Audience.SECRETARIAT), BODY, "paths", "In confidence.")
    link_on(network, begin(network, "Open"), BODY, "paths", "Known.")

    assert len(shown(network, "body", "paths")) == 2
    assert [what for what, _about, _holder in shown(network, "body", "paths", "mayor")] == ["Issue: Known."]
    assert shown(network, "body", "paths", "administrator") == []


@pytest.mark.parametrize(("kind", "key"), [("body", "nowhere"), ("post", "none"), ("person", "nobody"), ("sheep", "x")])
def test_of_what_is_not_in_the_register_there_is_no_page(network: Cast, kind: str, key: str) -> None:
    assert held_page(network.actor("officer"), kind, key) is None


def test_it_asks_as_often_however_much_is_held(network: Cast, django_assert_num_queries: Any) -> None:
    department(network, "paths", "Department of Paths")
    for number in range(8):
        link_on(network, begin(network, f"Issue {number}"), BODY, "paths", "It pays.")

    with django_assert_num_queries(10):
        shown(network, "body", "paths")
