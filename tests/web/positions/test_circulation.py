"""Circulating a text in the browser, what became of it, reminding, more time, closing, and the files of a round."""

import csv
import io
import re
import zipfile
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from folkmoot.apps.access.audience import Handling
from folkmoot.apps.access.models import AuditEntry
from folkmoot.apps.documents.queries import content
from folkmoot.apps.mail.models import OutboxMessage
from folkmoot.apps.positions import actions
from folkmoot.apps.positions.models import Circulation, Position, TermsOfReference
from tests.cast import TODAY, Cast
from tests.positions_world import answer, circulate, close, draft, invitation_of, send_word

GIVEN = {
    "question": "Can your office support this text?",
    "letter": "Please read it.",
    "closes_on_day": "4",
    "closes_on_month": "12",
    "closes_on_year": "2026",
    "disclosure": "secretariat",
    "offices": ["aldermere", "stanwold"],
}


def said(client: Client, response: Any) -> str:
    """The page to which one is sent, with its message."""
    assert response.status_code == 302, response.content.decode()
    return client.get(response.url).content.decode()


def at(name: str, circulation: Circulation, *more: str) -> str:
    return reverse(name, args=[circulation.position.key, circulation.key, *more])


def offices_page(client: Client, position: Position, query: str = "") -> str:
    response = client.get(reverse("offices", args=[position.key]) + query)
    assert response.status_code == 200
    return response.content.decode()


def table_of(page: str) -> str:
    return page.partition("<table")[2].partition("</table>")[0]


def test_it_begins_from_what_the_terms_call_usual(network: Cast, sign_in_as: Any) -> None:
    TermsOfReference.objects.create(from_date=TODAY, notice_days=3, disclosure="at-closing")
    page = sign_in_as("officer").get(reverse("circulate", args=[draft(network).key])).content.decode()
    assert re.search(r'name="closes_on_day"[^>]* value="30"', page)
    [chosen] = re.findall(r'name="disclosure" value="([a-z-]+)"[^>]* checked', page)
    assert chosen == "at-closing"


class TestOpening:
    def send(self, client: Client, position: Position, act: str, **changes: Any) -> Any:
        return client.post(reverse("circulate", args=[position.key]), GIVEN | {"act": act} | changes)

    def test_every_office_stands_ready_with_its_party_and_people(self, network: Cast, sign_in_as: Any) -> None:
        page = sign_in_as("officer").get(reverse("circulate", args=[draft(network).key])).content.decode()

        assert "Aldermere (Civic League): Gwen Tarrant, Idris Vale, Maya Osei" in page
        assert page.count('name="offices"') == page.count(" checked") - 1 == 3
        assert 'value="9"' in page  # ten working days from Wednesday 25 November

    def test_the_mail_is_seen_before_anything_leaves(self, network: Cast, sign_in_as: Any) -> None:
        position = draft(network)

        page = self.send(sign_in_as("officer"), position, "look").content.decode()

        assert "Bus franchising: your answer by Friday 4 December 2026, 12:00" in page
        assert "4 mails to 2 offices" in page
        assert "Your answer is seen by your office and the secretariat." in page
        assert not OutboxMessage.objects.exists() and not Circulation.objects.exists()

    def test_opening_tells_what_happened(self, network: Cast, sign_in_as: Any) -> None:
        client, position = sign_in_as("officer"), draft(network)

        page = said(client, self.send(client, position, "open"))

        assert "The circulation was opened: version 1 went to 2 offices." in page
        assert "Answers are due by Fri 4 Dec 2026, 12:00." in page
        assert OutboxMessage.objects.count() == 4

    @pytest.mark.parametrize(
        ("changes", "says"),
        [
            ({"closes_on_day": "5"}, "not a working day"),
            ({"closes_on_day": "31", "closes_on_month": "2"}, "Write a real date"),
            ({"closes_on_month": "11"}, "has passed"),
            ({"offices": []}, "Choose at least one office."),
            ({"question": ""}, "Write the question"),
            ({"offices": ["nowhere"]}, "There is a problem"),
        ],
    )
    def test_what_cannot_be_sent_is_told_on_the_page(
        self, network: Cast, sign_in_as: Any, changes: dict[str, Any], says: str
    ) -> None:
        response = self.send(sign_in_as("officer"), draft(network), "open", **changes)

        assert response.status_code == 200 and says in response.content.decode()
        assert not Circulation.objects.exists()

    def test_a_mail_about_a_sensitive_text_shows_nothing_of_it(self, network: Cast, sign_in_as: Any) -> None:
        position = draft(network, title="Talks on qzheronqz", handling=Handling.OFFICIAL_SENSITIVE)

        page = self.send(sign_in_as("officer"), position, "look").content.decode()

        mail = page.partition('<pre class="fm-mail"')[2].partition("</pre>")[0]
        assert "OFFICIAL-SENSITIVE" in mail and "qzheronqz" not in mail
        assert "Attached:</strong> nothing" in page

    def test_a_position_without_text_is_not_circulated(self, network: Cast, sign_in_as: Any) -> None:
        position = actions.create_position(network.actor("officer"), title="Empty")

        assert sign_in_as("officer").get(reverse("circulate", args=[position.key])).status_code == 409
        assert "Import or write the text first" in offices_page(sign_in_as("officer"), position)


class TestOffices:
    def test_each_office_s_row_says_what_became_of_it(self, network: Cast, sign_in_as: Any) -> None:
        position = draft(network)
        circulation = circulate(network, position)
        send_word(network, circulation, "stanwold", [("ninety", "sixty")])
        answer(network, circulation, "harrowmoor", {0: "support"})
        client = sign_in_as("coordinator")

        page = offices_page(client, position)

        assert "Word, tracked" in page and "Form only" in page and "Not returned" in page
        assert "cleared by Pat Clear" in page
        assert "Remind those chosen" not in page  # a coordinator looks, and does not run the round
        assert "Stanwold" not in offices_page(client, position, "?show=waiting").partition("<table")[2]
        assert "Aldermere" not in offices_page(client, position, "?show=answered").partition("<table")[2]
        assert "No office is in this group." in offices_page(client, position, "?show=step")

    def test_a_draft_that_an_office_prepares_shows_nowhere(self, network: Cast, sign_in_as: Any) -> None:
        position = draft(network)
        circulation = circulate(network, position)
        before = offices_page(sign_in_as("officer"), position)

        answer(network, circulation, "harrowmoor", {0: "object"}, submit=False)

        after = offices_page(sign_in_as("officer"), position)
        assert table_of(after) == table_of(before)

    def test_a_round_that_ended_stays_to_be_looked_at(self, network: Cast, sign_in_as: Any) -> None:
        position = draft(network)
        first = close(network, circulate(network, position))
        position.refresh_from_db()
        circulate(network, position, keys=["aldermere"])
        client = sign_in_as("officer")

        assert "Harrowmoor" not in offices_page(client, position).partition("<table")[2]
        older = offices_page(client, position, f"?round={first.key}")
        assert "Harrowmoor" in older.partition("<table")[2] and "Late" in older
        assert client.get(reverse("offices", args=[position.key]) + "?round=none").status_code == 404

    def test_offices_do_not_see_each_other_s_rows(self, network: Cast, sign_in_as: Any) -> None:
        position = draft(network)
        circulate(network, position)

        assert sign_in_as("mayor").get(reverse("offices", args=[position.key])).status_code == 403
        assert sign_in_as("guest").get(reverse("offices", args=[position.key])).status_code == 404

    def test_more_offices_ask_no_more(self, network: Cast, sign_in_as: Any, django_assert_num_queries: Any) -> None:
        position = draft(network)
        circulation = circulate(network, position)
        for office in ("aldermere", "harrowmoor", "stanwold"):
            answer(network, circulation, office, {0: "support"})
        client = sign_in_as("officer")

        # Session, account, delegations, the network's name; the position; rounds, offices, returns, the newest version;
        # eleven around it, five of which for the clauses' states; a savepoint and its release for the trail.
        with django_assert_num_queries(23):
            offices_page(client, position)


class TestRemindingExtendingClosing:
    def test_those_chosen_or_all_that_owe_an_answer_are_reminded(self, network: Cast, sign_in_as: Any) -> None:
        circulation = circulate(network, draft(network))
        answer(network, circulation, "harrowmoor", {0: "support"})
        client = sign_in_as("officer")

        none = said(client, client.post(at("remind", circulation), {"whom": "chosen"}))
        one = said(client, client.post(at("remind", circulation), {"whom": "chosen", "office": "stanwold"}))
        every = said(client, client.post(at("remind", circulation), {"whom": "all"}))

        assert "Nobody was reminded." in none
        assert "1 office was reminded, by 1 mail." in one
        assert "2 offices were reminded, by 4 mails." in every
        reminder = OutboxMessage.objects.filter(subject__startswith="Reminder").first()
        assert reminder is not None and f"/positions/{circulation.position.key}/" in reminder.body

    def test_the_closing_day_is_changed_to_a_working_day(self, network: Cast, sign_in_as: Any) -> None:
        circulation = circulate(network, draft(network))
        client = sign_in_as("officer")
        day = {"closes_on_day": "7", "closes_on_month": "12", "closes_on_year": "2026"}

        wrong = client.post(at("circulation_extend", circulation), day | {"closes_on_day": "6"})
        page = said(client, client.post(at("circulation_extend", circulation), day))

        assert "Choose a working day that has not passed." in wrong.content.decode()
        assert "Answers are now due by Mon 7 Dec 2026, 12:00." in page

    def test_closing_says_first_what_follows(self, network: Cast, sign_in_as: Any) -> None:
        circulation = circulate(network, draft(network))
        answer(network, circulation, "harrowmoor", {0: "support"})
        client = sign_in_as("officer")

        asked = client.get(at("circulation_close", circulation)).content.decode()
        page = said(client, client.post(at("circulation_close", circulation)))

        assert "1 of 3 offices answered; not yet Aldermere, Stanwold." in " ".join(asked.split())
        assert "It closes before the day that the offices were told" in asked
        assert "The circulation was closed." in page
        assert client.get(at("circulation_close", circulation)).status_code == 409
        assert client.post(at("circulation_close", circulation)).status_code == 409

    @pytest.mark.parametrize("name", ["remind", "circulation_extend", "circulation_close"])
    def test_nobody_else_may(self, network: Cast, sign_in_as: Any, name: str) -> None:
        circulation = circulate(network, draft(network), keys=["aldermere"])

        statuses = {
            part: sign_in_as(part).post(at(name, circulation)).status_code
            for part in ("coordinator", "mayor", "other_mayor", "guest", "administrator")
        }

        assert statuses == {
            "coordinator": 403,
            "mayor": 403,
            "other_mayor": 404,
            "guest": 404,
            "administrator": 404,
        }


class TestFiles:
    def test_an_office_takes_its_own_copy_and_that_is_noted(self, network: Cast, sign_in_as: Any) -> None:
        circulation = circulate(network, draft(network, handling=Handling.OFFICIAL_SENSITIVE))
        own = invitation_of(circulation, "aldermere")

        response = sign_in_as("mayor").get(at("invitation_copy", circulation, "aldermere"))

        own.refresh_from_db()
        assert response.content == content(own.package)
        assert own.fetched_at is not None
        assert AuditEntry.objects.filter(verb="read.file", record_id=circulation.position_id).count() == 1
        assert sign_in_as("mayor").get(at("invitation_copy", circulation, "harrowmoor")).status_code == 404

    def test_the_secretariat_looks_at_a_copy_without_a_trace_of_the_office(
        self, network: Cast, sign_in_as: Any
    ) -> None:
        circulation = circulate(network, draft(network))

        response = sign_in_as("coordinator").get(at("invitation_copy", circulation, "aldermere"))

        assert response.status_code == 200
        assert invitation_of(circulation, "aldermere").fetched_at is None

    def test_a_return_s_file_is_the_secretariat_s_and_its_own_office_s(self, network: Cast, sign_in_as: Any) -> None:
        circulation = circulate(network, draft(network), disclosure="at-once")
        ret = send_word(network, circulation, "stanwold", [("ninety", "sixty")])
        address = reverse("return_file", args=[ret.key])

        statuses = {
            part: sign_in_as(part).get(address).status_code
            for part in ("officer", "third_officer", "mayor", "guest", "administrator")
        }

        assert statuses == {"officer": 200, "third_officer": 200, "mayor": 404, "guest": 404, "administrator": 404}

    def test_a_file_that_is_not_submitted_is_its_office_s_alone(self, network: Cast, sign_in_as: Any) -> None:
        circulation = circulate(network, draft(network))
        ret = send_word(network, circulation, "stanwold", [("ninety", "sixty")], submit=False)

        assert sign_in_as("officer").get(reverse("return_file", args=[ret.key])).status_code == 404
        assert sign_in_as("third_officer").get(reverse("return_file", args=[ret.key])).status_code == 200

    def test_all_returns_leave_as_one_archive_with_an_index(self, network: Cast, sign_in_as: Any) -> None:
        circulation = circulate(network, draft(network, handling=Handling.OFFICIAL_SENSITIVE))
        first = send_word(network, circulation, "stanwold", [("ninety", "sixty")])
        second = send_word(network, circulation, "stanwold", [("ninety", "thirty")])
        answer(network, circulation, "harrowmoor", {0: "object"})
        answer(network, circulation, "aldermere", {0: "red-line"}, submit=False)

        response = sign_in_as("coordinator").get(at("returns_zip", circulation))

        with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
            names = sorted(archive.namelist())
            files = {name: archive.read(name) for name in names}
        index = list(csv.reader(io.StringIO(files["index.csv"].decode("utf-8-sig"))))
        answers = list(csv.reader(io.StringIO(files["answers.csv"].decode("utf-8-sig"))))
        assert names == ["Stanwold/1 stanwold.docx", "Stanwold/2 stanwold.docx", "answers.csv", "index.csv"]
        assert first.file and second.file
        assert files["Stanwold/1 stanwold.docx"] == content(first.file)
        assert files["Stanwold/2 stanwold.docx"] == content(second.file)
        assert index[0][0].startswith("OFFICIAL-SENSITIVE.") and answers[0] == index[0]
        assert [(row[0], row[1], row[2]) for row in index[2:]] == [
            ("Harrowmoor", "1", "Submitted"),
            ("Stanwold", "1", "Superseded by a later return"),
            ("Stanwold", "2", "Submitted"),
        ]
        assert ["Harrowmoor", "1", "1", "Purpose", "Object", "It would cost too much."] in [row[:6] for row in answers]
        assert not any(row[0] == "Aldermere" for row in answers)
        assert AuditEntry.objects.filter(verb="read.export", record_id=circulation.position_id).count() == 1

    def test_the_archive_is_the_secretariat_s(self, network: Cast, sign_in_as: Any) -> None:
        circulation = circulate(network, draft(network), keys=["aldermere"])

        assert sign_in_as("mayor").get(at("returns_zip", circulation)).status_code == 403
        assert sign_in_as("other_mayor").get(at("returns_zip", circulation)).status_code == 404
