"""How long notes and actions are kept, what the room holds about a person, and how their name is taken out."""

from datetime import timedelta

import pytest

from folkmoot.apps.access.audience import Handling
from folkmoot.apps.access.audit import verify
from folkmoot.apps.access.models import AuditEntry
from folkmoot.apps.issues import actions
from folkmoot.apps.issues.models import Action, IssueNote
from folkmoot.apps.issues.records import erase, find
from folkmoot.apps.records.registry import Subject, personal_sources, record_classes
from tests.cast import MOMENT, TODAY, Cast
from tests.issues_world import begin, give

LATER = MOMENT + timedelta(days=1)
NOBODY = Subject(None, "", ("Zebedee Quill",), ("",))


def maya(cast: Cast) -> Subject:
    return Subject(cast.member_officer.pk, "maya-osei", ("Maya Osei",), ("maya.osei@folkmoot.invalid",))


def test_a_person_is_told_their_notes_and_actions_and_those_that_name_them(network: Cast) -> None:
    issue, head = begin(network), network.actor("head")
    actions.write_note(head, issue=issue, day=TODAY, text="Call with maya osei.")
    secret = actions.write_note(
        head, issue=issue, day=TODAY, text="Maya Osei would leave.", handling=Handling.OFFICIAL_SENSITIVE
    )
    actions.write_note(head, issue=issue, day=TODAY, text="Of nobody.")
    give(network, issue, "member_officer", title="Check the figures")
    give(network, issue, title="Write to maya.osei@folkmoot.invalid")

    found = find(maya(network))

    assert [(each.title, each.text) for each in found] == [
        ("A note that names them", "Call with maya osei."),
        ("A note that names them", ""),
        ("An action of theirs", "Check the figures. Due 2026-11-25."),
        ("An action that names them", "Write to maya.osei@folkmoot.invalid. Due 2026-11-25."),
    ]
    assert found[1].key == secret.key and "OFFICIAL-SENSITIVE" in found[1].withheld
    assert find(NOBODY) == []
    head_subject = Subject(network.head.pk, "", ("Helen Marsh",), ())
    assert [each.title for each in find(head_subject)] == ["A note by them"] * 3


def test_a_name_is_taken_out_and_what_happened_stays(network: Cast) -> None:
    issue, head = begin(network), network.actor("head")
    note = actions.write_note(head, issue=issue, day=TODAY, text="Maya Osei called; MAYA OSEI asked for dates.")
    action = give(network, issue, title="Answer Maya Osei")
    own = give(network, issue, "member_officer", title="Check the figures")

    assert erase(head, maya(network)) == 2

    note.refresh_from_db()
    action.refresh_from_db()
    own.refresh_from_db()
    assert note.text == "[name erased] called; [name erased] asked for dates."
    assert action.title == "Answer [name erased]" and own.title == "Check the figures"
    assert erase(head, NOBODY) == 0
    assert AuditEntry.objects.filter(verb="record.names-erased").count() == 2 and verify() == []


def test_a_name_that_grows_in_the_erasing_still_fits_its_column(network: Cast) -> None:
    action = give(network, title="Abe " * 50)
    give(network, title="Ask Abel")  # a name in a name is nobody's

    assert erase(network.actor("head"), Subject(None, "", ("Abe",), ())) == 1

    action.refresh_from_db()
    assert len(action.title) <= 200 and "Abe" not in action.title


@pytest.mark.parametrize("name", ["issues.note", "issues.action"])
def test_what_is_kept_longer_than_its_time_is_due_and_removed(network: Cast, name: str) -> None:
    issue, head = begin(network), network.actor("head")
    actions.write_note(head, issue=issue, day=TODAY, text="So.")
    actions.close_action(head, action=give(network, issue), evidence="Done.")
    give(network, issue)
    [kept] = [each for each in record_classes() if each.name == name]

    assert list(kept.due(MOMENT)) == []
    [row] = kept.due(LATER)
    assert list(kept.stands_on(row)) == [("issues.issue", issue.key)]
    kept.remove(head, row)

    left = {"issues.note": IssueNote.objects.count(), "issues.action": Action.objects.filter(state="done").count()}
    assert left[name] == 0 and sum(left.values()) == 1 and Action.objects.filter(state="open").exists()
    assert kept.months == 120


def test_the_room_has_told_what_it_holds() -> None:
    assert "issues" in {source.name for source in personal_sources()}
