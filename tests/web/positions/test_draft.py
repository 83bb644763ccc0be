"""Starting a position, changing and withdrawing it, and making its versions, in the browser."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from folkmoot.apps.access.audience import Audience, Handling
from folkmoot.apps.access.models import AuditEntry
from folkmoot.apps.documents.queries import content
from folkmoot.apps.issues.actions import set_state
from folkmoot.apps.positions import actions
from folkmoot.apps.positions.models import Position, Version
from folkmoot.engines import redline
from tests.cast import Cast
from tests.issues_world import begin
from tests.positions_world import CLAUSES, circulate, draft

PAGES = ("position_change", "position_withdraw", "draft_import", "draft_write", "position_guests", "circulate")


def said(client: Client, response: Any) -> str:
    """The page to which one is sent, with its message."""
    assert response.status_code == 302, response.content.decode()
    return client.get(response.url).content.decode()


def row(number: int, heading: str, text: str, level: str = "1") -> dict[str, str]:
    return {f"heading-{number}": heading, f"text-{number}": text, f"level-{number}": level}


@pytest.mark.parametrize("name", PAGES)
def test_a_stranger_to_the_position_finds_nothing_and_a_reader_is_refused(
    network: Cast, sign_in_as: Any, name: str
) -> None:
    position = draft(network)
    address = reverse(name, args=[position.key])

    before = sign_in_as("mayor").get(address).status_code
    circulate(network, position)

    assert before == 404
    assert sign_in_as("mayor").get(address).status_code == 403
    assert sign_in_as("coordinator").get(address).status_code == 403


def test_a_position_begins_with_a_title(network: Cast, sign_in_as: Any) -> None:
    client = sign_in_as("officer")

    empty = client.post("/positions/new", {"title": "", "handling": "OFFICIAL"})
    begun = client.post("/positions/new", {"title": "Bus franchising", "issue": "Buses", "handling": "OFFICIAL"})

    assert "Give the position a title." in empty.content.decode()
    page = said(client, begun)
    assert "was begun" in page and "There is no text yet." in page
    assert sign_in_as("mayor").get("/positions/new").status_code == 403


def test_a_position_can_be_begun_on_an_issues_time_line(network: Cast, sign_in_as: Any) -> None:
    issue, closed = begin(network, "Buses"), begin(network, "Over")
    set_state(network.actor("officer"), issue=closed, state="closed", why="It is over.")
    client = sign_in_as("officer")
    form = client.get("/positions/new").content.decode()
    assert "Buses" in form and "Over" not in form

    fields = {"title": "Depots", "issue": "In words", "handling": "OFFICIAL"}
    wrong = client.post("/positions/new", {**fields, "of_issue": closed.key})
    page = said(client, client.post("/positions/new", {**fields, "of_issue": issue.key}))

    assert "Choose an issue of the list." in wrong.content.decode()
    assert "On the time line of" in page and reverse("issue", args=[issue.key]) in page
    assert "Depots" in client.get(reverse("issue", args=[issue.key])).content.decode()
    assert Position.objects.get().issue == "In words"


def test_a_position_names_no_issue_to_those_who_may_not_see_it(network: Cast, sign_in_as: Any) -> None:
    hidden = begin(network, "Secret harbour", audience=Audience.SECRETARIAT)
    position = actions.create_position(network.actor("officer"), title="Depots", of_issue=hidden)
    actions.write_draft(network.actor("officer"), position=position, clauses=CLAUSES)
    circulate(network, position)
    address = reverse("position", args=[position.key])

    assert "Secret harbour" in sign_in_as("coordinator").get(address).content.decode()
    assert "Secret harbour" not in sign_in_as("mayor").get(address).content.decode()
    assert "On the time line of" not in sign_in_as("mayor").get(address).content.decode()


def test_what_stands_on_the_front_is_changed(network: Cast, sign_in_as: Any) -> None:
    position = draft(network)
    client = sign_in_as("officer")
    given = {"title": "Buses", "issue": "", "handling": "OFFICIAL-SENSITIVE", "lead": network.deputy.key}

    page = said(client, client.post(reverse("position_change", args=[position.key]), given))

    assert "The position was changed." in page
    assert "Dev Anand" in page and "OFFICIAL-SENSITIVE" in page


def test_the_mark_is_not_lowered_once_offices_have_the_text(network: Cast, sign_in_as: Any) -> None:
    position = draft(network, handling=Handling.OFFICIAL_SENSITIVE)
    circulate(network, position)
    given = {"title": "Buses", "issue": "", "handling": "OFFICIAL", "lead": network.deputy.key}

    response = sign_in_as("officer").post(reverse("position_change", args=[position.key]), given)

    assert "The mark cannot be lowered" in response.content.decode()
    assert Position.objects.get().title == "Bus franchising"


def test_a_position_is_withdrawn_with_a_reason(network: Cast, sign_in_as: Any) -> None:
    position = draft(network)
    client = sign_in_as("officer")
    address = reverse("position_withdraw", args=[position.key])

    without = client.post(address, {"reason": ""})
    page = said(client, client.post(address, {"reason": "Overtaken by the bill."}))

    assert "Say why it is withdrawn." in without.content.decode()
    assert "was withdrawn" in page
    assert client.get(address).status_code == 409


class TestImport:
    def upload(self, client: Client, position: Position, name: str, data: bytes) -> Any:
        file = SimpleUploadedFile(name, data)
        return client.post(reverse("draft_import", args=[position.key]), {"file": file, "note": "From Word."})

    def test_the_clauses_found_are_told_and_shown(self, network: Cast, sign_in_as: Any) -> None:
        position = draft(network)
        client = sign_in_as("officer")
        data = redline.compose("Buses", CLAUSES[:2], today=network.actor("officer").today)

        page = said(client, self.upload(client, position, "draft.docx", data))

        assert "draft.docx was kept as version 2: 2 clauses found, 1 to 2." in page
        assert "Version 1 is one click away" in page
        assert "Revenue certainty" in page and "Depots" not in page

    @pytest.mark.parametrize(
        ("name", "data"),
        [("notes.docx", b"Dear all,"), ("empty.docx", b""), ("old.doc", b"\xd0\xcf\x11\xe0" + b"0" * 600)],
    )
    def test_what_cannot_be_read_is_told_beside_the_field(
        self, network: Cast, sign_in_as: Any, name: str, data: bytes
    ) -> None:
        position = draft(network)

        response = self.upload(sign_in_as("officer"), position, name, data)

        assert response.status_code == 200
        assert "There is a problem" in response.content.decode()
        assert Version.objects.count() == 1

    def test_whoever_imports_a_wrong_file_is_told_what_to_do_with_it(self, network: Cast, sign_in_as: Any) -> None:
        response = self.upload(sign_in_as("officer"), draft(network), "draft.docx", b"no Word file")
        page = response.content.decode()
        assert "Ask the office" not in page
        assert "save it without a password as a Word document (.docx)" in page


class TestWriting:
    def write(self, client: Client, position: Position, act: str, *rows: dict[str, str], based_on: str = "1") -> Any:
        data = {"based_on": based_on, "act": act, "note": ""}
        for each in rows:
            data |= each
        return client.post(reverse("draft_write", args=[position.key]), data)

    def headings(self, response: Any) -> list[str]:
        text = response.content.decode()
        return [part.split('value="')[1].split('"')[0] for part in text.split('name="heading-')[1:]]

    def test_the_newest_text_stands_ready(self, network: Cast, sign_in_as: Any) -> None:
        response = sign_in_as("officer").get(reverse("draft_write", args=[draft(network).key]))

        assert self.headings(response) == ["Purpose", "Revenue certainty", "Depots"]

    def test_a_clause_moves_comes_and_goes_without_being_saved(self, network: Cast, sign_in_as: Any) -> None:
        client, position = sign_in_as("officer"), draft(network)
        three = (row(0, "A", "a"), row(1, "B", "b"), row(2, "C", "c"))

        shown = {
            act: self.headings(self.write(client, position, act, *three))
            for act in ("up-1", "down-0", "add-1", "drop-2", "up-0", "down-2", "stay", "up-9", "nonsense")
        }

        assert shown == {
            "up-1": ["B", "A", "C"],
            "down-0": ["B", "A", "C"],
            "add-1": ["A", "B", "", "C"],
            "drop-2": ["A", "B"],
            "up-0": ["A", "B", "C"],
            "down-2": ["A", "B", "C"],
            "stay": ["A", "B", "C"],
            "up-9": ["A", "B", "C"],
            "nonsense": ["A", "B", "C"],
        }
        assert Version.objects.count() == 1

    def test_saving_makes_the_next_version(self, network: Cast, sign_in_as: Any) -> None:
        client, position = sign_in_as("officer"), draft(network)

        page = said(
            client,
            self.write(client, position, "save", row(0, "Fares", "They stay.\nFor a year."), row(1, "", "")),
        )

        assert "The text was saved as version 2: 1 clause found" in page
        assert "They stay." in page and "For a year." in page

    def test_sub_clauses_and_points_survive_being_opened_and_saved(self, network: Cast, sign_in_as: Any) -> None:
        position = draft(
            network,
            (
                redline.DraftClause(1, "Money", ("It is paid yearly.",)),
                redline.DraftClause(2, "Grants", ("They are paid in one sum.",)),
                redline.DraftClause(3, "", ("Each says what it is for.", "Each has an end.")),
            ),
        )
        client = sign_in_as("officer")
        before = position.versions.get()
        page = client.get(reverse("draft_write", args=[position.key])).content.decode()
        rows = [
            row(0, "Money", "It is paid yearly."),
            row(1, "Grants", "They are paid in one sum.", "2"),
            row(2, "", "Each says what it is for.", "3"),
            row(3, "", "Each has an end.", "3"),
        ]

        said(client, self.write(client, position, "save", *rows))

        after = position.versions.get(number=2)
        assert page.count("fm-write__legend") == 4
        assert redline.clauses(content(after.package)) == redline.clauses(content(before.package))

    def test_a_text_begun_on_an_earlier_version_is_not_saved_over_a_newer_one(
        self, network: Cast, sign_in_as: Any
    ) -> None:
        position = draft(network)
        actions.write_draft(network.actor("deputy"), position=position, clauses=CLAUSES)

        response = self.write(sign_in_as("officer"), position, "save", row(0, "Mine", "My words."))

        text = response.content.decode()
        assert "Version 2 was made while you wrote." in text and "My words." in text
        assert Version.objects.count() == 2

    def test_an_empty_text_is_not_saved(self, network: Cast, sign_in_as: Any) -> None:
        response = self.write(sign_in_as("officer"), draft(network), "save", row(0, "", " "))

        assert "Write at least one clause." in response.content.decode()


class TestRestoring:
    def test_an_earlier_version_is_one_click_away(self, network: Cast, sign_in_as: Any) -> None:
        position = draft(network)
        actions.write_draft(network.actor("officer"), position=position, clauses=CLAUSES[:1])
        client = sign_in_as("officer")
        address = reverse("version_restore", args=[position.key, 1])

        asked = client.get(address).content.decode()
        page = said(client, client.post(address))

        assert "Make version 1 the newest again?" in asked
        assert "Version 1 is the newest again, as version 3." in page and "Depots" in page
        assert AuditEntry.objects.filter(verb="version.restored").count() == 1

    def test_a_version_that_is_not_there_is_not_found(self, network: Cast, sign_in_as: Any) -> None:
        assert sign_in_as("officer").get(f"/positions/{draft(network).key}/versions/7/restore").status_code == 404
