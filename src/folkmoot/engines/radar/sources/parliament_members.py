"""The register of members: people, government and opposition posts, constituencies, interests, seats by party.

Everything is wrapped as `{value, links}`, one level or two. A name is taken as Parliament displays it.
"""

from typing import Any

from .._errors import NotThisSource
from .._item import Item, Reading
from ._record import BadRecord, Record, each, load, once, total_of
from ._text import clean, one_line, slug, title_text

NAME = "parliament-members"
PAGES = "https://members.parliament.uk"
HOUSES = {"1": "Commons", "2": "Lords"}
NOT_KEYED = ("representations", "governmentPosts", "typeDescription", "line1")


def read(payload: bytes, name: str) -> Reading:
    answer = load(payload)
    if isinstance(answer, list):
        values = answer
    elif isinstance(answer, dict) and isinstance(answer.get("items"), list):
        values = answer["items"]
    elif isinstance(answer, dict) and isinstance(answer.get("value"), list):
        values = answer["value"]
    elif isinstance(answer, dict) and isinstance(answer.get("value"), dict):
        values = [answer]
    else:
        raise NotThisSource("It holds no members or posts; every record of the register has a value.")
    records = [_inside(value) for value in values if isinstance(value, dict)]
    if records and not any(map(_kind, records)):
        if any(key in record for record in records for key in NOT_KEYED):
            # A biography and an address book have no key of their own: they belong to the member in their address.
            return Reading(notes=("It says more of one member and holds no record of its own.",))
        raise NotThisSource("Its records are neither members nor posts nor constituencies.")
    items, problems = each(values, _item)
    return Reading(items, problems, total=total_of(answer, "totalResults") if isinstance(answer, dict) else None)


def _inside(value: dict[str, Any]) -> dict[str, Any]:
    inner = value.get("value")
    return inner if isinstance(inner, dict) else value


def _kind(data: dict[str, Any]) -> str:
    if "nameDisplayAs" in data:
        return "member"
    if "postHolders" in data:
        return "post"
    if "currentRepresentation" in data:
        return "constituency"
    if "interests" in data:
        return "interests"
    if "electionId" in data:
        return "election"
    if "party" in data and "total" in data:
        return "seats"
    return ""


def _item(value: Any) -> Item | list[Item]:
    record = Record(Record(value).data.get("value", value))
    kind = _kind(record.data)
    if kind == "interests":
        return _interests(record)
    makers = {"member": _member, "post": _post, "constituency": _constituency, "election": _election, "seats": _seats}
    if kind not in makers:
        raise BadRecord("It is neither a member nor a post nor a constituency.")
    return makers[kind](record)


def _member(record: Record) -> Item:
    key = record.key("id")
    house = record.record("latestHouseMembership")
    status = house.record("membershipStatus")
    display = record.title("nameDisplayAs")
    # A peer's seat is no place, so the house is what tells the two apart.
    return Item(
        source=NAME,
        id=key,
        url=f"{PAGES}/member/{key}/contact",
        type="peer" if house.optional_key("house") == "2" else "member",
        title=display,
        summary=", ".join(
            once(
                one_line(record.record("latestParty").text("name")),
                one_line(house.text("membershipFrom")),
                HOUSES.get(house.optional_key("house"), ""),
            )
        ),
        updated=status.moment("statusStartDate"),
        people=(display,),
        state="closed" if house.moment("membershipEndDate") else "published",
        aliases=once(*(one_line(record.text(name)) for name in ("nameListAs", "nameFullTitle", "nameAddressAs"))),
        facts=record.rest("id", "nameListAs", "nameDisplayAs", "nameFullTitle", "nameAddressAs"),
    )


def _post(record: Record) -> Item:
    key = record.key("id")
    holders = record.records("postHolders")
    current = [holder for holder in holders if holder.moment("endDate") is None]
    starts = [start for holder in holders if (start := holder.moment("startDate"))]
    return Item(
        source=NAME,
        id=f"post:{key}",
        url="",
        type="post",
        title=record.title("name"),
        summary=", ".join(once(*map(_holder, current))),
        published=record.moment("createdWhen"),
        updated=max(starts, default=None),
        organisations=once(*(slug(one.text("name")) for one in record.records("governmentDepartments"))),
        people=once(*map(_holder, holders)),
        state="published" if current else "closed",
        facts=(
            *record.rest("id", "name", "postHolders", "governmentDepartments"),
            *(fact for holder in holders for fact in _tenure(holder)),
        ),
    )


def _holder(holder: Record) -> str:
    member = holder.record("member")
    inner = member.record("value") if "value" in member else member
    return one_line(inner.text("nameDisplayAs"))


def _tenure(holder: Record) -> list[tuple[str, str]]:
    name = _holder(holder)
    start, end = holder.moment("startDate"), holder.moment("endDate")
    return [("held", f"{name}: {start.date() if start else ''} to {end.date() if end else ''}")] if name else []


def _constituency(record: Record) -> Item:
    key = record.key("id")
    member = record.record("currentRepresentation").record("member")
    inner = member.record("value") if "value" in member else member
    return Item(
        source=NAME,
        id=f"constituency:{key}",
        url=f"{PAGES}/constituency/{key}/overview",
        type="constituency",
        title=record.title("name"),
        published=record.moment("startDate"),
        people=once(one_line(inner.text("nameDisplayAs"))),
        state="closed" if record.moment("endDate") else "published",
        facts=record.rest("id", "name"),
    )


def _interests(record: Record) -> list[Item]:
    category = record.title("name")
    found: list[Item] = []
    waiting = record.records("interests")
    while waiting:
        interest = waiting.pop(0)
        waiting += interest.records("childInterests")
        text = interest.text("interest").strip()
        found.append(
            Item(
                source=NAME,
                id=f"interest:{interest.key('id')}",
                url="",
                type="registered-interest",
                title=one_line(text)[:200] or category,
                summary=category,
                text=text,
                published=interest.moment("createdWhen"),
                updated=interest.moment("lastAmendedWhen") or interest.moment("createdWhen"),
                topics=(category,),
                state="withdrawn" if interest.moment("deletedWhen") else "published",
                facts=interest.rest("id", "interest", "childInterests"),
            )
        )
    return found


def _election(record: Record) -> Item:
    place = title_text(record.text("constituencyName"))
    return Item(
        source=NAME,
        id=f"election:{record.key('electionId')}:{slug(place)}",
        url="",
        type="election-result",
        title=f"{title_text(record.need('electionTitle'))}: {place}".rstrip(": "),
        summary=title_text(record.text("result")),
        published=record.moment("electionDate"),
        facts=record.rest("electionId", "candidates"),
    )


def _seats(record: Record) -> Item:
    party = record.record("party")
    kind = "lords-by-type" if "life" in record else "seats"
    return Item(
        source=NAME,
        id=f"{kind}:{party.key('id')}",
        url="",
        type=kind,
        title=f"{one_line(party.need('name'))}: {clean(str(record.number('total')))} seats",
        facts=record.rest(),
    )
