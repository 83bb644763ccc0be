"""The search room: each searches for themselves, and nobody finds another's kept search."""

from folkmoot.apps.search.actions import save_search
from tests.walk.address import SEND, SIGNED_IN, UNKNOWN, Address
from tests.walk.world import World

DEPUTY = frozenset({"deputy"})


def build(world: World) -> None:
    """A search that the deputy keeps."""
    words = world.aviary.hatch("the words of a kept search", DEPUTY)
    world["kept search"] = save_search(world.cast.actor("deputy"), words=words)


ADDRESSES = [
    Address("search", SIGNED_IN),
    Address(
        "search",
        SIGNED_IN,
        query="?words=a&kind=position&since=x&until=2026-02-30&order=sideways&page=-3",
        sample="odd",
    ),
    Address("search_sheet", SIGNED_IN, query="?words=the"),
    Address("search_save", SIGNED_IN, methods=SEND),
    Address(
        "search_drop", DEPUTY, others=UNKNOWN, kwargs=lambda world: {"key": world["kept search"].key}, methods=SEND
    ),
]
