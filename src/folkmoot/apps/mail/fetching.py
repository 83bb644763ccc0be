"""Fetches the network's mail over IMAP: each mail is kept whole before the server hears of it, and never taken twice.

A mail's number in a mailbox (UIDVALIDITY and UID, RFC 3501, section 2.3.1.1) says where to go on after any drop. Where
the server numbers anew, everything is read again, and what is known is known by its bytes.
"""

import imaplib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max, Q, QuerySet
from imapclient import IMAPClient

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.documents.upload import MEGABYTE
from folkmoot.apps.mail.delivery import worker
from folkmoot.apps.mail.inbox import InboxMessage, Mailbox, Sighting
from folkmoot.apps.mail.kinds import Kind, Standing
from folkmoot.apps.mail.mailbox import MailboxClosed, opened
from folkmoot.apps.mail.server import Incoming, incoming
from folkmoot.apps.mail.sorting import sort_waiting
from folkmoot.apps.mail.taking import keep, letter_of, write_down
from folkmoot.engines import post

# A worker that holds the mailbox for longer without a sign has died with it.
HOLD = timedelta(minutes=10)
AT_ONCE = 200
SEEN = b"\\Seen"
NOT_SET = "No mailbox is set, so no mail is fetched. Set it in Mail settings."
DROPPED = "The mail server broke off. What had arrived is kept; the rest is fetched at the next attempt."
ELSEWHERE = "Another worker is fetching the mail."


def most_bytes() -> int:
    """The largest mail that is taken: a file of the largest size, as a mail carries it, and its text."""
    return int(settings.ENVIRONMENT.upload_mb * MEGABYTE * 1.4) + MEGABYTE


def fetch(now: datetime) -> str:
    """Take in what is new and sort it; a sentence on what was done. Raises `MailboxClosed` where it could not."""
    actor, box = worker(now), incoming()
    if box is None:
        sort_waiting(actor)
        return NOT_SET
    with _held(box, now) as mailbox:
        if mailbox is None:
            return ELSEWHERE
        try:
            with opened(box) as client:
                new = _Fetching(actor, client, box, mailbox).run()
        finally:
            # What was kept before a drop need not wait for the next connection.
            sort_waiting(actor)
    return f"{new} new {'mail' if new == 1 else 'mails'}." if new else "No new mail."


@contextmanager
def _held(box: Incoming, now: datetime) -> Iterator[Mailbox | None]:
    """The mailbox for this worker alone; None where another has it."""
    mailbox, _ = Mailbox.objects.get_or_create(name=f"{box.user} at {box.host}, {box.folder}"[:500])
    free = Q(held_until__isnull=True) | Q(held_until__lt=now) | Q(held_until__gt=now + HOLD)
    if not Mailbox.objects.filter(free, pk=mailbox.pk).update(held_until=now + HOLD):
        yield None
        return
    try:
        yield mailbox
    finally:
        Mailbox.objects.filter(pk=mailbox.pk).update(held_until=None)


def _ask(command: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
    """One command to the server; that it broke off is told apart from what goes wrong with us."""
    try:
        return command(*arguments, **options)
    except (OSError, imaplib.IMAP4.error):
        raise MailboxClosed(DROPPED) from None


class _Fetching:
    """One connection's work."""

    def __init__(self, actor: Actor, client: IMAPClient, box: Incoming, mailbox: Mailbox) -> None:
        self.actor, self.client, self.mailbox = actor, client, mailbox
        self.uidvalidity = int(_ask(client.select_folder, box.folder)[b"UIDVALIDITY"])
        self.new = 0

    def run(self) -> int:
        """Take in everything after the last number that we have, in order; how many mails are new."""
        self._flag(self._seen().filter(flagged=False).values_list("uid", flat=True))
        last = self._seen().aggregate(last=Max("uid"))["last"] or 0
        # "n:*" names the last mail also where its number is smaller than n (RFC 3501, section 6.4.8).
        uids = sorted(uid for uid in _ask(self.client.search, ["UID", f"{last + 1}:*"]) if uid > last)
        for start in range(0, len(uids), AT_ONCE):
            self._take_some(uids[start : start + AT_ONCE])
        return self.new

    def _seen(self) -> QuerySet[Sighting]:
        return Sighting.objects.filter(mailbox=self.mailbox, uidvalidity=self.uidvalidity)

    def _take_some(self, uids: list[int]) -> None:
        sizes = _ask(self.client.fetch, uids, ["RFC822.SIZE"])
        for uid in uids:
            if uid in sizes:
                self._take(uid, int(sizes[uid][b"RFC822.SIZE"]))

    def _take(self, uid: int, size: int) -> None:
        """One mail. The server is told only after our own transaction has ended."""
        too_large = size > most_bytes()
        what, key = ("BODY.PEEK[HEADER]", b"BODY[HEADER]") if too_large else ("BODY.PEEK[]", b"BODY[]")
        answer = _ask(self.client.fetch, [uid], [what]).get(uid, {})
        data = answer.get(key)
        if data is None:  # somebody has removed it since; there is nothing left to take
            return
        self._keep(uid, data, size if too_large else 0)
        if not too_large:
            self._flag([uid])

    @transaction.atomic
    def _keep(self, uid: int, data: bytes, too_large: int) -> None:
        message, new = keep(self.actor, data=data, source="imap")
        self.new += new
        if new and too_large:
            _note_too_large(self.actor, message, too_large)
        Sighting.objects.get_or_create(
            mailbox=self.mailbox,
            uidvalidity=self.uidvalidity,
            uid=uid,
            defaults={"message": message, "flagged": bool(too_large)},
        )

    def _flag(self, uids: Iterable[int]) -> None:
        """Tell the server that we have these; asked again after a drop."""
        known = list(uids)
        for start in range(0, len(known), AT_ONCE):
            some = known[start : start + AT_ONCE]
            _ask(self.client.add_flags, some, [SEEN], silent=True)
            self._seen().filter(uid__in=some).update(flagged=True)


def _note_too_large(actor: Actor, message: InboxMessage, size: int) -> None:
    """Its head tells who wrote; the rest stays in the mailbox, unread as far as the server knows."""
    letter = letter_of(message)
    if isinstance(letter, post.Letter):
        write_down(actor, message=message, letter=letter)
    limit = most_bytes() / MEGABYTE
    message.state, message.kind, message.sorted_at = Standing.WAITING, Kind.TOO_LARGE, actor.now
    message.reasons = [f"It is {size / MEGABYTE:,.0f} MB, and the largest mail that is taken is {limit:,.0f} MB."]
    message.save(update_fields=["state", "kind", "reasons", "sorted_at"])
