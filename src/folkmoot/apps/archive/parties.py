"""From whom and to whom a paper went: a body or a post of the register, under the name and holder of its day."""

from dataclasses import dataclass
from datetime import date

from folkmoot.apps.archive.models import Facts
from folkmoot.apps.members.models import Organization, OrganizationName, Post
from folkmoot.apps.members.queries import holders, name_on

BODY, POST = Organization._meta.label_lower, Post._meta.label_lower


@dataclass(frozen=True, slots=True)
class Party:
    """One side of a paper as a person reads it; `table` and `key` where the register knows it."""

    words: str
    name: str
    note: str
    table: str
    key: str


def resolve(words: str) -> tuple[str, str]:
    """The table and key of the body or post that these words name, by today's name or one that it bore; else empty."""
    words = " ".join(words.split())
    if not words:
        return "", ""
    bodies = Organization.objects.filter(name__iexact=words).values_list("key", flat=True)[:2]
    former = OrganizationName.objects.filter(name__iexact=words).values_list("organization__key", flat=True)
    keys = set(bodies) or set(former[:20])
    if len(keys) == 1:
        return BODY, keys.pop()
    posts = set(Post.objects.filter(label__iexact=words).values_list("key", flat=True)[:2])
    return (POST, posts.pop()) if len(posts) == 1 else ("", "")


def settle(facts: Facts) -> None:
    """Find both sides of a paper in the register."""
    facts.from_table, facts.from_key = resolve(facts.sent_from)
    facts.to_table, facts.to_key = resolve(facts.sent_to)


def sender(facts: Facts) -> Party | None:
    return _party(facts.sent_from, facts.from_table, facts.from_key, facts.day)


def receiver(facts: Facts) -> Party | None:
    return _party(facts.sent_to, facts.to_table, facts.to_key, facts.day)


def _party(words: str, table: str, key: str, day: date | None) -> Party | None:
    if not words:
        return None
    if table == BODY and day:
        body = Organization.objects.prefetch_related("names").filter(key=key).first()
        if body:
            then = name_on(body, day).name
            return Party(words, then, f"today {body.name}" if body.name != then else "", table, key)
    if table == POST and day:
        held = [each.person.name for each in holders(key, day)]
        return Party(words, words, f"then held by {' and '.join(held)}" if held else "", table, key)
    return Party(words, words, "", table, key)
