"""What the tests of the mail pages share."""

from dataclasses import replace
from typing import Any

import pytest


@pytest.fixture
def demonstration(settings: Any) -> None:
    """An installation where everybody is invented."""
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, demo=True)
