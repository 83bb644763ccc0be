"""How long a search takes, beside a floor: the very same statement without the rules of who may see what.

The records are of every kind, as a network of fourteen offices has after some years, in a made-up language whose words
are as unevenly spread as in a real one; one reader may see nearly all of them, one a quarter. Both databases, in one
run. The floor goes through the same driver on the same connection, folded, counted and marked alike. Times are the
processor's, of this process and of PostgreSQL's own, so that other work on the machine does not count.
"""

import os
import shlex
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

CLONE = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(CLONE))

SIZES = (1, 4)  # times fifty thousand records
READERS = {"Owen Lark": "an officer of the secretariat", "Maya Osei": "an officer of a member"}
RUNS = 7
ALONE = "--this-database"


def queries() -> dict[str, str]:
    """What is looked for: words that are everywhere, common, rare, together, beside each other, left out and begun."""
    from tests.apps.search.many import VOCABULARY as word

    return {
        "one word, the 4th most common": word[3],
        "one word, the 13th": word[12],
        "its first four letters": word[12][:4],
        "two words, 41st and 42nd": f"{word[40]} {word[41]}",
        "two beside each other, 6th and 7th": f'"{word[5]} {word[6]}"',
        "the 4th without the 8th": f"{word[3]} -{word[7]}",
        "three words, one of them rare": f"{word[2]} {word[3]} {word[5000]}",
        "one word, the 901st": word[900],
        "one word, the 7,778th": f'"{word[7777]}"',
    }


def p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def line(name: str, found: str, raw: list[float], ours: list[float]) -> str:
    ratio = p95(ours) / p95(raw)
    return f"{name:36}{found:>8}{p95(raw) * 1000:9.1f} ms{p95(ours) * 1000:9.1f} ms{ratio:8.2f}"


def measure(clock: Callable[[], float]) -> None:
    """Every query for every reader, floor and ours by turns."""
    from tests.cast import act

    from folkmoot.apps.access.models import Account

    all_raw: list[float] = []
    all_ours: list[float] = []
    for name, who in READERS.items():
        actor = act(Account.objects.get(name=name))
        print(f"\n{'as ' + who:36}{'found':>8}{'raw p95':>12}{'ours p95':>12}{'ratio':>8}")
        for what, words in queries().items():
            found, raw, ours = _times(actor, words, clock)
            all_raw += raw
            all_ours += ours
            print(line(what, found, raw, ours), flush=True)
    print("\n" + line("p95 of all", "", all_raw, all_ours), flush=True)


def _times(actor: Any, words: str, clock: Callable[[], float]) -> tuple[str, list[float], list[float]]:
    from folkmoot.apps.search.queries import MOST_ON_PAGES, search
    from folkmoot.apps.search.reach import Condition
    from folkmoot.apps.search.statement import Asked, ask
    from folkmoot.apps.search.words import read_words

    floor = Asked(read_words(words), Condition("1 = 1"), folded=True, most=MOST_ON_PAGES)
    found = search(actor, words, folded=True, most=MOST_ON_PAGES)
    ask(floor)
    raw, ours = [], []
    for _ in range(RUNS):
        begun = clock()
        ask(floor)
        raw.append(clock() - begun)
        begun = clock()
        search(actor, words, folded=True, most=MOST_ON_PAGES)
        ours.append(clock() - begun)
    return f"{found.total:,}{'+' if found.is_cut else ''}", raw, ours


def this_database() -> None:
    """Fills the database of this process, and measures at each size."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection, transaction
    from django.urls import get_resolver
    from tests.apps.search import many
    from tests.cast import make_cast

    from folkmoot.apps.search.models import Entry

    assert get_resolver().url_patterns  # the doors register their kinds
    call_command("migrate", verbosity=0)
    cast, filled, clock = make_cast(), 0, _clock()
    for size in SIZES:
        with transaction.atomic():
            many.fill(cast, times=size - filled)
        filled = size
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        print(f"\n{Entry.objects.count():,} records on {connection.vendor}; {RUNS} runs of each query.", flush=True)
        measure(clock)


def _clock() -> Callable[[], float]:
    """Seconds of processor time of this process, and of the server's process that answers it."""
    from django.db import connection

    if connection.vendor == "sqlite":
        return time.process_time
    with connection.cursor() as cursor:
        cursor.execute("SET max_parallel_workers_per_gather = 0")
    spent = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    return lambda: time.process_time() + int(spent.read_text().split()[0]) / 1e9


def main() -> None:
    """Each database in a process of its own, PostgreSQL on a server of its own."""
    again = shlex.join([sys.executable, __file__, ALONE])
    server = ". scripts/setup.sh; . scripts/postgres.sh; trap stop_postgres EXIT; start_postgres"
    for script in (again, f'{server} && DATABASE_URL="$POSTGRES_URL" {again}'):
        with tempfile.TemporaryDirectory() as data:
            clean = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL"}}
            clean |= {"FOLKMOOT_DATA": data, "DJANGO_SETTINGS_MODULE": "folkmoot.config.settings", "CLONE": str(CLONE)}
            subprocess.run(["bash", "-euc", script], cwd=CLONE, env=clean, check=True)


if __name__ == "__main__":
    this_database() if ALONE in sys.argv else main()
