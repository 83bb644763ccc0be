"""`folkmoot consensus`: what is agreed, what blocks, and whom to talk to."""

import argparse
import json
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from folkmoot.engines import consensus

SHOWN_CONVERSATIONS = 20
PATIENCE = 2.0  # seconds before a person at a terminal is shown how long it may take


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    group = subparsers.add_parser("consensus", help="what is agreed, what blocks it, whom to talk to")
    commands = group.add_subparsers(dest="consensus_command", required=True, metavar="COMMAND")
    analyse = commands.add_parser("analyse", help="choose the best variants and say what is missing for the rest")
    analyse.add_argument("position", metavar="POSITION.json", help="rule, members, clauses, links and responses")
    analyse.add_argument("--seconds", type=_seconds, default=10.0, help="ceiling for the proof (10)")
    analyse.add_argument("--json", action="store_true", help="JSON also at a terminal")
    analyse.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """0 with the analysis on standard output, 3 where the file holds no position."""
    try:
        position = consensus.read_position(_load(args.position))
    except (OSError, ValueError, RecursionError) as problem:
        print(f"folkmoot: {args.position}: {_sentence(problem)}", file=sys.stderr)
        return 3
    with _patience(args.seconds):
        analysis = consensus.analyse(position, seconds=args.seconds)
    if args.json or not sys.stdout.isatty():
        print(json.dumps(consensus.to_json(analysis), ensure_ascii=False, indent=1))
    else:
        print(_readable(position, analysis))
    return 0


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 <= seconds < float("inf"):
        raise argparse.ArgumentTypeError(f"{text} is not a number of seconds from 0 up")
    return seconds


def _load(path: str) -> Any:
    return json.loads(Path(path).read_bytes().decode("utf-8-sig"))


def _sentence(problem: OSError | ValueError | RecursionError) -> str:
    if isinstance(problem, OSError):
        return f"cannot be read ({problem.strerror}); check the name and the rights."
    if isinstance(problem, RecursionError):
        return "is nested too deeply to be a position; give the keys of the contract."
    if isinstance(problem, UnicodeDecodeError):
        return f"is not UTF-8 (byte {problem.start + 1}); save it as UTF-8."
    if isinstance(problem, json.JSONDecodeError):
        return f"is not JSON (line {problem.lineno}, column {problem.colno}: {problem.msg}); mend it there."
    return str(problem)


@contextmanager
def _patience(seconds: float) -> Iterator[None]:
    """After a while, a bar on standard error that fills towards the ceiling; only for a person at a terminal."""
    done = threading.Event()

    def show() -> None:
        waited = PATIENCE
        if done.wait(PATIENCE):
            return
        while not done.wait(0.5):
            waited += 0.5
            filled = min(20, int(20 * waited / max(seconds, waited)))
            sys.stderr.write(f"\r[{'#' * filled}{'.' * (20 - filled)}] {waited:.0f} of at most {seconds:.0f} s")
            sys.stderr.flush()
        sys.stderr.write("\r\033[K")

    watcher = threading.Thread(target=show, daemon=True)
    if sys.stderr.isatty():
        watcher.start()
    try:
        yield
    finally:
        done.set()
        if watcher.is_alive():
            watcher.join()


def _readable(position: consensus.Position, analysis: consensus.Analysis) -> str:
    agreed = sum(result.status == "agreed" for result in analysis.clauses)
    whole = sum(clause.importance for clause in position.clauses)
    proof = "proved the best" if analysis.status == "optimal" else f"within {analysis.gap:.1%} of the best"
    head = (
        f"{agreed} of {len(analysis.clauses)} clauses agreed, "
        f"importance {analysis.agreed_importance} of {whole} ({proof})."
    )
    rows = [
        (result.id, result.status, result.variant, f"{result.margin:+}", _why(result)) for result in analysis.clauses
    ]
    parts = [head, _table(("Clause", "Status", "Variant", "Margin", "Why"), rows)]
    if analysis.conversations:
        shown = analysis.conversations[:SHOWN_CONVERSATIONS]
        talks = [(c.clause, c.variant, ", ".join(c.members), str(c.total)) for c in shown]
        parts.append("Talk to\n" + _table(("Clause", "Variant", "Members", "Total then"), talks))
        left = len(analysis.conversations) - len(shown)
        if left:
            parts.append(f"and {left} more; --json gives them all.")
    return "\n\n".join(parts)


def _why(result: consensus.ClauseResult) -> str:
    if result.link is not None:
        (clause, variant), (other, its) = result.link.if_, result.link.then
        return f"{clause} {variant} {result.link.type} {other} {its}"
    if result.blockers:
        return f"against: {', '.join(result.blockers)}"
    return "answers are lacking" if result.status == "open" else ""


def _table(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(titles, *rows, strict=True)]
    lines = [titles, ["-" * width for width in widths], *rows]
    return "\n".join(
        "  ".join(f"{cell:{width}}" for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
    )
