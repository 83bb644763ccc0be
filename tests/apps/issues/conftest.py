"""What every test of the issues room shares: the offices in the register."""

import pytest

from tests.cast import Cast
from tests.positions_world import fill_register


@pytest.fixture
def network(cast: Cast) -> Cast:
    """The cast, with their three offices as members of the network."""
    fill_register()
    return cast
