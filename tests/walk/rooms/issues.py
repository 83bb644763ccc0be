"""The issues room."""

from tests.walk.address import Address
from tests.walk.world import World


def build(world: World) -> None:
    """Nothing to build yet."""


ADDRESSES: list[Address] = []
