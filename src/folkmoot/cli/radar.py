"""`folkmoot radar`: read what a source published, score it, find near duplicates, and link what it names."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from folkmoot.cli.register import shipped_register
from folkmoot.engines import radar
from folkmoot.engines.radar import duplicates as near_duplicates
from folkmoot.engines.radar import entities, learning, scoring


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    group = subparsers.add_parser("radar", help="what sources published: read, score, near duplicates, links")
    commands = group.add_subparsers(dest="radar_command", required=True, metavar="COMMAND")
    read = commands.add_parser("read", help="the items of recorded payloads, one JSON object a line")
    read.add_argument("--source", metavar="NAME", required=True, choices=radar.SOURCES, help=", ".join(radar.SOURCES))
    read.add_argument("files", metavar="FILE", nargs="+", help="a payload as the source sent it")
    read.set_defaults(run=run_read)
    score = commands.add_parser("score", help="how much each item matters to each priority, with the reasons")
    score.add_argument("--priorities", metavar="PRIORITIES.json", required=True)
    score.add_argument("--feedback", metavar="LABELS.jsonl", help="what people said of earlier items")
    score.add_argument(
        "--as-of",
        metavar="DATE",
        type=_day,
        help="the day from which near closing dates and meetings count, as 2026-11-25; without it they do not",
    )
    score.add_argument("items", metavar="ITEMS.jsonl")
    score.set_defaults(run=run_score)
    duplicates = commands.add_parser("duplicates", help="pairs of items with nearly the same text")
    duplicates.add_argument("--threshold", type=_threshold, default=0.5, help="the least similarity (0.5)")
    duplicates.add_argument("items", metavar="ITEMS.jsonl")
    duplicates.set_defaults(run=run_duplicates)
    link = commands.add_parser("link", help="the bodies, offices, people, bills and places that each item names")
    link.add_argument(
        "--as-of",
        metavar="DATE",
        type=_day,
        help="the day whose names count, as 2026-11-25; else the day an item was published, else today",
    )
    link.add_argument("items", metavar="ITEMS.jsonl", help="items with at least id and text")
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


def _sentence(problem: "OSError | radar.NotThisSource | _WrongLine") -> str:
    if isinstance(problem, radar.NotThisSource):
        return problem.reason
    if isinstance(problem, _WrongLine):
        return str(problem)
    return f"cannot be read ({problem.strerror}); check the name and the rights."


def run_score(args: argparse.Namespace) -> int:
    """0 with an item a line, 3 where a file is wrong; a priority that the feedback cannot teach is named."""
    try:
        priorities = _priorities(args.priorities)
        items = _items(args.items, ("id", "title", "text"))
        version = learning.train(_labels(args.feedback)) if args.feedback else learning.Version()
    except (OSError, _WrongLine) as problem:
        print(f"folkmoot: {_sentence(problem)}", file=sys.stderr)
        return 3
    for key, sentence in version.untaught.items():
        print(f"folkmoot: nothing was learnt for “{key}”. {sentence}", file=sys.stderr)
    documents = [_document(item) for item in items]
    linked_names: frozenset[str] = frozenset()
    if any(priority.places for priority in priorities):
        register, today = shipped_register(), args.as_of or date.today()
        linker, linked_names = entities.Linker(register), scoring.doubtful_names(register)
        documents = [
            scoring.linked(document, linker, on=_published(item) or today)
            for document, item in zip(documents, items, strict=True)
        ]
    for scored in scoring.score(
        documents,
        priorities,
        background=scoring.survey(documents, priorities),
        learned=learning.opinions(version) if version.models else None,
        today=args.as_of,
        linked_names=linked_names,
    ):
        reasons = {key: [_reason(reason) for reason in kept] for key, kept in scored.reasons.items()}
        _line({"id": scored.id, "scores": scored.scores, "reasons": reasons})
    sys.stdout.flush()
    return 0


def _reason(reason: scoring.Reason) -> dict[str, Any]:
    span = list(reason.span) if reason.span else None
    told = {"part": reason.part, "span": span, "field": reason.field, "weight": reason.weight}
    told |= {"because": reason.because}
    if not reason.evidence:
        return told
    return told | {"evidence": [{"word": e.word, "field": e.field, "span": list(e.span)} for e in reason.evidence]}


def _document(item: dict[str, Any]) -> scoring.Document:
    summary, deadlines = item.get("summary"), item.get("deadlines")
    return scoring.Document(
        item["id"],
        item["title"],
        item["text"],
        summary if isinstance(summary, str) else "",
        _texts(item.get("organisations", [])),
        deadlines=tuple(map(_due, deadlines)) if isinstance(deadlines, list) else (),
    )


def _due(deadline: Any) -> scoring.Due:
    """A deadline as `folkmoot radar read` wrote it; one that cannot be read keeps its place and asks nothing."""
    if isinstance(deadline, dict):
        try:
            return scoring.Due(str(deadline.get("kind")), datetime.fromisoformat(str(deadline.get("at"))).date())
        except ValueError:
            pass
    return scoring.Due("", date.max)


def _labels(file: str) -> list[learning.Label]:
    """What people said, a line each; one item may stand there for several priorities."""
    found = []
    try:
        for number, item in _objects(file, ("id", "title", "text", "priority")):
            if not isinstance(item.get("relevant"), bool):
                raise _WrongLine(f"line {number} has no “relevant” that is true or false; say which it is.")
            found.append(learning.Label(_document(item), item["priority"], item["relevant"]))
    except _WrongLine as wrong:
        raise _WrongLine(f"{file}: {wrong}") from None
    return found


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(each for each in value if isinstance(each, str)) if isinstance(value, list) else ()


def _priorities(file: str) -> list[scoring.Priority]:
    value = _json(Path(file).read_bytes(), "the file of priorities")
    if not isinstance(value, list):
        raise _WrongLine("the file of priorities is not a list; write the priorities in [ ].")
    found: list[scoring.Priority] = []
    for number, each in enumerate(value, start=1):
        if not isinstance(each, dict) or not isinstance(each.get("id"), str):
            raise _WrongLine(f"priority {number} has no “id” that is text; give each an id and terms.")
        if each["id"] in {priority.id for priority in found}:
            raise _WrongLine(f"priority {number} has the id of an earlier one; give each its own.")
        found.append(
            scoring.Priority(
                each["id"],
                str(each.get("name", "")),
                _texts(each.get("terms")),
                _texts(each.get("not")),
                _texts(each.get("organisations")),
                _texts(each.get("places")),
            )
        )
    return found


def run_duplicates(args: argparse.Namespace) -> int:
    """0 with a pair a line, 3 where a line of the file is no item."""
    try:
        items = _items(args.items, ("id", "text"))
        pairs = near_duplicates.pairs([(item["id"], item["text"]) for item in items], threshold=args.threshold)
    except (OSError, _WrongLine) as problem:
        print(f"folkmoot: {args.items}: {_sentence(problem)}", file=sys.stderr)
        return 3
    for pair in pairs:
        _line({"a": pair.a, "b": pair.b, "similarity": pair.similarity})
    sys.stdout.flush()
    return 0


def run_link(args: argparse.Namespace) -> int:
    """0 with a line an item, 3 where a line of the file is no item."""
    try:
        items = _items(args.items, ("id", "text"))
    except (OSError, _WrongLine) as problem:
        print(f"folkmoot: {args.items}: {_sentence(problem)}", file=sys.stderr)
        return 3
    linker, today = entities.Linker(shipped_register()), date.today()
    for item in items:
        found = linker.link(item["text"], on=args.as_of or _published(item) or today)
        links = [_link(each) for each in found.links]
        _line(
            {
                "id": item["id"],
                "entities": [each for each in links if each["kind"] != "term"],
                "terms": [each for each in links if each["kind"] == "term"],
                "doubts": [{"id": d.id, "span": [d.start, d.end], "sentence": d.sentence} for d in found.doubts],
            }
        )
    sys.stdout.flush()
    return 0


def _link(link: entities.Link) -> dict[str, Any]:
    told = {"id": link.id, "kind": link.kind, "name": link.name, "span": [link.start, link.end]}
    told |= {"rule": link.rule, "cue": link.cue, "confidence": link.confidence, "role": link.role}
    return told | ({"holder": link.holder} if link.holder else {})


def _published(item: dict[str, Any]) -> date | None:
    """The day an item bears, so that an old item is linked by the names of its time."""
    for key in ("published", "updated"):
        try:
            return date.fromisoformat(str(item.get(key, ""))[: len("2026-11-25")])
        except ValueError:
            continue
    return None


class _WrongLine(Exception):
    """A line that is no item; its number, what is wrong and what to do."""


def _items(file: str, keys: Sequence[str]) -> list[dict[str, Any]]:
    """The objects of a file, one a line; each has these keys as text, and an id of its own."""
    found: list[dict[str, Any]] = []
    seen: dict[str, int] = {}
    for number, item in _objects(file, keys):
        if item["id"] in seen:
            raise _WrongLine(f"line {number} has the id of line {seen[item['id']]}; give each item its own.")
        seen[item["id"]] = number
        found.append(item)
    return found


def _objects(file: str, keys: Sequence[str]) -> Iterator[tuple[int, dict[str, Any]]]:
    """The number of each line that is not empty, and its object."""
    for number, line in enumerate(Path(file).read_bytes().removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if not line.strip():
            continue
        item = _object(line, number)
        if type(item.get("id")) is int:  # a source may number its records; the key is the same
            item["id"] = str(item["id"])
        for key in keys:
            if not isinstance(item.get(key), str):
                raise _WrongLine(f"line {number} has no “{key}” that is text; give each item {' and '.join(keys)}.")
        yield number, item


def _object(line: bytes, number: int) -> dict[str, Any]:
    value = _json(line, f"line {number}")
    if not isinstance(value, dict):
        raise _WrongLine(f"line {number} is not an object; write one item a line.")
    return value


def _json(body: bytes, where: str) -> Any:
    def refuse(name: str) -> None:
        raise _WrongLine(f"{where} holds {name}, which is not a number; leave it out.")

    try:
        return json.loads(body.decode(), parse_constant=refuse)
    except UnicodeDecodeError:
        raise _WrongLine(f"{where} is not UTF-8; save the file as UTF-8.") from None
    except (ValueError, RecursionError):
        raise _WrongLine(f"{where} is not JSON; mend it there.") from None


def _threshold(text: str) -> float:
    threshold = float(text)
    if not 0 < threshold <= 1:
        raise argparse.ArgumentTypeError(f"{text} does not lie above 0 and at most at 1")
    return threshold


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is not a day; write it as 2026-11-25") from None
