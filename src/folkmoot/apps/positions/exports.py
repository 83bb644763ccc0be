"""A version as a Word file to take along: what this reader may see of it, with its handling mark on every page."""

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.documents.queries import content
from folkmoot.apps.positions import editions
from folkmoot.apps.positions.models import Version
from folkmoot.engines import redline


def clean_copy(actor: Actor, version: Version) -> bytes:
    """The reader's own copy, without the paragraphs kept from them."""
    data = editions.package_without(version, editions.hidden_from(actor, version))
    return redline.mark_pages(data, handling=version.position.handling)


def tracked_copy(actor: Actor, version: Version) -> bytes | None:
    """The version with its changes marked against the one before it; None where there is none to show.

    A reader from whom paragraphs are kept, here or in the version before, gets none: a mark would tell of them.
    """
    if version.tracked is None or not actor.in_secretariat:
        return None
    return redline.mark_pages(content(version.tracked), handling=version.position.handling)
