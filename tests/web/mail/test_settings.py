"""Mail settings: kept encrypted, tried for real, and each wrong input answered in a sentence that tells no password."""

import re
import socket
from dataclasses import replace
from typing import Any

import pytest
from django.core.management import call_command

from folkmoot.apps.access.models import AuditEntry
from folkmoot.apps.mail import server
from folkmoot.apps.mail.delivery import deliver
from folkmoot.apps.mail.fetching import fetch
from folkmoot.apps.mail.mailbox import count_messages
from folkmoot.apps.mail.models import MailServer, OutboxMessage
from folkmoot.config.environment import WrongSetting, mailbox, read_environment
from tests.apps.mail.letters import bounce
from tests.cast import MOMENT, Cast
from tests.plugins.dovecot import Dovecot
from tests.plugins.post import Letterbox

pytestmark = pytest.mark.django_db

SECRET = "correct-horse-battery"
PAGE = "/mail/settings/"
OUT = {
    "save": "out",
    "out-sender": "office@example.org",
    "out-host": "mail.example.org",
    "out-port": "587",
    "out-security": "starttls",
    "out-user": "office",
    "out-password": SECRET,
}
IN = {
    "save": "in",
    "in-host": "mail.example.org",
    "in-port": "993",
    "in-security": "tls",
    "in-user": "office",
    "in-password": SECRET,
    "in-folder": "INBOX",
}


@pytest.fixture
def ada(sign_in_as: Any) -> Any:
    return sign_in_as("administrator")


class TestKeeping:
    def test_what_is_given_is_used_and_the_password_is_kept_encrypted(self, ada: Any) -> None:
        assert ada.post(PAGE, OUT).status_code == 302
        assert ada.post(PAGE, IN).status_code == 302
        way, box = server.outgoing(), server.incoming()
        assert way is not None
        assert box is not None
        assert (way.host, way.port, way.security, way.user, way.password, way.sender) == (
            *("mail.example.org", 587, "starttls", "office", SECRET),
            "office@example.org",
        )
        assert (box.host, box.port, box.security, box.user, box.password, box.folder) == (
            *("mail.example.org", 993, "tls", "office", SECRET),
            "INBOX",
        )
        row = MailServer.objects.get()
        assert SECRET not in f"{row.out_password} {row.in_password} {way!r} {box!r}"
        assert SECRET not in ada.get(PAGE).content.decode()
        assert set(AuditEntry.objects.values_list("verb", flat=True)) >= {"mail.server-set", "mail.mailbox-set"}

    def test_an_empty_password_keeps_the_one_for_the_same_server_alone(self, ada: Any) -> None:
        ada.post(PAGE, IN)
        assert ada.post(PAGE, {**IN, "in-password": "", "in-folder": "Answers"}).status_code == 302
        box = server.incoming()
        assert box is not None
        assert (box.password, box.folder) == (SECRET, "Answers")
        for change in ({"in-host": "evil.example.org"}, {"in-user": "eve"}):
            answer = ada.post(PAGE, {**IN, "in-password": "", **change})
            assert "It is kept only for the same server and the same user name." in answer.content.decode()
        assert server.incoming() == box

    def test_a_password_kept_under_another_key_is_asked_for_again(self, ada: Any, settings: Any) -> None:
        ada.post(PAGE, IN)
        settings.SECRET_KEY = "another key"
        box = server.incoming()
        assert box is not None
        assert box.password == ""
        assert server.unreadable_passwords()

    def test_a_demonstration_sends_and_fetches_nothing(self, ada: Any, settings: Any) -> None:
        ada.post(PAGE, OUT)
        ada.post(PAGE, IN)
        settings.ENVIRONMENT = replace(settings.ENVIRONMENT, demo=True)
        assert (server.outgoing(), server.incoming()) == (None, None)

    @pytest.mark.parametrize("part", ["head", "coordinator", "mayor", "guest"])
    def test_nobody_else_sees_or_changes_them(self, sign_in_as: Any, part: str) -> None:
        client = sign_in_as(part)
        for answer in (
            client.get(PAGE),
            client.post(PAGE, OUT),
            client.post(PAGE, {"save": "plus", "on": "on"}),
            client.post(f"{PAGE}test/"),
            client.post(f"{PAGE}plus/"),
            client.post(f"{PAGE}try/"),
        ):
            assert answer.status_code == 403
        assert not MailServer.objects.exists()


@pytest.mark.parametrize(
    ("given", "change", "sentence"),
    [
        (OUT, {"out-host": ""}, "Write the name of the server."),
        (OUT, {"out-host": "mail.example.org:587"}, "without the port"),
        (OUT, {"out-host": "smtp://mail.example.org"}, "is not the name of a mail server"),
        (OUT, {"out-host": "mail example"}, "is not the name of a mail server"),
        (OUT, {"out-host": "999.1.1.1"}, "is not the name of a mail server"),
        (OUT, {"out-port": "0"}, "Write a number from 1 to 65535."),
        (OUT, {"out-port": "65536"}, "Write a number from 1 to 65535."),
        (OUT, {"out-port": "many"}, "The port is a whole number"),
        (OUT, {"out-security": "hope"}, "Select a valid choice"),
        (OUT, {"out-password": ""}, "Write the password."),
        (OUT, {"out-security": "none"}, "Without encryption anybody on the way could read the password."),
        (OUT, {"out-user": "office\r\nRCPT"}, "holds a character that none has"),
        (OUT, {"out-sender": "the office"}, "is not a mail address"),
        (OUT, {"out-sender": ""}, "Write the address from which"),
        (IN, {"in-user": ""}, "Write the user name of the mailbox."),
        (IN, {"in-folder": " "}, "Write the folder, such as INBOX."),
        (IN, {"in-folder": "IN\tBOX"}, "Write the folder of the mailbox"),
        (IN, {"in-password": ""}, "Write the password."),
    ],
)
def test_what_cannot_be_used_is_said_and_nothing_is_kept(
    ada: Any, given: dict[str, str], change: dict[str, str], sentence: str
) -> None:
    answer = ada.post(PAGE, {**given, **change})
    text = answer.content.decode()
    assert answer.status_code == 200
    assert sentence in text
    assert SECRET not in text
    assert not MailServer.objects.exists()


def test_a_form_without_its_button_is_refused(ada: Any) -> None:
    assert ada.post(PAGE, {**OUT, "save": "both"}).status_code == 400


class TestEnvironment:
    URL = f"imaps://office%40example.org:{SECRET}@mail.example.org/Answers"

    def test_it_wins_and_the_page_says_so(self, ada: Any, settings: Any, letterbox: Letterbox) -> None:
        settings.MAILBOX = mailbox(read_environment({"FOLKMOOT_IMAP": self.URL, "FOLKMOOT_SECRET_KEY": "k"}))
        text = ada.get(PAGE).content.decode()
        assert "FOLKMOOT_SMTP in the environment says where mail leaves" in text
        assert "FOLKMOOT_IMAP in the environment says where mail comes in" in text
        assert SECRET not in text
        for given in (OUT, IN):
            assert "Take it out of the environment first." in ada.post(PAGE, given).content.decode()
        assert not MailServer.objects.exists()
        box = server.incoming()
        assert box is not None
        assert (box.port, box.security, box.user, box.password, box.folder) == (
            *(993, "tls", "office@example.org", SECRET),
            "Answers",
        )

    @pytest.mark.parametrize(
        ("url", "sentence"),
        [
            ("pop3://office:x@mail.example.org", "FOLKMOOT_IMAP does not begin as it should"),
            ("mail.example.org", "FOLKMOOT_IMAP does not begin as it should"),
            (f"imaps://:{SECRET}@mail.example.org", "FOLKMOOT_IMAP names no user and password"),
            ("imaps://office@mail.example.org", "FOLKMOOT_IMAP names no user and password"),
        ],
    )
    def test_a_wrong_one_stops_the_start_with_a_sentence(self, url: str, sentence: str) -> None:
        with pytest.raises(WrongSetting, match=sentence) as stop:
            read_environment({"FOLKMOOT_IMAP": url, "FOLKMOOT_SECRET_KEY": "k"})
        assert SECRET not in str(stop.value)


def _keep_letterbox(ada: Any, settings: Any, **change: str) -> None:
    """The same mail server, said on the page and not by the environment."""
    port = settings.EMAIL_PORT
    settings.EMAIL_HOST = ""
    plain = {"out-host": "127.0.0.1", "out-port": str(port), "out-security": "none", "out-user": "", "out-password": ""}
    assert ada.post(PAGE, {**OUT, **plain, **change}).status_code == 302


class TestTestMessage:
    def test_it_goes_the_way_of_every_mail_and_its_fate_shows(
        self, ada: Any, settings: Any, letterbox: Letterbox, cast: Cast
    ) -> None:
        _keep_letterbox(ada, settings)
        ada.post(f"{PAGE}test/")
        assert "The worker sends it in a moment." in ada.get(PAGE).content.decode()
        deliver(OutboxMessage.objects.get().pk, now=MOMENT)
        [letter] = letterbox.letters
        assert "office@example.org" in str(letter["From"])
        assert cast.administrator.email in str(letter["To"])
        assert "The mail server took it on 25 November 2026" in ada.get(PAGE).content.decode()

    def test_a_refusal_is_quoted(self, ada: Any, settings: Any, letterbox: Letterbox) -> None:
        _keep_letterbox(ada, settings)
        letterbox.refuse = "550 We do not know you"
        ada.post(f"{PAGE}test/")
        deliver(OutboxMessage.objects.get().pk, now=MOMENT)
        assert "550 We do not know you" in ada.get(PAGE).content.decode()

    def test_a_server_that_is_not_there_is_said(self, ada: Any, settings: Any, letterbox: Letterbox) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            _keep_letterbox(ada, settings, **{"out-port": str(probe.getsockname()[1])})
            ada.post(f"{PAGE}test/")
            deliver(OutboxMessage.objects.get().pk, now=MOMENT)
        text = ada.get(PAGE).content.decode()
        assert "The mail server is not running or cannot be reached." in text
        assert "It is tried again on" in text

    def test_a_server_without_starttls_is_said(self, ada: Any, settings: Any, letterbox: Letterbox) -> None:
        _keep_letterbox(ada, settings, **{"out-security": "starttls"})
        ada.post(f"{PAGE}test/")
        deliver(OutboxMessage.objects.get().pk, now=MOMENT)
        said = OutboxMessage.objects.get().last_error
        assert said.startswith("The mail server does not offer what we ask for: STARTTLS")

    def test_without_a_server_there_is_none(self, ada: Any) -> None:
        assert ada.post(f"{PAGE}test/").status_code == 409
        assert not OutboxMessage.objects.exists()

    def test_the_secretariat_does_not_find_it_among_the_networks_mail(
        self, ada: Any, settings: Any, letterbox: Letterbox, sign_in_as: Any
    ) -> None:
        _keep_letterbox(ada, settings)
        ada.post(f"{PAGE}test/")
        assert "A test message" not in sign_in_as("head").get("/mail/").content.decode()


class TestMailbox:
    def _given(self, dovecot: Dovecot) -> dict[str, str]:
        [(user, password)] = list(dovecot.users.items())[:1]
        return {**IN, "in-host": "localhost", "in-port": str(dovecot.port), "in-user": user, "in-password": password}

    def test_it_opens_and_its_messages_are_counted(self, ada: Any, dovecot: Dovecot) -> None:
        given = self._given(dovecot)
        dovecot.deliver(given["in-user"], b"Subject: one\r\n\r\none\r\n")
        ada.post(PAGE, given)
        assert "The mailbox opens. 1 message in its folder." in ada.post(f"{PAGE}try/", follow=True).content.decode()
        assert dovecot.flags(given["in-user"]) == [""]

    def test_by_starttls_too(self, ada: Any, dovecot: Dovecot) -> None:
        ada.post(PAGE, {**self._given(dovecot), "in-port": str(dovecot.plain_port), "in-security": "starttls"})
        box = server.incoming()
        assert box is not None
        assert count_messages(box) == 0

    @pytest.mark.parametrize(
        ("change", "sentence"),
        [
            ({"in-host": "nowhere.invalid"}, "name nowhere.invalid is not known"),
            ({"in-port": "1"}, "Nobody listens at localhost, port 1."),
            ({"in-password": "wrong"}, "The mailbox refused the user name or the password."),
            ({"in-folder": "Answers"}, "The mailbox has no folder “Answers”."),
            ({"in-port": "plain"}, "does not speak TLS from the first word"),
            ({"certificate": "untrusted"}, "The certificate of localhost, port"),
        ],
    )
    def test_what_keeps_it_closed_is_said_without_the_password(
        self, ada: Any, dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch, change: dict[str, str], sentence: str
    ) -> None:
        given = {**self._given(dovecot), **change}
        if given["in-port"] == "plain":
            given["in-port"] = str(dovecot.plain_port)
        if given.pop("certificate", ""):
            monkeypatch.delenv("SSL_CERT_FILE")
        assert ada.post(PAGE, given).status_code == 302
        text = re.sub(r"\s+", " ", ada.post(f"{PAGE}try/", follow=True).content.decode())
        assert sentence in text
        assert given["in-password"] not in text

    def test_without_a_mailbox_there_is_nothing_to_try(self, ada: Any) -> None:
        assert ada.post(f"{PAGE}try/").status_code == 409


class TestPlus:
    """Whether answers may come to plus addresses: said by hand, or proved by a message to oneself."""

    def given(self, ada: Any, settings: Any, dovecot: Dovecot) -> None:
        _keep_letterbox(ada, settings)
        [(user, password)] = list(dovecot.users.items())[:1]
        ada.post(
            PAGE, {**IN, "in-host": "localhost", "in-port": str(dovecot.port), "in-user": user, "in-password": password}
        )

    def test_it_is_kept_by_hand(self, ada: Any) -> None:
        assert "tell whose answer it is" not in ada.get(PAGE).content.decode()
        ada.post(PAGE, IN)
        assert "tell whose answer it is" in ada.get(PAGE).content.decode()
        for given, kept in (({"on": "on"}, True), ({}, False)):
            answer = ada.post(PAGE, {"save": "plus", **given}, follow=True)
            assert "It holds from the next mail on." in answer.content.decode()
            assert MailServer.objects.get().in_plus is kept
        assert MailServer.objects.get().in_host == IN["in-host"]

    def test_a_test_message_proves_it(self, ada: Any, settings: Any, letterbox: Letterbox, dovecot: Dovecot) -> None:
        self.given(ada, settings, dovecot)
        sent = ada.post(f"{PAGE}plus/", follow=True).content.decode()
        assert "network+test-" in sent
        assert "The worker sends it in a moment." in sent
        deliver(OutboxMessage.objects.get().pk, now=MOMENT)
        assert "and it has not come yet" in ada.get(PAGE).content.decode()
        dovecot.deliver("network@example.org", letterbox.letters[-1].as_bytes())
        fetch(MOMENT)
        shown = ada.get(PAGE).content.decode()
        assert "It came to the mailbox on 25 November 2026" in shown
        assert "Look again" not in shown.partition('id="proof"')[2]
        assert MailServer.objects.get().in_plus

    def test_one_that_was_sent_back_is_said(
        self, ada: Any, settings: Any, letterbox: Letterbox, dovecot: Dovecot
    ) -> None:
        self.given(ada, settings, dovecot)
        ada.post(f"{PAGE}plus/")
        ours = OutboxMessage.objects.get()
        deliver(ours.pk, now=MOMENT)
        dovecot.deliver("network@example.org", bounce(ours.message_id, ours.to_address))
        fetch(MOMENT)
        shown = ada.get(PAGE).content.decode()
        assert "there is no such mailbox. Leave such addresses off." in shown

    def test_a_refusal_is_quoted(self, ada: Any, settings: Any, letterbox: Letterbox, dovecot: Dovecot) -> None:
        self.given(ada, settings, dovecot)
        letterbox.refuse = "550 No plus here"
        ada.post(f"{PAGE}plus/")
        deliver(OutboxMessage.objects.get().pk, now=MOMENT)
        assert "550 No plus here" in ada.get(PAGE).content.decode()

    def test_without_a_mailbox_there_is_nothing_to_prove(self, ada: Any) -> None:
        assert ada.post(f"{PAGE}plus/").status_code == 409
        assert not OutboxMessage.objects.exists()


def test_the_tables_are_as_the_models_say() -> None:
    call_command("makemigrations", "mail", check=True, dry_run=True, verbosity=0)
