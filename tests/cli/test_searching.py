"""`folkmoot search rebuild`: looks at every record again, and says where it should have looked."""

from collections.abc import Callable

import pytest

from tests.cli.terminal import Terminal

LOSE = "from folkmoot.apps.search.models import Entry; print(Entry.objects.all().delete()[0] > 0)"
COUNT = "from folkmoot.apps.search.models import Entry; print(Entry.objects.count())"
FILL = """
from datetime import UTC, datetime
from folkmoot.apps.access.actor import stranger
from folkmoot.apps.mail.actions import queue
now = datetime.now(UTC)
queue(stranger(now, now.date()), to=("Ada", "ada@example.org"), subject="A draft", body="Here")
"""


@pytest.mark.slow
def test_what_the_index_lost_is_found_again(new_terminal: Callable[[str], Terminal]) -> None:
    terminal = new_terminal("searching")
    assert terminal.run("migrate").returncode == 0
    terminal.inside(FILL)
    assert terminal.inside(LOSE) == "True"

    done = terminal.run("search", "rebuild")

    assert (done.returncode, done.stdout) == (0, "1 records can be found.\n")
    assert terminal.inside(COUNT) == "1"


def test_a_folder_without_an_installation_is_named(new_terminal: Callable[[str], Terminal]) -> None:
    done = new_terminal("nothing").run("search", "rebuild")

    assert done.returncode == 3
    assert "holds no installation" in done.stderr
