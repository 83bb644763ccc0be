"""Every room's samples. A new room adds its module here; a new address without a sample fails the walk."""

from tests.walk.address import Address
from tests.walk.rooms import access, mail, members, positions, shell

ROOMS = [access, members, mail, positions, shell]
ADDRESSES: list[Address] = [address for room in ROOMS for address in room.ADDRESSES]
