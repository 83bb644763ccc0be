"""What a person may not see changes nothing that they see: no count, no order, no page number, no empty state.

Everybody looks at everything twice: before and after records are added of which they may not know. A canary proves that
no word is shown; this proves that nothing else is.
"""

import re

import pytest

from tests.walk.address import Address
from tests.walk.samples import ADDRESSES, ROOMS
from tests.walk.walker import Go, first_visit, visit
from tests.walk.world import World, undone

# The rules are the same on both databases, which the walk itself meets; what differs is how rows are found, not which.
pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

# One of each kind of reader; the head is left out, as nothing here is hidden from her.
LOOKERS = ("administrator", "coordinator", "mayor", "other_officer", "third_officer", "guest", "stranger")
# What differs from one look to the next by design: the token of a form and the nonce of a script.
PASSING = re.compile(
    r'name="csrfmiddlewaretoken" value="[^"]*"|nonce[-=]"?[\w+/=-]+|Content-Length: \d+|csrftoken\S*|Expires: .*'
    r"|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"  # when a spreadsheet was written
    r"|[\w-]+:\w{6}:[\w-]{43}"  # the cookie of a message, which the next page shows
    r'|data-asked="(?:\{.*\}|[^"]*)"|data:image/svg\+xml;base64,[\w+/=]+|(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}'
    r"|Date: .*|=+\d{12,}=+"  # the line between the parts of a mail
)


def seen(world: World, addresses: list[Address], part: str, *, go: Go = visit) -> dict[str, str]:
    """All that a part meets, without what differs every time."""
    found = {}
    for address in addresses:
        met = go(world, address, part, "GET")
        cookieless = "\n".join(line for line in met.text.splitlines() if len(line) != 32 or " " in line)
        found[address.label] = f"{met.status}\n{PASSING.sub('', cookieless)}"
    return found


def add_what_is_hidden_from(world: World, part: str) -> int:
    """Add every hidden record of which this part may not know; gives how many."""
    hidden = [(add, knows) for room in ROOMS for add, knows in getattr(room, "HIDDEN", [])]
    unknown = [add for add, knows in hidden if part not in knows]
    for add in unknown:
        add(world)
    return len(unknown)


def differences(world: World, part: str, *, go: Go = visit) -> list[str]:
    """The addresses at which a part sees something of what is hidden from them."""
    looked_at = [address for address in ADDRESSES if "GET" in address.methods and not address.shows_trail]
    before = seen(world, looked_at, part, go=go)
    known = dict(world.aviary.canaries)
    with undone():
        assert add_what_is_hidden_from(world, part) > 0
        after = seen(world, looked_at, part)
    world.aviary.canaries = known  # what was added is gone, and its words with it
    return [label for label in before if before[label] != after[label]]


@pytest.mark.parametrize("part", LOOKERS)
def test_what_is_hidden_changes_nothing(world: World, part: str) -> None:
    assert differences(world, part, go=first_visit) == []
