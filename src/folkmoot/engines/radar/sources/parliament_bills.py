"""Parliament's bills, their stages and sittings, their publications, and the lists of kinds that go with them."""

from datetime import datetime
from typing import Any

from .._errors import NotThisSource
from .._item import Date, Item, Reading, State
from ._address import path_of, web
from ._record import BadRecord, Record, each, load, must_know, once, total_of
from ._text import any_text, one_line, slug, title_text

NAME = "parliament-bills"
PAGES = "https://bills.parliament.uk/bills"


def read(payload: bytes, name: str) -> Reading:
    answer = load(payload)
    bill = _bill_in(name)
    if isinstance(answer, dict) and isinstance(answer.get("items"), list):
        must_know(answer["items"], _kind, "bills, stages or sittings")
        items, problems = each(answer["items"], lambda value: _item(value, bill or _bill_of(answer["items"])))
        return Reading(items, problems, total=total_of(answer, "totalResults"))
    if isinstance(answer, dict) and isinstance(answer.get("publications"), list):
        items, problems = each(answer["publications"], lambda value: _publication(Record(value), bill))
        return Reading(items, problems)
    if isinstance(answer, dict) and ("billId" in answer or "stageSittings" in answer):
        items, problems = each([answer], lambda value: _item(value, bill))
        return Reading(items, problems)
    raise NotThisSource("It holds no bills, stages or sittings; the answer has items, or is one bill.")


def _kind(data: dict[str, Any]) -> str:
    if "shortTitle" in data:
        return "bill"
    if "stageSittings" in data:
        return "bill-stage"
    if "billStageId" in data:
        return "bill-sitting"
    if "category" in data and "name" in data and "description" in data:
        return "bill-type"
    if "name" in data and "house" in data and "id" in data and "startDate" not in data:
        return "stage-kind"
    return ""


def _bill_in(name: str) -> str:
    """The bill whose stages are asked for stands only in the address: `…/Bills/2818/Stages`."""
    parts = path_of(name).lower().split("/")
    at = parts.index("bills") + 1 if "bills" in parts else len(parts)
    return parts[at] if at < len(parts) and parts[at].isdecimal() else ""


def _bill_of(stages: list[Any]) -> str:
    """Stages come a bill at a time, and those that have sat name it."""
    for stage in stages:
        sittings = stage.get("stageSittings") if isinstance(stage, dict) and "shortTitle" not in stage else None
        for sitting in sittings if isinstance(sittings, list) else ():
            if isinstance(sitting, dict) and isinstance(sitting.get("billId"), int):
                return str(sitting["billId"])
    return ""


def _item(value: Any, bill: str) -> Item:
    record = Record(value)
    kind = _kind(record.data)
    if kind == "bill":
        return _bill(record)
    if kind == "bill-stage":
        return _stage(record, bill)
    if kind == "bill-sitting":
        return _sitting(record)
    if kind in ("bill-type", "stage-kind"):
        return _listed(record, kind)
    raise BadRecord("It is neither a bill nor a stage nor a sitting.")


def _bill(record: Record) -> Item:
    key = record.key("billId")
    stage = record.record("currentStage")
    long_title = any_text(record.text("longTitle"))
    return Item(
        source=NAME,
        id=key,
        url=f"{PAGES}/{key}",
        type="bill",
        title=record.title("shortTitle"),
        summary=one_line(any_text(record.text("summary"))) or one_line(long_title),
        text="\n\n".join(part for part in (long_title, any_text(record.text("summary"))) if part),
        updated=record.moment("lastUpdate"),
        organisations=once(*(_organisation(one) for one in record.records("sponsors"))),
        people=once(*(one_line(one.record("member").text("name")) for one in record.records("sponsors"))),
        deadlines=_sittings(stage),
        state=_state(record),
        aliases=once(title_text(record.text("formerShortTitle"))),
        clipped="longTitle" not in record.data,
        full_text_url=f"https://bills-api.parliament.uk/api/v1/Bills/{key}",
        facts=record.rest("shortTitle", "longTitle", "summary", "sponsors", "comment", "billId"),
    )


def _organisation(sponsor: Record) -> str:
    return slug(sponsor.record("organisation").text("name"))


def _state(record: Record) -> State:
    if record.moment("billWithdrawn"):
        return "withdrawn"
    return "closed" if record.flag("isDefeated") or record.flag("isAct") else "open"


def _sittings(stage: Record) -> tuple[Date, ...]:
    """The days of a stage; there may be none yet, and the hour is never given."""
    days = [sitting.moment("date") for sitting in stage.records("stageSittings")]
    return tuple(Date("stage", day, _dayless(day)) for day in dict.fromkeys(days) if day)


def _dayless(day: datetime) -> bool:
    return (day.hour, day.minute, day.second) == (0, 0, 0)


def _stage(record: Record, bill: str) -> Item:
    key = record.key("id")
    return Item(
        source=NAME,
        id=f"stage:{key}",
        url=f"{PAGES}/{bill}/stages/{key}" if bill else "",
        type="bill-stage",
        title=_stage_title(record),
        deadlines=_sittings(record),
        state="announced",
        facts=(*record.rest("stageSittings", "id"), *((("bill", bill),) if bill else ())),
    )


def _stage_title(record: Record) -> str:
    return ", ".join(once(record.title("description"), title_text(record.text("house"))))


def _sitting(record: Record) -> Item:
    key, bill, day = record.key("id"), record.optional_key("billId"), record.moment("date")
    return Item(
        source=NAME,
        id=f"sitting:{key}",
        url=f"{PAGES}/{bill}" if bill else "",
        type="bill-sitting",
        title=f"Sitting on bill {bill}",
        deadlines=(Date("stage", day, _dayless(day)),) if day else (),
        state="announced",
        facts=record.rest("id"),
    )


def _publication(record: Record, bill: str) -> Item:
    key = record.key("id")
    links = [*record.records("links"), *record.records("files")]
    return Item(
        source=NAME,
        id=f"publication:{key}",
        url=next(filter(None, (web(one.text("url")) for one in links)), f"{PAGES}/{bill}/publications" if bill else ""),
        type="bill-publication",
        title=record.title("title"),
        summary=title_text(record.record("publicationType").text("name")),
        published=record.moment("displayDate"),
        facts=(*record.rest("id", "title"), *((("bill", bill),) if bill else ())),
    )


def _listed(record: Record, kind: str) -> Item:
    """A kind of bill or of stage: reference data, kept for the names."""
    return Item(
        source=NAME,
        id=f"{kind}:{record.key('id')}",
        url="",
        type=kind,
        title=record.title("name"),
        text=any_text(record.text("description")),
        facts=record.rest("id", "name", "description"),
    )
