"""The changes to be made to a draft, and which of them can be made together."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from ._body import Paragraph
from ._names import w
from ._values import Kind

INLINE: Final = ("insert", "delete", "replace")
WHOLE: Final = ("paragraph-delete", "move")
# What must not stand in the file twice, not even as a moved paragraph's old place and new one.
UNIQUE: Final = {
    w("footnoteReference"): "a footnote",
    w("endnoteReference"): "an endnote",
    w("commentReference"): "a comment",
    w("commentRangeStart"): "a comment",
    w("sectPr"): "the end of a section",
}


@dataclass(frozen=True, slots=True)
class Edit:
    """One change, in the coordinates of the base's rejected view, as an Amendment has them.

    `paragraph` is changed itself, or stands before what is inserted (-1: before the first). `target` is the paragraph
    after which a moved one goes. A row's cells are parted by tabs.
    """

    id: str
    kind: Kind
    paragraph: int
    start: int = 0
    end: int = 0
    before: str = ""
    after: str = ""
    target: int | None = None


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A change that was not made, and why."""

    edit_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Applied:
    """The base with the changes made: once plain, once as tracked changes."""

    clean: bytes
    tracked: bytes
    unplaced: tuple[Unplaced, ...]


@dataclass(slots=True)
class Plan:
    """The edits that can be made together, earlier ones first served, and the rest with reasons."""

    paragraphs: Sequence[Paragraph]
    edits: list[Edit] = field(default_factory=list)
    unplaced: list[Unplaced] = field(default_factory=list)
    _inline: dict[int, list[Edit]] = field(default_factory=dict)
    _whole: dict[int, Edit] = field(default_factory=dict)
    _taken_rows: dict[etree._Element, Edit] = field(default_factory=dict)
    _beside: dict[int, Edit] = field(default_factory=dict)

    @property
    def inline(self) -> dict[int, list[Edit]]:
        """The changes inside each paragraph, in the order given."""
        return self._inline

    @property
    def whole(self) -> dict[int, Edit]:
        """The paragraphs that are deleted or moved."""
        return self._whole

    def admit(self, edit: Edit) -> None:
        """Take an edit in, or say why not."""
        reason = self._objection(edit)
        if reason:
            self.unplaced.append(Unplaced(edit.id, reason))
            return
        self.edits.append(edit)
        if edit.kind in INLINE:
            self._inline.setdefault(edit.paragraph, []).append(edit)
        elif edit.kind in WHOLE:
            self._whole[edit.paragraph] = edit
        elif edit.kind == "row-delete" and (row := self._row(edit)) is not None:
            self._taken_rows[row] = edit
        else:
            self._beside[edit.paragraph] = edit
        if edit.kind == "move" and edit.target is not None:
            self._beside[edit.target] = edit

    def _objection(self, edit: Edit) -> str:
        lowest = -1 if edit.kind == "paragraph-insert" else 0
        if edit.kind == "format":
            return "A change of format carries no words; make it in Word."
        if not lowest <= edit.paragraph < len(self.paragraphs):
            return "The draft has no such paragraph."
        gone = self._row_taken(edit.paragraph)
        if gone is not None:
            return f"The table row that it stands in is deleted by change {gone.id}."
        if edit.kind in INLINE:
            return self._objection_inside(edit)
        if edit.kind in WHOLE:
            return self._objection_whole(edit)
        if edit.kind in ("row-insert", "row-delete"):
            return self._objection_row(edit)
        return ""

    def _objection_inside(self, edit: Edit) -> str:
        text = self.paragraphs[edit.paragraph].text
        if not 0 <= edit.start <= edit.end <= len(text):
            return "The paragraph is shorter than the place of this change."
        standing = text[edit.start : edit.end]
        if standing != edit.before:
            return f"The draft says “{standing}” there, not “{edit.before}”."
        if edit.start < edit.end and edit.kind == "insert":
            return "An insertion has a place, not a stretch of text."
        whole = self._whole.get(edit.paragraph)
        if whole is not None and whole.kind == "paragraph-delete":
            return f"Its paragraph is deleted by change {whole.id}."
        if whole is not None and "\n" in edit.after:
            return f"It would part a paragraph that is moved by change {whole.id}."
        other = next((other for other in self._inline.get(edit.paragraph, ()) if _overlap(edit, other)), None)
        if other is not None:
            return f"It touches the same words as change {other.id}."
        if "\n" in edit.after and self._inside_envelope(edit):
            return "It would part a paragraph inside a link or a field; make it in Word."
        return ""

    def _objection_whole(self, edit: Edit) -> str:
        paragraph = self.paragraphs[edit.paragraph]
        if edit.before and paragraph.text != edit.before:
            return f"The paragraph says “{paragraph.text}”, not “{edit.before}”."
        other = self._whole.get(edit.paragraph)
        if other is not None:
            return f"Its paragraph is already {'moved' if other.kind == 'move' else 'deleted'} by change {other.id}."
        inside = self._inline.get(edit.paragraph)
        if edit.kind == "paragraph-delete":
            return f"Change {inside[0].id} is made inside its paragraph." if inside else ""
        if edit.target is None or not -1 <= edit.target < len(self.paragraphs):
            return "It does not say where the paragraph goes."
        if edit.target in (edit.paragraph, edit.paragraph - 1):
            return "The paragraph already stands there."
        gone = self._row_taken(edit.target)
        if gone is not None:
            return f"The table row that it goes to is deleted by change {gone.id}."
        held = next((name for tag, name in UNIQUE.items() if next(paragraph.element.iter(tag), None) is not None), "")
        if held:
            return f"Its paragraph holds {held}, which cannot be moved as a tracked change; move it in Word."
        if any("\n" in other.after for other in inside or ()):
            return "Another change parts its paragraph in two."
        return ""

    def _objection_row(self, edit: Edit) -> str:
        row = self._row(edit)
        if row is None:
            return "The draft has no table row there."
        if edit.kind == "row-insert":
            cells, wanted = len(row.findall(w("tc"))), edit.after.count("\t") + 1
            return "" if wanted <= cells else f"It has {wanted} cells where the table has {cells}."
        if edit.before and self._row_text(row) != edit.before:
            return f"The row says “{self._row_text(row)}”, not “{edit.before}”."
        for number, paragraph in enumerate(self.paragraphs):
            if row not in paragraph.element.iterancestors(w("tr")):
                continue
            inside = [*self._inline.get(number, ()), self._whole.get(number), self._beside.get(number)]
            other = next((other for other in inside if other is not None and other.kind != "row-insert"), None)
            if other is not None:
                return f"Change {other.id} is made inside its row."
        return ""

    def _row(self, edit: Edit) -> etree._Element | None:
        """The row that is deleted or that the new row follows, or the first row of a table that it opens."""
        paragraph = self.paragraphs[edit.paragraph]
        if paragraph.row is not None or edit.kind == "row-delete":
            return paragraph.row
        following = self.paragraphs[edit.paragraph + 1] if edit.paragraph + 1 < len(self.paragraphs) else None
        return None if following is None else following.row

    def _row_text(self, row: etree._Element) -> str:
        cells: dict[etree._Element, list[str]] = {}
        for paragraph in self.paragraphs:
            if row in paragraph.element.iterancestors(w("tr")):
                cells.setdefault(paragraph.container, []).append(paragraph.text)
        return "\t".join("\n".join(texts) for texts in cells.values())

    def _row_taken(self, number: int) -> Edit | None:
        if number < 0:
            return None
        rows = self.paragraphs[number].element.iterancestors(w("tr"))
        return next((self._taken_rows[row] for row in rows if row in self._taken_rows), None)

    def _inside_envelope(self, edit: Edit) -> bool:
        paragraph = self.paragraphs[edit.paragraph]
        holders = {
            piece.run.getparent()
            for piece, start in zip(paragraph.pieces, paragraph.starts, strict=True)
            if piece.run is not None and start <= edit.end and start + len(piece.text) >= edit.start
        }
        return any(holder is not paragraph.element for holder in holders)


def plan_edits(paragraphs: Sequence[Paragraph], edits: Sequence[Edit]) -> Plan:
    """Sort out which edits can be made; of two that cannot stand together the earlier one is."""
    plan = Plan(paragraphs)
    for edit in edits:
        plan.admit(edit)
    return plan


def _overlap(one: Edit, other: Edit) -> bool:
    """Two places touch when they share a character, or one lies strictly inside the other."""
    if one.start == one.end or other.start == other.end:
        return one.start < other.end and other.start < one.end
    return max(one.start, other.start) < min(one.end, other.end)
