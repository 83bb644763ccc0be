"""`folkmoot redline`: read tracked changes of Word files and merge many returns into one."""

import argparse
import gc
import json
import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from folkmoot.apps.documents.reading import Unreadable, read
from folkmoot.engines import redline

PATIENCE = 2.0  # seconds before a person at a terminal is told that work goes on


class _BadInput(Exception):
    """A file that stops the command: its name, and what is wrong and what to do."""

    def __init__(self, file: str, sentence: str) -> None:
        super().__init__(f"{file}: {sentence}")


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    group = subparsers.add_parser("redline", help="tracked changes of Word files: read, list, merge")
    commands = group.add_subparsers(dest="redline_command", required=True, metavar="COMMAND")
    text = commands.add_parser("text", help="the paragraphs with every change accepted or rejected")
    text.add_argument("file", metavar="FILE.docx")
    text.add_argument(
        "--view", choices=("accepted", "rejected"), default="accepted", help="which of the two (accepted)"
    )
    _finish(text, _text)
    changes = commands.add_parser("changes", help="every tracked change and comment of one file")
    changes.add_argument("file", metavar="FILE.docx")
    _finish(changes, _changes)
    consolidate = commands.add_parser("consolidate", help="all returns of one draft beside each other")
    consolidate.add_argument("base", metavar="BASE.docx", help="the draft that was circulated")
    consolidate.add_argument("returns", metavar="RETURN.docx", nargs="+", help="what came back")
    consolidate.add_argument(
        "--office", metavar="FILE=NAME", action="append", default=[], help="whose return it is (the file name's stem)"
    )
    consolidate.add_argument("--earlier", metavar="DRAFT.docx", nargs="+", action="extend", default=[])
    consolidate.add_argument("--out", metavar="OUT.docx", help="write the draft with every office's marks in it")
    consolidate.add_argument("--table", metavar="TABLE.xlsx", help="write the amendments as a spreadsheet")
    _finish(consolidate, _consolidate, parser=consolidate)


def _finish(command: argparse.ArgumentParser, work: Any, **defaults: Any) -> None:
    command.add_argument("--json", action="store_true", help="JSON also at a terminal")
    command.set_defaults(run=run, work=work, **defaults)


def run(args: argparse.Namespace) -> int:
    """0 with the answer on standard output, 3 where a file cannot be read or written."""
    try:
        with _patience():
            answer, readable = args.work(args)
    except _BadInput as problem:
        print(f"folkmoot: {problem}", file=sys.stderr)
        return 3
    if args.json or not sys.stdout.isatty():
        # Bytes, because a pipe may be set to an encoding that lacks an office's letters.
        sys.stdout.buffer.write(
            json.dumps(answer, ensure_ascii=False, indent=1 if sys.stdout.isatty() else None).encode() + b"\n"
        )
        sys.stdout.flush()
    else:
        print(readable)
    return 0


# The three commands: each gives the answer and how a person reads it


def _text(args: argparse.Namespace) -> tuple[dict[str, Any], str]:
    paragraphs = _within_limits("redline.text", args.file, view=args.view)
    return {"paragraphs": list(paragraphs)}, _printable("\n".join(paragraphs))


def _changes(args: argparse.Namespace) -> tuple[dict[str, Any], str]:
    found: redline.Changes = _within_limits("redline.changes", args.file)
    answer = {
        "changes": [asdict(change) for change in found.changes],
        "comments": [asdict(comment) for comment in found.comments],
        "unknown": dict(found.unknown),
        "empty": found.empty,
        "damaged": list(found.damaged),
    }
    rows = [(c.id, c.clause, c.kind, c.author, c.before, c.after) for c in found.changes]
    lines = _table(("Id", "Clause", "Kind", "Author", "Before", "After"), rows)
    lines += _comment_lines(found.comments)
    lines += [f"Not understood: {name}, {count} times." for name, count in found.unknown.items()]
    lines += [f"Damaged, so what it says is missing here: {_printable(name)}." for name in found.damaged]
    return answer, "\n".join(lines)


def _consolidate(args: argparse.Namespace) -> tuple[dict[str, Any], str]:
    # A short process that builds many small objects and no rings of them: looking for rings takes a tenth of it.
    gc.disable()
    offices = _offices(args)
    _keep_inputs(args)
    with _naming(args.base):
        base = _read(args.base)
        redline.clauses(base)
    earlier = [_earlier(path) for path in args.earlier]
    returns = [redline.ReturnFile(path, offices[path], _read(path)) for path in args.returns]
    merged: redline.Merged | None = None
    if args.out:
        found, merged = redline.consolidate_and_merge(base, returns, earlier=earlier)
    else:
        found = redline.consolidate(base, returns, earlier=earlier)
    for status in found.returns:
        if status.status == "unreadable":
            print(f"folkmoot: {status.file}: {status.detail}", file=sys.stderr)
    _write_all(args, found, merged)
    return asdict(found), "\n".join(_consolidation_lines(found))


def _write_all(args: argparse.Namespace, found: redline.Consolidation, merged: redline.Merged | None) -> None:
    """Both files are made before either is written; where there can be no merged one, there is still the table."""
    made: list[tuple[str, bytes]] = []
    if merged is not None and merged.data is not None:
        made.append((args.out, merged.data))
    elif merged is not None:
        print(f"folkmoot: {args.out} was not written; the table holds every amendment.", file=sys.stderr)
    for one in merged.not_carried if merged is not None else ():
        named = ", ".join(_printable(part) for part in (one.office, one.clause, one.amendment) if part)
        print(f"folkmoot: {args.out}: {f'{named}: ' if named else ''}{one.reason}", file=sys.stderr)
    if args.table:
        made.append((args.table, redline.amendment_table(found)))
    for path, data in made:
        _write(path, data)


# Files


@contextmanager
def _naming(file: str) -> Iterator[None]:
    """Say which file cannot be read."""
    try:
        yield
    except redline.UnreadableFile as error:
        raise _BadInput(file, str(error)) from error


def _read(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise _BadInput(path, f"The file cannot be read ({error.strerror}). Check its name and its rights.") from error


def _within_limits(reader: str, path: str, **options: Any) -> Any:
    """What the engine says of one file, asked in the process in which the server reads such files, too."""
    answer = read(reader, _read(path), **options)
    if isinstance(answer, Unreadable):
        raise _BadInput(path, f"{answer.reason} {answer.advice}")
    return answer.value


def _earlier(path: str) -> bytes:
    data = _read(path)
    with _naming(path):
        redline.text(data, view="rejected")
    return data


def _offices(args: argparse.Namespace) -> dict[str, str]:
    offices = {path: Path(path).stem for path in args.returns}
    for given in args.office:
        at = [place for place, letter in enumerate(given) if letter == "="]
        named = [(path, given[place + 1 :]) for place in at for path in args.returns if _is_file(path, given[:place])]
        if not named or not named[0][1].strip():
            args.parser.error(f"--office {given}: give FILE=NAME, where FILE is one of the returns")
        for path, name in named:
            offices[path] = name.strip()
    return offices


def _is_file(path: str, given: str) -> bool:
    return given == path or given == Path(path).name


def _keep_inputs(args: argparse.Namespace) -> None:
    """An answer never overwrites what it was made from."""
    inputs = {os.path.realpath(path) for path in (args.base, *args.returns, *args.earlier)}
    for option, path in (("--out", args.out), ("--table", args.table)):
        if path and os.path.realpath(path) in inputs:
            args.parser.error(f"{option} {path} is one of the files to be read; name another")
    if args.out and args.table and os.path.realpath(args.out) == os.path.realpath(args.table):
        args.parser.error("--out and --table name the same file")


def _write(path: str, data: bytes) -> None:
    """Whole or not at all: into a file beside the target, then moved over it."""
    target = Path(path)
    try:
        handle, name = tempfile.mkstemp(prefix=".folkmoot-", dir=target.parent)
    except OSError as error:
        raise _unwritable(path, error) from error
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(name, 0o666 & ~mask)
        os.replace(name, target)
    except OSError as error:
        with suppress(OSError):
            os.unlink(name)
        raise _unwritable(path, error) from error


def _unwritable(path: str, error: OSError) -> _BadInput:
    return _BadInput(path, f"The file cannot be written ({error.strerror}). Check the folder and its rights.")


# What a person reads


def _consolidation_lines(found: redline.Consolidation) -> list[str]:
    lines = [f"{status.office} ({status.status}): {_printable(status.detail)}" for status in found.returns]
    rows = [
        (a.id, a.clause, a.office, a.kind, a.before, a.after, a.group, ", ".join(a.conflicts)) for a in found.amendments
    ]
    lines += ["", *_table(("Id", "Clause", "Office", "Kind", "Before", "After", "Group", "Conflicts"), rows)]
    return lines + _comment_lines(found.comments)


def _comment_lines(comments: Sequence[redline.Comment]) -> list[str]:
    if not comments:
        return []
    rows = [(c.id, c.clause, c.office or c.author, c.on, c.text, "resolved" if c.resolved else "") for c in comments]
    return ["", *_table(("Id", "Clause", "By", "On", "Comment", ""), rows)]


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Columns as wide as what they hold, the widest cut to fit the terminal."""
    if not rows:
        return ["No changes."]
    cells = [[_printable(" ".join(value.split())) for value in row] for row in (heads, *rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(heads))]
    room = max(shutil.get_terminal_size().columns - 2 * len(heads), 8 * len(heads))
    while sum(widths) > room and max(widths) > 8:
        widths[widths.index(max(widths))] -= 1
    return ["  ".join(_fit(value, width) for value, width in zip(row, widths, strict=True)).rstrip() for row in cells]


def _fit(value: str, width: int) -> str:
    return (value if len(value) <= width else value[: width - 1] + "…").ljust(width)


def _printable(text: str) -> str:
    """Names and texts of others must not steer the terminal."""
    return "".join(letter for letter in text if letter.isprintable() or letter in "\n\t")


@contextmanager
def _patience() -> Iterator[None]:
    """Work that takes long shows a bar on standard error, for a person at a terminal."""
    done = threading.Event()

    def show() -> None:
        waited = PATIENCE
        if done.wait(PATIENCE):
            return
        while not done.wait(0.5):
            waited += 0.5
            filled = int(2 * waited) % 21
            sys.stderr.write(f"\r[{'#' * filled}{'.' * (20 - filled)}] reading, {waited:.0f} s")
            sys.stderr.flush()
        sys.stderr.write("\r\033[K")
        sys.stderr.flush()

    if not sys.stderr.isatty():
        yield
        return
    thread = threading.Thread(target=show, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
