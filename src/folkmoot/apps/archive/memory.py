"""A question put before is answered with the passages that say it, each with its paper, date and source.

Rooms beside this one tell with `register_memory` what else the network remembers, such as what it published.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.db.models import Count, Q, QuerySet, Sum

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.archive import parties
from folkmoot.apps.archive.models import ArchiveDocument, ArchivePassage, say
from folkmoot.apps.archive.queries.listing import PAPER, keys_on
from folkmoot.apps.issues.models import Issue
from folkmoot.engines import recall

SHOWN, NEAR_SHOWN = 10, 3
MOST_CANDIDATES = 5000


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and among which papers an answer is looked for; anything not said is everything."""

    question: str
    kind: str = ""
    issue: Issue | None = None
    since: int | None = None
    until: int | None = None

    def reaches(self, kind: str, day: date) -> bool:
        """Whether a paper of this kind and day is among those asked."""
        in_time = (self.since or day.year) <= day.year <= (self.until or day.year)
        return in_time and self.kind in ("", kind)


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage as an answer shows it, whole. `table`, `record` and `place` lead to it; `terms` are compared."""

    key: str
    table: str
    record: str
    place: int
    title: str
    kind: str
    day: date
    day_words: str
    heading: str
    text: str
    handling: str
    terms: tuple[str, ...] = field(repr=False)
    sender: parties.Party | None = None
    receiver: parties.Party | None = None
    page: int = 0


@dataclass(frozen=True, slots=True)
class NearPassage:
    """A passage that does not answer and comes near, with the words of the question that it lacks."""

    passage: Passage
    lacks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the memory holds on a question: what answers it or, where nothing does, what comes near.

    `unheld` are the words of the question that no paper asked among holds, as far as the person may see.
    """

    passages: tuple[Passage, ...] = ()
    near: tuple[NearPassage, ...] = ()
    unheld: tuple[str, ...] = ()

    @property
    def shown(self) -> list[Passage]:
        """Every passage that a page shows of it."""
        return [*self.passages, *(each.passage for each in self.near)]


@dataclass(frozen=True, slots=True)
class Remembered:
    """What one source holds: the passages that share a term with the question, and how many there are in all."""

    passages: Sequence[Passage]
    count: int
    length: int


MemorySource = Callable[[Actor, Asked, Sequence[str]], Remembered]
_sources: list[MemorySource] = []


def register_memory(source: MemorySource) -> None:
    """A room tells here what it remembers; a source gives only what the actor may see."""
    if source not in _sources:
        _sources.append(source)


def ask(actor: Actor, asked: Asked) -> Answer:
    """The passages that answer, best first; where none does, the nearest few and what they lack."""
    question = recall.ask(asked.question)
    if not question:
        return Answer()
    terms = recall.wanted(question)
    found = [source(actor, asked, terms) for source in (_papers, *_sources)]
    passages = {passage.key: passage for each in found for passage in each.passages}
    corpus = recall.Corpus(sum(each.count for each in found), sum(each.length for each in found))
    candidates = [recall.Candidate(key, passage.terms) for key, passage in passages.items()]
    ranked = recall.rank(question, candidates, corpus)
    hits = ranked.answers[:SHOWN] or ranked.near[:NEAR_SHOWN]
    shown = _with_parties([passages[hit.key] for hit in hits])
    if ranked.answers:
        return Answer(passages=tuple(shown), unheld=ranked.unheld)
    near = (NearPassage(passage, hit.lacks) for passage, hit in zip(shown, hits, strict=True))
    return Answer(near=tuple(near), unheld=ranked.unheld)


def _among(actor: Actor, asked: Asked) -> QuerySet[ArchiveDocument]:
    """The papers asked among."""
    papers = ArchiveDocument.objects.visible_to(actor)
    if asked.kind:
        papers = papers.filter(kind=asked.kind)
    if asked.issue:
        papers = papers.filter(key__in=keys_on(asked.issue))
    if asked.since:
        papers = papers.filter(day__gte=date(asked.since, 1, 1))
    if asked.until:
        papers = papers.filter(day__lte=date(asked.until, 12, 31))
    return papers


def _papers(actor: Actor, asked: Asked, terms: Sequence[str]) -> Remembered:
    """The past papers' passages. A term stands between spaces, so that one is not found inside another."""
    mine = ArchivePassage.objects.filter(document__in=_among(actor, asked))
    whole = mine.aggregate(count=Count("pk"), length=Sum("length"))
    shares = Q()
    for term in terms:
        shares |= Q(terms__contains=f" {term} ")
    rows = mine.filter(shares).select_related("document").order_by("-document__day", "pk")[:MOST_CANDIDATES]
    return Remembered([_passage(row) for row in rows], whole["count"], whole["length"] or 0)


def _passage(row: ArchivePassage) -> Passage:
    paper = row.document
    assert paper.day is not None
    return Passage(
        key=row.key,
        table=PAPER,
        record=paper.key,
        place=row.place,
        title=paper.title,
        kind=paper.kind,
        day=paper.day,
        day_words=say(paper.day, paper.precision),
        heading=row.heading,
        text=row.text,
        handling=paper.handling,
        terms=tuple(row.terms.split()),
        page=row.page,
    )


def _with_parties(passages: list[Passage]) -> list[Passage]:
    """The answers with who wrote to whom, worked out for those that are shown alone."""
    keys = [passage.record for passage in passages if passage.table == PAPER]
    papers = {paper.key: paper for paper in ArchiveDocument.objects.filter(key__in=keys)}
    sides = {key: (parties.sender(paper), parties.receiver(paper)) for key, paper in papers.items()}
    return [
        replace(passage, sender=sides[passage.record][0], receiver=sides[passage.record][1])
        if passage.record in sides
        else passage
        for passage in passages
    ]
