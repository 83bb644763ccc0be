"""The answer as it leaves: the letter, what is disclosed with passages taken out, and what is withheld and why."""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from folkmoot.apps.disclosure.exemptions import exemption
from folkmoot.apps.disclosure.models import Case, Decision, Item
from folkmoot.apps.disclosure.redaction import copy_of, passages

REVIEW = (
    "If you are not content with this answer, you can ask us for an internal review within 40 working days of it. "
    "If you are not content with the outcome of that, you can complain to the Information Commissioner: "
    "Wycliffe House, Water Lane, Wilmslow, Cheshire SK9 5AF; ico.org.uk."
)


@dataclass(frozen=True, slots=True)
class Paper:
    """One record as it leaves, with its number in the pack."""

    number: int
    title: str
    day: date | None
    paragraphs: tuple[str, ...]
    is_part: bool


@dataclass(frozen=True, slots=True)
class Ground:
    """One ground that the answer relies on: its name, what it protects, and the reasons given."""

    name: str
    sentence: str
    is_weighed: bool
    reasons: tuple[str, ...]
    interests: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything that leaves; no word that is withheld is in it."""

    reference: str
    title: str
    law: str
    received_on: date
    answered_on: date
    requester: str
    contact: str
    letter: tuple[str, ...]
    disclosed: tuple[Paper, ...]
    withheld: int
    grounds: tuple[Ground, ...]
    review: str = REVIEW


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _papers(items: Iterable[Item]) -> tuple[Paper, ...]:
    leaving = (item for item in items if item.decision in (Decision.DISCLOSE, Decision.PART))
    return tuple(
        Paper(
            number,
            item.shown_title,
            item.day,
            _paragraphs(copy_of(item.text, item.redactions)),
            bool(item.redactions),
        )
        for number, item in enumerate(leaving, start=1)
    )


def _grounds(items: Iterable[Item]) -> tuple[Ground, ...]:
    """Each ground once, in the order of the list of the law, with what was said of it."""
    found: dict[str, tuple[dict[str, None], dict[str, None]]] = {}
    for item in items:
        keys = {item.exemption} if item.decision == Decision.WITHHOLD else {p.ground for p in passages(item.redactions)}
        for key in sorted(keys - {""}):
            reasons, interests = found.setdefault(key, ({}, {}))
            reasons[item.reason] = interests[item.public_interest] = None
    return tuple(
        Ground(ground.name, ground.sentence, ground.is_weighed, *(tuple(filter(None, said)) for said in found[key]))
        for key in sorted(found)
        if (ground := exemption(key))
    )


def answer_of(case: Case, items: Iterable[Item]) -> Answer:
    """The answer that a request would give as it stands."""
    items = list(items)
    return Answer(
        reference=case.key,
        title=case.title,
        law=case.get_regime_display(),
        received_on=case.received_on,
        answered_on=case.answered_on or case.received_on,
        requester=case.requester.name,
        contact=case.requester.contact,
        letter=_paragraphs(case.letter),
        disclosed=_papers(items),
        withheld=sum(item.decision == Decision.WITHHOLD for item in items),
        grounds=_grounds(items),
    )


def told_words(case: Case, items: Iterable[Item]) -> str:
    """What the letter and the list of the pack say in our own words, where nothing withheld may stand."""
    answer = answer_of(case, items)
    titles = (paper.title for paper in answer.disclosed)
    return "\n".join([answer.title, *answer.letter, *titles, *closing_paragraphs(answer)])


def in_words(day: date) -> str:
    """25 November 2026."""
    return f"{day.day} {day:%B %Y}"


def closing_paragraphs(answer: Answer) -> list[str]:
    """What every answer says behind its own words: what is attached, what is withheld and why, and how to complain."""
    said = []
    if answer.disclosed:
        count = len(answer.disclosed)
        said.append(f"We attach {count} {'record' if count == 1 else 'records'}.")
    if answer.withheld:
        said.append(f"We withhold {answer.withheld} {'record' if answer.withheld == 1 else 'records'}.")
    for ground in answer.grounds:
        said.append(f"{ground.name.capitalize()} of the {answer.law}: {ground.sentence}")
        said += ground.reasons
        if ground.is_weighed:
            said += [f"The public interest: {each}" for each in ground.interests]
    return [*said, answer.review]


def word_letter(answer: Answer) -> bytes:
    """The letter as a Word file."""
    from docx import Document

    document = Document()
    document.core_properties.author = ""
    document.core_properties.title = answer.title
    for line in [answer.requester, *_paragraphs(answer.contact), in_words(answer.answered_on)]:
        document.add_paragraph(line)
    document.add_heading(answer.title, level=1)
    received = f"Your request of {in_words(answer.received_on)} under the {answer.law}, reference {answer.reference}"
    for paragraph in [received, *answer.letter, *closing_paragraphs(answer)]:
        document.add_paragraph(paragraph)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()
