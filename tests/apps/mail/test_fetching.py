"""Mail comes in from a real IMAP server: nothing is lost, nothing is taken twice, whatever breaks in between."""

import dataclasses
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from imapclient import IMAPClient

from folkmoot.apps.access.secrets import encrypt
from folkmoot.apps.documents.queries import content
from folkmoot.apps.mail import fetching
from folkmoot.apps.mail.inbox import InboxMessage, Mailbox, Sighting
from folkmoot.apps.mail.kinds import Kind, Standing
from folkmoot.apps.mail.mailbox import MailboxClosed
from folkmoot.apps.mail.models import MailServer
from folkmoot.apps.mail.server import PURPOSE
from folkmoot.apps.mail.taking import keep
from tests.apps.mail.letters import mail
from tests.cast import MOMENT, Cast
from tests.plugins.dovecot import Dovecot
from tests.plugins.dropping import BadLine

USER = "network@example.org"
LATER = MOMENT + timedelta(minutes=1)


def point_at(server: Dovecot, port: int, *, security: str = "tls", **changes: Any) -> None:
    MailServer.objects.update_or_create(
        pk=1,
        defaults={
            "in_host": server.host,
            "in_port": port,
            "in_security": security,
            "in_user": USER,
            "in_password": encrypt(server.users[USER], PURPOSE),
            "in_folder": "INBOX",
            "changed_at": MOMENT,
            **changes,
        },
    )


@pytest.fixture
def mailbox(cast: Cast, dovecot: Dovecot) -> Dovecot:
    """The mailbox of the network, over TLS."""
    point_at(dovecot, dovecot.port)
    return dovecot


def subjects() -> list[str]:
    return sorted(InboxMessage.objects.values_list("subject", flat=True))


class TestOverTls:
    def test_a_mail_is_kept_as_it_came_and_the_server_is_told(self, mailbox: Dovecot) -> None:
        data = mail("Hello", files=[("a.txt", b"words")])
        mailbox.deliver(USER, data)

        assert fetching.fetch(MOMENT) == "1 new mail."

        message = InboxMessage.objects.get()
        assert content(message.raw).replace(b"\r\n", b"\n") == data
        assert (message.from_address, message.text.strip()) == (
            "maya.osei@folkmoot.invalid",
            "Please find our answer attached.",
        )
        assert [file.name for file in message.files.all()] == ["a.txt"]
        assert mailbox.flags(USER) == ["S"]

    def test_twice_is_once(self, mailbox: Dovecot, monkeypatch: pytest.MonkeyPatch) -> None:
        mailbox.deliver(USER, mail("Hello"))
        fetching.fetch(MOMENT)
        with monkeypatch.context() as closed:
            # What is known is not asked for again: the server would send it every minute.
            closed.setattr(IMAPClient, "fetch", None)
            assert fetching.fetch(LATER) == "No new mail."
        mailbox.deliver(USER, mail("Next"))
        assert fetching.fetch(LATER) == "1 new mail."
        assert subjects() == ["Hello", "Next"]

    def test_the_same_bytes_under_another_number_are_the_same_mail(self, mailbox: Dovecot) -> None:
        for _ in range(2):
            mailbox.deliver(USER, mail("Hello"))
        assert fetching.fetch(MOMENT) == "1 new mail."
        assert (InboxMessage.objects.count(), Sighting.objects.count()) == (1, 2)

    def test_a_server_that_numbers_anew_is_read_again_and_nothing_doubles(self, mailbox: Dovecot) -> None:
        for subject in ("One", "Two"):
            mailbox.deliver(USER, mail(subject))
        fetching.fetch(MOMENT)
        mailbox.change_uidvalidity(USER)
        mailbox.deliver(USER, mail("Three"))

        assert fetching.fetch(LATER) == "1 new mail."
        assert subjects() == ["One", "Three", "Two"]
        assert Sighting.objects.values("uidvalidity").distinct().count() == 2

    def test_a_mail_that_is_too_large_is_noted_and_left(self, mailbox: Dovecot, settings: Any) -> None:
        settings.ENVIRONMENT = dataclasses.replace(settings.ENVIRONMENT, upload_mb=1)
        mailbox.deliver(USER, mail("Huge", files=[("big.bin", b"x" * 3_000_000)]))
        mailbox.deliver(USER, mail("Small"))

        fetching.fetch(MOMENT)
        fetching.fetch(LATER)

        huge = InboxMessage.objects.get(subject="Huge")
        assert (huge.state, huge.kind) == (Standing.WAITING, Kind.TOO_LARGE)
        assert huge.reasons == ["It is 4 MB, and the largest mail that is taken is 2 MB."]
        assert huge.raw.size < 2000
        assert subjects() == ["Huge", "Small"]
        assert mailbox.flags(USER) == ["", "S"]

    def test_a_mail_that_cannot_be_read_holds_up_no_other(self, mailbox: Dovecot) -> None:
        mailbox.deliver(USER, b"\x00\xff\x00" * 50)
        mailbox.deliver(USER, mail("After it"))
        assert fetching.fetch(MOMENT) == "2 new mails."
        assert "After it" in subjects()
        assert not InboxMessage.objects.filter(state=Standing.NEW).exists()

    def test_another_worker_is_not_disturbed(self, mailbox: Dovecot) -> None:
        mailbox.deliver(USER, mail("Hello"))
        Mailbox.objects.create(name=f"{USER} at localhost, INBOX", held_until=MOMENT + timedelta(minutes=5))
        assert fetching.fetch(MOMENT) == fetching.ELSEWHERE
        assert not InboxMessage.objects.exists()
        # It died with it: after a while the next one goes on.
        assert fetching.fetch(MOMENT + timedelta(minutes=6)) == "1 new mail."

    def test_starttls_closes_the_way_before_the_password(self, mailbox: Dovecot) -> None:
        point_at(mailbox, mailbox.plain_port, security="starttls")
        mailbox.deliver(USER, mail("Hello"))
        assert fetching.fetch(MOMENT) == "1 new mail."


class TestWrongSettings:
    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"in_password": ""}, "refused the user name or the password"),
            ({"in_user": "nobody@example.org"}, "refused the user name or the password"),
            ({"in_folder": "Post"}, "has no folder “Post”"),
            ({"in_host": "nowhere.invalid"}, "name nowhere.invalid is not known"),
            ({"in_port": 1}, "Nobody listens"),
        ],
    )
    def test_each_is_told_in_words(self, mailbox: Dovecot, changes: dict[str, Any], words: str) -> None:
        point_at(mailbox, changes.pop("in_port", mailbox.port), **changes)
        with pytest.raises(MailboxClosed, match=words) as told:
            fetching.fetch(MOMENT)
        assert mailbox.users[USER] not in str(told.value)

    def test_a_certificate_that_nobody_vouches_for_gets_no_password(
        self, mailbox: Dovecot, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("SSL_CERT_FILE")
        with pytest.raises(MailboxClosed, match="cannot be trusted"):
            fetching.fetch(MOMENT)

    def test_no_mailbox_is_no_failure(self, cast: Cast) -> None:
        assert fetching.fetch(MOMENT) == fetching.NOT_SET


@pytest.fixture
def bad_line(cast: Cast, dovecot: Dovecot) -> Iterator[BadLine]:
    """A line to the mailbox on which each command can be seen and cut."""
    line = BadLine(dovecot.plain_port)
    point_at(dovecot, line.port, security="none")
    yield line
    line.close()


class TestDrops:
    """Three mails wait, and the line breaks at each command in turn: before it arrives, or before its answer does."""

    NAMES = ("One", "Three", "Two")
    COMMANDS = 14

    def deliver(self, server: Dovecot) -> None:
        for subject in ("One", "Two", "Three"):
            server.deliver(USER, mail(subject))

    def test_as_many_commands_as_are_tried_below(self, bad_line: BadLine, dovecot: Dovecot) -> None:
        self.deliver(dovecot)
        fetching.fetch(MOMENT)
        assert subjects() == list(self.NAMES)
        assert len(bad_line.commands) == self.COMMANDS, bad_line.commands

    @pytest.mark.parametrize("after", [False, True])
    @pytest.mark.parametrize("number", range(1, COMMANDS))
    def test_nothing_is_lost_or_taken_twice(
        self, bad_line: BadLine, dovecot: Dovecot, number: int, after: bool
    ) -> None:
        self.deliver(dovecot)
        bad_line.breaks_at, bad_line.after = number, after

        with pytest.raises(MailboxClosed):
            fetching.fetch(MOMENT)
        assert bad_line.broke
        fetching.fetch(LATER)

        assert subjects() == list(self.NAMES)
        assert Sighting.objects.count() == 3
        assert dovecot.flags(USER) == ["S", "S", "S"]
        assert not InboxMessage.objects.filter(state=Standing.NEW).exists()

    def test_a_worker_that_dies_between_keeping_and_sorting_leaves_it_to_the_next(
        self, bad_line: BadLine, dovecot: Dovecot, cast: Cast
    ) -> None:
        keep(cast.actor("coordinator"), data=mail("Left behind"), source="imap")
        fetching.fetch(MOMENT)
        assert InboxMessage.objects.get().state == Standing.WAITING

    def test_what_was_kept_before_our_own_transaction_failed_is_fetched_again(
        self, bad_line: BadLine, dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.deliver(dovecot)
        real = keep

        def full_disk(*arguments: Any, **options: Any) -> Any:
            if b"Two" in options["data"]:
                raise OSError(28, "No space left on device")
            return real(*arguments, **options)

        monkeypatch.setattr(fetching, "keep", full_disk)
        with pytest.raises(OSError, match="No space"):
            fetching.fetch(MOMENT)
        assert subjects() == ["One"]
        assert dovecot.flags(USER) == ["S", "", ""]

        monkeypatch.setattr(fetching, "keep", real)
        fetching.fetch(LATER)
        assert subjects() == list(self.NAMES)
