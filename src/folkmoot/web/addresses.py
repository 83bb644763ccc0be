"""Where a record's page is: each room tells it for its tables, so that a list of many kinds can link to any of them."""

from collections.abc import Callable

AddressOf = Callable[[str], str]
_addresses: dict[str, AddressOf] = {}


def register_address(table: str, address: AddressOf) -> None:
    """A room tells here how to reach a record of a table ("positions.position") by its key."""
    _addresses[table] = address


def address_of(table: str, key: str) -> str:
    """The address of a record's page; empty where no page shows records of this table."""
    return _addresses[table](key) if table in _addresses else ""
