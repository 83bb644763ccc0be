"""The answer as it leaves: the letter, what is disclosed with passages taken out, and what is withheld and why."""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from folkmoot.apps.disclosure.exemptions import EIR, FOI, OWN, STANDS_IN, exemption
from folkmoot.apps.disclosure.models import Case, Decision, Item
from folkmoot.apps.disclosure.redaction import copy_of, passages
from folkmoot.apps.documents.models import StoredFile
from folkmoot.apps.records.registry import record_classes
from folkmoot.apps.records.retention import set_periods

COMMISSIONER = "Wycliffe House, Water Lane, Wilmslow, Cheshire SK9 5AF; ico.org.uk."
REVIEW = (
    "If you are not content with this answer, you can ask us for an internal review within 40 working days of it. "
    f"If you are not content with the outcome of that, you can complain to the Information Commissioner: {COMMISSIONER}"
)
NO_MACHINE = "No decision about you is made by a machine alone."
RIGHTS = (
    "You can ask us to put right what is wrong, to erase what we need no longer, to use it for less, and you can "
    "object to our using it. You can go to court, and complain to us and to the Information Commissioner: "
    f"{COMMISSIONER}"
)


@dataclass(frozen=True, slots=True)
class Paper:
    """One record as it leaves, with its number in the pack."""

    number: int
    title: str
    day: date | None
    paragraphs: tuple[str, ...]
    is_part: bool
    files: tuple[tuple[str, StoredFile], ...] = ()


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
    grounds_stand_in: str
    closing: tuple[str, ...]
    is_own_data: bool = False

    @property
    def pack_ending(self) -> str:
        """What is disclosed leaves as one PDF; a person's own data as a zip that people and machines can read."""
        return "zip" if self.is_own_data else "pdf"


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
            tuple((each.name, each.file) for each in item.files.all() if each.leaves),
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


def items_of(case: Case) -> list[Item]:
    """The records in scope with their files, in two queries."""
    return list(case.items.prefetch_related("files__file"))


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
        grounds_stand_in=STANDS_IN[case.regime],
        closing=(*_why_it_is_kept(), RIGHTS) if case.is_own_data else (REVIEW,),
        is_own_data=case.is_own_data,
    )


def _why_it_is_kept() -> list[str]:
    """What the UK GDPR wants told with somebody's own data (Article 15(1)): of each class, why and how long."""
    periods = set_periods()
    kept = [(each, periods.get(each.name, each.months)) for each in record_classes()]
    lines = [f"{each.title}: {each.basis} Kept for {_months(months)}." for each, months in kept]
    return ["Why we keep which records, and for how long:", *lines, NO_MACHINE]


def _months(months: int) -> str:
    return f"{months} {'month' if months == 1 else 'months'}" if months else "a day"


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
        said.append(f"{ground.name.capitalize()} of {answer.grounds_stand_in}: {ground.sentence}")
        said += ground.reasons
        if ground.is_weighed:
            said += [f"The public interest: {each}" for each in ground.interests]
    return [*said, *answer.closing]


def word_letter(answer: Answer) -> bytes:
    """The letter as a Word file."""
    return _word(
        to=[answer.requester, *_paragraphs(answer.contact), in_words(answer.answered_on)],
        title=answer.title,
        paragraphs=[
            _your_request(answer.received_on, answer.law, answer.reference),
            *answer.letter,
            *closing_paragraphs(answer),
        ],
    )


def word_notice(case: Case, due: date) -> bytes:
    """The notice that more time is taken, as a Word file."""
    today = case.extended_on or case.received_on
    return _word(
        to=[case.requester.name, *_paragraphs(case.requester.contact), in_words(today)],
        title=case.title,
        paragraphs=[
            _your_request(case.received_on, case.get_regime_display(), case.key),
            *notice_paragraphs(case, due),
        ],
    )


def notice_paragraphs(case: Case, due: date) -> list[str]:
    """What the law has told to a person whose answer takes longer: why, under what, until when, and how to complain."""
    until = f"We will answer by {in_words(due)} at the latest."
    ground = exemption(case.extension_grounds)
    told = {
        FOI: [
            f"We hold what we believe to be exempt under {ground.name} of the Freedom of Information Act 2000: "
            f"{ground.sentence}"
            if ground
            else "We hold what we believe to be exempt.",
            "We have not decided yet whether the public interest in withholding it outweighs that in telling it. "
            f"We estimate that we will have decided by {in_words(due)}, and answer then.",
        ],
        EIR: [f"What you ask for is so complex and so much that it cannot be answered in 20 working days. {until}"],
        OWN: [f"Your request is complex, or one of several, so that an answer takes more than a month. {until}"],
    }[case.regime]
    complaint = RIGHTS if case.is_own_data else REVIEW
    return [*told, *_paragraphs(case.extension_reason), complaint]


def _your_request(received_on: date, law: str, reference: str) -> str:
    article = "" if law.startswith("UK") else "the "
    return f"Your request of {in_words(received_on)} under {article}{law}, reference {reference}"


def _word(*, to: Iterable[str], title: str, paragraphs: Iterable[str]) -> bytes:
    from docx import Document

    document = Document()
    document.core_properties.author = ""
    document.core_properties.title = title
    for line in to:
        document.add_paragraph(line)
    document.add_heading(title, level=1)
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()
