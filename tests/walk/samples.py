"""Every room's samples. A new room adds its module here; a new address without a sample fails the walk."""

from tests.walk.address import Address
from tests.walk.rooms import (
    access,
    agenda,
    archive,
    beginning,
    disclosure,
    issues,
    jobs,
    mail,
    members,
    positions,
    records,
    search,
    shell,
    signals,
)

ROOMS = [
    access,
    beginning,
    members,
    mail,
    issues,
    signals,
    positions,
    archive,
    agenda,
    search,
    jobs,
    records,
    disclosure,
    shell,
]
ADDRESSES: list[Address] = [address for room in ROOMS for address in room.ADDRESSES]
