"""An item as the command line gives it, and back: the keys of the contract first, then what else is known of it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ._item import Date, Item


def item_to_json(item: Item) -> dict[str, Any]:
    return {
        "source": item.source,
        "id": item.id,
        "url": item.url,
        "type": item.type,
        "title": item.title,
        "summary": item.summary,
        "text": item.text,
        "published": item.published.isoformat() if item.published else None,
        "updated": item.updated.isoformat() if item.updated else None,
        "organisations": list(item.organisations),
        "people": list(item.people),
        "topics": list(item.topics),
        "deadlines": [
            {"kind": one.kind, "at": one.at.isoformat()} | ({"approximate": True} if one.approximate else {})
            for one in item.deadlines
        ],
        "state": item.state,
        "supersedes": list(item.supersedes),
        "aliases": list(item.aliases),
        "clipped": item.clipped,
        "full_text_url": item.full_text_url,
        "facts": [list(fact) for fact in item.facts],
    }


def item_from_json(kept: Mapping[str, Any]) -> Item:
    """The item that `item_to_json` wrote; what it does not hold is as in an item that says nothing of it."""
    lists = {name: tuple(kept.get(name, ())) for name in ("organisations", "people", "topics", "supersedes", "aliases")}
    return Item(
        source=kept["source"],
        id=kept["id"],
        url=kept.get("url", ""),
        type=kept.get("type", ""),
        title=kept.get("title", ""),
        summary=kept.get("summary", ""),
        text=kept.get("text", ""),
        published=_moment(kept.get("published")),
        updated=_moment(kept.get("updated")),
        deadlines=tuple(
            Date(one["kind"], datetime.fromisoformat(one["at"]), bool(one.get("approximate")))
            for one in kept.get("deadlines", ())
        ),
        state=kept.get("state", "published"),
        clipped=bool(kept.get("clipped")),
        full_text_url=kept.get("full_text_url", ""),
        facts=tuple((str(name), str(value)) for name, value in kept.get("facts", ())),
        **lists,
    )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
