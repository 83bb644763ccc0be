"""The pages of actions: given, read, closed with evidence, and what wrong input gets at each door."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from folkmoot.apps.access.audience import Audience, Handling
from folkmoot.apps.access.models import AuditEntry
from folkmoot.apps.issues import actions
from folkmoot.apps.issues.models import Action, Issue
from tests.cast import TODAY, Cast
from tests.issues_world import begin, give
from tests.web.issues.test_issues import page, send

DUE = {"due_day": "27", "due_month": "11", "due_year": "2026"}


def test_an_action_is_given_and_its_owner_closes_it_with_words_and_a_file(network: Cast, sign_in_as: Any) -> None:
    issue = begin(network, audience=Audience.SECRETARIAT)
    fields = {"title": "Check the figures", "owner": network.member_officer.key, "remind_days": "3", **DUE}
    said = send(
        sign_in_as("officer"), "issue_action_new", issue.key, audience="secretariat", handling="OFFICIAL", **fields
    )
    assert "Maya Osei has the action" in said and "due Fri 27 Nov 2026" in said
    action, owner = Action.objects.get(), sign_in_as("member_officer")
    assert "Check the figures" in page(owner, "actions")
    assert "Buses" not in page(owner, "action", action.key)

    upload = SimpleUploadedFile("figures.txt", b"12, 13")
    text = send(owner, "action_close", action.key, evidence="They are right.", file=upload)

    assert "They are right." in text and "figures.txt" in text and "by Maya Osei" in text
    assert owner.get(reverse("action_file", args=[action.key])).content == b"12, 13"
    assert sign_in_as("mayor").get(reverse("action_file", args=[action.key])).status_code == 404
    assert "is open again" in send(owner, "action_reopen", action.key)


def test_an_office_that_only_reads_an_action_cannot_end_it(network: Cast, sign_in_as: Any) -> None:
    action, mayor = give(network, begin(network), audience=Audience.NETWORK), sign_in_as("mayor")

    text = page(mayor, "action", action.key)

    assert "Close it" not in text and "Drop it" not in text
    for name in ("action_close", "action_change", "action_drop"):
        assert mayor.get(reverse(name, args=[action.key])).status_code == 403
    assert mayor.post(reverse("action_reopen", args=[action.key])).status_code == 403


def test_an_action_is_given_to_somebody_else(network: Cast, sign_in_as: Any) -> None:
    action, officer = give(network), sign_in_as("officer")
    fields = {"title": "In other words", "owner": network.head.key, "remind_days": "1", **DUE}

    text = send(officer, "action_change", action.key, **fields)

    assert "In other words" in text and "Helen Marsh" in text


def test_a_linked_record_is_offered_as_evidence(network: Cast, sign_in_as: Any) -> None:
    issue = begin(network)
    actions.link(network.actor("officer"), issue=issue, table="members.organization", key="stanwold", why="It asks.")
    action, officer = give(network, issue), sign_in_as("officer")

    assert "Stanwold" in page(officer, "action_close", action.key)
    text = send(officer, "action_close", action.key, record="members.organization stanwold")

    assert reverse("body", args=["stanwold"]) in text


def test_a_sensitive_action_is_marked_and_each_reading_is_written_down(network: Cast, sign_in_as: Any) -> None:
    issue = begin(network, audience=Audience.SECRETARIAT, handling=Handling.OFFICIAL_SENSITIVE)
    action = give(network, issue, "member_officer")
    owner = sign_in_as("member_officer")

    assert "OFFICIAL-SENSITIVE" in page(owner, "action", action.key)
    sheet = owner.get(reverse("actions_export")).content.decode("utf-8-sig")

    assert sheet.startswith("OFFICIAL-SENSITIVE\r\n") and "Buses" not in sheet
    verbs = AuditEntry.objects.filter(record="issues.action", record_id=action.pk, account_id=network.member_officer.pk)
    assert sorted(verbs.values_list("verb", flat=True)) == ["read.export", "read.page"]


def test_lists_say_what_to_do_where_they_are_empty(network: Cast, sign_in_as: Any) -> None:
    officer = sign_in_as("officer")

    assert "You have no open action" in page(officer, "actions")
    assert "There is no open action that you may see" in page(officer, "actions", whose="all")
    assert "No action matches" in page(officer, "actions", state="done")


def test_what_is_late_is_said(network: Cast, sign_in_as: Any) -> None:
    give(network, title="Late", due=TODAY - timedelta(days=1))

    assert "Overdue" in page(sign_in_as("officer"), "actions")
    assert "Late" in page(sign_in_as("officer"), "actions", state="overdue")
    assert "Late" not in page(sign_in_as("head"), "actions")


LONG = "x" * 5000
DAY = {"day_day": "20", "day_month": "11", "day_year": "2026"}
NOTE = {"text": "So.", "audience": "secretariat", "handling": "OFFICIAL", **DAY}
FRONT = {"title": "Rail", "aim": "Trains.", "handling": "OFFICIAL", "state": "active", "audience": "secretariat"}
GIVEN = {"title": "Do it", "remind_days": "3", "audience": "secretariat", "handling": "OFFICIAL", **DUE}
BEGINS = {"begins_day": "1", "begins_month": "11", "begins_year": "2026"}
BAD_FORMS: list[tuple[str, dict[str, str], str]] = [
    ("issue_new", {}, "Give the issue a title."),
    ("issue_new", FRONT | {"title": LONG}, "at most 160 characters"),
    ("issue_new", FRONT | {"aim": LONG}, "at most 300 characters"),
    ("issue_new", FRONT | {"lead": "nobody"}, "Choose one of the list."),
    ("issue_new", FRONT | {"workstream": "../.."}, "Choose one of the list."),
    ("issue_new", FRONT | {"audience": "public"}, "Choose one of the list."),
    ("issue_new", FRONT | {"state": "closed"}, "Choose one of the list."),
    ("issue_new", FRONT | {"handling": "SECRET"}, "Choose one of the list."),
    ("issue_change", {}, "Give the issue a title."),
    ("issue_state", {}, "Choose one of the list."),
    ("issue_state", {"state": "settled"}, "Say why in one sentence."),
    ("issue_state", {"state": "active", "why": "Still."}, "in this state already"),
    ("issue_next", {"what": "We meet"}, "Give both the next date and what happens then"),
    ("issue_next", {"on_day": "31", "on_month": "2", "on_year": "2026", "what": "We meet"}, "Write a real date"),
    ("issue_next", {"on_day": "x", "on_month": "", "on_year": "", "what": "We meet"}, "Write a real date"),
    ("issue_readers", {}, "Choose one of the list."),
    ("issue_readers", {"audience": "named"}, "Choose at least one office"),
    ("issue_readers", {"audience": "network", "offices": "atlantis"}, "Choose one of the list."),
    ("issue_readers", {"audience": "network", "people": "nobody"}, "Choose one of the list."),
    ("issue_note", NOTE | {"text": ""}, "Write what happened"),
    ("issue_note", NOTE | {"text": LONG}, "at most 2000 characters"),
    ("issue_note", NOTE | {"day_year": "0"}, "Write a real date"),
    ("issue_note", NOTE | {"audience": "private"}, "Choose one of the list."),
    ("link_add", {"why": "So."}, "Choose a record."),
    ("link_add", {"why": "So.", "record": "positions.position"}, "Choose a record of the list."),
    ("issue_action_new", GIVEN, "Choose who is to do it."),
    ("issue_action_new", GIVEN | {"owner": "nobody"}, "Choose one of the list."),
    ("issue_action_new", GIVEN | {"remind_days": "many"}, "Write a number of days"),
    ("issue_action_new", GIVEN | {"remind_days": "61"}, "between 0 and 60"),
    ("issue_action_new", GIVEN | {"due_year": "1066"}, "between 2000 and 2100"),
    ("action_new", GIVEN | {"due_day": "", "due_month": "", "due_year": ""}, "Write a date"),
    ("action_close", {}, "Say how it was done"),
    ("action_close", {"evidence": LONG}, "at most 1000 characters"),
    ("action_drop", {}, "Say why it is dropped."),
    ("action_change", {}, "Say what is to be done."),
    ("workstream_new", {"place": "1", "aim": "So."}, "Give the workstream a name."),
    ("workstream_new", {"place": "0", "name": "Rail", "aim": "So."}, "between 1 and 99"),
    ("priority_new", {"place": "1", "name": "First"}, "Write a date"),
    ("priority_new", {"place": "x", "name": "First", **BEGINS}, "between 1 and 99"),
    (
        "priority_new",
        {"place": "1", "name": "First", **BEGINS, "ends_day": "1", "ends_month": "1", "ends_year": "2020"},
        "ends before it begins",
    ),
]


@pytest.mark.parametrize(("name", "fields", "words"), BAD_FORMS)
def test_wrong_input_is_answered_in_a_sentence_beside_the_form(
    network: Cast, sign_in_as: Any, name: str, fields: dict[str, str], words: str
) -> None:
    issue = begin(network)
    action = give(network, issue)
    if name in ("issue_action_new", "action_new") and "owner" not in fields and words != "Choose who is to do it.":
        fields = fields | {"owner": network.officer.key}
    keys = _keys(name, issue, action)
    before = (Issue.objects.count(), Action.objects.count(), issue.notes.count())

    response = sign_in_as("officer").post(reverse(name, args=keys), fields)

    assert response.status_code == 200
    assert words in response.content.decode() and "Error: " in response.content.decode()
    assert before == (Issue.objects.count(), Action.objects.count(), issue.notes.count())


def _keys(name: str, issue: Issue, action: Action) -> list[str]:
    if name in ("issue_new", "action_new", "workstream_new", "priority_new"):
        return []
    return [action.key if name.startswith("action_") else issue.key]


def test_a_file_that_is_too_large_or_empty_is_refused_beside_the_form(
    network: Cast, sign_in_as: Any, settings: Any
) -> None:
    action, officer = give(network), sign_in_as("officer")
    large = SimpleUploadedFile("large.txt", b"x" * (settings.ENVIRONMENT.upload_mb * 1024 * 1024 + 1))

    def answer(file: SimpleUploadedFile) -> str:
        return str(officer.post(reverse("action_close", args=[action.key]), {"file": file}).content.decode())

    assert "the largest file that can be taken is" in answer(large)
    assert "The file is empty." in answer(SimpleUploadedFile("empty.txt", b""))
    assert Action.objects.get().is_open


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("issue", ["none"]),
        ("action", ["none"]),
        ("workstream_change", ["none"]),
        ("priority_change", ["none"]),
        ("action_file", ["none"]),
    ],
)
def test_what_is_not_there_is_not_found(network: Cast, sign_in_as: Any, name: str, keys: list[str]) -> None:
    assert sign_in_as("head").get(reverse(name, args=keys)).status_code == 404


def test_a_note_or_link_of_another_issue_is_not_found(network: Cast, sign_in_as: Any) -> None:
    one, other = begin(network, "One"), begin(network, "Other")
    head = network.actor("head")
    note = actions.write_note(head, issue=other, day=TODAY, text="So.")
    link = actions.link(head, issue=other, table="members.organization", key="stanwold", why="It asks.")
    client: Client = sign_in_as("head")

    assert client.post(reverse("note_remove", args=[one.key, note.key])).status_code == 404
    assert client.post(reverse("link_remove", args=[one.key, link.key])).status_code == 404
    assert other.notes.exists() and other.links.exists()
