"""What the radar's engine reads, pairs and ranks, how long taking in takes, and what it keeps in memory.

Ranking: mean average precision over priorities written by hand. A fold tests one block of months with labels from
another (December 2023 and July 2024, both halves of 2025), so no month is learnt from and tested on; two hundred labels
a priority, half of them relevant where there are so many. The baseline counts the priority's terms at word boundaries.
The constants are one set for all folds; they were chosen on these same months, so months held back are the real test.
Times are of the processor.
"""

import json
import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.engines.radar import ranking

from folkmoot.cli.register import shipped_register
from folkmoot.engines import radar
from folkmoot.engines.radar import duplicates, entities, learning, scoring

TAKEN_IN, FEW, MANY = 10_000, 10_000, 200_000
PAGE = 100
DAY = date(2026, 11, 25)
PRIORITIES = [
    scoring.Priority(name, name, tuple(terms.split("|")), places=("Greater Manchester", "Reading"))
    for name, terms in ranking.DEPARTMENTS.items()
]


def main() -> None:
    kept = memory()  # first, because a process hands its own peak on to those that it starts
    samples = os.environ.get("FOLKMOOT_SAMPLES")
    home = Path(samples) / "radar" if samples else None
    if home is None:
        print("FOLKMOOT_SAMPLES names no folder, so reading, near duplicates and ranking were not measured, and")
        print("taking in was measured with made-up words.\n")
    else:
        reading(home)
        near_duplicates(home / "labelled")
        ranks(home / "labelled")
    taking_in(home / "labelled" if home else None)
    print(kept)


def reading(home: Path) -> None:
    """Every recorded payload, by the source that it is of; then everything twice in random order."""
    from tests.engines.radar.sources import test_samples as recorded

    items = [item for name in recorded.ANSWERS for item in recorded.read(name).items]
    unread = sum(len(recorded.read(name).problems) for name in recorded.ANSWERS)
    closing = [
        (
            _stated(home / name),
            [one.at for item in recorded.read(name).items for one in item.deadlines if one.kind == "closing"],
        )
        for name in recorded.CONTENT
    ]
    names = recorded.ANSWERS * 2
    random.Random(0).shuffle(names)
    known: dict[tuple[str, str], radar.Item] = {}
    again = 0
    for item in (item for name in names for item in recorded.read(name).items):
        key = (item.source, item.id)
        again += key in known
        known[key] = radar.newest(known[key], item) if key in known else item
    print(f"reading: {len(recorded.ANSWERS)} payloads, {len(items)} records, {unread} not read, no exception")
    stated = [pair for pair in closing if pair[0]]
    equal = sum(fields == found for fields, found in stated)
    print(f"  closing dates equal to the second, with offset: {equal} of {len(stated)};")
    print(f"  found where none is stated: {sum(bool(found) for fields, found in closing if not fields)}")
    print(f"  all twice in random order: {again + len(known)} readings, {len(known)} records;", end=" ")
    print(f"duplicates: {len(known) - len({(item.source, item.id) for item in items})}\n")


def _stated(file: Path) -> list[datetime]:
    details = json.loads(file.read_bytes()).get("details") or {}
    return [datetime.fromisoformat(details["closing_date"])] if details.get("closing_date") else []


def near_duplicates(folder: Path) -> None:
    """The labelled pairs, and that nothing below 0.3 is merged."""
    texts = {
        str(row["id"]): ranking.OPENING.sub("", row["question"])
        for row in ranking.rows(folder / "written_questions_department.jsonl")
    }
    labelled = [line.split(",") for line in (folder / "near_duplicate_pairs.csv").read_text().splitlines()[1:]]
    pairs = {frozenset((a, b)): float(likeness) for likeness, a, b, *_ in labelled if a in texts and b in texts}
    begun = time.process_time()
    found = {frozenset((pair.a, pair.b)) for pair in duplicates.pairs(texts.items(), threshold=0.5)}
    took = time.process_time() - begun
    alike = [pair for pair, likeness in pairs.items() if likeness >= 0.6]
    unlike = sum(_likeness(texts, pair) < 0.3 for pair in found)
    print(f"near duplicates: {len(texts):,} questions, {len(found):,} pairs at 0.5 and over in {took:.1f} s")
    recall = sum(pair in found for pair in alike) / len(alike)
    print(f"  recall at Jaccard 0.6: {recall:.3f} of {len(alike):,} labelled pairs")
    print(f"  merged below 0.3: {unlike}\n")


def _likeness(texts: dict[str, str], pair: frozenset[str]) -> float:
    """By the definition, apart from the engine."""
    one, other = ({tuple(w[i : i + 3]) for i in range(len(w) - 2)} for w in (texts[k].lower().split() for k in pair))
    return len(one & other) / len(one | other) if one | other else 0.0


def ranks(folder: Path) -> None:
    """Each fold, and the means."""
    print("ranking: mean average precision, and how many times the baseline's")
    print(f"  {'fold':56} priorities  baseline  plain        {ranking.LABELS} labels")
    ratios = []
    for task in ranking.tasks(folder):
        one = ranking.ranked(task)
        ratios.append(one.ratios)
        plain, learned = (f"{value:.3f} x{ratio:.2f}" for value, ratio in zip(one[1:3], one.ratios, strict=True))
        print(f"  {task.name:56} {one.priorities:10}     {one.baseline:.3f}  {plain}  {learned}", flush=True)
    plains, learneds = zip(*ratios, strict=True)
    print(f"  least: plain x{min(plains):.2f}, learned x{min(learneds):.2f};", end=" ")
    print(f"mean: plain x{sum(plains) / len(plains):.2f}, learned x{sum(learneds) / len(learneds):.2f}\n")


def taking_in(folder: Path | None) -> None:
    """Ten thousand written questions, from the bytes of the source's pages to reasons and pairs."""
    texts = list(_questions(folder, TAKEN_IN))
    pages = [_page(texts[start : start + PAGE], start) for start in range(0, len(texts), PAGE)]
    version = _version(texts)
    print(f"taking in {len(texts):,} items, {len(PRIORITIES)} priorities with places, with what was learnt:")
    clock = _Clock()
    items = [item for page in pages for item in radar.read("parliament-questions", page, name="page").items]
    clock.tell("parse")
    register = shipped_register()
    linker = entities.Linker(register)
    documents = [scoring.linked(_document(item), linker, on=DAY) for item in items]
    clock.tell("link")
    background = scoring.survey(documents, PRIORITIES)
    clock.tell("survey")
    scored = scoring.score(
        documents,
        PRIORITIES,
        background=background,
        learned=learning.opinions(version),
        today=DAY,
        linked_names=scoring.doubtful_names(register),
    )
    reasons = sum(len(kept) for one in scored for kept in one.reasons.values())
    clock.tell("score")
    pairs = duplicates.pairs([(item.id, item.text) for item in items])
    clock.tell("near duplicates")
    clock.total()
    print(f"  {reasons:,} reasons, {len(pairs):,} pairs\n", flush=True)


class _Clock:
    """Processor time, step by step."""

    def __init__(self) -> None:
        self._begun = self._last = time.process_time()

    def tell(self, step: str) -> None:
        now = time.process_time()
        print(f"  {step:16} {now - self._last:5.1f} s", flush=True)
        self._last = now

    def total(self) -> None:
        print(f"  {'all of it':16} {self._last - self._begun:5.1f} s on one core; the database's share is not in it")


def memory() -> str:
    """What the engine keeps while ever new items stream through: the peak of a process of its own for each number."""
    few, many = (
        float(subprocess.run([sys.executable, __file__, str(count)], check=True, capture_output=True).stdout)
        for count in (FEW, MANY)
    )
    return (
        "memory of parsing, linking, surveying and scoring a stream of ever new items:\n"
        f"  {few:.0f} MB after {FEW:,}, {many:.0f} MB after {MANY:,}; ratio {many / few:.2f}"
    )


def peak(count: int) -> float:
    """In megabytes, after so many items."""
    version = _version(list(_questions(None, 1_000)))
    linker = entities.Linker(shipped_register())
    few = PRIORITIES[:2]
    background = scoring.survey((_document(item) for item in _stream(count)), few)
    documents = (scoring.linked(_document(item), linker, on=DAY) for item in _stream(count))
    taught = learning.opinions(version)
    for _ in scoring.score(documents, few, background=background, learned=taught, today=DAY):
        pass
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _stream(count: int) -> Iterator[radar.Item]:
    for start in range(0, count, PAGE):
        texts = [(f"word{n} bus", f"Buses {n} for town{n % 977}.", "") for n in range(start, start + PAGE)]
        yield from radar.read("parliament-questions", _page(texts, start), name="page").items


def _questions(folder: Path | None, count: int) -> Iterator[tuple[str, str, str]]:
    """Heading, question and answer: those of the samples, some again as they come again; else made-up words."""
    if folder is not None:
        real = [
            (row.get("heading", ""), row["question"], row["answer"] or "")
            for name in ("written_questions_department.jsonl", "written_questions_full_2025.jsonl")
            for row in ranking.rows(folder / name)
        ]
        yield from (real[number % len(real)] for number in range(count))
        return
    chance = random.Random(7)
    words = [f"word{number}" for number in range(8_000)] + ["bus services", "prisons", "Reading", "flooding"] * 40
    weights = [1 / (rank + 1) for rank in range(len(words))]
    for _ in range(count):
        drawn = [" ".join(chance.choices(words, weights, k=size)) for size in (3, 40, 90)]
        yield drawn[0], drawn[1], drawn[2]


def _page(texts: Iterable[tuple[str, str, str]], start: int) -> bytes:
    """A page of the source's list."""
    results = [{"value": _record(number, *text)} for number, text in enumerate(texts, start=start + 1)]
    return json.dumps({"totalResults": len(results), "results": results}).encode()


def _record(number: int, heading: str, question: str, answer: str) -> dict[str, Any]:
    told = {"heading": heading, "questionText": question, "answerText": answer, "house": "Commons"}
    told |= {"dateTabled": "2026-11-02T00:00:00", "dateForAnswer": "2026-12-01T00:00:00"}
    return {"id": number, "uin": str(number), "answeringBodyName": "Department for Transport", **told}


def _document(item: radar.Item) -> scoring.Document:
    dates = tuple(scoring.Due(one.kind, one.at.date()) for one in item.deadlines)
    return scoring.Document(item.id, item.title, item.text, item.summary, item.organisations, deadlines=dates)


def _version(texts: Sequence[tuple[str, str, str]]) -> learning.Version:
    """Some two hundred labels a priority: whether a text holds the priority's first term."""
    return learning.train(
        learning.Label(
            scoring.Document("", heading, question), priority.id, priority.terms[0].lower() in question.lower()
        )
        for index, priority in enumerate(PRIORITIES)
        for heading, question, _ in texts[index * 7 : index * 7 + 600 : 3]
    )


if __name__ == "__main__":
    if sys.argv[1:]:
        print(peak(int(sys.argv[1])))
    else:
        main()
