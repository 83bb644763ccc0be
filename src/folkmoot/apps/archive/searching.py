"""What of the memory can be found by the search: each passage, with the paper that it stands in."""

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.archive.models import ArchivePassage, PassageQuerySet
from folkmoot.apps.archive.queries.listing import PAPER
from folkmoot.apps.search.registry import Document, Follow, SearchSource, register_search_source


def register() -> None:
    """Tell the search room; called when the installation starts."""
    register_search_source(
        SearchSource(
            "paper",
            "Past papers",
            ArchivePassage,
            _passage,
            _visible,
            ("document",),
            (Follow("document", ("title", "day", "handling")),),
        )
    )


def _visible(actor: Actor) -> PassageQuerySet:
    return ArchivePassage.objects.visible_to(actor)


def _passage(passage: ArchivePassage) -> Document:
    paper = passage.document
    title = f"{paper.title}: {passage.heading}" if passage.heading else paper.title
    return Document(title, passage.text, paper.key, paper.day, PAPER, paper.handling)
