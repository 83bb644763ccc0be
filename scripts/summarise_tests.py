"""Reads pytest's reports of one ./test and prints the ten slowest tests and one closing count."""

import sys
from pathlib import Path
from xml.etree import ElementTree


def main(folder: Path) -> None:
    """The database's name is the report's file name."""
    slowest: list[tuple[float, str]] = []
    counts = {"tests": 0, "failures": 0, "errors": 0, "skipped": 0}
    for report in sorted(folder.glob("*.xml")):
        for suite in ElementTree.parse(report).iter("testsuite"):
            for name in counts:
                counts[name] += int(suite.get(name, "0"))
        for case in ElementTree.parse(report).iter("testcase"):
            name = f"{case.get('classname')}::{case.get('name')} ({report.stem})"
            slowest.append((float(case.get("time", "0")), name))
    print("The ten slowest tests:")
    for seconds, name in sorted(slowest, reverse=True)[:10]:
        print(f"  {seconds:6.2f} s  {name}")
    failed = counts["failures"] + counts["errors"]
    skipped = f", {counts['skipped']} skipped" if counts["skipped"] else ""
    print(f"{counts['tests'] - failed - counts['skipped']} passed, {failed} failed{skipped}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
