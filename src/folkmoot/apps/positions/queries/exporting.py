"""What of a round leaves as files: the amendments as rows, and all returns merged into one Word file."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.gate import Invalid
from folkmoot.apps.documents.queries import content
from folkmoot.apps.positions import consolidation, editions, word
from folkmoot.apps.positions.models import Amendment, Answer, Circulation, Return, ReturnComment
from folkmoot.apps.positions.queries.amendments import Rows, how_it_came
from folkmoot.engines import redline

AMENDMENTS = (
    "Clause",
    "Heading",
    "Office",
    "Kind",
    "Before",
    "After",
    "How it came",
    "Same effect as",
    "Reason",
    "Cannot be placed",
    "Decision",
    "Reason for the decision",
    "Words that go in",
    "Number",
)
COMMENTS = ("Clause", "Heading", "Office", "Author", "On", "Comment", "Decision", "Reason for the decision")

Row = Sequence[str]
Clauses = Mapping[int, tuple[str, str]]  # number and heading by the clause's id, as the reader's copy has them


def sheets(actor: Actor, circulation: Circulation) -> list[tuple[str, Row, list[Row]]]:
    """The sheets of the export: title, head and rows, of what this person may see."""
    rows = Rows(actor, circulation)
    views = editions.clauses_without(circulation.version, rows.sight.hidden)
    clauses: Clauses = {view.clause_id: (view.number, view.heading) for view in views}
    return [
        ("Amendments", AMENDMENTS, list(_amendment_rows(rows, clauses))),
        ("Comments", COMMENTS, list(_comment_rows(rows, clauses))),
    ]


def _clause(clauses: Clauses, thing: Amendment | ReturnComment) -> tuple[str, str]:
    return clauses.get(thing.clause_id, ("", "")) if thing.clause_id is not None else ("", "")


def _amendment_rows(rows: Rows, clauses: Clauses) -> Iterator[Row]:
    """One row an amendment in the order of the text; what has no place comes first."""
    together = {a.pk: group for group in rows.groups.values() for a in group}
    for amendment in rows.amendments:
        office = amendment.ret.invitation.office_name
        others = {a.ret.invitation.office_name for a in together.get(amendment.pk, ())} - {office}
        decision = rows.decision_on(amendment)
        yield (
            *_clause(clauses, amendment),
            office,
            amendment.kind.replace("-", " "),
            amendment.before,
            amendment.after,
            how_it_came([amendment]),
            ", ".join(sorted(others)),
            "; ".join(reason.words for reason in rows.reasons_of([amendment])),
            amendment.unplaced,
            *((decision.label, decision.reason, decision.words) if decision else ("", "", "")),
            amendment.key,
        )


def _comment_rows(rows: Rows, clauses: Clauses) -> Iterator[Row]:
    for comment in rows.comments:
        decision = rows.decision_on(comment)
        yield (
            *_clause(clauses, comment),
            comment.ret.invitation.office_name,
            comment.author,
            comment.on,
            comment.text,
            *((decision.label, decision.reason) if decision else ("", "")),
        )


@dataclass(frozen=True, slots=True)
class Merged:
    """The Word file with every office's marks, how many of the Word returns are in it, and what of them is not."""

    data: bytes
    returns: int
    of: int
    not_carried: tuple[redline.NotCarried, ...] = ()


def merged_returns(actor: Actor, circulation: Circulation) -> Merged:
    """The reader's copy of the circulated text with the marks of all Word returns that they may see whole.

    A return to a copy with other paragraphs than the reader's own cannot be laid over it without telling of them.
    """
    version = circulation.version
    hidden = editions.hidden_from(actor, version)
    visible = _readable(actor, circulation)
    returns = [ret for ret in visible if tuple(ret.invitation.hidden_paragraphs) == hidden]
    if not returns:
        raise Invalid("There is no Word file yet that can be merged.")
    base = editions.package_without(version, hidden)
    files = [redline.ReturnFile(r.key, r.invitation.office_name, content(r.file)) for r in returns if r.file]
    _, merged = word.merged(base, files, consolidation.earlier_drafts(version))
    if merged.data is None:
        raise Invalid("These returns cannot be laid over each other in one Word file. The table holds all of them.")
    data = redline.mark_pages(merged.data, handling=circulation.position.handling)
    return Merged(data, len(returns), len(visible), merged.not_carried)


def _readable(actor: Actor, circulation: Circulation) -> list[Return]:
    """The current returns with a Word file of which nothing is kept from this person."""
    found = Return.objects.visible_to(actor).filter(
        invitation__circulation=circulation, state="submitted", file__isnull=False
    )
    if not actor.in_secretariat:
        kept_back = Answer.objects.filter(ret=OuterRef("pk"), visibility="secretariat")
        own = found.filter(invitation__office__in=sorted(actor.offices))
        found = found.filter(~Exists(kept_back)) | own
    return list(found.select_related("invitation", "file").order_by("invitation__office_name"))
