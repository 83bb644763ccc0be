"""How well scores rank labelled questions: priorities with their truth, months apart, and mean average precision.

Truth is what the Commons' Table Office wrote: the department that a question is for, or its heading. Priorities are
written by hand as a policy officer might, and hold nothing of the questions. The heading is the title where truth is
the department, and is withheld where it is itself the truth; the opening words that name the department are cut off.

A fold tests one block of months with labels from another; of each priority two hundred are drawn, half of them
relevant where there are so many. The baseline counts the priority's terms at word boundaries.
"""

import json
import random
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any, NamedTuple

from folkmoot.engines.radar import learning, scoring
from folkmoot.engines.radar.scoring import Document, Priority

LABELS = 200
# A priority that fewer items of a block are for says little there.
FEWEST = 10
OPENING = re.compile(r"^To ask .*?, (?=[a-z(])(?!representing|and )")

# By a pattern of the department: what a policy officer would write.
DEPARTMENTS = {
    "Health and Social Care": "NHS|hospital|patients|social care|mental health|general practitioners|dentistry|cancer",
    "Defence": "armed forces|military|veterans|Royal Navy|service personnel|RAF|Ukraine|defence",
    "Home": "police|asylum|visas|immigration|crime|knife crime|fire and rescue|border",
    "Foreign": "sanctions|embassy|Gaza|diplomatic|overseas aid|human rights|Israel|ambassador",
    "Transport": "bus services|railway|rail franchising|roads|electric vehicles|aviation|cycling|driving licences",
    "Environment": "water companies|sewage|farmers|flooding|biodiversity|air pollution|recycling|animal welfare",
    "Education": "schools|teachers|apprenticeships|childcare|universities|special educational needs|pupils",
    "Housing": "local government finance|planning system|social housing|homelessness|devolution|leasehold|council tax",
    "Work and Pensions": "universal credit|state pension|benefits|disability|jobcentre|employment support",
    "Justice": "prisons|courts|probation|legal aid|sentencing|prisoners|victims|offenders",
    "Energy": "renewable energy|energy bills|net zero|nuclear power|heat pumps|offshore wind|home insulation",
    "Chancellor|Treasury": "taxation|VAT|inheritance tax|HMRC|public spending|banks|fuel duty|financial services",
    "Business": "small businesses|exports|trade agreement|steel|Post Office|manufacturing|employment rights",
    "Culture": "sport|museums|broadcasting|tourism|gambling|BBC|heritage|football",
    "Science": "artificial intelligence|broadband|online safety|research funding|data protection|space",
}
# The same departments in few and general words, as a priority is first written.
BRIEFLY = {
    "Health and Social Care": "health inequalities|integrated care|mental health services|public health",
    "Home": "policing|antisocial behaviour|violence against women|migration|asylum accommodation",
    "Transport": "public transport|bus fares|rail|highway maintenance|road safety",
    "Environment": "clean water|nature recovery|recycling|flood defence|agriculture",
    "Education": "adult skills|school funding|SEND|nursery|college",
    "Housing": "local authority funding|affordable homes|renters|mayors|local plan",
    "Work and Pensions": "unemployment|pensioners|disabled people|welfare|health and work",
    "Energy": "solar farms|fuel poverty|electricity grid|retrofit|climate change",
    "Business": "industrial strategy|investment|exporters|retail|workers rights",
    "Culture": "arts funding|youth services|libraries|sports clubs|creative industries",
}
# By a pattern of the heading.
HEADINGS = {
    "(Bus|Buses|Bus Services|Public Transport|Concessionary)\\b": "bus|buses|bus fares|public transport",
    "(Rail|Train|High Speed|Trams|Light Rail)": "rail|railway|trains|HS2",
    "(Hous|Homeless|Rent|Private Rented|Social Rented|Affordable|Leasehold)": "housing|homelessness|social housing",
    "(Planning|Local Plans|Green Belt|Nationally Signif)": "planning permission|local plan|green belt|planning",
    "(Apprent|Skill|Further Education|Adult Education|Vocational)": "apprenticeships|adult skills|further education",
    "(Local Government|Devolution|Council|Levelling Up|Combined|Mayors)": "local government|devolution|mayor|councils",
    "(Road|Motor|Electric Veh|Cycling|Large Goods|Driv)": "roads|road safety|electric vehicles|cycling",
    "(Employment|Unemployment|Jobcentre|Universal Credit)": "employment|unemployment|jobcentre|universal credit",
    "(Energy|Great British Energy|Solar|Wind|Nuclear|Heat)": "energy|solar power|wind farms|net zero",
    "(Police|Crime|Knife|Antisocial|Anti-social|Shoplift|Offences)": "police|crime|antisocial behaviour",
    "(Flood|Water|Sewage|Rivers|Air Poll)": "flooding|flood defences|sewage|water companies|air quality",
    "(Special Educational|Schools|Pupils|Teachers)": "schools|special educational needs|teachers",
}


class Item(NamedTuple):
    """A question: what is scored of it, and who it is for."""

    document: Document
    truth: str


@dataclass(frozen=True, slots=True)
class Task:
    """Priorities with the pattern of their truth, over two blocks of months that have none in common."""

    name: str
    learnt_from: Sequence[Item]
    tested_on: Sequence[Item]
    priorities: Mapping[str, Priority]


class Ranked(NamedTuple):
    """Mean average precision over the priorities of a task."""

    baseline: float
    plain: float
    learned: float
    priorities: int

    @property
    def ratios(self) -> tuple[float, float]:
        return self.plain / self.baseline, self.learned / self.baseline


def questions(folder: Path, *, by_heading: bool) -> dict[str, list[Item]]:
    """The labelled questions by block of months: December 2023, July 2024, and both halves of 2025."""
    blocks: dict[str, list[Item]] = {}
    for row in rows(folder / "written_questions_department.jsonl"):
        heading = row["heading"]
        title, truth = ("", heading) if by_heading else (heading, row["department"])
        blocks.setdefault(row["dateTabled"][: len("2023-12")], []).append(_item(row, title, truth))
    for row in rows(folder / "written_questions_full_2025.jsonl") if not by_heading else ():
        block = "2025 first half" if row["month"] <= "2025-06" else "2025 second half"
        blocks.setdefault(block, []).append(_item(row, "", row["addressee"]))
    return blocks


def tasks(folder: Path) -> Iterator[Task]:
    """Every fold: each block of months is tested with labels from the other block of its kind."""
    for name, by_heading, written in (
        ("departments", False, DEPARTMENTS),
        ("departments, briefly", False, BRIEFLY),
        ("headings", True, HEADINGS),
    ):
        blocks = questions(folder, by_heading=by_heading)
        for first, second in (("2023-12", "2024-07"), ("2025 first half", "2025 second half")):
            for learnt, tested in ((first, second), (second, first)) if first in blocks else ():
                yield task(f"{name}, {learnt} → {tested}", blocks[learnt], blocks[tested], written, by_heading)


def task(
    name: str, learnt_from: Sequence[Item], tested_on: Sequence[Item], written: Mapping[str, str], by_heading: bool
) -> Task:
    start = "^" if by_heading else ""
    every = {start + pattern: Priority(pattern, pattern, tuple(terms.split("|"))) for pattern, terms in written.items()}
    priorities = {
        pattern: priority
        for pattern, priority in every.items()
        if min(sum(relevant(pattern, items)) for items in (learnt_from, tested_on)) >= FEWEST
    }
    return Task(name, learnt_from, tested_on, priorities)


def ranked(task: Task, *, labels: int = LABELS, seed: int = 0) -> Ranked:
    """Scores the tested months plainly and with what was learnt from the others, beside the baseline."""
    documents = [item.document for item in task.tested_on]
    priorities = list(task.priorities.values())
    version = learning.train(
        label for pattern, priority in task.priorities.items() for label in drawn(task, pattern, priority, labels, seed)
    )
    background = scoring.survey(documents, priorities)
    taught = learning.opinions(version)
    by_plain = list(scoring.score(documents, priorities, background=background))
    by_learned = list(scoring.score(documents, priorities, background=background, learned=taught))

    def mean(score_of: Callable[[Priority], Iterable[float]]) -> float:
        return fmean(
            average_precision(score_of(priority), relevant(pattern, task.tested_on))
            for pattern, priority in task.priorities.items()
        )

    return Ranked(
        mean(lambda priority: counted(priority, documents)),
        mean(lambda priority: [one.scores[priority.id] for one in by_plain]),
        mean(lambda priority: [one.scores[priority.id] for one in by_learned]),
        len(priorities),
    )


def drawn(task: Task, pattern: str, priority: Priority, count: int, seed: int) -> list[learning.Label]:
    """Labels for one priority from the months that are learnt from."""
    chance = random.Random(f"{seed} {pattern}")
    sides: dict[bool, list[Document]] = {True: [], False: []}
    for item, is_relevant in zip(task.learnt_from, relevant(pattern, task.learnt_from), strict=True):
        sides[is_relevant].append(item.document)
    for side in sides.values():
        chance.shuffle(side)
    accepted = sides[True][: count // 2]
    chosen = [(document, True) for document in accepted]
    chosen += [(document, False) for document in sides[False][: count - len(accepted)]]
    return [learning.Label(document, priority.id, is_relevant) for document, is_relevant in chosen]


def relevant(pattern: str, items: Sequence[Item]) -> list[bool]:
    meant = re.compile(pattern)
    return [bool(meant.search(item.truth)) for item in items]


def counted(priority: Priority, documents: Sequence[Document]) -> list[float]:
    """The baseline: how often the priority's terms stand there, at word boundaries."""
    terms = [re.compile(rf"\b{re.escape(term)}\b", re.IGNORECASE) for term in priority.terms]
    return [
        float(sum(len(term.findall(f"{document.title}\n{document.text}")) for term in terms)) for document in documents
    ]


def average_precision(scores: Iterable[float], truth: Sequence[bool]) -> float:
    """Over the ranking by score; of equal scores the earlier item comes first."""
    order = sorted(enumerate(scores), key=lambda pair: (-pair[1], pair[0]))
    found, total = 0, 0.0
    for rank, (index, _) in enumerate(order, start=1):
        if truth[index]:
            found += 1
            total += found / rank
    return total / found if found else 0.0


def rows(file: Path) -> Iterator[dict[str, Any]]:
    """The records of a file of labelled questions."""
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _item(row: Mapping[str, Any], title: str, truth: str) -> Item:
    return Item(Document(str(row["id"]), title=title, text=OPENING.sub("", row["question"])), truth)
