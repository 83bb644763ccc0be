"""The pages of the plan, the meetings, the groups and the hand-over: what a person does there, and what is said."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from folkmoot.apps.access.audience import Audience, Handling
from folkmoot.apps.access.models import AuditEntry
from folkmoot.apps.agenda import actions
from folkmoot.apps.agenda.models import Group, Meeting, MeetingState, PlanEntry, PlanVersion
from folkmoot.apps.issues.models import Action
from tests.agenda_world import SOON, Agenda, add_entry
from tests.apps.agenda.test_handover import lend
from tests.cast import MOMENT, Cast


def page(client: Client, name: str, *args: Any, **query: str) -> str:
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == 200, response.content.decode()
    return response.content.decode()


def send(client: Client, name: str, /, *args: Any, **data: Any) -> str:
    """The page that a person sees after sending a form."""
    response = client.post(reverse(name, args=args), data, follow=True)
    return response.content.decode()


def day(moment: Any, name: str = "day") -> dict[str, int]:
    return {f"{name}_day": moment.day, f"{name}_month": moment.month, f"{name}_year": moment.year}


def test_a_network_makes_its_first_group_meeting_and_item_by_forms(cast: Cast, sign_in_as: Any) -> None:
    officer = sign_in_as("officer")

    assert "The plan is empty." in page(officer, "plan")
    assert "Add the first group" in page(officer, "meeting_new")
    send(officer, "group_new", name="Mayors", purpose="Settles positions.", approves_plan="on", audience="network")
    group = Group.objects.get()
    said = send(officer, "meeting_new", group=group.key, time="14:00", minutes="60", audience="network",
                handling="OFFICIAL", **day(SOON))  # fmt: skip
    assert "Mayors meet on 2 December 2026." in said
    meeting = Meeting.objects.get()
    said = send(officer, "plan_item_new", title="Bus franchising", purpose="decide", meeting=meeting.key, minutes="20",
                owner=cast.officer.key, audience="network", handling="OFFICIAL")  # fmt: skip
    assert "“Bus franchising” is on the plan." in said
    assert "Bus franchising" in page(sign_in_as("mayor"), "plan")


@pytest.mark.requirement("B18")
def test_with_the_lead_away_the_deputy_runs_the_meeting_from_the_pack_alone(
    agenda: Agenda, cast: Cast, sign_in_as: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_entry(cast, agenda.meeting, title="The budget", owner=cast.head)
    later, deputy = agenda.later(), sign_in_as("deputy")
    lend(cast)
    pack = page(deputy, "handover", cast.head.key)
    meeting_url = reverse("meeting", args=[agenda.meeting.key])
    assert f'href="{meeting_url}"' in pack
    assert "Publish a signed position" in pack
    monkeypatch.setattr("folkmoot.web.middleware.moment", lambda: SOON + timedelta(hours=2))

    agenda_page = deputy.get(meeting_url).content.decode()
    for number, (heading, outcome) in enumerate(
        [("Matters arising", "noted"), ("Bus franchising", "agreed"), ("The budget", "carried")], start=1
    ):
        address = reverse("meeting_minute", args=[agenda.meeting.key, number])
        assert f'href="{address}"' in agenda_page
        asked = {"ask-title": "Send the costs", "ask-owner": cast.member_officer.key, **day(SOON, "ask-due")}
        deputy.post(address, {"outcome": outcome, "text": f"{heading}: settled.", **(asked if number == 2 else {})})
    said = send(deputy, "meeting_hold", agenda.meeting.key)

    assert "What was not settled goes to the meeting on 30 December 2026." in said
    assert Meeting.objects.get(pk=agenda.meeting.pk).state == MeetingState.HELD
    assert PlanEntry.objects.get(title="The budget").meeting == later
    assert Action.objects.get().owner == cast.member_officer
    assert "Send the costs" in page(sign_in_as("member_officer"), "meeting", agenda.meeting.key)


def test_the_pack_comes_as_a_pdf_with_its_mark(agenda: Agenda, cast: Cast, sign_in_as: Any) -> None:
    add_entry(
        cast, agenda.meeting, title="A delicate matter", audience="secretariat", handling=Handling.OFFICIAL_SENSITIVE
    )
    lend(cast)

    response = sign_in_as("deputy").get(reverse("handover_pdf", args=[cast.head.key]))

    assert response.content.startswith(b"%PDF-")
    assert AuditEntry.objects.filter(verb="read.export", account_id=cast.deputy.pk).count() == 1
    assert "OFFICIAL-SENSITIVE" in page(sign_in_as("deputy"), "handover", cast.head.key)


def test_the_chair_is_asked_on_the_home_page_and_nobody_else_is(agenda: Agenda, cast: Cast, sign_in_as: Any) -> None:
    send(sign_in_as("officer"), "plan_put", note="For January.")

    assert "Version 1 of the forward plan" in page(sign_in_as("chief_executive"), "home")
    assert "Version 1 of the forward plan" not in page(sign_in_as("mayor"), "home")
    assert "Approve this version" not in page(sign_in_as("head"), "plan_version", 1)
    assert "Version 1 of the plan is approved." in send(sign_in_as("chief_executive"), "plan_approve", 1)
    assert PlanVersion.objects.get().approved_by == cast.chief_executive


@pytest.mark.requirement("A5")
def test_what_changed_since_the_approval_stands_on_the_plan(
    agenda: Agenda, cast: Cast, sign_in_as: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To everybody who reads the plan: what it was, what it is, and whose hand it was; so does the next version."""
    send(sign_in_as("officer"), "plan_put")
    send(sign_in_as("chief_executive"), "plan_approve", 1)
    agenda.change(title="Bus franchising powers", by="deputy")

    shown = page(sign_in_as("mayor"), "plan")

    assert "1 change since it was put to the chair" in shown
    told = ("Bus franchising</td>", "Bus franchising powers</td>", "Dev Anand")
    assert [words for words in told if words not in shown] == []
    approved = page(sign_in_as("mayor"), "plan_version", 1)
    assert "Idris Vale" in approved
    assert "Bus franchising powers" not in approved
    monkeypatch.setattr("folkmoot.web.middleware.moment", lambda: MOMENT + timedelta(hours=1))
    send(sign_in_as("officer"), "plan_put")
    for part in ("chief_executive", "mayor"):
        following = page(sign_in_as(part), "plan_version", 2)
        assert [words for words in told if words not in following] == []


def test_minutes_that_are_open_after_the_meeting_are_somebodys_to_close(
    agenda: Agenda, sign_in_as: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "close the minutes" not in page(sign_in_as("officer"), "home")
    monkeypatch.setattr("folkmoot.web.middleware.moment", lambda: SOON + timedelta(days=1))

    assert "Chief executives, 2 December 2026: close the minutes" in page(sign_in_as("officer"), "home")
    assert "close the minutes" not in page(sign_in_as("mayor"), "home")


def test_the_sheet_holds_what_its_reader_may_see(agenda: Agenda, cast: Cast, sign_in_as: Any) -> None:
    add_entry(
        cast, None, title="=A delicate matter", audience=Audience.SECRETARIAT, handling=Handling.OFFICIAL_SENSITIVE
    )

    own, other = (sign_in_as(part).get(reverse("plan_sheet")).content.decode() for part in ("officer", "mayor"))

    assert "'=A delicate matter" in own
    assert own.splitlines()[0].endswith("OFFICIAL-SENSITIVE")
    assert "delicate" not in other


BAD_MEETINGS = {
    "no day": ({"day_day": ""}, "Write a real date"),
    "a day that is none": ({"day_day": "31", "day_month": "2"}, "Write a real date"),
    "a time that is none": ({"time": "25:00"}, "Write a time on the 24-hour clock"),
    "no minutes": ({"minutes": ""}, "This field is required"),
    "too long": ({"minutes": "601"}, "less than or equal to 600"),
    "a year nobody meets in": ({"day_year": "1066"}, "Check the year"),
    "twice the same": ({}, "meets at that very time already"),
}


@pytest.mark.parametrize("case", BAD_MEETINGS)
def test_what_is_wrong_with_a_meeting_is_said_beside_its_form(agenda: Agenda, sign_in_as: Any, case: str) -> None:
    changes, sentence = BAD_MEETINGS[case]
    good = {"group": agenda.group.key, "time": "14:00", "minutes": "60", "audience": "network", "handling": "OFFICIAL"}

    said = send(sign_in_as("officer"), "meeting_new", **{**good, **day(SOON), **changes})

    assert sentence in said
    assert "There is a problem" in said
    assert Meeting.objects.count() == 1


@pytest.mark.parametrize(
    ("items", "sentence"),
    [("Matters arising", "has no minutes"), ("Welcome, soon", "has no minutes"), ("Welcome, 0", "from 1 to 480")],
)
def test_what_is_wrong_with_standing_items_is_said(agenda: Agenda, sign_in_as: Any, items: str, sentence: str) -> None:
    response = sign_in_as("officer").post(reverse("standing_items", args=[agenda.group.key]), {"items": items})

    assert response.status_code == 400
    assert sentence in response.content.decode()


def test_half_an_action_is_refused_and_nothing_is_written(agenda: Agenda, cast: Cast, sign_in_as: Any) -> None:
    said = send(sign_in_as("officer"), "meeting_minute", agenda.meeting.key, 1, outcome="noted", text="Said.",
                **{"ask-title": "Send the costs"})  # fmt: skip

    assert "An action needs what, by whom and by when." in said
    assert not agenda.meeting.records.exists()


@pytest.mark.parametrize(
    ("name", "part", "queries"),
    [("plan", "officer", 11), ("meetings", "mayor", 8), ("groups", "mayor", 8)],
)
def test_a_list_asks_as_often_however_long_it_is(
    agenda: Agenda, cast: Cast, sign_in_as: Any, django_assert_num_queries: Any, name: str, part: str, queries: int
) -> None:
    client = sign_in_as(part)
    for number in range(12):
        add_entry(cast, agenda.later(number + 1), title=f"Item {number}")
        actions.add_group(cast.actor("officer"), name=f"Group {number}")

    with django_assert_num_queries(queries):
        page(client, name)


def test_an_agenda_asks_as_often_however_long_it_is(
    agenda: Agenda, cast: Cast, sign_in_as: Any, django_assert_num_queries: Any
) -> None:
    client = sign_in_as("officer")
    for number in range(12):
        add_entry(cast, agenda.meeting, title=f"Item {number}", minutes=2)

    with django_assert_num_queries(11):
        page(client, "meeting", agenda.meeting.key)


def test_a_closed_meeting_can_be_opened_again_to_correct_it(
    agenda: Agenda, sign_in_as: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("folkmoot.web.middleware.moment", lambda: MOMENT + timedelta(days=30))
    officer = sign_in_as("officer")
    assert "waits on the plan" in send(officer, "meeting_hold", agenda.meeting.key)
    assert "Open the minutes again" in page(officer, "meeting", agenda.meeting.key)

    assert "The minutes are open again." in send(officer, "meeting_reopen", agenda.meeting.key)
