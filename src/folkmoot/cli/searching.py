"""The command that looks at every record again, for the search."""

import argparse
from typing import Any

from folkmoot.cli.start import guarded, open_installation


def add_parser(commands: Any) -> None:
    """`folkmoot search rebuild`."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "search",
        help="Look at every record again, so that all of it can be found.",
        description="Look at every record again, so that all of it can be found. The worker does so every night.",
    )
    parser.add_argument(
        "--data",
        metavar="DIR",
        help="the folder that holds everything it keeps; else FOLKMOOT_DATA, else data/ in the clone",
    )
    parser.add_argument("what", metavar="rebuild", choices=["rebuild"], help="compares the index with the records")
    parser.set_defaults(run=lambda args: guarded(lambda: _rebuild(args)))


def _rebuild(args: argparse.Namespace) -> int:
    open_installation(args.data)
    from folkmoot.apps.search.index import rebuild

    print(f"{rebuild()} records can be found.")
    return 0
