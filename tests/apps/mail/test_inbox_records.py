"""How long mail that came in is kept, and what of it is held about a person."""

from datetime import timedelta

import pytest

from folkmoot.apps.access.audit import verify
from folkmoot.apps.documents.queries import content
from folkmoot.apps.mail.delivery import worker
from folkmoot.apps.mail.inbox import InboxFile, InboxMessage
from folkmoot.apps.mail.inbox_records import BY_ANOTHER, REMOVED
from folkmoot.apps.mail.kinds import Standing
from folkmoot.apps.mail.sorting import sort
from folkmoot.apps.mail.taking import keep
from folkmoot.apps.mail.tray import set_aside
from folkmoot.apps.records.actions import place_hold
from folkmoot.apps.records.registry import Subject, personal_sources
from folkmoot.apps.records.retention import run_retention
from tests.apps.mail.letters import mail
from tests.apps.positions.conftest import read_here
from tests.cast import MOMENT, Cast

__all__ = ["read_here"]
pytestmark = pytest.mark.usefixtures("read_here")

DUE = MOMENT.replace(year=MOMENT.year + 2) + timedelta(days=2)
MAYA = Subject(None, "", ("Maya Osei",), ("maya.osei@folkmoot.invalid",))
[SOURCE] = [source for source in personal_sources() if source.name == "mail.received"]


def come(cast: Cast, text: str, *, aside: bool = True, sender: str = "") -> InboxMessage:
    """A mail with a file that came in and, where nothing else is said, was set aside."""
    given = {"sender": sender} if sender else {}
    message, _ = keep(worker(MOMENT), data=mail(text=text, files=[("a.txt", b"a file")], **given), source="imap")
    message = sort(worker(MOMENT), message=message)
    if aside:
        set_aside(cast.actor("head"), message=message, why="Nothing to do.")
    message.refresh_from_db()
    return message


def test_a_mail_that_is_done_with_is_emptied_when_its_period_is_over_and_not_taken_in_again(cast: Cast) -> None:
    message, waits = come(cast, "We are content."), come(cast, "Here it is.", aside=False)
    data = content(message.raw)
    run_retention(DUE - timedelta(days=5))
    message.refresh_from_db()
    assert "We are content." in message.text and message.files.exists()

    run_retention(DUE)

    message.refresh_from_db()
    waits.refresh_from_db()
    assert message.text == REMOVED and not message.files.exists() and content(message.raw) == REMOVED.encode()
    assert waits.state == Standing.WAITING and "Here it is." in waits.text and waits.files.exists()
    again, new = keep(worker(DUE), data=data, source="imap")
    assert (again.pk, new) == (message.pk, False)


def test_what_is_on_hold_stays(cast: Cast) -> None:
    message = come(cast, "We are content.")
    place_hold(cast.actor("head"), table="mail.inboxmessage", key=message.key, reason="A claim.")
    run_retention(DUE)
    message.refresh_from_db()
    assert "We are content." in message.text


def test_the_mails_of_a_person_are_handed_out_and_those_of_others_are_named_without_their_words(cast: Cast) -> None:
    own = come(cast, "I am away.")
    other = come(cast, "Maya Osei said in confidence.", sender="Ivo Tremblay <ivo@example.org>")
    come(cast, "About buses.", sender="Ivo Tremblay <ivo@example.org>")
    extracts = {extract.key: extract for extract in SOURCE.find(MAYA)}
    assert set(extracts) == {own.key, other.key}
    assert "I am away." in extracts[own.key].text
    assert (extracts[other.key].text, extracts[other.key].withheld) == ("", BY_ANOTHER)


def test_erasing_empties_the_mails_of_a_person_that_are_done_with(cast: Cast) -> None:
    own, waits = come(cast, "I am away."), come(cast, "We are content.", aside=False)
    other = come(cast, "Maya Osei said so.", sender="Ivo Tremblay <ivo@example.org>")

    assert SOURCE.erase(cast.actor("head"), MAYA) == 1

    own.refresh_from_db()
    assert (own.from_name, own.text, own.message_id) == ("An erased person", REMOVED, "")
    assert own.from_address == f"{own.key}@erased.invalid" and "Maya" not in own.subject
    assert content(own.raw) == REMOVED.encode() and not InboxFile.objects.filter(message=own).exists()
    assert {each.key for each in InboxMessage.objects.filter(text__contains="a")} >= {waits.key, other.key}
    assert SOURCE.find(MAYA) and verify() == []
