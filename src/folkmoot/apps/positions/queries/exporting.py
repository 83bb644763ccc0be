"""What of a round leaves as files: the amendments as rows, and all returns merged into one Word file."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.gate import Invalid
from folkmoot.apps.documents.queries import content
from folkmoot.apps.positions import consolidation, editions, word
from folkmoot.apps.positions.models import Amendment, Answer, Circulation, Return, ReturnComment
from folkmoot.apps.positions.queries.amendments import Rows, how_it_came, opening
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
    "Comment",
    "The change marked",
    "Cannot be placed",
    "Decision",
    "Reason for the decision",
    "Words that go in",
    "Number",
)
COMMENTS = (
    "Clause",
    "Heading",
    "Office",
    "Author",
    "On",
    "Comment",
    "Replies",
    "State",
    "Decision",
    "Reason for the decision",
    "Number",
)

# A cell is a text, or its pieces with what is drawn on each.
Row = Sequence[str | Sequence[tuple[str, str]]]
Clauses = Mapping[int, tuple[str, str]]  # number and heading by the clause's id, as the reader's copy has them


def sheets(actor: Actor, circulation: Circulation) -> list[tuple[str, Sequence[str], list[Row]]]:
    """The sheets of the export: title, head and rows, of what this person may see."""
    table = _Table(actor, circulation)
    return [("Amendments", AMENDMENTS, list(table.amendments())), ("Comments", COMMENTS, list(table.comments()))]


def document(actor: Actor, circulation: Circulation) -> bytes:
    """The same as a Word document in which it can be decided."""
    table = _Table(actor, circulation)
    position = circulation.position
    return redline.table_document(
        list(table.amendment_rows()),
        list(table.comment_rows()),
        title=f"{position.title}, version {circulation.version.number}: amendments",
        handling=position.handling,
        today=actor.today,
    )


class _Table:
    """What the table says of a round to one person, row by row; whatever is written of it says the same."""

    def __init__(self, actor: Actor, circulation: Circulation) -> None:
        self.rows = Rows(actor, circulation)
        views = editions.clauses_without(circulation.version, self.rows.sight.hidden)
        self.clauses: Clauses = {view.clause_id: (view.number, view.heading) for view in views}
        self.together = {a.pk: group for group in self.rows.groups.values() for a in group}
        self.openings = opening(self.rows.comments)
        self.margin: dict[tuple[int, int | None], list[ReturnComment]] = defaultdict(list)
        for comment in self.openings:
            if comment.on.strip():
                self.margin[comment.ret_id, comment.clause_id].append(comment)

    def amendments(self) -> Iterator[Row]:
        """One row an amendment in the order of the text; what has no place comes first."""
        for amendment in self.rows.amendments:
            decision = self.rows.decision_on(amendment)
            yield (
                *self._clause(amendment),
                amendment.ret.invitation.office_name,
                amendment.kind.replace("-", " "),
                amendment.before,
                amendment.after,
                how_it_came([amendment]),
                self._same_as(amendment),
                self._reasons(amendment),
                "\n".join(self._beside(amendment)),
                _marked(amendment),
                amendment.unplaced,
                *((decision.label, decision.reason, decision.words) if decision else ("", "", "")),
                amendment.key,
            )

    def amendment_rows(self) -> Iterator[redline.TableRow]:
        for amendment in self.rows.amendments:
            decision = self.rows.decision_on(amendment)
            same, reasons = self._same_as(amendment), self._reasons(amendment)
            notes = (amendment.kind.replace("-", " "), how_it_came([amendment]), same and f"same as {same}")
            yield redline.TableRow(
                number=amendment.key,
                clause=" ".join(filter(None, self._clause(amendment))),
                office=amendment.ret.invitation.office_name,
                before=amendment.before,
                after=amendment.after,
                lead_in=amendment.lead_in,
                lead_out=amendment.lead_out,
                notes=tuple(filter(None, (*notes, amendment.unplaced))),
                comment="\n".join(filter(None, (reasons, *self._beside(amendment)))),
                decision=decision.label if decision else "",
                reason=decision.reason if decision else "",
                words=decision.words if decision else "",
            )

    def comments(self) -> Iterator[Row]:
        """One row a thread."""
        for row, comment in zip(self.comment_rows(), self.openings, strict=True):
            said = (row.office, row.author, row.on, row.text, row.replies, row.state)
            yield (*self._clause(comment), *said, row.decision, row.reason, row.number)

    def comment_rows(self) -> Iterator[redline.CommentRow]:
        for comment in self.openings:
            decision = self.rows.decision_on(comment)
            replies = [reply for reply in self.rows.comments if reply.parent_id == comment.pk]
            yield redline.CommentRow(
                number=comment.key,
                clause=" ".join(filter(None, self._clause(comment))),
                office=comment.ret.invitation.office_name,
                author=comment.author,
                on=comment.on,
                text=comment.text,
                replies="\n".join(redline.said_by(reply.author, reply.text) for reply in replies),
                resolved=comment.resolved,
                decision=decision.label if decision else "",
                reason=decision.reason if decision else "",
            )

    def _clause(self, thing: Amendment | ReturnComment) -> tuple[str, str]:
        return self.clauses.get(thing.clause_id, ("", "")) if thing.clause_id is not None else ("", "")

    def _same_as(self, amendment: Amendment) -> str:
        others = {a.ret.invitation.office_name for a in self.together.get(amendment.pk, ())}
        return ", ".join(sorted(others - {amendment.ret.invitation.office_name}))

    def _reasons(self, amendment: Amendment) -> str:
        return "; ".join(reason.words for reason in self.rows.reasons_of([amendment]))

    def _beside(self, amendment: Amendment) -> Iterator[str]:
        """What the office says in the margin of the words that it changes."""
        old, new = amendment.before, amendment.after
        around = [f"{amendment.lead_in}{words}{amendment.lead_out}" for words in (old, new)]
        for comment in self.margin[amendment.ret_id, amendment.clause_id]:
            inside = any(comment.on in text for text in around)
            if inside or any(words in comment.on for words in (old, new) if words.strip()):
                yield redline.said_by(comment.author, comment.text)


def _marked(amendment: Amendment) -> Sequence[tuple[str, str]]:
    """The change in its place: what goes is struck, what comes is underlined."""
    changed = ((amendment.before, "struck"), (amendment.after, "underlined"))
    return ((amendment.lead_in, ""), *changed, (amendment.lead_out, ""))


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
