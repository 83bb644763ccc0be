"""What every test of the positions room shares: the offices in the register."""

from importlib import import_module
from typing import Any

import pytest

from folkmoot.apps.documents.limits import READERS
from folkmoot.apps.documents.reading import Reading
from tests.cast import Cast
from tests.positions_world import fill_register


@pytest.fixture
def network(cast: Cast) -> Cast:
    """The cast, with their three offices as members of the network."""
    fill_register()
    return cast


@pytest.fixture
def read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Our own Word files are read in this process, for tests that are about what comes after reading."""

    def read(name: str, *arguments: Any, **options: Any) -> Reading:
        reader = READERS[name]
        return Reading(getattr(import_module(reader.module), reader.function)(*arguments, **options))

    monkeypatch.setattr("folkmoot.apps.positions.word.read", read)
