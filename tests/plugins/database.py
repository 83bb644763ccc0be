"""Lets a test that commits be swept away again, although the trail's own triggers refuse every deletion on SQLite."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db.backends.sqlite3.base import DatabaseOperations


@pytest.fixture(scope="session", autouse=True)
def sweep_past_triggers() -> Iterator[None]:
    """Emptying the test database sets the triggers aside and puts them back."""
    sql_flush = DatabaseOperations.sql_flush

    def with_triggers_aside(self: DatabaseOperations, *args: Any, **kwargs: Any) -> list[str]:
        statements = sql_flush(self, *args, **kwargs)
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
        dropped = [f'DROP TRIGGER "{name}"' for name, _ in triggers]
        return [*dropped, *statements, *(sql for _, sql in triggers)] if statements else []

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "sql_flush", with_triggers_aside)
        yield
