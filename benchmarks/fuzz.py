"""What becomes of 10,000 damaged Word files, each read under the server's limits.

The damage is seeded: in the bytes, in the XML, in the zip around it. LibreOffice is asked about a part of the files,
and counted is how many of those that it opens are read; it opens one when it shows at least a word of the sound files.
"""

import re
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.fuzz.harness import Outcome, read_all
from tests.fuzz.mutate import mutant
from tests.fuzz.refusals import listed
from tests.fuzz.seeds import seeds
from tests.office import ask

from folkmoot.engines import redline

FILES = 10_000
ASKED = 1_500
# Files that LibreOffice opens and that are refused all the same, because nobody's Word writes them.
ON_PURPOSE = (
    "The file declares a document type, which Word never writes.",
    "The file holds a part with a name that Word never writes.",
    "The file holds # parts, far more than a draft.",
    "The file nests its parts hundreds deep, as Word never does.",
)


def words_of(data: bytes) -> set[str]:
    return set(re.findall(r"\w+", " ".join(redline.text(data, view="accepted"))))


def opened(outcomes: Sequence[Outcome], whole: Sequence[bytes]) -> list[Outcome]:
    """The readings of those files that LibreOffice shows."""
    known = set().union(*(words_of(data) for data in whole))
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / f"{outcome.number}.docx" for outcome in outcomes]
        for file, outcome in zip(files, outcomes, strict=True):
            file.write_bytes(mutant(outcome.number, whole))
        answers = ask("opens", files)
    return [
        outcome
        for outcome, answer in zip(outcomes, answers, strict=True)
        if known & set(re.findall(r"\w+", " ".join(answer.get("value", ()))))
    ]


def main() -> int:
    """Print the figures; 1 where a file crashed the reader, stopped it, or was refused without a listed sentence."""
    whole = seeds()
    outcomes = list(read_all((number, mutant(number, whole)) for number in range(FILES)))
    how = Counter(outcome.how for outcome in outcomes)
    refused = Counter(listed(outcome.reason) or "NOT LISTED" for outcome in outcomes if outcome.how == "refused")
    print(f"{FILES} damaged files: {how['read']} read, {how['refused']} refused in a listed sentence,")
    print(f"  {how['crashed']} crashed the reader, {how['stopped']} stopped at a limit.")
    for outcome in outcomes:
        if outcome.how in ("crashed", "stopped"):
            print(f"  {outcome.number} {outcome.how}: {outcome.reason.strip().splitlines()[-1]}")
    slowest, largest = max(o.seconds for o in outcomes), max(o.megabytes for o in outcomes)
    print(f"  Slowest {slowest:.1f} s of processor time, largest {largest:.0f} MB.")
    for reason, count in refused.most_common():
        print(f"  {count:5} {reason}")
    shown = opened(outcomes[:ASKED], whole)
    read = sum(outcome.how == "read" for outcome in shown)
    print(f"Of {ASKED} of them LibreOffice opens {len(shown)}, of which {read} are read: {read / len(shown):.1%}.")
    for reason, count in Counter(listed(o.reason) for o in shown if o.how == "refused").most_common():
        print(f"  {count:5} {reason}{' (on purpose)' if reason in ON_PURPOSE else ''}")
    return int(bool(how["crashed"] or how["stopped"] or refused["NOT LISTED"]))


if __name__ == "__main__":
    sys.exit(main())
