"""`folkmoot redline`: read tracked changes of Word files and merge many returns into one."""

import argparse
import gc
import json
import os
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from folkmoot.apps.documents.limits import WORD_FILE
from folkmoot.apps.documents.reading import BROKEN, TOO_LARGE, TOO_SLOW, Unreadable, read
from folkmoot.apps.documents.tables import tables_in
from folkmoot.cli.redline_lines import comment_lines, consolidation_lines, draft_lines, printable, table_lines
from folkmoot.engines import redline

TOGETHER = "This draft and these returns together take more than can be worked through. Give fewer returns at once."
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
    _take_round(consolidate)
    consolidate.add_argument("--out", metavar="OUT.docx", help="write the draft with every office's marks in it")
    consolidate.add_argument(
        "--table", metavar="TABLE.xlsx", help="write the amendments as a table to decide, in Excel or (.docx) in Word"
    )
    _finish(consolidate, _consolidate, parser=consolidate, writes=("out", "table"))
    redraft = commands.add_parser("redraft", help="the next draft, from a table that was decided")
    _take_round(redraft)
    redraft.add_argument(
        "--decisions", metavar="TABLE", required=True, help="the table of consolidate, filled in: .xlsx, .docx or .csv"
    )
    redraft.add_argument("--out", metavar="OUT.docx", help="write the draft with what was taken")
    redraft.add_argument("--tracked", metavar="TRACKED.docx", help="write it with each change tracked against the base")
    redraft.add_argument("--author", default="Secretariat", help="whose changes these are (Secretariat)")
    _finish(redraft, _redraft, parser=redraft, writes=("out", "tracked"))


def _take_round(command: argparse.ArgumentParser) -> None:
    command.add_argument("base", metavar="BASE.docx", help="the draft that was circulated")
    command.add_argument("returns", metavar="RETURN.docx", nargs="+", help="what came back")
    command.add_argument(
        "--office", metavar="FILE=NAME", action="append", default=[], help="whose return it is (the file name's stem)"
    )
    command.add_argument(
        "--earlier", metavar="DRAFT.docx", nargs="+", action="extend", default=[], help="the drafts before this one"
    )


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
        print("\n".join(readable()))
    return 0


# The commands: each gives the answer, and the lines that a person reads, made only where one does

_Answer = tuple[dict[str, Any], Callable[[], Sequence[str]]]


def _text(args: argparse.Namespace) -> _Answer:
    paragraphs = _within_limits("redline.text", args.file, view=args.view)
    return {"paragraphs": list(paragraphs)}, lambda: [printable(text) for text in paragraphs]


def _changes(args: argparse.Namespace) -> _Answer:
    found: redline.Changes = _within_limits("redline.changes", args.file)
    answer = {
        "changes": [asdict(change) for change in found.changes],
        "comments": [asdict(comment) for comment in found.comments],
        "unknown": dict(found.unknown),
        "empty": found.empty,
        "damaged": list(found.damaged),
    }
    rows = [(c.id, c.clause, c.kind, c.author, c.before, c.after) for c in found.changes]
    lines = table_lines(("Id", "Clause", "Kind", "Author", "Before", "After"), rows)
    lines += comment_lines(found.comments)
    lines += [f"Not understood: {name}, {count} times." for name, count in found.unknown.items()]
    lines += [f"Damaged, so what it says is missing here: {printable(name)}." for name in found.damaged]
    return answer, lambda: lines


def _consolidate(args: argparse.Namespace) -> _Answer:
    files = _files(args)
    merged: redline.Merged | None = None
    with _no_search_for_rings():
        if args.out:
            found, merged = _of_round("redline.consolidate_and_merge", files)
        else:
            found = _of_round("redline.consolidate", files)
        found = replace(found, returns=_told(files, found.returns))
        _write_all(args, found, merged)
        return _plain(found), lambda: consolidation_lines(found)


def _plain(found: redline.Consolidation) -> dict[str, Any]:
    """As `asdict` gives it, which copies each of many thousand strings and takes ten times as long."""
    return {part.name: [_row(one) for one in getattr(found, part.name)] for part in fields(found)}


def _row(value: Any) -> dict[str, Any]:
    return {name: getattr(value, name) for name in value.__dataclass_fields__}


@contextmanager
def _no_search_for_rings() -> Iterator[None]:
    """A short process takes in many small objects and no rings of them."""
    searched = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searched:
            gc.enable()


def _write_all(args: argparse.Namespace, found: redline.Consolidation, merged: redline.Merged | None) -> None:
    """Both files are made before either is written; where there can be no merged one, there is still the table."""
    made: list[tuple[str, bytes]] = []
    if merged is not None and merged.data is not None:
        made.append((args.out, merged.data))
    elif merged is not None:
        _note(args.out, "This was not written; the table holds every amendment.")
    for one in merged.not_carried if merged is not None else ():
        named = ", ".join(printable(part) for part in (one.office, one.clause, one.amendment) if part)
        _note(args.out, f"{f'{named}: ' if named else ''}{one.reason}")
    if args.table and args.table.lower().endswith(".docx"):
        title = f"Amendments to {Path(args.base).name}"
        made.append((args.table, redline.amendment_document(found, title=title, today=date.today())))
    elif args.table:
        made.append((args.table, redline.amendment_table(found)))
    for path, data in made:
        _write(path, data)


def _redraft(args: argparse.Namespace) -> _Answer:
    files = _files(args)
    decisions = _decisions(args.decisions)
    made: redline.NextDraft = _of_round(
        "redline.next_draft", files, decisions, author=args.author, date=datetime.now(UTC)
    )
    made = replace(made, returns=_told(files, made.returns))
    for problem in made.problems:
        _note(args.decisions, printable(problem))
    for path, data in ((args.out, made.clean), (args.tracked, made.tracked)):
        if path:
            _write(path, data)
    answer = {name: value for name, value in asdict(made).items() if name not in ("clean", "tracked")}
    return answer, lambda: draft_lines(made)


def _decisions(path: str) -> redline.Decisions:
    written = tables_in(path, _read(path))
    if isinstance(written, Unreadable):
        raise _BadInput(path, f"{written.reason} {written.advice}")
    try:
        decisions = redline.read_decisions(written.tables)
    except redline.NoDecisions as error:
        raise _BadInput(path, str(error)) from error
    if written.tracked:
        _note(path, "Changes are tracked in this table; it was read as though all of them were accepted.")
    return decisions


def _note(file: str, sentence: str) -> None:
    print(f"folkmoot: {file}: {sentence}", file=sys.stderr)


# A round of files, read together in one process with limits


@dataclass(slots=True)
class _Round:
    """The draft, what came back and the drafts before it; `refused` are the returns that no process can read."""

    base: tuple[str, bytes]
    returns: list[redline.ReturnFile]
    earlier: list[tuple[str, bytes]]
    refused: dict[str, str] = field(default_factory=dict)


def _files(args: argparse.Namespace) -> _Round:
    offices = _offices(args)
    _keep_inputs(args)
    base = (args.base, _read(args.base))
    earlier = [(path, _read(path)) for path in args.earlier]
    return _Round(base, [redline.ReturnFile(path, offices[path], _read(path)) for path in args.returns], earlier)


def _of_round(reader: str, files: _Round, *more: Any, **options: Any) -> Any:
    """What the engine makes of the round. One return that trips it up does not stop the others."""
    earlier = tuple(data for _, data in files.earlier)
    answer = read(reader, files.base[1], tuple(files.returns), *more, earlier=earlier, **options)
    if isinstance(answer, Unreadable) and _set_aside(files, answer):
        answer = read(reader, files.base[1], tuple(files.returns), *more, earlier=earlier, **options)
    if isinstance(answer, Unreadable):
        tripped = answer in (TOO_LARGE, TOO_SLOW, BROKEN)
        raise _BadInput(files.base[0], TOGETHER if tripped else f"{answer.reason} {answer.advice}")
    return answer.value


def _set_aside(files: _Round, found: Unreadable) -> bool:
    """Empty the returns that cannot be read at all; a draft that cannot be read stops the command and is named."""
    for path, data in (files.base, *files.earlier):
        alone = read("redline.clauses", data)
        if isinstance(alone, Unreadable):
            raise _BadInput(path, f"{alone.reason} {alone.advice}")
    if found not in (TOO_LARGE, TOO_SLOW, BROKEN):
        return False
    for place, returned in enumerate(files.returns):
        alone = read("redline.consolidate", files.base[1], (returned,), limits=WORD_FILE)
        if isinstance(alone, Unreadable):
            files.refused[returned.file] = f"{alone.reason} {alone.advice}"
            files.returns[place] = replace(returned, data=b"")
    return bool(files.refused)


def _told(files: _Round, returns: Sequence[redline.ReturnStatus]) -> tuple[redline.ReturnStatus, ...]:
    """The statuses, each unreadable one told on standard error."""
    told = tuple(replace(one, detail=files.refused.get(one.file, one.detail)) for one in returns)
    for one in told:
        if one.status == "unreadable":
            _note(one.file, one.detail)
    return told


# Files


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
    """An answer never overwrites what it was made from, nor the other answer."""
    decisions = [args.decisions] if "decisions" in args else []
    inputs = {os.path.realpath(path) for path in (args.base, *args.returns, *args.earlier, *decisions)}
    targets = [(f"--{name}", path) for name in args.writes if (path := getattr(args, name))]
    for option, path in targets:
        if os.path.realpath(path) in inputs:
            args.parser.error(f"{option} {path} is one of the files to be read; name another")
    if len({os.path.realpath(path) for _, path in targets}) < len(targets):
        args.parser.error(f"{' and '.join(option for option, _ in targets)} name the same file")


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
