"""The sample world, built once."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.walk.world import World, build_world, undone


@pytest.fixture(scope="package")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """One world for the whole walk: whoever visits it leaves it as it was."""
    with django_db_blocker.unblock(), undone():
        yield build_world()
