"""What one reader's copy of a version holds: the paragraphs kept from them are gone, and no number betrays it."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audience import Audience, listed_keys
from folkmoot.apps.documents import vault
from folkmoot.apps.documents.queries import content
from folkmoot.apps.positions.models import ClauseText, NarrowMark, Version
from folkmoot.engines import redline


@dataclass(frozen=True, slots=True)
class ClauseView:
    """A clause as one reader sees it: number and paragraphs, from `first` to `last`, are those of their copy."""

    key: str
    clause_id: int
    text_id: int
    number: str
    heading: str
    text: str
    first: int
    last: int

    @property
    def name(self) -> str:
        return f"{self.number} {self.heading}".strip() or self.text[:60]


def hidden_from_office(version: Version, office: str) -> tuple[int, ...]:
    """The paragraphs of a version that this office's copy leaves out."""
    hidden: set[int] = set()
    for mark in version.narrow_marks.all():
        if mark.audience == Audience.NAMED and f"org:{office}" in listed_keys(mark):
            continue
        hidden.update(range(mark.first_paragraph, mark.last_paragraph + 1))
    return tuple(sorted(hidden))


def hidden_from(actor: Actor, version: Version) -> tuple[int, ...]:
    """The paragraphs of a version that this person may not see."""
    visible = set(NarrowMark.objects.visible_to(actor).filter(version=version).values_list("pk", flat=True))
    hidden: set[int] = set()
    for mark in version.narrow_marks.all():
        if mark.pk not in visible:
            hidden.update(range(mark.first_paragraph, mark.last_paragraph + 1))
    return tuple(sorted(hidden))


def hidden_from_public(version: Version) -> tuple[int, ...]:
    """Every narrowed paragraph: none of them is published."""
    return tuple(
        sorted({p for m in version.narrow_marks.all() for p in range(m.first_paragraph, m.last_paragraph + 1)})
    )


def package_without(version: Version, hidden: Collection[int]) -> bytes:
    """The version's Word package without these paragraphs."""
    data = content(version.package)
    return redline.drop_paragraphs(data, hidden) if hidden else data


def paragraphs(version: Version) -> tuple[str, ...]:
    """The paragraphs of a version as it was circulated, by their place."""
    return _text_of(version.package.sha256, version.package.name)


@lru_cache(maxsize=32)
def _text_of(sha256: str, name: str) -> tuple[str, ...]:
    """Kept under the hash of the file: a version never changes, and reading it costs more than showing it."""
    return redline.text(vault.fetch(sha256, name), view="rejected")


def kept_paragraphs(count: int, hidden: Collection[int]) -> list[int]:
    """For each paragraph of a reduced copy, its place in the whole version."""
    gone = set(hidden)
    return [paragraph for paragraph in range(count) if paragraph not in gone]


def clauses_for(actor: Actor, version: Version) -> list[ClauseView]:
    """The clauses of a version as this person's own copy shows them."""
    return clauses_without(version, hidden_from(actor, version))


def clauses_without(version: Version, hidden: Collection[int]) -> list[ClauseView]:
    """The clauses of a version without these paragraphs, numbered as that copy numbers them."""
    texts = list(version.clause_texts.select_related("clause").order_by("place"))
    if not hidden:
        return [_view(t, t.number, t.heading, t.text, first=t.first_paragraph, last=t.last_paragraph) for t in texts]
    reduced = redline.top_clauses(redline.clauses(package_without(version, hidden)))
    kept = kept_paragraphs(max((t.last_paragraph for t in texts), default=-1) + 1, hidden)
    by_paragraph = {p: text for text in texts for p in range(text.first_paragraph, text.last_paragraph + 1)}
    views = []
    for clause in reduced:
        source = by_paragraph.get(kept[clause.first_paragraph]) if clause.first_paragraph < len(kept) else None
        if source is not None:
            first, last = clause.first_paragraph, clause.last_paragraph
            views.append(_view(source, clause.number, clause.heading, clause.text, first=first, last=last))
    return views


def _view(text: ClauseText, number: str, heading: str, words: str, *, first: int, last: int) -> ClauseView:
    return ClauseView(
        key=text.clause.key,
        clause_id=text.clause_id,
        text_id=text.pk,
        number=number,
        heading=heading,
        text=words,
        first=first,
        last=last,
    )
