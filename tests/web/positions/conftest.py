"""What every test of the positions pages shares: the offices in the register."""

import pytest

from tests.apps.positions.conftest import read_here
from tests.cast import Cast
from tests.positions_world import fill_register

__all__ = ["network", "read_here"]


@pytest.fixture
def network(cast: Cast) -> Cast:
    """The cast, with their three offices as members of the network."""
    fill_register()
    return cast
