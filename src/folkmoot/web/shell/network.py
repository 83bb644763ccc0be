"""What the network calls itself, as the room that keeps it tells."""

from collections.abc import Callable

_named_by: list[Callable[[], str]] = []


def register_network_name(function: Callable[[], str]) -> None:
    """The room that keeps the network's own record tells here how to read its name."""
    if function not in _named_by:
        _named_by.append(function)


def network_name() -> str:
    """The network's name, or nothing while no room knows it."""
    return next((name for function in _named_by if (name := function())), "")
