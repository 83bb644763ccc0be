"""The list of past papers, one paper with its passages, and the imports."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Min, Q, QuerySet
from django.db.models.functions import ExtractYear

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audience import Audience
from folkmoot.apps.access.gate import may
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.archive.models import (
    ArchiveCorrection,
    ArchiveDocument,
    ArchivePassage,
    ImportBatch,
    ImportRow,
    RowState,
)
from folkmoot.apps.issues.models import Issue, IssueLink
from folkmoot.apps.issues.queries.listing import linked_issues

PAPER = ArchiveDocument._meta.label_lower
SORTS = {"title": ("title",), "kind": ("kind", "title"), "day": ("day", "title"), "audience": ("audience", "title")}
DEFAULT_SORT = "-day"


@dataclass(frozen=True, slots=True)
class Wanted:
    """How somebody narrows the list; anything they may not ask for counts as not asked."""

    text: str = ""
    kind: str = ""
    year: int | None = None
    issue: Issue | None = None
    audience: str = ""
    sort: str = DEFAULT_SORT

    @property
    def narrows(self) -> bool:
        return bool(self.text or self.kind or self.year or self.issue or self.audience)


def papers(actor: Actor, wanted: Wanted) -> QuerySet[ArchiveDocument]:
    """The past papers that a person may see, narrowed and in order."""
    found = ArchiveDocument.objects.visible_to(actor)
    if wanted.text:
        said = Q(title__icontains=wanted.text) | Q(sent_to__icontains=wanted.text)
        found = found.filter(said | Q(sent_from__icontains=wanted.text))
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.year:
        found = found.filter(day__year=wanted.year)
    if wanted.audience:
        found = found.filter(audience=wanted.audience)
    if wanted.issue:
        found = found.filter(key__in=keys_on(wanted.issue))
    columns = SORTS[wanted.sort.removeprefix("-")]
    sign = "-" if wanted.sort.startswith("-") else ""
    return found.order_by(f"{sign}{columns[0]}", *columns[1:], "pk")


@dataclass(frozen=True, slots=True)
class TakenIn:
    """Papers that came in together: how many the reader may see, one of them, and the highest mark."""

    at: datetime
    count: int
    key: str
    title: str
    handling: str


def taken_in_since(actor: Actor, moment: datetime) -> list[TakenIn]:
    """What came into the memory after a moment, an import at a time, the latest first; one query."""
    found = ArchiveDocument.objects.visible_to(actor).filter(added_at__gt=moment)
    rows = (
        found.order_by("-added_at")
        .values_list("added_at", "batch")
        .annotate(count=Count("pk"), one=Min("key"), called=Min("title"), mark=Max("handling"))
    )
    return [TakenIn(at, count, key, title, mark) for at, _batch, count, key, title, mark in rows]


def keys_on(issue: Issue) -> QuerySet[IssueLink, str]:
    """The keys of the papers on an issue."""
    return IssueLink.objects.filter(issue=issue, table=PAPER).values_list("record_key", flat=True)


def years(actor: Actor) -> list[int]:
    """The years from which papers are here, the latest first."""
    found = ArchiveDocument.objects.visible_to(actor).order_by().annotate(year=ExtractYear("day"))
    return sorted(set(found.values_list("year", flat=True)), reverse=True)


def issues_with_papers(actor: Actor) -> QuerySet[Issue]:
    """The issues that the person sees and that hold a paper that they see."""
    mine = ArchiveDocument.objects.visible_to(actor).values("key")
    links = IssueLink.objects.filter(table=PAPER, record_key__in=mine).values("issue")
    return Issue.objects.visible_to(actor).filter(pk__in=links).order_by("title", "pk")


def paper_for(actor: Actor, key: str) -> ArchiveDocument | None:
    """The paper with this key, if the person may see it."""
    return ArchiveDocument.objects.visible_to(actor).select_related("file", "batch", "added_by").filter(key=key).first()


def passages_of(document: ArchiveDocument) -> list[ArchivePassage]:
    return list(document.passages.order_by("place"))


def corrections_of(document: ArchiveDocument) -> list[ArchiveCorrection]:
    return list(document.corrections.select_related("by"))


def issues_of(actor: Actor, document: ArchiveDocument) -> list[Issue]:
    return list(linked_issues(actor, PAPER, document.key))


def keeps(actor: Actor) -> bool:
    """Whether somebody may take papers in and put them right."""
    return may(actor, Permission.ARCHIVE_KEEP) and Audience.SECRETARIAT in actor.levels


def batches(actor: Actor) -> QuerySet[ImportBatch]:
    """The imports, the latest first, each with how many of its files are in which state."""

    def count(*states: str) -> Count:
        return Count("rows", filter=Q(rows__state__in=states))

    return (
        ImportBatch.objects.visible_to(actor)
        .annotate(
            files=Count("rows"),
            ready=count(RowState.READY),
            wrong=count(RowState.WRONG, RowState.UNREADABLE),
            aside=count(RowState.SAME, RowState.LEFT_OUT),
        )
        .order_by("-at", "-pk")
    )


def batch_for(actor: Actor, key: str) -> ImportBatch | None:
    return batches(actor).filter(key=key).first()


def rows_of(batch: ImportBatch) -> QuerySet[ImportRow]:
    return batch.rows.select_related("issue", "document").defer("parts").order_by("place")


def row_for(batch: ImportBatch, key: str) -> ImportRow | None:
    return batch.rows.select_related("batch", "issue").filter(key=key).first()
