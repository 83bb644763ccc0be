"""`folkmoot radar`: read what a source published, score it, find the bodies it names and the near duplicates."""

import argparse
from datetime import date

from folkmoot.engines import radar


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    group = subparsers.add_parser("radar", help="what sources published: read, score, link, near duplicates")
    commands = group.add_subparsers(dest="radar_command", required=True, metavar="COMMAND")
    read = commands.add_parser("read", help="the items of recorded payloads, one JSON object a line")
    read.add_argument("--source", metavar="NAME", required=True, help="which source the files are of")
    read.add_argument("files", metavar="FILE", nargs="+")
    read.set_defaults(run=run_read)
    score = commands.add_parser("score", help="how much each item matters to each priority, with the reasons")
    score.add_argument("--priorities", metavar="PRIORITIES.json", required=True)
    score.add_argument("--feedback", metavar="LABELS.jsonl", help="what people said of earlier items")
    score.add_argument("items", metavar="ITEMS.jsonl")
    score.set_defaults(run=run_score)
    duplicates = commands.add_parser("duplicates", help="pairs of items with nearly the same text")
    duplicates.add_argument("--threshold", type=float, default=0.5, help="the least similarity (0.5)")
    duplicates.add_argument("items", metavar="ITEMS.jsonl")
    duplicates.set_defaults(run=run_duplicates)
    link = commands.add_parser("link", help="the departments, authorities, bills, people and places named")
    link.add_argument("--as-of", metavar="DATE", type=date.fromisoformat, help="the day that names are read for")
    link.add_argument("items", metavar="ITEMS.jsonl")
    link.set_defaults(run=run_link)


def run_read(args: argparse.Namespace) -> int:
    raise radar.RadarError("not built")


def run_score(args: argparse.Namespace) -> int:
    raise radar.RadarError("not built")


def run_duplicates(args: argparse.Namespace) -> int:
    raise radar.RadarError("not built")


def run_link(args: argparse.Namespace) -> int:
    raise radar.RadarError("not built")
