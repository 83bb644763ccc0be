"""What several tests of the signals room use."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from folkmoot.apps.signals import visiting
from tests.apps.signals.playback import Playback, playing


@pytest.fixture
def playback(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Playback]:
    """A server that plays back, which the radar may ask although it stands on this machine, and without waiting."""
    monkeypatch.setattr(visiting, "GAP_SECONDS", 0.0)
    with playing() as found:
        settings.ENVIRONMENT = replace(settings.ENVIRONMENT, private_sources=frozenset({found.host}))
        yield found
