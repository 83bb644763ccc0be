"""Mail leaves by a real SMTP server: once, with its attachments, and again later when the server is away."""

import socket
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django_tasks_db.models import DBTaskResult

from folkmoot.apps.access.models import AuditEntry
from folkmoot.apps.documents import vault
from folkmoot.apps.documents.actions import store
from folkmoot.apps.mail import delivery
from folkmoot.apps.mail.actions import queue
from folkmoot.apps.mail.models import OutboxMessage
from folkmoot.apps.mail.states import LONGEST_CLAIM, WAITS, State
from tests.cast import MOMENT, Cast

MATILDA = ("Matilda Ketteridge", "matilda.ketteridge@harrowmoor.invalid")


def queue_letter(cast: Cast, **changes: Any) -> OutboxMessage:
    return queue(
        cast.actor("officer"),
        **{"to": MATILDA, "subject": "A draft for your office", "body": "Please answer by noon.", **changes},
    )


def settled(message: OutboxMessage) -> OutboxMessage:
    message.refresh_from_db()
    return message


@pytest.fixture
def closed_door(settings: Any) -> None:
    """A mail server that is not there: its port was free a moment ago, and nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", probe.getsockname()[1]


def test_a_mail_arrives_with_its_mark_and_its_attachment(cast: Cast, letterbox: Any) -> None:
    draft = store(cast.actor("officer"), name="Draft.docx", data=b"PK the draft", kind="package")
    message = queue_letter(cast, attachments=[(draft, "Draft for Harrowmoor – v2.docx")])

    delivery.deliver(message.pk, now=MOMENT)

    [letter] = letterbox.letters
    assert letter["To"] == "Matilda Ketteridge <matilda.ketteridge@harrowmoor.invalid>"
    assert letter["Subject"] == "A draft for your office"
    assert letter["Message-ID"] == message.message_id
    body = letter.get_body()
    assert body is not None
    assert body.get_content().splitlines() == ["OFFICIAL", "", "Please answer by noon."]
    [attachment] = letter.iter_attachments()
    assert attachment.get_filename() == "Draft for Harrowmoor – v2.docx"
    assert attachment.get_content() == b"PK the draft"
    assert settled(message).state == State.SENT
    assert message.sent_at == MOMENT


def test_the_worker_is_asked_in_the_same_transaction(cast: Cast, letterbox: Any) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        queue_letter(cast)
        raise ZeroDivisionError

    assert not OutboxMessage.objects.exists()
    assert not DBTaskResult.objects.exists()

    queue_letter(cast)
    assert DBTaskResult.objects.count() == 1


def test_a_personal_link_is_forgotten_once_its_reader_has_it(cast: Cast, letterbox: Any) -> None:
    link = "http://localhost:8000/answer/3Qf8vJm2XkT9pLw4RzN7bHcY"
    message = queue_letter(cast, body=f"Answer here: {link}")

    delivery.deliver(message.pk, now=MOMENT)

    assert link in letterbox.letters[0].get_body().get_content()
    assert settled(message).body == "Answer here: [link for Matilda Ketteridge, hidden]"


def test_it_is_never_sent_twice(cast: Cast, letterbox: Any) -> None:
    message = queue_letter(cast)

    for _ in range(3):
        delivery.deliver(message.pk, now=MOMENT)
    delivery.deliver_due(now=MOMENT + timedelta(days=1))

    assert len(letterbox.letters) == 1


def test_a_mail_that_another_worker_holds_is_left_alone(cast: Cast, letterbox: Any) -> None:
    message = queue_letter(cast)
    assert delivery._claim(message.pk, MOMENT)

    delivery.deliver(message.pk, now=MOMENT)

    assert not letterbox.letters
    assert settled(message).state == State.SENDING


def test_a_refused_address_is_given_up_at_once_with_the_servers_words(cast: Cast, letterbox: Any) -> None:
    letterbox.refuse = "550 5.1.1 No such person here"
    message = queue_letter(cast)

    delivery.deliver(message.pk, now=MOMENT)

    assert settled(message).state == State.FAILED
    assert message.last_error == "The mail server did not take it: “550 5.1.1 No such person here”"
    assert message.next_attempt_at is None


def test_a_server_that_is_full_is_asked_again(cast: Cast, letterbox: Any) -> None:
    letterbox.refuse = "452 4.2.2 The box is full"
    message = queue_letter(cast)

    delivery.deliver(message.pk, now=MOMENT)

    assert settled(message).state == State.QUEUED
    assert message.next_attempt_at == MOMENT + WAITS[0]


def test_a_server_that_was_down_gets_the_mail_when_it_is_back(cast: Cast, request: pytest.FixtureRequest) -> None:
    request.getfixturevalue("closed_door")
    message = queue_letter(cast)
    delivery.deliver(message.pk, now=MOMENT)
    assert settled(message).last_error == "The mail server is not running or cannot be reached."

    letterbox = request.getfixturevalue("letterbox")
    assert delivery.deliver_due(now=MOMENT + timedelta(seconds=59)) == 0
    assert delivery.deliver_due(now=MOMENT + timedelta(seconds=60)) == 1

    assert len(letterbox.letters) == 1
    assert settled(message).state == State.SENT
    assert message.attempts == 2
    assert message.last_error == ""


def test_it_waits_longer_each_time_and_then_stops(cast: Cast, closed_door: None) -> None:
    message = queue_letter(cast)
    moments = [MOMENT]
    while settled(message).state == State.QUEUED:
        delivery.deliver(message.pk, now=moments[-1])
        if following := settled(message).next_attempt_at:
            moments.append(following)

    waited = [later - earlier for earlier, later in pairwise(moments)]
    assert waited == [timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2)]
    assert message.state == State.FAILED
    assert message.attempts == 5


def test_a_mail_whose_worker_died_is_shown_to_a_person_and_not_guessed_at(cast: Cast, letterbox: Any) -> None:
    message = queue_letter(cast)
    delivery._claim(message.pk, MOMENT)

    assert delivery.give_up_orphans(now=MOMENT + LONGEST_CLAIM) == 0
    assert delivery.give_up_orphans(now=MOMENT + LONGEST_CLAIM + timedelta(seconds=1)) == 1

    assert settled(message).state == State.FAILED
    assert "may have arrived" in message.last_error
    assert not letterbox.letters


def test_a_mail_whose_file_is_damaged_is_not_sent_without_it(cast: Cast, letterbox: Any) -> None:
    draft = store(cast.actor("officer"), name="Draft.docx", data=b"PK that will be damaged", kind="package")
    message = queue_letter(cast, attachments=[(draft, draft.name)])
    vault.path_of(draft.sha256).write_bytes(b"other bytes")

    delivery.deliver(message.pk, now=MOMENT)

    assert not letterbox.letters
    assert settled(message).state == State.FAILED
    assert message.last_error == (
        "The file “Draft.docx” was changed on disk after it was stored. Restore it from a backup."
    )


def test_what_the_worker_did_is_in_the_trail(cast: Cast, letterbox: Any) -> None:
    message = queue_letter(cast)
    delivery.deliver(message.pk, now=MOMENT)

    verbs = AuditEntry.objects.filter(record="mail.outboxmessage", record_id=message.pk).order_by("number")
    assert list(verbs.values_list("verb", "account_id")) == [("mail.queued", cast.officer.pk), ("mail.sent", None)]


def test_the_database_refuses_a_sent_mail_without_its_moment(cast: Cast) -> None:
    message = queue_letter(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        OutboxMessage.objects.filter(pk=message.pk).update(state=State.SENT)
