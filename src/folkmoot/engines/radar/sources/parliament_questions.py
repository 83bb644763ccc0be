"""Written questions and statements of Parliament. The list clips questions and answers; the full text is a second step.

A question keeps its id through holding answer, answer and correction, so those are revisions of one item.
"""

from typing import Any

from .._errors import NotThisSource
from .._item import Date, Item, Reading
from ._record import BadRecord, Record, each, load, must_know, once, total_of
from ._text import any_text, html_text, looks_clipped, one_line, slug, title_text

NAME = "parliament-questions"
API = "https://questions-statements-api.parliament.uk/api"
PAGES = "https://questions-statements.parliament.uk"
CLIP = 255  # characters of a text in a list, the three dots included
USED = (
    *("questionText", "answerText", "heading", "title", "text", "askingMember", "answeringMember", "member"),
    *("correctingMember", "answeringBodyName", "groupedQuestionsDates", "comparableAnswerText", "originalAnswerText"),
)
BEFORE = ("originalAnswerText", "comparableAnswerText")


def read(payload: bytes, name: str) -> Reading:
    answer = load(payload)
    if isinstance(answer, dict) and isinstance(answer.get("results"), list):
        must_know(answer["results"], _kind, "written questions or statements")
        items, problems = each(answer["results"], lambda value: _item(value, listed=True))
        return Reading(items, problems, total=total_of(answer, "totalResults"))
    if isinstance(answer, dict) and isinstance(answer.get("value"), dict):
        must_know([answer], _kind, "written question or statement")
        items, problems = each([answer], lambda value: _item(value, listed=False))
        return Reading(items, problems)
    raise NotThisSource("It holds neither written questions nor statements; the answer has results or one value.")


def _kind(data: dict[str, Any]) -> str:
    inner = data.get("value")
    record = inner if isinstance(inner, dict) else data
    if "questionText" in record or "dateForAnswer" in record:
        return "question"
    return "statement" if "dateMade" in record or "noticeNumber" in record else ""


def _item(value: Any, *, listed: bool) -> Item:
    wrapped = Record(value)
    record = wrapped.record("value") if "value" in wrapped else wrapped
    kind = _kind(wrapped.data)
    if not kind:
        raise BadRecord("It is neither a written question nor a written statement.")
    return _question(record, listed=listed) if kind == "question" else _statement(record, listed=listed)


def _question(record: Record, *, listed: bool) -> Item:
    key, uin = record.key("id"), record.text("uin")
    question, answer = record.text("questionText"), record.text("answerText")
    tabled, due = record.moment("dateTabled"), record.moment("dateForAnswer")
    answered = record.moment("dateAnswered") or record.moment("dateHoldingAnswer")
    withdrawn = record.flag("isWithdrawn")
    date = tabled.date().isoformat() if tabled else ""
    heading = title_text(record.text("heading"))
    return Item(
        source=NAME,
        id=key,
        url=f"{PAGES}/written-questions/detail/{date}/{slug(uin)}" if date and slug(uin) else "",
        type="written-question",
        title=heading or _short(question) or f"Question {uin}",
        summary=_short(question),
        text="\n\n".join(part for part in (any_text(question), html_text(answer)) if part),
        published=tabled,
        updated=record.moment("dateAnswerCorrected") or answered or tabled,
        organisations=_body(record),
        people=once(_person(record, "asking"), _person(record, "answering"), _person(record, "correcting")),
        topics=once(heading),
        deadlines=(Date("answer", due),) if due and not withdrawn else (),
        state="withdrawn" if withdrawn else "closed" if answer and not record.flag("answerIsHolding") else "open",
        clipped=listed and (_is_clipped(question) or _is_clipped(answer)),
        full_text_url=f"{API}/writtenquestions/questions/{key}",
        facts=(*record.rest(*USED), *_before(record)),
    )


def _before(record: Record) -> tuple[tuple[str, str], ...]:
    return tuple((name, html_text(text)) for name in BEFORE if (text := record.text(name)))


def _statement(record: Record, *, listed: bool) -> Item:
    key, uin = record.key("id"), record.text("uin")
    made, text = record.moment("dateMade"), record.text("text")
    date = made.date().isoformat() if made else ""
    return Item(
        source=NAME,
        id=f"statement:{key}",
        url=f"{PAGES}/written-statements/detail/{date}/{slug(uin)}" if date and slug(uin) else "",
        type="written-statement",
        title=record.title("title"),
        summary=_short(html_text(text)),
        text=html_text(text),
        published=made,
        updated=made,
        organisations=_body(record),
        people=once(_person(record, "")),
        clipped=listed and _is_clipped(text),
        full_text_url=f"{API}/writtenstatements/statements/{key}",
        facts=record.rest(*USED),
    )


def _is_clipped(text: str) -> bool:
    return len(text) >= CLIP or looks_clipped(text)


def _short(text: str) -> str:
    line = one_line(any_text(text))
    return line if len(line) <= 300 else line[:299].rpartition(" ")[0] + "…"


def _body(record: Record) -> tuple[str, ...]:
    return once(slug(record.text("answeringBodyName")))


def _person(record: Record, role: str) -> str:
    """The name where the list gives it, else the number by which the members' register knows the person."""
    member = record.record(f"{role}Member" if role else "member")
    number = record.optional_key(f"{role}MemberId" if role else "memberId")
    return one_line(member.text("name")) or (f"member:{number}" if number else "")
