"""What may be put into the outbox, by whom it is read, and what is shown of it."""

from typing import Any

import pytest
from django_tasks_db.models import DBTaskResult

from folkmoot.apps.access.audience import Audience, Handling
from folkmoot.apps.access.gate import Conflict, Invalid, Refused
from folkmoot.apps.documents.actions import store
from folkmoot.apps.mail.actions import LONGEST_SENSITIVE_BODY, About, invite_person, queue, send_again
from folkmoot.apps.mail.models import OutboxMessage
from folkmoot.apps.mail.queries import counts, messages, readable
from folkmoot.apps.mail.redaction import hide_personal_links
from folkmoot.apps.mail.states import State
from tests.cast import Cast

MATILDA = ("Matilda Ketteridge", "matilda.ketteridge@harrowmoor.invalid")
SECRET = "https://folkmoot.example.org/answer/3Qf8vJm2XkT9pLw4RzN7bHcY"


def queue_letter(cast: Cast, **changes: Any) -> OutboxMessage:
    return queue(cast.actor("officer"), **{"to": MATILDA, "subject": "A draft", "body": "Please answer.", **changes})


def test_without_a_mail_server_mail_is_kept_and_nobody_is_asked_to_send_it(cast: Cast) -> None:
    assert queue_letter(cast).state == State.KEPT
    assert not DBTaskResult.objects.exists()


def test_an_address_that_is_none_is_refused_with_what_to_do(cast: Cast) -> None:
    with pytest.raises(Invalid, match=r"“matilda at harrowmoor” is not a mail address.*person’s page"):
        queue_letter(cast, to=("Matilda", "matilda at harrowmoor"))


def test_a_line_break_in_a_subject_cannot_add_a_header(cast: Cast) -> None:
    assert queue_letter(cast, subject="A draft\r\nBcc: all@example.org").subject == "A draft Bcc: all@example.org"


class TestSensitive:
    def test_a_file_never_leaves_with_a_mail(self, cast: Cast) -> None:
        draft = store(cast.actor("officer"), name="Draft.docx", data=b"PK", kind="package")
        for link_only in (False, True):
            with pytest.raises(Invalid, match="Send a link to it instead"):
                queue_letter(
                    cast, handling=Handling.OFFICIAL_SENSITIVE, attachments=[(draft, "x")], link_only=link_only
                )

    def test_a_text_long_enough_to_hold_the_content_is_refused(self, cast: Cast) -> None:
        body = "x" * (LONGEST_SENSITIVE_BODY + 1)
        with pytest.raises(Invalid, match="not what it says"):
            queue_letter(cast, handling=Handling.OFFICIAL_SENSITIVE, body=body)
        assert queue_letter(cast, handling=Handling.OFFICIAL_SENSITIVE, body=body[:-1])

    def test_a_long_text_that_only_tells_where_to_read_may_go(self, cast: Cast) -> None:
        body = "x" * (LONGEST_SENSITIVE_BODY + 1)
        assert queue_letter(cast, handling=Handling.OFFICIAL_SENSITIVE, body=body, link_only=True).is_sensitive


class TestWhoReadsIt:
    def test_the_secretariat_reads_what_it_sent(self, cast: Cast) -> None:
        message = queue_letter(cast)
        for part in ("head", "deputy", "officer", "coordinator"):
            assert list(messages(cast.actor(part))) == [message]

    def test_nobody_else_does_and_the_list_says_so(self, cast: Cast) -> None:
        queue_letter(cast)
        for part in ("administrator", "mayor", "member_officer", "guest", "stranger"):
            assert not readable(cast.actor(part)).exists()
            with pytest.raises(Refused):
                messages(cast.actor(part))

    def test_a_mail_about_a_private_record_is_read_by_those_on_it_alone(self, cast: Cast) -> None:
        about = About("A confidence", "positions.position", 7, Audience.PRIVATE, (f"account:{cast.deputy.pk}",))
        message = queue_letter(cast, about=about)

        assert list(messages(cast.actor("deputy"))) == [message]
        assert not messages(cast.actor("head")).exists()
        assert sum(counts(cast.actor("head")).values()) == 0

    def test_an_office_named_on_it_still_reads_no_mail(self, cast: Cast) -> None:
        queue_letter(cast, about=About("A draft", "positions.position", 7, Audience.NAMED, ("org:aldermere",)))
        assert not readable(cast.actor("mayor")).exists()


class TestList:
    def test_it_is_filtered_by_state_and_by_words(self, cast: Cast) -> None:
        kept = queue_letter(cast, about=About("Round 1 of Bus fares", "positions.circulation", 1))
        other = queue_letter(cast, to=("Owen Lark", "owen@example.org"), subject="Minutes")
        actor = cast.actor("head")

        assert list(messages(actor, state="failed")) == []
        assert set(messages(actor, state="kept")) == {kept, other}
        assert list(messages(actor, words="bus FARES")) == [kept]
        assert list(messages(actor, words="minutes")) == [other]
        assert list(messages(actor, order="name")) == [kept, other]

    def test_the_counts_are_those_of_the_list(self, cast: Cast) -> None:
        queue_letter(cast)
        assert counts(cast.actor("head")) == {"queued": 0, "sending": 0, "sent": 0, "failed": 0, "kept": 1}


class TestSendAgain:
    def test_a_kept_mail_goes_once_a_server_is_set(self, cast: Cast, letterbox: Any, settings: Any) -> None:
        settings.EMAIL_HOST = ""
        message = queue_letter(cast)
        settings.EMAIL_HOST = "127.0.0.1"

        assert send_again(cast.actor("coordinator"), message=message).state == State.QUEUED
        assert DBTaskResult.objects.count() == 1

    def test_without_a_server_it_says_what_to_set(self, cast: Cast) -> None:
        with pytest.raises(Conflict, match="Set the mail server"):
            send_again(cast.actor("coordinator"), message=queue_letter(cast))

    def test_a_mail_that_waits_already_is_left_alone(self, cast: Cast, letterbox: Any) -> None:
        with pytest.raises(Conflict, match="waiting to be sent"):
            send_again(cast.actor("coordinator"), message=queue_letter(cast))

    def test_an_office_may_not(self, cast: Cast, letterbox: Any) -> None:
        with pytest.raises(Refused):
            send_again(cast.actor("mayor"), message=queue_letter(cast))


class TestPersonalLinks:
    @pytest.mark.parametrize(
        "link",
        [
            SECRET,
            f"{SECRET}/",
            "https://folkmoot.example.org/account/password/Mg/c8x3k2-0123456789abcdef0123456789abcdef/",
            "http://localhost:8000/answer/3Qf8vJm2XkT9pLw4RzN7bHcY",
            "https://folkmoot.example.org/answer?link=3Qf8vJm2XkT9pLw4RzN7bHcY",
            "https://folkmoot.example.org/answer/eyJhIjoxfQ:1tA2b3:0123456789abcdefghij",
        ],
    )
    def test_they_are_hidden(self, link: str) -> None:
        text = hide_personal_links(f"Answer: {link} today.", reader="M. Ketteridge")
        assert text == "Answer: [link for M. Ketteridge, hidden] today."

    @pytest.mark.parametrize(
        "link",
        [
            "https://folkmoot.example.org/positions/abcdefghjk/amendments/",
            "https://www.legislation.gov.uk/ukpga/2017/19/contents-of-a-very-long-name",
            "https://folkmoot.example.org",
            "https://www.gov.uk/government/publications/english-devolution-and-community-empowerment-bill-2025",
        ],
    )
    def test_a_link_that_lets_nobody_in_stays(self, link: str) -> None:
        text = f"Read {link}"
        assert hide_personal_links(text, reader="M.") == text


def test_an_invitation_is_queued_by_whoever_manages_people(cast: Cast) -> None:
    message = invite_person(cast.actor("administrator"), account=cast.mayor, link=SECRET)

    assert (message.to_name, message.to_address) == (cast.mayor.name, cast.mayor.email)
    assert SECRET in message.body
    assert message.about == "Invitation of Gwen Tarrant"
    with pytest.raises(Refused):
        invite_person(cast.actor("head"), account=cast.mayor, link=SECRET)
