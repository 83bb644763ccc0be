"""The pages of the mail: what the secretariat sees there, what it can do, and that nobody else gets in."""

import io
from datetime import timedelta
from email import message_from_bytes, policy
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from folkmoot.apps.access.audience import Audience, Handling
from folkmoot.apps.access.models import AuditEntry
from folkmoot.apps.documents import vault
from folkmoot.apps.documents.actions import store
from folkmoot.apps.mail.actions import About, queue
from folkmoot.apps.mail.models import OutboxMessage
from folkmoot.apps.mail.states import State
from tests.cast import MOMENT, Cast

MATILDA = ("Matilda Ketteridge", "matilda.ketteridge@harrowmoor.invalid")
SECRET = "http://localhost:8000/answer/3Qf8vJm2XkT9pLw4RzN7bHcY"


def queue_letter(cast: Cast, **changes: Any) -> OutboxMessage:
    return queue(
        cast.actor("officer"),
        **{"to": MATILDA, "subject": "A draft for you", "body": f"Answer here: {SECRET}\n", **changes},
    )


def text(client: Client, name: str, *args: Any, **query: str) -> str:
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == 200
    return response.content.decode()


class TestList:
    def test_it_says_what_was_sent_to_whom_about_what(self, cast: Cast, sign_in_as: Any) -> None:
        queue_letter(cast, about=About("Round 1 of Bus fares", "positions.circulation", 1))
        page = text(sign_in_as("coordinator"), "mail")
        for words in ("Matilda Ketteridge", "A draft for you", "Round 1 of Bus fares", "Kept", "sends no mail"):
            assert words in page

    def test_an_empty_list_says_when_the_first_mail_goes_out(self, sign_in_as: Any) -> None:
        assert "No mail was written yet." in text(sign_in_as("head"), "mail")

    def test_a_filter_that_fits_nothing_says_so(self, cast: Cast, sign_in_as: Any) -> None:
        queue_letter(cast)
        assert "No mail fits this filter." in text(sign_in_as("head"), "mail", words="unicorn")
        assert "A draft for you" in text(sign_in_as("head"), "mail", words="draft", state="kept")

    def test_fifty_a_page(self, cast: Cast, sign_in_as: Any) -> None:
        for number in range(51):
            queue_letter(cast, subject=f"Letter {number:02}")
        first = text(sign_in_as("head"), "mail", sort="subject")
        assert first.count("data-item") == 50
        assert "Letter 50" not in first
        assert "Letter 50" in text(sign_in_as("head"), "mail", sort="subject", page="2")

    def test_the_number_of_questions_does_not_grow_with_the_list(self, cast: Cast, sign_in_as: Any) -> None:
        client = sign_in_as("head")

        def questions() -> int:
            with CaptureQueriesContext(connection) as asked:
                client.get(reverse("mail"))
            return len(asked)

        queue_letter(cast)
        of_one = questions()
        for number in range(30):
            queue_letter(cast, subject=f"Letter {number}")
        assert questions() == of_one

    def test_an_office_has_no_such_page(self, cast: Cast, sign_in_as: Any) -> None:
        queue_letter(cast)
        for part in ("mayor", "member_officer", "guest", "administrator"):
            response = sign_in_as(part).get(reverse("mail"))
            assert response.status_code == 403
            assert "A draft for you" not in response.content.decode()


class TestMessage:
    def test_it_shows_the_text_without_the_personal_link(self, cast: Cast, sign_in_as: Any) -> None:
        page = text(sign_in_as("officer"), "mail_message", queue_letter(cast).key)
        assert "Answer here: [link for Matilda Ketteridge, hidden]" in page
        assert SECRET not in page

    def test_in_the_demonstration_the_link_can_be_followed(
        self, cast: Cast, sign_in_as: Any, demonstration: None
    ) -> None:
        assert SECRET in text(sign_in_as("officer"), "mail_message", queue_letter(cast).key)

    def test_nobody_without_the_right_finds_it(self, cast: Cast, sign_in_as: Any) -> None:
        draft = store(cast.actor("officer"), name="Draft.docx", data=b"PK", kind="package")
        message = queue_letter(cast, attachments=[(draft, draft.name)])
        for part in ("mayor", "member_officer", "guest", "administrator"):
            client = sign_in_as(part)
            assert client.get(reverse("mail_message", args=[message.key])).status_code == 404
            assert client.get(reverse("mail_attachment", args=[message.key, 0])).status_code == 404
            assert client.get(reverse("mail_eml", args=[message.key])).status_code == 404
            assert client.post(reverse("mail_retry", args=[message.key])).status_code == 404

    def test_a_mail_about_a_private_record_is_hidden_from_a_colleague(self, cast: Cast, sign_in_as: Any) -> None:
        about = About("A confidence", "positions.position", 7, Audience.PRIVATE, (f"account:{cast.deputy.pk}",))
        message = queue_letter(cast, about=about)
        assert sign_in_as("deputy").get(reverse("mail_message", args=[message.key])).status_code == 200
        assert sign_in_as("head").get(reverse("mail_message", args=[message.key])).status_code == 404
        assert "A confidence" not in text(sign_in_as("head"), "mail")

    @pytest.mark.requirement("A15")
    def test_reading_a_sensitive_mail_is_in_the_trail_and_marked(self, cast: Cast, sign_in_as: Any) -> None:
        message = queue_letter(cast, handling=Handling.OFFICIAL_SENSITIVE)
        page = text(sign_in_as("officer"), "mail_message", message.key)
        text(sign_in_as("officer"), "mail_eml", message.key)

        assert "OFFICIAL-SENSITIVE" in page
        verbs = AuditEntry.objects.filter(record="mail.outboxmessage", account_id=cast.officer.pk)
        assert list(verbs.order_by("number").values_list("verb", flat=True)) == [
            "mail.queued",
            "read.page",
            "read.export",
        ]

    def test_reading_an_ordinary_mail_is_not(self, cast: Cast, sign_in_as: Any) -> None:
        message = queue_letter(cast)
        text(sign_in_as("officer"), "mail_message", message.key)
        assert not AuditEntry.objects.filter(verb="read.page").exists()


class TestFiles:
    def test_an_attachment_is_saved_under_the_name_that_the_reader_saw(self, cast: Cast, sign_in_as: Any) -> None:
        draft = store(cast.actor("officer"), name="v2.docx", data=b"PK the draft", kind="package")
        message = queue_letter(cast, attachments=[(draft, "Draft for Harrowmoor.docx")])
        client = sign_in_as("coordinator")

        assert "Draft for Harrowmoor.docx" in text(client, "mail_message", message.key)
        response = client.get(reverse("mail_attachment", args=[message.key, 0]))
        assert response.content == b"PK the draft"
        assert response.headers["Content-Disposition"] == 'attachment; filename="Draft for Harrowmoor.docx"'
        assert client.get(reverse("mail_attachment", args=[message.key, 1])).status_code == 404

    def test_the_eml_opens_as_the_mail_with_its_files_and_without_the_link(self, cast: Cast, sign_in_as: Any) -> None:
        draft = store(cast.actor("officer"), name="v2.docx", data=b"PK the draft", kind="package")
        message = queue_letter(cast, attachments=[(draft, "Draft.docx")])

        response = sign_in_as("coordinator").get(reverse("mail_eml", args=[message.key]))
        letter: Any = message_from_bytes(response.content, policy=policy.default)
        assert letter["To"] == "Matilda Ketteridge <matilda.ketteridge@harrowmoor.invalid>"
        assert letter["Message-ID"] == message.message_id
        body = letter.get_body().get_content()
        assert body.splitlines() == ["OFFICIAL", "", "Answer here: [link for Matilda Ketteridge, hidden]"]
        [attachment] = letter.iter_attachments()
        assert io.BytesIO(attachment.get_content()).read() == b"PK the draft"
        assert 'filename="A draft for you.eml"' in response.headers["Content-Disposition"]

    def test_a_file_that_was_damaged_on_disk_is_not_handed_out(self, cast: Cast, sign_in_as: Any) -> None:
        draft = store(cast.actor("officer"), name="v3.docx", data=b"PK to be damaged", kind="package")
        message = queue_letter(cast, attachments=[(draft, "Draft.docx")])
        vault.path_of(draft.sha256).write_bytes(b"other")

        response = sign_in_as("coordinator").get(reverse("mail_attachment", args=[message.key, 0]))
        assert response.status_code == 409
        assert "Restore it from a backup." in response.content.decode()


class TestSendAgain:
    def failed(self, cast: Cast) -> OutboxMessage:
        message = queue_letter(cast)
        OutboxMessage.objects.filter(pk=message.pk).update(
            state=State.FAILED, next_attempt_at=None, last_error="The mail server is not running.", attempts=5
        )
        return message

    def test_a_failed_mail_says_why_and_can_be_sent_again(self, cast: Cast, sign_in_as: Any, letterbox: Any) -> None:
        message, client = self.failed(cast), sign_in_as("coordinator")
        page = text(client, "mail_message", message.key)
        assert "The mail server is not running." in page
        assert "Send again" in page
        assert "1 mail could not be sent" in text(client, "mail")

        response = client.post(reverse("mail_retry", args=[message.key]), follow=True)
        assert "The mail to Matilda Ketteridge is sent again in a moment." in response.content.decode()
        message.refresh_from_db()
        assert (message.state, message.attempts) == (State.QUEUED, 0)

    def test_pressing_twice_is_told_so(self, cast: Cast, sign_in_as: Any, letterbox: Any) -> None:
        message, client = self.failed(cast), sign_in_as("coordinator")
        client.post(reverse("mail_retry", args=[message.key]))
        response = client.post(reverse("mail_retry", args=[message.key]))
        assert response.status_code == 409
        assert "not waiting for you" in response.content.decode()

    def test_a_mail_that_waits_shows_when_it_is_tried_next(self, cast: Cast, sign_in_as: Any, letterbox: Any) -> None:
        message = queue_letter(cast)
        OutboxMessage.objects.filter(pk=message.pk).update(attempts=1, next_attempt_at=MOMENT + timedelta(minutes=1))
        page = text(sign_in_as("coordinator"), "mail_message", message.key)
        assert "25 November 2026, 09:41" in page
        assert "Send again" not in page
