"""What past papers add to the issues room: links, entries on time lines, and what is held on bodies and posts."""

from collections.abc import Collection, Iterator

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.archive.models import ArchiveDocument
from folkmoot.apps.archive.queries.listing import PAPER, keys_on
from folkmoot.apps.issues.held import About, Held, register_held
from folkmoot.apps.issues.linkables import Linkable, register_linkable
from folkmoot.apps.issues.models import Issue
from folkmoot.apps.issues.timeline import TimelineEntry, register_timeline

FOUND = 20


def register() -> None:
    """Tell the issues room; called when the installation starts."""
    register_linkable(Linkable(PAPER, "Past paper", find, titles))
    register_timeline(entries)
    register_held(held)


def find(actor: Actor, words: str) -> list[tuple[str, str]]:
    """Papers whose title holds the words."""
    found = ArchiveDocument.objects.visible_to(actor).filter(title__icontains=words).order_by("-day", "title", "pk")
    return [(paper.key, f"{paper.title} ({paper.day_words})") for paper in found[:FOUND]]


def titles(actor: Actor, keys: Collection[str]) -> dict[str, str]:
    return dict(ArchiveDocument.objects.visible_to(actor).filter(key__in=keys).values_list("key", "title"))


def entries(actor: Actor, issue: Issue) -> Iterator[TimelineEntry]:
    """The papers on an issue, each on its day."""
    for paper in ArchiveDocument.objects.visible_to(actor).filter(key__in=keys_on(issue)):
        detail = f"{paper.get_kind_display()} of {paper.day_words}, from the memory."
        yield TimelineEntry(paper.day, "Past paper", paper.title, detail, PAPER, paper.key, paper.handling)


def held(actor: Actor, records: Collection[About]) -> Iterator[Held]:
    """Papers from or to these bodies and posts, from the day of each."""
    keys = {key for _table, key in records}
    mine = ArchiveDocument.objects.visible_to(actor)
    for paper in mine.filter(to_key__in=keys) | mine.filter(from_key__in=keys):
        for about, what in (
            ((paper.from_table, paper.from_key), f"{paper.get_kind_display()} from {paper.sent_from}"),
            ((paper.to_table, paper.to_key), f"{paper.get_kind_display()} to {paper.sent_to}"),
        ):
            if about in records:
                yield Held(paper.day, about, what, paper.title, PAPER, paper.key)
