"""A worker whose job and task take long, run by the tests as a process: python -m tests.cli.long_work DATA NOTES LIMIT.

Whatever begins and ends notes so with its process, and goes on until the file `go` lies beside the notes.
"""

import os
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

PACE = timedelta(seconds=0.3)
# A busy disk keeps a living worker from saying that it lives for some seconds.
SILENCE = timedelta(seconds=12)


def work(what: str, notes: Path) -> str:
    """Note the beginning, wait to be let go, note the end."""
    note(notes, f"{what} begins")
    while not (notes / "go").exists():
        time.sleep(0.05)
    note(notes, f"{what} ends")
    return "Did it."


def note(notes: Path, what: str) -> None:
    with (notes / "notes").open("a") as file:
        file.write(f"{what} in {os.getpid()}\n")


def main(data: str, notes: str, limit: str) -> int:
    from folkmoot.cli.start import load

    load(Path(data))
    from django.urls import get_resolver

    from folkmoot.apps.jobs import running, schedule
    from folkmoot.cli import working

    def job(_moment: datetime) -> str:
        return work("job", Path(notes))

    # The product's own rules, at a pace that a test can wait for, and this one job instead of its jobs.
    running.BEAT, running.LONGEST_SILENCE, working.TICK, working.PAUSE = PACE, SILENCE, PACE, 0.1
    get_resolver().url_patterns  # noqa: B018
    schedule._jobs.clear()
    schedule.register_scheduled(
        "long", "Long", every=timedelta(hours=1), run=job, limit=timedelta(seconds=float(limit))
    )
    note(Path(notes), "worker starts")
    return working.run()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
