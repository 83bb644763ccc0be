"""`folkmoot retention`: removes the records whose period is over, or says what would be removed."""

import argparse
from datetime import datetime
from typing import Any

from folkmoot.cli.start import guarded, open_installation


def add_parser(commands: Any) -> None:
    sentence = "Remove the records whose period is over; what is on hold stays."
    parser: argparse.ArgumentParser = commands.add_parser("retention", help=sentence, description=sentence)
    parser.add_argument(
        "--data",
        metavar="DIR",
        help="the folder that holds everything it keeps; else FOLKMOOT_DATA, else data/ in the clone",
    )
    parser.add_argument("--dry-run", action="store_true", help="say what would be removed, and remove nothing")
    parser.set_defaults(run=lambda args: guarded(lambda: run(args)))


def run(args: argparse.Namespace) -> int:
    """0 with one line a class on standard output; nothing that a record says is printed."""
    open_installation(args.data)
    from folkmoot.apps.access.clock import moment

    return _foretell(moment()) if args.dry_run else _remove(moment())


def _foretell(now: datetime) -> int:
    from folkmoot.apps.records.retention import forecast

    for each in forecast(now):
        more = ", and more in later runs" if each.is_full else ""
        print(f"{each.record_class.title}: {len(each.removed)} would be removed{more}, {each.held} on hold.")
        for table, key in each.removed:
            print(f"  {table} {key}")
    print("Nothing was removed.")
    return 0


def _remove(now: datetime) -> int:
    from folkmoot.apps.records.retention import run_retention

    counts = list(run_retention(now).counts.all())
    for count in counts:
        more = " More is due; run it again." if count.is_full else ""
        print(f"{count.title}: {count.removed} removed, {count.held} on hold.{more}")
    if not counts:
        print("Nothing was due.")
    return 0
