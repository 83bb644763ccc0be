"""How long it takes to link what 10,000 items name and to find trends among them, beside a floor: the scanner alone.

The items are made of the sentences of the tests' tables and of plain ones, so that far more than usual is ambiguous;
one in ten sentences names something. The floor walks the same text with the same names and decides nothing.
Processor time, so that a busy machine measures the same.
"""

import csv
import random
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from ahocorasick_rs import AhoCorasick

from folkmoot.cli.register import shipped_register
from folkmoot.engines.radar.entities import Linked, Linker
from folkmoot.engines.radar.trends import Seen, find_trends, phrases_of

ITEMS = 10_000
SENTENCES = 40
TABLES = Path(__file__).resolve().parents[1] / "tests/engines/radar/entities"
PLAIN = (
    "Responses were read by two people, who agreed on what each of them said before the tables were drawn up.",
    "The scheme opened late, and the evaluation found that the forms were long and the guidance hard to follow.",
    "Some of those who answered asked for more time, and others for fewer questions and a shorter list of terms.",
    "The figures are provisional, rest on returns that were received by the end of the month, and may be revised.",
    "Where a proposal was not taken forward, the reasons are set out in the annex beside the name of the respondent.",
)
TODAY = date(2026, 11, 25)


def telling() -> list[str]:
    """The sentences of the tables: half of them name something, and half only seem to."""
    with (TABLES / "ambiguities.csv").open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    found = [row[column] for row in rows for column in ("sentence_should_match", "sentence_should_not_match")]
    for name in ("held_out.csv", "second.csv"):
        with (TABLES / name).open(encoding="utf-8", newline="") as opened:
            found += [row["text"] for row in csv.DictReader(opened)]
    return [sentence for sentence in found if sentence]


def texts(count: int, sentences: int = SENTENCES) -> list[str]:
    chance, named = random.Random(11), telling()
    return [
        " ".join(chance.choice(named if chance.random() < 0.1 else PLAIN) for _ in range(sentences))
        for _ in range(count)
    ]


def timed(run: Callable[[], Any]) -> tuple[float, Any]:
    begun = time.process_time()
    answer = run()
    return time.process_time() - begun, answer


def seen(given: list[str], linked: list[Linked]) -> list[Seen]:
    return [
        Seen(
            str(number),
            f"source {number % 12}",
            TODAY - timedelta(days=number % 91),
            frozenset(link.id for link in found.links),
            phrases_of(text),
        )
        for number, (text, found) in enumerate(zip(given, linked, strict=True))
    ]


def main() -> None:
    register_time, register = timed(shipped_register)
    linker_time, linker = timed(lambda: Linker(register))
    names = sorted({name.text for entity in register for name in entity.names})
    given = texts(ITEMS)
    size = sum(map(len, given))
    automaton = AhoCorasick(names)
    floor, _ = timed(lambda: [automaton.find_matches_as_indexes(text, overlapping=True) for text in given])
    spent, linked = timed(lambda: [linker.link(text, on=TODAY) for text in given])
    links = sum(len(found.links) for found in linked)
    print(f"{ITEMS:,} items, {size / ITEMS:,.0f} characters each; {len(register):,} entities, {len(names):,} names.")
    print(f"the register read and made ready: {register_time + linker_time:.2f} s, once")
    print(f"scanner alone (the floor):        {floor:.2f} s")
    print(f"linked:                           {spent:.2f} s, {ITEMS / spent:,.0f} items/s, ratio {spent / floor:.1f}")
    print(f"links:                            {links:,}")
    print("\nlength of one text    seconds   characters/s")
    for length in (500, 5_000, 50_000):
        [text] = texts(1, length)
        took, _ = timed(lambda text=text: linker.link(text, on=TODAY))
        print(f"{len(text):>14,}    {took:>9.3f}   {len(text) / took:>12,.0f}")
    rows_time, rows = timed(lambda: seen(given, linked))
    trends_time, trends = timed(lambda: find_trends(rows, week=TODAY))
    print(f"\nphrases of the items: {rows_time:.2f} s; trends among them: {trends_time:.2f} s ({len(trends)} found)")


if __name__ == "__main__":
    main()
