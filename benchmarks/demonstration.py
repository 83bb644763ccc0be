"""How long the demonstration takes to make, beside a floor: only reading its fourteen Word files, each in
a process with limits, as every file from outside is read.

Processor time of this process and of the readers that it starts, so that a busy machine measures the same.
"""

import json
import os
import resource
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

TODAY = date(2026, 11, 25)


def seconds(work: Callable[[], object]) -> float:
    """Processor time that this work took, in this process and in those that it started."""

    def spent() -> float:
        used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        return sum(one.ru_utime + one.ru_stime for one in used)

    before = spent()
    work()
    return spent() - before


def read_the_files() -> None:
    """The floor: what the fourteen returns ask for, without a database."""
    from folkmoot.apps.positions import word
    from folkmoot.demo.positions import WORD
    from folkmoot.engines import redline

    truth = json.loads((WORD / "truth.json").read_text(encoding="utf-8"))
    base, *earlier = ((WORD / name).read_bytes() for name in (truth["base"], *truth["earlier"]))
    for one in truth["returns"]:
        file = redline.ReturnFile(one["file"], one["office"], (WORD / one["file"]).read_bytes())
        word.consolidated(base, [file], earlier)


def main() -> int:
    from folkmoot.cli.start import DEMO, claim, load

    with tempfile.TemporaryDirectory() as folder:
        claim(Path(folder), DEMO)
        os.environ.setdefault("FOLKMOOT_ADDRESS", "http://localhost")
        load(Path(folder))
        from folkmoot.apps.access.models import AuditEntry
        from folkmoot.cli.upkeep import migrate
        from folkmoot.demo import build

        tables = seconds(migrate)
        floor, made = seconds(read_the_files), seconds(lambda: build(today=TODAY))
        print(f"made by {AuditEntry.objects.count()} recorded actions: {made:.1f} s; empty tables: {tables:.1f} s")
        print(f"reading the fourteen files: {floor:.1f} s; ratio {made / floor:.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
