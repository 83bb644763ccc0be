"""Writes docs/benchmarks.md: one section a benchmark, each with the day and the machine on which it was measured.

Called by ./bench with a folder of outputs, NAME.txt each. Benchmarks that were not run keep the section that they have.
"""

import ast
import os
import platform
import sys
from datetime import date
from pathlib import Path

CLONE = Path(__file__).resolve().parents[1]
PAGE = CLONE / "docs/benchmarks.md"
BENCHMARKS = CLONE / "benchmarks"
OPENING = """# Benchmarks

Written by `./bench`; `./bench NAME` measures one of them again and leaves the others as they are. Every measurement
stands beside a floor that was measured in the same run, so compare the ratios; seconds belong to the machine.
"""


def machine(today: date) -> str:
    """When and on what: cores, Python, and how busy the machine was with other work."""
    cores, load = os.cpu_count(), os.getloadavg()[0]
    python = f"{platform.python_implementation()} {platform.python_version()}"
    day = f"{today.day} {today:%B %Y}"
    return f"{day}, {cores} cores of {platform.machine()}, {python}, load {load:.1f} when it ended."


def section(name: str, output: str, today: date) -> str:
    """One benchmark: what it measures, in the words of its file, and what it printed."""
    purpose = ast.get_docstring(ast.parse((BENCHMARKS / f"{name}.py").read_text(encoding="utf-8"))) or ""
    return f"## {name}\n\n{purpose}\n\n{machine(today)}\n\n```text\n{output.strip()}\n```\n"


def sections_of(page: str) -> dict[str, str]:
    """The sections that a page has, by name."""
    parts = ("## " + part for part in page.split("\n## ")[1:])
    return {part.partition("\n")[0].removeprefix("## "): part.rstrip("\n") + "\n" for part in parts}


def rewritten(page: str, measured: dict[str, str], today: date) -> str:
    """The page with these outputs in it; a benchmark that is gone loses its section."""
    sections = sections_of(page) | {name: section(name, output, today) for name, output in measured.items()}
    kept = [text for name, text in sorted(sections.items()) if (BENCHMARKS / f"{name}.py").exists()]
    return "\n".join([OPENING, *kept])


def main(folder: Path) -> int:
    measured = {file.stem: file.read_text(encoding="utf-8") for file in folder.glob("*.txt")}
    page = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    PAGE.write_text(rewritten(page, measured, date.today()), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
