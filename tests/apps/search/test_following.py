"""What a record takes from another one is written anew when that one changes, not only in the night."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from folkmoot.apps.access.audience import Handling
from folkmoot.apps.agenda import actions as agenda_actions
from folkmoot.apps.agenda.models import Group, Meeting
from folkmoot.apps.issues import actions as issue_actions
from folkmoot.apps.members.models import Kind, Organization, Post, PostKind
from folkmoot.apps.search.models import Entry
from folkmoot.apps.search.registry import search_sources
from tests.agenda_world import add_entry, make_agenda
from tests.cast import TODAY, Cast
from tests.issues_world import begin, give


def titles(kind: str) -> list[str]:
    return list(Entry.objects.filter(kind=kind).order_by("record_id").values_list("title", flat=True))


def test_a_group_gives_its_name_to_its_meetings_and_their_minutes(cast: Cast) -> None:
    meeting = make_agenda(cast).meeting
    officer = cast.actor("officer")
    agenda_actions.write_minute(officer, meeting=meeting, heading="Rail", outcome="noted", text="It was said.")
    group = Group.objects.get(pk=meeting.group_id)

    group.name = "Quixotic group"
    group.save()

    assert all(title.startswith("Quixotic group, ") for title in titles("meeting"))
    assert titles("minute") == [f"Rail ({titles('meeting')[0]})"]


def test_a_meeting_gives_its_day_and_its_mark_to_its_minutes(cast: Cast) -> None:
    meeting = make_agenda(cast).meeting
    officer = cast.actor("officer")
    agenda_actions.write_minute(officer, meeting=meeting, heading="Rail", outcome="noted", text="It was said.")
    meeting = Meeting.objects.get(pk=meeting.pk)
    day = meeting.starts_at.date()

    meeting.starts_at += timedelta(days=7)
    meeting.handling = Handling.OFFICIAL_SENSITIVE
    meeting.save()

    entry = Entry.objects.get(kind="minute")
    assert (entry.day, entry.handling) == (day + timedelta(days=7), Handling.OFFICIAL_SENSITIVE)
    assert f"{(day + timedelta(days=7)).day} " in entry.title


def test_a_person_s_new_name_stands_on_their_actions_and_items(cast: Cast) -> None:
    give(cast, begin(cast, "Depots"))
    add_entry(cast, make_agenda(cast).meeting, title="Walrus matter")
    owners = {each.body for each in Entry.objects.filter(kind__in=("action", "plan"))}
    assert any(cast.officer.name in body for body in owners)

    cast.officer.name = "Quixotic Lark"
    cast.officer.save()

    bodies = [each.body for each in Entry.objects.filter(kind__in=("action", "plan"))]
    assert any("Quixotic Lark" in body for body in bodies)
    assert not any("Owen Lark" in body for body in bodies)


def test_an_issue_gives_its_title_to_its_notes_and_a_body_its_name_to_its_posts(cast: Cast) -> None:
    issue = begin(cast, "Depots")
    issue_actions.write_note(cast.actor("officer"), issue=issue, day=TODAY, text="It was said.")
    body = Organization.objects.create(key="x", kind=Kind.AUTHORITY, name="Aldermere")
    Post.objects.create(key="x/mayor", organization=body, kind=PostKind.MAYOR, label="Mayor")

    issue.title, body.name = "Quixotic depots", "Quixotic mere"
    issue.save()
    body.save()

    assert titles("note") == ["Quixotic depots: note"]
    assert titles("post") == ["Mayor, Quixotic mere"]


def test_a_change_of_what_nobody_follows_costs_no_question_more(cast: Cast) -> None:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        cast.officer.save(update_fields=["last_login"])

    assert len(asked) == 1


@pytest.mark.parametrize("source", search_sources(), ids=lambda source: source.kind)
def test_each_kind_follows_rows_and_fields_that_there_are(source: Any) -> None:
    for follow in source.follows:
        assert any(each.startswith(follow.path) for each in source.related), follow.path
        model = source.model
        for name in follow.path.split("__"):
            model = model._meta.get_field(name).related_model
        for field in follow.fields:
            assert model._meta.get_field(field)
