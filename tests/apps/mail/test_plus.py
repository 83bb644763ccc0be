"""Plus addresses: used once a test has proved them, and given up when it comes back; by a real server and mailbox."""

from typing import Any

import pytest

from folkmoot.apps.access.gate import Conflict, Refused
from folkmoot.apps.access.models import AuditEntry
from folkmoot.apps.mail import delivery, fetching, plus
from folkmoot.apps.mail.actions import queue
from folkmoot.apps.mail.inbox import InboxMessage
from folkmoot.apps.mail.kinds import Kind, Standing
from folkmoot.apps.mail.models import MailServer, OutboxMessage
from folkmoot.apps.mail.replying import takes_plus
from tests.apps.mail.letters import bounce, mail
from tests.apps.mail.test_fetching import LATER, USER, point_at
from tests.cast import MOMENT, Cast
from tests.plugins.dovecot import Dovecot
from tests.plugins.post import Letterbox


def answers_to(letterbox: Letterbox, cast: Cast) -> str:
    """Where an answer to a mail that bears a tag would go."""
    message = queue(
        cast.actor("officer"), to=("Gwen Tarrant", "g@example.org"), subject="A", body="B", reply_tag="Tok1"
    )
    delivery.deliver(message.pk, now=MOMENT)
    return str(letterbox.letters[-1]["Reply-To"])


@pytest.fixture
def box(cast: Cast, dovecot: Dovecot, letterbox: Letterbox) -> Dovecot:
    point_at(dovecot, dovecot.port)
    return dovecot


class TestProof:
    def sent(self, cast: Cast) -> OutboxMessage:
        message = plus.send_plus_test(cast.actor("administrator"))
        delivery.deliver(message.pk, now=MOMENT)
        message.refresh_from_db()
        return message

    def test_the_test_that_comes_to_the_mailbox_switches_them_on(
        self, cast: Cast, box: Dovecot, letterbox: Letterbox
    ) -> None:
        assert answers_to(letterbox, cast) == "Folkmoot <network@example.org>"
        message = self.sent(cast)
        assert message.to_address.startswith("network+test-") and message.to_address.endswith("@example.org")
        admin = cast.actor("administrator")
        assert plus.latest_proof(admin) == plus.Proof(message, None)

        box.deliver(USER, letterbox.letters[-1].as_bytes())
        fetching.fetch(LATER)

        assert plus.latest_proof(admin) == plus.Proof(message, LATER)
        assert takes_plus()
        assert answers_to(letterbox, cast) == "Folkmoot <network+Tok1@example.org>"
        came = InboxMessage.objects.get()
        assert (came.state, came.kind, came.outcome) == (Standing.FILED, Kind.AUTO_REPLY, plus.CAME)
        assert AuditEntry.objects.get(verb="mail.plus-proved").account_id is None

    def test_the_test_that_is_sent_back_switches_them_off(self, cast: Cast, box: Dovecot, letterbox: Letterbox) -> None:
        plus.set_plus(cast.actor("administrator"), on=True)
        message = self.sent(cast)
        box.deliver(USER, bounce(message.message_id, message.to_address))
        fetching.fetch(LATER)

        proof = plus.latest_proof(cast.actor("administrator"))
        assert proof is not None
        assert (proof.came_at, proof.message.returned_at) == (None, LATER)
        assert not takes_plus()
        assert answers_to(letterbox, cast) == "Folkmoot <network@example.org>"

    def test_a_delay_decides_nothing(self, cast: Cast, box: Dovecot) -> None:
        plus.set_plus(cast.actor("administrator"), on=True)
        message = self.sent(cast)
        box.deliver(USER, bounce(message.message_id, message.to_address, "4.4.1", "delayed"))
        fetching.fetch(LATER)
        assert takes_plus()

    @pytest.mark.parametrize("header", ["In_Reply_To", "References"])
    def test_an_answer_to_the_test_proves_nothing(self, cast: Cast, box: Dovecot, header: str) -> None:
        more: dict[str, Any] = {header: self.sent(cast).message_id}
        box.deliver(USER, mail("Re: A test", **more))
        fetching.fetch(LATER)
        assert not takes_plus()

    def test_another_mail_of_ours_that_came_back_changes_nothing(
        self, cast: Cast, box: Dovecot, letterbox: Letterbox
    ) -> None:
        plus.set_plus(cast.actor("administrator"), on=True)
        self.sent(cast)
        answers_to(letterbox, cast)
        ours = OutboxMessage.objects.get(reply_tag="Tok1")
        box.deliver(USER, bounce(ours.message_id, ours.to_address))
        box.deliver(USER, letterbox.letters[-1].as_bytes())
        fetching.fetch(LATER)
        assert takes_plus()


class TestByHand:
    def test_a_person_switches_them_and_the_trail_says_who(self, cast: Cast) -> None:
        actor = cast.actor("administrator")
        for on in (True, True, False):
            plus.set_plus(actor, on=on)
            assert takes_plus() is on
        told = AuditEntry.objects.filter(verb="mail.plus-set").order_by("number")
        assert [entry.account_id for entry in told] == [cast.administrator.pk] * 2
        assert MailServer.objects.count() == 1

    @pytest.mark.parametrize("part", ["head", "coordinator", "mayor", "guest"])
    def test_nobody_else_does(self, cast: Cast, part: str) -> None:
        for act in (lambda a: plus.set_plus(a, on=True), plus.send_plus_test, plus.latest_proof):
            with pytest.raises(Refused):
                act(cast.actor(part))

    def test_without_a_mailbox_or_a_server_there_is_no_test(
        self, cast: Cast, dovecot: Dovecot, letterbox: Letterbox, settings: Any
    ) -> None:
        actor = cast.actor("administrator")
        assert plus.latest_proof(actor) is None
        with pytest.raises(Conflict, match="in which mailbox"):
            plus.send_plus_test(actor)
        point_at(dovecot, dovecot.port)
        settings.EMAIL_HOST = ""
        with pytest.raises(Conflict, match="Say first where mail leaves"):
            plus.send_plus_test(actor)

    def test_an_answer_is_asked_for_at_the_networks_address_where_the_user_name_is_none(
        self, cast: Cast, dovecot: Dovecot, letterbox: Letterbox
    ) -> None:
        point_at(dovecot, dovecot.port, in_user="network", sender="office@example.org", in_plus=True)
        assert answers_to(letterbox, cast) == "Folkmoot <office+Tok1@example.org>"
