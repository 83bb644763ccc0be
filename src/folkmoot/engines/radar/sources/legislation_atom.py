"""legislation.gov.uk: feeds of new legislation, of the publication log, and of effects.

The publication log gives one id to two entries for one association, so the key is the id and `dc:identifier`.
An effect keeps its own address while its feed entry gets a new id at each change.
"""

from datetime import datetime

from lxml import etree

from .._errors import NotThisSource
from .._item import Item, Problem, Reading
from ._address import web
from ._dates import read_date
from ._feed import CUT, DAMAGED
from ._record import BadRecord, each, once
from ._text import any_text, title_text
from ._xml import child, children, inside, name_of, parse, text

NAME = "legislation-atom"
SITE = "legislation.gov.uk"
VALUES = ("documentcategory", "documentmaintype", "year", "number", "creationdate", "alternativenumber", "isbn")
EVENTS = (
    "contenttype",
    "event",
    "republished",
    "new",
    "document",
    "item_published",
    "item_withdrawn",
    "format",
    "print",
)


def read(payload: bytes, name: str) -> Reading:
    tree = parse(payload)
    root = tree.root
    if name_of(root) not in ("feed", "entry"):
        raise NotThisSource("It is XML, but no feed of legislation.gov.uk; ask for the address that ends in data.feed.")
    entries = [root] if name_of(root) == "entry" else list(children(root, "entry"))
    if not any(SITE in one for one in _addresses([root, *entries])):
        raise NotThisSource("It is a feed, but not of legislation.gov.uk; read it as rss.")
    whole = entries[:-1] if tree.cut else entries
    items, problems = each(whole, _item)
    if len(whole) < len(entries):
        problems += (Problem(len(entries), CUT),)
    notes = (DAMAGED,) if tree.damaged else ()
    return Reading(items, problems, total=_total(root), next_url=_link(root, "next"), notes=notes)


def _addresses(elements: list[etree._Element]) -> list[str]:
    found = [text(element, "id") for element in elements]
    return found + [link.get("href") or "" for element in elements for link in children(element, "link")]


def _total(root: etree._Element) -> int | None:
    value = text(root, "totalresults")
    return int(value) if value.isdecimal() and len(value) < 10 else None


def _link(element: etree._Element, relation: str) -> str:
    links = [link for link in children(element, "link") if (link.get("rel") or "alternate") == relation]
    plain = [link for link in links if link.get("type") in (None, "text/html")]
    return web((plain or links)[0].get("href") or "") if links else ""


def _item(entry: etree._Element) -> Item:
    atom_id, identifier = text(entry, "id"), text(entry, "identifier")
    effect = next(inside(entry, "effect"), None)
    effect_key = (effect.get("URI") or "") if effect is not None else ""
    if not atom_id and not effect_key:
        raise BadRecord("The entry has no id.")
    title = title_text(text(entry, "title"))
    if not title:
        raise BadRecord("The entry has no title.")
    event = text(entry, "event").lower()
    updated, published = _moment(entry, "updated"), _moment(entry, "published")
    summary = child(entry, "summary")
    return Item(
        source=NAME,
        id=effect_key or " ".join(once(atom_id, identifier)),
        url=_page(entry, atom_id),
        type=_kind(entry, effect),
        title=title,
        summary=title_text(text(summary)),
        text=any_text(text(summary)),
        published=published or updated,
        updated=updated,
        people=once(title_text(text(child(entry, "author"), "name"))),
        topics=once(*(title_text(tag.get("term") or "") for tag in children(entry, "category"))),
        state="withdrawn" if event == "withdrawn" else "published",
        aliases=once(*(one for one in (atom_id, identifier) if one != effect_key)),
        facts=_facts(entry, effect),
    )


def _moment(entry: etree._Element, name: str) -> datetime | None:
    value = text(entry, name)
    if not value:
        return None
    stamp = read_date(value)
    if stamp is None:
        raise BadRecord(f"{name} is no date: {value[:40]!r}.")
    return stamp.at


def _page(entry: etree._Element, atom_id: str) -> str:
    return web(text(entry, "document")) or _link(entry, "alternate") or web(atom_id)


def _kind(entry: etree._Element, effect: etree._Element | None) -> str:
    if effect is not None:
        return "effect"
    main = child(entry, "documentmaintype")
    return (main.get("Value") or "legislation") if main is not None else "legislation"


def _facts(entry: etree._Element, effect: etree._Element | None) -> tuple[tuple[str, str], ...]:
    facts = [(name_of(one), one.get("Value") or one.get("Date") or "") for one in entry if name_of(one) in VALUES]
    facts += [(name, text(entry, name)) for name in EVENTS]
    if effect is not None:
        facts += [(str(name).rpartition("}")[2], str(value)) for name, value in sorted(effect.attrib.items())]
        facts += [("in_force", one.get("Date") or "") for one in inside(effect, "inforce")]
    return tuple((name, value) for name, value in facts if value)
