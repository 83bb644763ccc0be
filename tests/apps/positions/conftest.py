"""What every test of the positions room shares: the offices in the register."""

from typing import Any

import pytest

from folkmoot.apps.documents.reader import answer
from folkmoot.apps.documents.reading import Reading, Unreadable
from tests.cast import Cast
from tests.positions_world import fill_register


@pytest.fixture
def network(cast: Cast) -> Cast:
    """The cast, with their three offices as members of the network."""
    fill_register()
    return cast


@pytest.fixture
def read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Word files and mails are read in this process, for tests that are about what comes after reading."""

    def read(name: str, *arguments: Any, **options: Any) -> Reading | Unreadable:
        kind, value = answer(name, arguments, options)
        return Reading(value) if kind == "value" else Unreadable(*value)

    for module in ("positions.word", "documents.tables", "mail.taking"):
        monkeypatch.setattr(f"folkmoot.apps.{module}.read", read)
