"""The pages of issues: the list, one issue, its changes, notes and links, by clicks and without a script."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.text import slugify

from folkmoot.apps.access.audience import Audience, Handling
from folkmoot.apps.access.models import AuditEntry
from folkmoot.apps.issues import actions
from folkmoot.apps.issues.models import Issue, IssueNote
from folkmoot.apps.members.models import Kind, Organization
from tests.cast import TODAY, Cast
from tests.issues_world import begin, give
from tests.positions_world import draft


def page(client: Client, name: str, *keys: str, **query: Any) -> str:
    response = client.get(reverse(name, args=keys), query)
    assert response.status_code == 200, response.content.decode()
    return response.content.decode()


def send(client: Client, where: str, *keys: str, **fields: Any) -> str:
    """The page to which a form that was taken leads, with its message."""
    response: Any = client.post(reverse(where, args=keys), fields)
    assert response.status_code == 302, response.content.decode()
    text: str = client.get(response.url).content.decode()
    return text


def test_the_first_person_is_told_what_to_do_first(network: Cast, sign_in_as: Any) -> None:
    officer = sign_in_as("officer")

    assert "There is no issue that you may see yet" in page(officer, "issues")
    assert "Begin an issue" in page(officer, "issues")
    assert "Begin an issue" not in page(sign_in_as("mayor"), "issues")
    assert "No issue matches" in page(officer, "issues", q="nothing")


def test_an_issue_is_begun_changed_and_moved_on(network: Cast, sign_in_as: Any) -> None:
    officer = sign_in_as("officer")
    front = {"title": "Buses", "aim": "Every bus on one ticket.", "handling": "OFFICIAL"}

    begun = send(officer, "issue_new", state="active", audience="network", lead=network.officer.key, **front)
    assert "“Buses” was begun." in begun and "Every bus on one ticket." in begun
    key = Issue.objects.get().key
    day = {"on_day": "3", "on_month": "12", "on_year": "2026"}
    assert "Thu 3 Dec 2026: The officers meet" in send(officer, "issue_next", key, what="The officers meet", **day)
    moved = send(officer, "issue_state", key, state="settled", why="The bill was passed.")
    assert "The issue is now: settled." in moved and "The bill was passed." in moved
    changed = send(officer, "issue_change", key, **(front | {"title": "Buses and trams"}))
    assert "Buses and trams" in changed and "Nobody yet" in changed
    assert "Buses and trams" not in page(officer, "issues")
    assert "Buses and trams" in page(officer, "issues", state="settled")


def test_an_office_reads_the_issue_and_is_offered_nothing_to_change(network: Cast, sign_in_as: Any) -> None:
    issue = begin(network)

    text = page(sign_in_as("mayor"), "issue", issue.key)

    assert "Every bus on one ticket." in text and "All member offices and the secretariat." in text
    for name in ("issue_change", "issue_state", "issue_next", "issue_readers", "issue_note", "link_add"):
        address = reverse(name, args=[issue.key])
        assert address not in text
        assert sign_in_as("mayor").get(address).status_code == 403
        assert sign_in_as("guest").get(address).status_code == 404


def test_a_note_stands_on_the_line_until_it_is_taken_off(network: Cast, sign_in_as: Any) -> None:
    issue, officer = begin(network), sign_in_as("officer")
    day = {"day_day": "20", "day_month": "11", "day_year": "2026"}
    note = {"text": "A call with Kent\nIt was short.", "audience": "secretariat", "handling": "OFFICIAL"}

    text = send(officer, "issue_note", issue.key, **note, **day)
    assert "A call with Kent" in text and "It was short." in text
    assert "A call with Kent" not in page(sign_in_as("mayor"), "issue", issue.key)
    key = IssueNote.objects.get().key
    assert "A call with Kent" not in send(officer, "note_remove", issue.key, key)


def test_a_record_is_found_by_words_linked_with_its_why_and_taken_off(network: Cast, sign_in_as: Any) -> None:
    issue, position, officer = begin(network), draft(network, title="Depots"), sign_in_as("officer")

    assert "What you find stands here" in page(officer, "link_add", issue.key)
    assert "Nothing that you may see matches" in page(officer, "link_add", issue.key, words="zzz")
    found = page(officer, "link_add", issue.key, words="depot", table="positions.position")
    assert ">Position</p>" in found and ">Depots</label>" in found
    address = f"{reverse('link_add', args=[issue.key])}?words=depot&table=positions.position"
    record = f"positions.position {position.key}"
    assert "Say in a few words why" in officer.post(address, {"record": record}).content.decode()
    response = officer.post(address, {"record": record, "why": "We say so there.", "relation": "part-of"})
    text = officer.get(response.url).content.decode()
    assert "We say so there." in text and "Part of the issue" in text
    assert reverse("position", args=[position.key]) in text
    link = issue.links.get()
    assert "We say so there." not in send(officer, "link_remove", issue.key, link.key)


@pytest.mark.requirement("B4")
def test_an_issue_that_touches_three_departments_shows_all_three_and_why(network: Cast, sign_in_as: Any) -> None:
    issue, officer = begin(network), network.actor("officer")
    departments = {"Department of Paths": "It pays.", "Ministry of Rain": "It permits.", "Tolls Office": "It collects."}
    for name, why in departments.items():
        key = slugify(name)
        Organization.objects.create(key=key, kind=Kind.DEPARTMENT, name=name, invented=True)
        actions.link(officer, issue=issue, table="members.organization", key=key, why=why)

    for part in ("coordinator", "mayor"):
        bodies = (
            page(sign_in_as(part), "issue", issue.key).split('fm-card__title">Bodies</h2>')[1].split("</section>")[0]
        )
        assert all(name in bodies and why in bodies for name, why in departments.items())
        assert bodies.count("fm-card__entry") == 3


def test_what_was_not_found_cannot_be_linked_by_a_hand_made_form(network: Cast, sign_in_as: Any) -> None:
    """The deputy has kept an issue to herself; the officer guesses its key."""
    hidden, issue = begin(network, "Hidden"), begin(network)
    actions.set_readers(network.actor("deputy"), issue=hidden, audience=Audience.PRIVATE)
    address = f"{reverse('link_add', args=[issue.key])}?words=Hidden"

    response = sign_in_as("officer").post(address, {"record": f"issues.issue {hidden.key}", "why": "So."})

    assert "Choose a record of the list." in response.content.decode()
    assert not issue.links.exists()


def test_kinds_are_chosen_by_boxes_that_count_only_what_one_reads(network: Cast, sign_in_as: Any) -> None:
    issue = begin(network)
    for text, audience in (("For all", Audience.NETWORK), ("For us", Audience.SECRETARIAT)):
        actions.write_note(network.actor("officer"), issue=issue, day=TODAY, text=text, audience=audience)

    assert 'Note <span class="fm-meta">2</span>' in page(sign_in_as("head"), "issue", issue.key)
    assert 'Note <span class="fm-meta">1</span>' in page(sign_in_as("mayor"), "issue", issue.key)
    narrowed = page(sign_in_as("head"), "issue", issue.key, kind="state")
    assert "Begun: active" in narrowed and "For us" not in narrowed


class TestConfidence:
    def test_an_issue_that_is_not_ones_own_is_nowhere(self, network: Cast, sign_in_as: Any) -> None:
        issue = begin(network, "Secret harbour", audience=Audience.SECRETARIAT)
        mayor = sign_in_as("mayor")

        assert mayor.get(reverse("issue", args=[issue.key])).status_code == 404
        assert "Secret harbour" not in page(mayor, "issues", state="all")
        assert "Secret harbour" not in mayor.get(reverse("issues_export")).content.decode()

    def test_a_sensitive_note_marks_the_page_only_for_those_who_read_it(self, network: Cast, sign_in_as: Any) -> None:
        issue = begin(network)
        note = actions.write_note(
            network.actor("officer"), issue=issue, day=TODAY, text="Quiet", handling=Handling.OFFICIAL_SENSITIVE
        )

        secretariat = page(sign_in_as("head"), "issue", issue.key)
        office = page(sign_in_as("mayor"), "issue", issue.key)

        assert "OFFICIAL-SENSITIVE" in secretariat and "1 entry below is marked." in secretariat
        assert "OFFICIAL-SENSITIVE" not in office and "marked" not in office
        readings = AuditEntry.objects.filter(verb="read.page", record="issues.issuenote", record_id=note.pk)
        assert list(readings.values_list("account_id", flat=True)) == [network.head.pk]

    def test_each_page_and_export_of_a_sensitive_issue_is_written_down(self, network: Cast, sign_in_as: Any) -> None:
        issue = begin(network, audience=Audience.SECRETARIAT, handling=Handling.OFFICIAL_SENSITIVE)
        head = sign_in_as("head")
        for name in ("issue", "issue_change", "issue_readers", "link_add"):
            assert "OFFICIAL-SENSITIVE" in page(head, name, issue.key)
        sheet = head.get(reverse("issues_export")).content.decode("utf-8-sig")

        verbs = AuditEntry.objects.filter(record="issues.issue", record_id=issue.pk).values_list("verb", flat=True)
        assert list(verbs).count("read.page") == 4 and list(verbs).count("read.export") == 1
        assert sheet.startswith("OFFICIAL-SENSITIVE\r\n")

    def test_a_guest_who_was_named_reads_the_issue_without_the_networks_plan(
        self, network: Cast, sign_in_as: Any
    ) -> None:
        officer = network.actor("officer")
        priority = actions.add_priority(officer, name="First of all", place=1, begins=TODAY)
        stream = actions.add_workstream(officer, name="Rail and road", aim="So.", priority=priority)
        issue = begin(network, workstream=stream, priority=priority)
        guest = sign_in_as("guest")
        assert guest.get(reverse("issue", args=[issue.key])).status_code == 404

        actions.set_readers(officer, issue=issue, audience=Audience.NETWORK, people=[network.guest])

        text = page(guest, "issue", issue.key) + page(guest, "issues") + page(guest, "issues", workstream=stream.key)
        assert "Buses" in text and "Rail and road" not in text and "First of all" not in text
        assert guest.get(reverse("workstreams")).status_code == 404
        assert "Workstream" not in guest.get(reverse("issues_export")).content.decode()

    def test_who_is_listed_is_told_to_those_who_keep_it(self, network: Cast, sign_in_as: Any) -> None:
        issue, officer = begin(network), sign_in_as("officer")
        readers = {"audience": "named", "offices": ["aldermere"], "people": [network.guest.key]}

        text = send(officer, "issue_readers", issue.key, **readers)

        assert "Listed on it: Aldermere, Guy Stone." in text
        assert "Guy Stone" not in page(sign_in_as("mayor"), "issue", issue.key)
        assert sign_in_as("other_mayor").get(reverse("issue", args=[issue.key])).status_code == 404
        shown = page(officer, "issue_readers", issue.key)
        assert 'value="aldermere" id="id_offices_0" checked' in shown

    def test_whoever_shuts_a_door_for_others_stays_inside(self, network: Cast, sign_in_as: Any) -> None:
        issue = begin(network)

        text = send(sign_in_as("officer"), "issue_readers", issue.key, audience="private")

        assert "Only the people listed on it. Listed on it: Owen Lark." in text
        assert sign_in_as("head").get(reverse("issue", args=[issue.key])).status_code == 404


def test_the_plan_of_the_network_is_kept_on_one_page(network: Cast, sign_in_as: Any) -> None:
    officer = sign_in_as("officer")
    begins = {"begins_day": "1", "begins_month": "11", "begins_year": "2026"}
    text = send(officer, "priority_new", name="Tickets", place="1", agreed_on="Mayors, May", **begins)
    assert "Tickets" in text and "Agreed: Mayors, May" in text
    priority = text.split("?priority=")[1][:10]
    text = send(officer, "workstream_new", name="Rail", aim="Trains.", place="2", priority=priority)
    assert "Trains." in text
    stream = text.split("?workstream=")[1][:10]
    ends = {"ends_day": "2", "ends_month": "11", "ends_year": "2026"}
    text = send(officer, "priority_change", priority, name="Tickets", place="1", **begins, **ends)
    assert "No priority holds today." in text and "to Mon 2 Nov 2026" in text
    assert "Rail and road" in send(officer, "workstream_change", stream, name="Rail and road", aim="Trains.", place="1")
    office = page(sign_in_as("mayor"), "workstreams")
    assert "Rail and road" in office and "Change" not in office
    assert sign_in_as("mayor").get(reverse("workstream_change", args=[stream])).status_code == 403


def test_the_list_leaves_as_csv_without_a_formula(network: Cast, sign_in_as: Any) -> None:
    begin(network, "=1+1", aim="@sum")

    sheet = sign_in_as("coordinator").get(reverse("issues_export")).content.decode("utf-8-sig")

    assert sheet.splitlines()[2].startswith("'=1+1,'@sum,")


def test_the_fifty_first_issue_stands_on_the_second_page(network: Cast, sign_in_as: Any) -> None:
    for number in range(51):
        begin(network, f"Matter {number:02}")
    coordinator = sign_in_as("coordinator")

    assert "Matter 49" in page(coordinator, "issues") and "Matter 50" not in page(coordinator, "issues")
    assert "Matter 50" in page(coordinator, "issues", page="2")


def test_what_needs_a_person_stands_on_their_home_page(network: Cast, sign_in_as: Any) -> None:
    begin(network, lead=None)
    give(network, None, "member_officer", title="Check the figures", due=TODAY - timedelta(days=2))
    give(network, None, "member_officer", title="Not yet", due=TODAY + timedelta(days=40))

    owner = page(sign_in_as("member_officer"), "home")
    assert "Check the figures" in owner and "2 days late" in owner and "Not yet" not in owner
    assert "Check the figures" not in page(sign_in_as("other_officer"), "home")
    assert "1 issue without a lead or a next date" in page(sign_in_as("head"), "home")
    assert "without a lead" not in page(sign_in_as("deputy"), "home")


class TestNumberOfQueries:
    """The pages ask as often for many rows as for few."""

    def add(self, issue: Issue, cast: Cast, count: int) -> None:
        """Actions, notes and links, so many of each."""
        head = cast.actor("head")
        for number in range(count):
            give(cast, issue, title=f"Action {number}", due=TODAY + timedelta(days=number))
            actions.write_note(head, issue=issue, day=TODAY, text=f"Note {number}")
            position = draft(cast, title=f"Position {number}")
            actions.link(head, issue=issue, table="positions.position", key=position.key, why="So it is.")
        for key in ("aldermere", "harrowmoor", "stanwold")[:count]:
            actions.link(head, issue=issue, table="members.organization", key=key, why="It asks.")

    @pytest.fixture
    def full(self, network: Cast) -> Issue:
        issue = begin(network)
        for number in range(12):
            begin(network, f"Matter {number}", lead=network.head)
        self.add(issue, network, 12)
        return issue

    @pytest.mark.parametrize(
        ("name", "count"),
        [
            # session, account, delegations, name of the network; then: the count and the page of rows, two choices
            ("issues", 8),
            ("actions", 7),
            ("workstreams", 6),
        ],
    )
    def test_of_a_list(
        self, full: Issue, sign_in_as: Any, django_assert_num_queries: Any, name: str, count: int
    ) -> None:
        client = sign_in_as("head")
        with django_assert_num_queries(count):
            page(client, name, **({"whose": "all"} if name == "actions" else {}))

    def test_of_an_issue(self, full: Issue, network: Cast, sign_in_as: Any, django_assert_num_queries: Any) -> None:
        """Whatever rooms add to the time line: one of each kind asks as often as twelve."""
        client, small = sign_in_as("head"), Issue.objects.get(title="Matter 1")
        self.add(small, network, 1)
        with CaptureQueriesContext(connection) as asked:
            page(client, "issue", small.key)

        with django_assert_num_queries(len(asked)):
            page(client, "issue", full.key)
