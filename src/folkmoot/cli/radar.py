"""`folkmoot radar`: read what a source published, score it, find the bodies it names and the near duplicates."""

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from folkmoot.engines import radar


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    group = subparsers.add_parser("radar", help="what sources published: read, score, link, near duplicates")
    commands = group.add_subparsers(dest="radar_command", required=True, metavar="COMMAND")
    read = commands.add_parser("read", help="the items of recorded payloads, one JSON object a line")
    read.add_argument("--source", metavar="NAME", required=True, choices=radar.SOURCES, help=", ".join(radar.SOURCES))
    read.add_argument("files", metavar="FILE", nargs="+", help="a payload as the source sent it")
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
    """0 with an item a line, 3 where a file is not of the source; the other files are read all the same."""
    status = 0
    for file in args.files:
        try:
            reading = radar.read(args.source, _payload(file), name=file)
        except (OSError, radar.NotThisSource) as problem:
            print(f"folkmoot: {file}: {_sentence(problem)}", file=sys.stderr)
            status = 3
            continue
        for item in reading.items:
            _line(radar.item_to_json(item))
        for unread in reading.problems:
            print(f"folkmoot: {file}: record {unread.number}: {unread.sentence}", file=sys.stderr)
        for note in reading.notes:
            print(f"folkmoot: {file}: {note}", file=sys.stderr)
    sys.stdout.flush()
    return status


def _payload(file: str) -> bytes:
    """A file up to just over the most that is read: a longer one is refused without filling the memory."""
    with Path(file).open("rb") as stream:
        return stream.read(radar.MOST_BYTES + 1)


def _line(value: dict[str, Any]) -> None:
    # Bytes, because a pipe may be set to an encoding that lacks a name's letters.
    sys.stdout.buffer.write(json.dumps(value, ensure_ascii=False).encode() + b"\n")


def _sentence(problem: OSError | radar.NotThisSource) -> str:
    if isinstance(problem, radar.NotThisSource):
        return problem.reason
    return f"cannot be read ({problem.strerror}); check the name and the rights."


def run_score(args: argparse.Namespace) -> int:
    raise radar.RadarError("not built")


def run_duplicates(args: argparse.Namespace) -> int:
    raise radar.RadarError("not built")


def run_link(args: argparse.Namespace) -> int:
    raise radar.RadarError("not built")
