"""The tray of the demonstration shows one mail of each case that it teaches, each with what can be done."""

import pytest

from folkmoot.apps.mail.inbox import InboxMessage
from folkmoot.apps.mail.kinds import Kind, Standing
from folkmoot.demo.mail import FERRY

pytestmark = pytest.mark.django_db


def kinds(state: Standing) -> list[str]:
    return sorted(InboxMessage.objects.filter(state=state).values_list("kind", flat=True))


def test_five_mails_of_five_kinds_wait_and_a_machine_s_reply_was_filed_by_itself() -> None:
    assert kinds(Standing.WAITING) == sorted([Kind.STRANGER, Kind.WORDS, Kind.LINK, Kind.WORD_OLD, Kind.ZIP])
    assert kinds(Standing.FILED) == [Kind.AUTO_REPLY]


def test_the_zip_offers_two_word_files() -> None:
    packed = InboxMessage.objects.get(kind=Kind.ZIP).files.exclude(within="")
    assert [file.kind for file in packed] == ["word", "word"]


def test_what_answers_the_sensitive_draft_is_marked_like_it() -> None:
    marked = InboxMessage.objects.filter(about__startswith=FERRY)
    assert [mail.is_sensitive for mail in marked] == [True] * 4


def test_nobody_who_exists_is_written_from() -> None:
    senders = InboxMessage.objects.values_list("from_address", flat=True)
    assert all(sender.endswith((".invalid", "@example.org")) for sender in senders)
