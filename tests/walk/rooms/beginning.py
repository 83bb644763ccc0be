"""A new installation's pages: the first page for whoever holds the link, the rest for whoever runs it."""

from tests.walk.address import ADMINISTRATOR, BOTH, NOBODY, Address
from tests.walk.world import World


def build(world: World) -> None:
    """Nothing of its own: it shows what other rooms hold."""


def _link(world: World) -> dict[str, str]:
    return {"secret": "made-up"}


ADDRESSES = [
    Address("begin", NOBODY, others=409, kwargs=_link, methods=BOTH, open_door=True),
    Address("setting_up", ADMINISTRATOR),
    Address("setting_up_terms", ADMINISTRATOR, methods=BOTH, looks=frozenset({200, 302})),
    Address("setting_up_periods", ADMINISTRATOR, methods=BOTH),
    Address("setting_up_members", ADMINISTRATOR, methods=BOTH, looks=frozenset({200, 302})),
]
