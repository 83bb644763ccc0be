"""An item as the command line gives it: the keys of the contract first, then what else is known of it."""

from typing import Any

from ._item import Item


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
