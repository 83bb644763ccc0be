"""A text for a narrower audience: some paragraphs left out so that nothing shows that they ever stood there."""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from lxml import etree

from ._accept import drop, drop_block, drop_row, keep_cell_whole, next_block
from ._apply import refuse_marks
from ._body import Paragraph, assemble, read_blocks, read_pieces
from ._flatten import drop_unused_notes, text_parts
from ._mentions import field_results, links_of, rewrite_mentions, set_result
from ._names import W14_NS, W15_NS, w
from ._paragraphs import hand_over_section, previous_paragraph
from ._parts import Parts
from ._pen import Pen
from ._renumber import Numbers, numbers_without

# Whatever repeats the text elsewhere: previews of a page, data behind content controls.
_REPEATS: Final = ("thumbnail", "customXml")
_COUNTS: Final = (
    *("Pages", "Words", "Characters", "CharactersWithSpaces", "Lines", "Paragraphs", "TotalTime"),
    *("TitlesOfParts", "HeadingPairs", "Slides", "Notes"),
)
_PAIRS: Final = ("bookmark", "commentRange", "perm")
_COMMENT_KIN: Final = ("commentsExtended", "commentsIds", "commentsExtensible")
_SEQUENCE: Final = re.compile(r"\s*SEQ\s+(\S+)(?!.*\\[rchn])", re.IGNORECASE)


def drop_paragraphs(data: bytes, paragraphs: Collection[int]) -> bytes:
    """The file without these paragraphs, counted as in the rejected view.

    Later numbers close up, typed ones too; notes, comments, bookmarks, pictures and lines of contents that belong to
    the paragraphs go with them; what pointed there becomes plain words without a number.
    """
    parts = Parts.open(data)
    refuse_marks(parts.package.document)
    if not paragraphs:
        return data
    return _Excerpt(parts, set(paragraphs)).written()


class _Excerpt:
    def __init__(self, parts: Parts, dropped: set[int]) -> None:
        self.parts = parts
        self.root = parts.tree(parts.package.main_name)
        body = self.root.find(w("body"))
        self.paragraphs: Sequence[Paragraph] = (
            [] if body is None else assemble(read_blocks(body), "rejected").paragraphs
        )
        self.dropped = {at for at in dropped if 0 <= at < len(self.paragraphs)}
        self.elements = {self.paragraphs[at].element for at in self.dropped}
        self.texts = {self.paragraphs[at].text for at in self.dropped} - {""}
        contents = {at for at, paragraph in enumerate(self.paragraphs) if _is_contents_line(paragraph.element)}
        self.numbers: Numbers = numbers_without(parts.package, self.paragraphs, self.dropped, contents)
        self.homes = self._homes_of_bookmarks()

    def written(self) -> bytes:
        lost = {name for name, (at, _) in self.homes.items() if at in self.dropped}
        self._drop_contents_lines(lost)
        self._drop_comments()
        self._drop_range_marks()
        for at in sorted(self.dropped, reverse=True):
            self._take(self.paragraphs[at].element)
        self._say_anew()
        self._forget_repeats()
        drop_unused_notes(self.parts)
        self.parts.prune()
        return self.parts.pack()

    # What goes

    def _take(self, paragraph: etree._Element) -> None:
        row = next(paragraph.iterancestors(w("tr")), None)
        if row is not None and row.getparent() is not None and self._is_emptied(row):
            drop_row(row)
            return
        before = previous_paragraph(paragraph)
        if before is not None and before.find(f"{w('pPr')}/{w('sectPr')}") is None:
            hand_over_section(paragraph, before)
        cell = paragraph.getparent()
        ends_section = paragraph.find(f"{w('pPr')}/{w('sectPr')}") is not None
        if ends_section or (next_block(paragraph) is None and before is None):
            _empty(paragraph)
            return
        drop_block(paragraph)
        keep_cell_whole(cell)

    def _is_emptied(self, row: etree._Element) -> bool:
        """Whether every paragraph of the row is left out."""
        return all(paragraph in self.elements for paragraph in row.iter(w("p")) if not _in_a_box(paragraph))

    def _drop_range_marks(self) -> None:
        """Bookmarks and the like that begin in what goes go whole; those that only end there end before it."""
        for name in _PAIRS:
            starts = {mark.get(w("id")) for mark in self._inside(w(f"{name}Start"))}
            for mark in list(self.root.iter(w(f"{name}Start"), w(f"{name}End"))):
                if mark.get(w("id")) in starts:
                    drop(mark)
            for mark in list(self._inside(w(f"{name}End"))):
                holder = next(mark.iterancestors(w("p")))
                holder.addprevious(mark)

    def _drop_comments(self) -> None:
        gone = {mark.get(w("id")) for mark in self._inside(w("commentReference"), w("commentRangeStart"))}
        if not gone:
            return
        for mark in list(self.root.iter(w("commentRangeStart"), w("commentRangeEnd"), w("commentReference"))):
            if mark.get(w("id")) in gone:
                drop(mark)
        main = self.parts.package.main_name
        left: set[str | None] = set()
        for name in self.parts.linked("comments", main):
            root = self.parts.tree(name)
            for comment in list(root):
                if comment.get(w("id")) in gone:
                    root.remove(comment)
            left |= {paragraph.get(f"{{{W14_NS}}}paraId") for paragraph in root.iter(w("p"))}
        for kind in _COMMENT_KIN:
            for name in self.parts.linked(kind, main):
                self._drop_comment_kin(self.parts.tree(name), left)

    def _drop_comment_kin(self, root: etree._Element, left: set[str | None]) -> None:
        for entry in list(root):
            for key, value in entry.attrib.items():
                if etree.QName(str(key)).localname == "paraId" and value not in left:
                    drop(entry)
            if entry.get(f"{{{W15_NS}}}paraIdParent", next(iter(left), None)) not in left:
                entry.attrib.pop(f"{{{W15_NS}}}paraIdParent", "")

    def _drop_contents_lines(self, lost: set[str]) -> None:
        """Lines of a table of contents that lead to what goes."""
        for at, paragraph in enumerate(self.paragraphs):
            element = paragraph.element
            if at in self.dropped or not _is_contents_line(element):
                continue
            if links_of(element) & lost or _without_page(paragraph.text) in self.texts:
                self.elements.add(element)
                self.dropped.add(at)
                self._keep_open_fields(element)

    def _keep_open_fields(self, element: etree._Element) -> None:
        """The first line of a table of contents also holds the field that makes it: that much moves to the next."""
        pieces = read_pieces(element)
        depth = sum((piece.kind == "field-begin") - (piece.kind == "field-end") for piece in pieces)
        if depth == 0:
            return
        for run in list(element.iter(w("r"))):
            for text in list(run.iter(w("t"), w("tab"))):
                drop(text)
        self.elements.discard(element)
        self.dropped.discard(next(at for at, p in enumerate(self.paragraphs) if p.element is element))

    # What is said anew

    def _say_anew(self) -> None:
        lost_or_moved = {name: self._number_now(at, number) for name, (at, number) in self.homes.items()}
        for at, paragraph in enumerate(self.paragraphs):
            if at not in self.dropped:
                rewrite_mentions(paragraph.element, self.numbers, lost_or_moved)
        for name in text_parts(self.parts):
            if name != self.parts.package.main_name and self._mentions_anything(name):
                for element in self.parts.tree(name).iter(w("p")):
                    rewrite_mentions(element, self.numbers, lost_or_moved)
        for at, (old, new) in self.numbers.typed.items():
            if at not in self.dropped and old != new:
                self._retype(self.paragraphs[at], old, new)
        self._renumber_contents()
        self._renumber_sequences()
        self._forget_running_heads()

    def _number_now(self, at: int, number: str) -> str | None:
        """None where the bookmark goes; else the number that its clause had, by which `Numbers` finds the new one."""
        return None if at in self.dropped else number

    def _mentions_anything(self, name: str) -> bool:
        return self.numbers.changed and next(self.parts.look(name).iter(w("p")), None) is not None

    def _retype(self, paragraph: Paragraph, old: str, new: str) -> None:
        text = "".join(piece.text for piece in read_pieces(paragraph.element))
        start = text.find(old)
        if start >= 0 and not text[:start].strip():
            Pen(None).replace(paragraph.element, start, start + len(old), new)

    def _renumber_contents(self) -> None:
        for at, paragraph in enumerate(self.paragraphs):
            if at in self.dropped or not _is_contents_line(paragraph.element):
                continue
            text = "".join(piece.text for piece in read_pieces(paragraph.element))
            match = re.match(r"\s*([\d.]*\d(?:\([a-z]+\))*)", text)
            now = self.numbers.now(match[1]) if match else None
            if match and now is not None and now != match[1]:
                Pen(None).replace(paragraph.element, match.start(1), match.end(1), now)

    def _renumber_sequences(self) -> None:
        """Captions count on without a gap where one of them went."""
        counts: dict[str, int] = {}
        for at, paragraph in enumerate(self.paragraphs):
            if at in self.dropped:
                continue
            for result in field_results(paragraph.element):
                match = _SEQUENCE.match(result.code)
                shown = "".join(node.text or "" for node in result.nodes)
                if match and shown.isdigit():
                    counts[match[1]] = counts.get(match[1], 0) + 1
                    set_result(result, str(counts[match[1]]))

    def _forget_running_heads(self) -> None:
        """A header may repeat the latest heading; Word fills it in again."""
        for kind, name in self.parts.package.story_parts():
            if kind not in ("header", "footer"):
                continue
            for element in self.parts.tree(name).iter(w("p")):
                for result in field_results(element):
                    if "".join(node.text or "" for node in result.nodes) in self.texts:
                        set_result(result, "")

    def _forget_repeats(self) -> None:
        self.parts.unlink(*_REPEATS)
        for binding in list(self.root.iter(w("dataBinding"), f"{{{W15_NS}}}dataBinding")):
            drop(binding)
        for name in self.parts.linked("extended-properties", ""):
            root = self.parts.tree(name)
            for entry in list(root):
                if etree.QName(entry).localname in _COUNTS:
                    root.remove(entry)

    # What is where

    def _inside(self, *tags: str) -> Iterator[etree._Element]:
        return (mark for element in self.elements for mark in element.iter(*tags))

    def _homes_of_bookmarks(self) -> dict[str, tuple[int, str]]:
        """The paragraph that each bookmark begins in, and the number of its clause."""
        places = {paragraph.element: at for at, paragraph in enumerate(self.paragraphs)}
        homes: dict[str, tuple[int, str]] = {}
        for mark in self.root.iter(w("bookmarkStart")):
            holder = next((element for element in mark.iterancestors(w("p")) if element in places), None)
            if holder is None:
                holder = next((element for element in mark.itersiblings(w("p")) if element in places), None)
            if holder is not None:
                at = places[holder]
                homes[mark.get(w("name"), "")] = at, self.numbers.before.get(at, "")
        return homes


def _is_contents_line(element: etree._Element) -> bool:
    style = element.find(f"{w('pPr')}/{w('pStyle')}")
    return style is not None and style.get(w("val"), "").upper().startswith("TOC")


def _without_page(text: str) -> str:
    """A line of contents without its number and its page."""
    return re.sub(r"^[\d.()a-z]*\t|\t[\divxlc]+$", "", text).strip()


def _in_a_box(paragraph: etree._Element) -> bool:
    return next(paragraph.iterancestors(w("r")), None) is not None


def _empty(paragraph: etree._Element) -> None:
    """A body or a cell must keep a paragraph; this one says nothing."""
    for child in list(paragraph):
        if child.tag != w("pPr"):
            paragraph.remove(child)
