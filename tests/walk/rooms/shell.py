"""The shell: the home page and the pages about the product itself."""

from tests.walk.address import ALL, SIGNED_IN, Address
from tests.walk.world import World


def build(world: World) -> None:
    """The shell keeps no records."""


ADDRESSES = [
    Address("home", SIGNED_IN),
    Address("changed", SIGNED_IN, query="?days=90"),
    Address("waited_for", SIGNED_IN),
    Address("settings_hub", SIGNED_IN),
    Address("help", ALL, open_door=True),
    Address("keyboard", ALL, open_door=True),
    Address("accessibility", ALL, open_door=True),
    Address("who_sees", SIGNED_IN),
    Address("robots", ALL, open_door=True),
]
