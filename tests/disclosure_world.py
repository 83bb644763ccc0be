"""Requests for information for tests.

case = ask(cast)                         received a week ago, under the Freedom of Information Act
item = scope(cast, case, position)       a position taken into scope, with its words
mail = come(cast, name, address, text)   a mail that came in
"""

from datetime import date, timedelta
from typing import Any

from folkmoot.apps.disclosure import actions
from folkmoot.apps.disclosure.models import Case, Item
from folkmoot.apps.documents.actions import store
from folkmoot.apps.mail.inbox import InboxFile, InboxMessage
from folkmoot.apps.search.models import Entry
from tests.cast import MOMENT, TODAY, Cast

TEXT = "Budget: ten million pounds.\nJane Roe of Harrowmoor fears a loss.\nThe   paper goes to the board."


def ask(cast: Cast, *, by: str = "officer", received_on: date = TODAY - timedelta(days=7), **more: Any) -> Case:
    """A request, taken in by somebody of the secretariat."""
    given = {
        "title": "Papers on bus franchising",
        "regime": "foi",
        "asked": "All papers on bus franchising.",
        "requester": "Zachary Inquirer",
        "contact": "zachary@example.org",
        **more,
    }
    return actions.open_case(cast.actor(by), received_on=received_on, **given)


def scope(cast: Cast, case: Case, record: Any, *, text: str = TEXT, by: str = "officer") -> Item:
    """A record taken into scope; its entry in the search says `text`."""
    entry = Entry.objects.filter(table=record._meta.label_lower, key=record.key).order_by("pk")[0]
    Entry.objects.filter(pk=entry.pk).update(body=text)
    actions.collect(cast.actor(by), case=case, places=[(entry.kind, entry.table, entry.key)])
    return case.items.get(table=entry.table, record_key=entry.key, kind=entry.kind)


def come(cast: Cast, name: str, address: str, text: str, *files: str) -> InboxMessage:
    """A mail that came in, with files of these names."""
    head = cast.actor("head")
    raw = store(head, name="mail.eml", data=text.encode(), kind="mail")
    message = InboxMessage.objects.create(
        raw=raw,
        sha256=raw.sha256,
        source="imap",
        from_name=name,
        from_address=address,
        subject="Buses",
        text=text,
        received_at=MOMENT,
    )
    for place, each in enumerate(files):
        stored = store(head, name=each, data=each.encode(), kind="mail")
        InboxFile.objects.create(message=message, file=stored, name=each, kind="other", place=place)
    return message
