"""What the network published with this product is part of its memory, too."""

from collections.abc import Sequence

from django.utils import timezone

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.archive.memory import Asked, Passage, Remembered
from folkmoot.apps.archive.models import PaperKind, Precision, say
from folkmoot.apps.issues.models import IssueLink
from folkmoot.apps.positions.models import Position, Publication
from folkmoot.apps.positions.queries.outcome import publications_for, published_text
from folkmoot.engines import recall

PUBLICATION = Publication._meta.label_lower


def remembered(actor: Actor, asked: Asked, terms: Sequence[str]) -> Remembered:
    """The clauses of published positions that share a term with the question, as everybody may read them."""
    found = publications_for(actor)
    if asked.issue:
        links = IssueLink.objects.filter(issue=asked.issue, table=Position._meta.label_lower)
        found = found.filter(version__position__key__in=links.values("record_key"))
    passages = [passage for publication in found for passage in _clauses(publication, asked)]
    length = sum(len(passage.terms) for passage in passages)
    wanted = set(terms)
    return Remembered([each for each in passages if not wanted.isdisjoint(each.terms)], len(passages), length)


def _clauses(publication: Publication, asked: Asked) -> list[Passage]:
    day = timezone.localtime(max(publication.published_at, publication.embargo_until)).date()
    if not asked.reaches(PaperKind.POSITION, day):
        return []
    text = published_text(publication.version)
    title = f"{text.title} {PaperKind.POSITION.label} {day.year}"
    return [
        Passage(
            key=f"{publication.key}-{place}",
            table=PUBLICATION,
            record=publication.key,
            place=place,
            title=text.title,
            kind=PaperKind.POSITION,
            day=day,
            day_words=say(day, Precision.DAY),
            heading=f"{clause.number} {clause.heading}".strip(),
            text=clause.text,
            handling="OFFICIAL",
            terms=recall.index(title, clause.heading, clause.text),
        )
        for place, clause in enumerate(text.clauses, 1)
        if clause.text
    ]
