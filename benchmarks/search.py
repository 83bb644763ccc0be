"""How long a search takes, beside a floor: the same query run raw, without our reading of words and results.

Fifty thousand records, half of which the reader may see, with words as unevenly spread as in a language. On the
database of this run: SQLite, or PostgreSQL where DATABASE_URL names one.
"""

import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django
from django.conf import settings
from django.test.utils import get_runner, setup_test_environment

RECORDS = 50_000
VOCABULARY = 8_000
QUERIES = ("wa", "word12", "word40 word41", '"word5 word6"', "word900", "word3 -word7", "word2 word3 word5000")
RUNS = 15


def fill() -> None:
    """Issues for the network and for the secretariat by turns, each with eighty words of a made-up language."""
    from tests.cast import MOMENT, TODAY, make_cast

    from folkmoot.apps.issues.models import Issue
    from folkmoot.apps.search.index import reindex

    cast = make_cast()
    chance = random.Random(7)
    weights = [1 / (rank + 1) for rank in range(VOCABULARY)]
    words = [f"word{number}" for number in range(VOCABULARY)]
    Issue.objects.bulk_create(
        [
            Issue(
                title=" ".join(chance.choices(words, weights, k=6)),
                aim=" ".join(chance.choices(words, weights, k=30))[:300],
                state_why=" ".join(chance.choices(words, weights, k=30))[:300],
                lead=cast.officer,
                audience="network" if number % 2 else "secretariat",
                started_on=TODAY,
                created_at=MOMENT,
            )
            for number in range(RECORDS)
        ],
        batch_size=2_000,
    )
    reindex(Issue, Issue.objects.values_list("pk", flat=True))


def timed(run: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    run()
    return time.perf_counter() - begun


def p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def measure() -> None:
    from django.db import connection
    from tests.cast import act

    from folkmoot.apps.access.models import Account
    from folkmoot.apps.search import queries

    actor = act(Account.objects.get(name="Gwen Tarrant"))
    print(
        f"{RECORDS:,} records on {connection.vendor}, half of them hidden from the reader; {RUNS} runs of each query."
    )
    print("\nquery                    results   raw p95    ours p95   ratio")
    all_raw: list[float] = []
    all_ours: list[float] = []
    for words in QUERIES:
        with _Recorder() as recorded:
            found = queries.search(actor, words)
        statements = recorded.statements

        def raw(statements: list[tuple[str, Any]] = statements) -> None:
            with connection.cursor() as cursor:
                for sql, parameters in statements:
                    cursor.execute(sql, parameters)
                    cursor.fetchall()

        pairs = [(timed(raw), timed(lambda words=words: queries.search(actor, words))) for _ in range(RUNS)]
        raw_times, ours = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
        all_raw += raw_times
        all_ours += ours
        print(f"{words:24} {found.total:7,}  {p95(raw_times) * 1000:7.1f} ms {p95(ours) * 1000:8.1f} ms", end="")
        print(f"  {p95(ours) / p95(raw_times):6.2f}")
    print(f"\np95 of all: raw {p95(all_raw) * 1000:.1f} ms, ours {p95(all_ours) * 1000:.1f} ms", end="")
    print(f", ratio {p95(all_ours) / p95(all_raw):.2f}")


class _Recorder:
    """The statements that a search sends, so that the floor sends the very same."""

    def __init__(self) -> None:
        self.statements: list[tuple[str, Any]] = []

    def __enter__(self) -> "_Recorder":
        from django.db import connection

        self._wrapping = connection.execute_wrapper(self._note)
        self._wrapping.__enter__()
        return self

    def _note(self, execute: Any, sql: str, parameters: Any, many: bool, context: Any) -> Any:
        self.statements.append((sql, parameters))
        return execute(sql, parameters, many, context)

    def __exit__(self, *error: Any) -> None:
        self._wrapping.__exit__(*error)


def main() -> None:
    django.setup()
    setup_test_environment()
    runner = get_runner(settings)(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        fill()
        measure()
    finally:
        runner.teardown_databases(databases)


if __name__ == "__main__":
    main()
