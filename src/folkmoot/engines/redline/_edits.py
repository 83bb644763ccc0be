"""The changes to be made to a draft, and which of them can be made together."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from lxml import etree

from ._accept import next_block
from ._body import Paragraph
from ._names import w
from ._paragraphs import cells_of
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

    An inserted paragraph stands after `paragraph` where `start` is the length of its text, before it where `start` is
    0, and parts it where `start` lies between; -1 stands before the first paragraph. A line break at the end of
    `before` is the end of the paragraph itself: it is joined with the next one. `target` is the paragraph after which
    a moved one goes. A row's cells are parted by tabs.
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
    joins: dict[int, Edit] = field(default_factory=dict)
    _in_row: dict[etree._Element, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for number, paragraph in enumerate(self.paragraphs):
            for row in paragraph.element.iterancestors(w("tr")):
                self._in_row.setdefault(row, []).append(number)

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
            if self._joins(edit):
                self.joins[edit.paragraph] = edit
        elif edit.kind in WHOLE:
            self._whole[edit.paragraph] = edit
        elif edit.kind == "row-delete" and (row := self._row(edit)) is not None:
            self._taken_rows[row] = edit
        else:
            self._beside[edit.paragraph] = edit
        if edit.kind == "move" and edit.target is not None:
            self._beside[edit.target] = edit
        if edit.kind == "paragraph-insert" and edit.start == 0:
            self._beside[edit.paragraph - 1] = edit

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
        return self._joined(edit.paragraph) or (self._joined(edit.paragraph - 1) if edit.start == 0 else "")

    def _objection_inside(self, edit: Edit) -> str:
        text = self.paragraphs[edit.paragraph].text
        if not 0 <= edit.start <= edit.end <= len(text):
            return "The paragraph is shorter than the place of this change."
        standing = text[edit.start : edit.end]
        if self._joins(edit):
            reason = self._objection_to_joining(edit)
            if reason:
                return reason
        elif standing != edit.before:
            return f"The draft says “{standing}” there, not “{edit.before}”."
        if edit.start < edit.end and edit.kind == "insert":
            return "An insertion has a place, not a stretch of text."
        whole = self._whole.get(edit.paragraph)
        if whole is not None and whole.kind == "paragraph-delete":
            return f"Its paragraph is deleted by change {whole.id}."
        if whole is not None and "\n" in edit.after:
            return f"It would part a paragraph that is moved by change {whole.id}."
        beside = self._inline.get(edit.paragraph, ())
        other = next((other for other in beside if _overlap(edit, other) and not self._only_joins(other)), None)
        if other is not None:
            return f"It touches the same words as change {other.id}."
        if "\n" in edit.after and self._inside_envelope(edit):
            return "It would part a paragraph inside a link or a field; make it in Word."
        return ""

    def _joins(self, edit: Edit) -> bool:
        """Whether the end of the paragraph goes too."""
        text = self.paragraphs[edit.paragraph].text
        return edit.end == len(text) and edit.before == text[edit.start :] + "\n"

    def _only_joins(self, edit: Edit) -> bool:
        return edit.start == edit.end and self._joins(edit)

    def _joined(self, number: int) -> str:
        other = self.joins.get(number)
        return "" if other is None else f"Change {other.id} joins two paragraphs there."

    def _objection_to_joining(self, edit: Edit) -> str:
        number = edit.paragraph
        here = self.paragraphs[number].element
        following = self.paragraphs[number + 1].element if number + 1 < len(self.paragraphs) else None
        if following is None or next_block(here) is not following:
            return "No paragraph follows that it could be joined with."
        if here.find(f"{w('pPr')}/{w('sectPr')}") is not None:
            return "Its paragraph ends a section; join it in Word."
        if "\n" in edit.after:
            return "It joins and parts a paragraph at once; make it in Word."
        whole = (self._whole.get(number), self._whole.get(number + 1))
        others = (self.joins.get(number), *whole, self._beside.get(number))
        other = next((other for other in others if other is not None), None)
        return "" if other is None else f"Change {other.id} stands between the paragraphs that it joins."

    def _objection_whole(self, edit: Edit) -> str:
        paragraph = self.paragraphs[edit.paragraph]
        if edit.before and paragraph.text != edit.before:
            return f"The paragraph says “{paragraph.text}”, not “{edit.before}”."
        other = self._whole.get(edit.paragraph)
        if other is not None:
            return f"Its paragraph is already {'moved' if other.kind == 'move' else 'deleted'} by change {other.id}."
        inside = self._inline.get(edit.paragraph)
        joined = self._joined(edit.paragraph) or self._joined(edit.paragraph - 1)
        if joined:
            return joined
        if edit.kind == "paragraph-delete":
            return f"Change {inside[0].id} is made inside its paragraph." if inside else ""
        if edit.target is None or not -1 <= edit.target < len(self.paragraphs):
            return "It does not say where the paragraph goes."
        if edit.target in (edit.paragraph, edit.paragraph - 1):
            return "The paragraph already stands there."
        gone = self._row_taken(edit.target)
        if gone is not None:
            return f"The table row that it goes to is deleted by change {gone.id}."
        if self._joined(edit.target):
            return self._joined(edit.target)
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
            cells, wanted = len(cells_of(row)), edit.after.count("\t") + 1
            return "" if wanted <= cells else f"It has {wanted} cells where the table has {cells}."
        if edit.before and self._row_text(row) != edit.before:
            return f"The row says “{self._row_text(row)}”, not “{edit.before}”."
        for number in self._in_row.get(row, ()):
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
        for paragraph in (self.paragraphs[number] for number in self._in_row.get(row, ())):
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
        plan.admit(_plain(edit, paragraphs))
    return plan


def _plain(edit: Edit, paragraphs: Sequence[Paragraph]) -> Edit:
    """Joining and parting paragraphs are changes inside one."""
    if not 0 <= edit.paragraph < len(paragraphs):
        return edit
    length = len(paragraphs[edit.paragraph].text)
    if edit.kind == "paragraph-delete" and edit.before == "\n":
        return replace(edit, kind="delete", start=length, end=length)
    if edit.kind == "paragraph-insert" and 0 < edit.start < length:
        words = edit.after.strip("\n")
        return replace(edit, kind="insert", end=edit.start, after=f"\n{words}\n" if words else "\n")
    return edit


def _overlap(one: Edit, other: Edit) -> bool:
    """Two places touch when they share a character, or one lies strictly inside the other."""
    if one.start == one.end or other.start == other.end:
        return one.start < other.end and other.start < one.end
    return max(one.start, other.start) < min(one.end, other.end)
