"""Word files with tracked changes, built as different programs write them; every oddity has a line that says so."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO

from docx import Document
from docx.text.run import Run
from lxml import etree

from tests.engines.redline.words import W

DATE = "2026-11-02T09:30:00Z"
CLAUSES = (
    "The members shall meet within forty days of the notice given by the secretariat.",
    "Each office may send one officer and one adviser to every meeting of the working group.",
    "The chair shall circulate the papers five working days before the meeting.",
    "A position is adopted when no office objects and half of the offices have answered.",
    "The secretariat keeps the record of amendments and sends it to every office.",
    "This paper is reviewed each year in the light of the funding settlement.",
)


def w(name: str) -> str:
    return f"{{{W}}}{name}"


@dataclass
class Pen:
    """Writes marks of one author into a document of python-docx, as Word writes them."""

    data: bytes
    author: str = "Ann Lee"
    date: str | None = DATE
    body: etree._Element = field(init=False)

    def __post_init__(self) -> None:
        self.document = Document(BytesIO(self.data))
        self.body = self.document.element.body
        self.number = 900
        self.originals = list(self.body.iter(w("p")))

    def save(self) -> bytes:
        out = BytesIO()
        self.document.save(out)
        return out.getvalue()

    def paragraph(self, at: int) -> etree._Element:
        """A paragraph by its place in the file as it was opened."""
        return self.originals[at]

    def mark(self, name: str) -> etree._Element:
        self.number += 1
        element = etree.Element(w(name))
        element.set(w("id"), str(self.number))
        element.set(w("author"), self.author)
        if self.date:
            element.set(w("date"), self.date)
        return element

    # Text

    def replace(self, at: int, old: str, new: str) -> "Pen":
        """Words replaced: a deletion directly followed by an insertion."""
        run = self.isolate(at, old)
        deletion = self.take_run(run)
        if new:
            deletion.addnext(self.added(new))
        return self

    def delete(self, at: int, old: str) -> "Pen":
        return self.replace(at, old, "")

    def insert(self, at: int, after: str, new: str) -> "Pen":
        """Words put in behind `after`; at the very start where it is empty."""
        paragraph = self.paragraph(at)
        addition = self.added(new)
        if not after:
            first = next(paragraph.iter(w("r")), None)
            if first is None:
                paragraph.append(addition)
            else:
                first.addprevious(addition)
            return self
        self.isolate(at, after).addnext(addition)
        return self

    def isolate(self, at: int, words: str) -> etree._Element:
        """A live run that holds exactly these words."""
        for run in self.paragraph(at).iter(w("r")):
            text = run.find(w("t"))
            if text is None or words not in (text.text or ""):
                continue
            before, _, after = (text.text or "").partition(words)
            for rest, put in ((before, run.addprevious), (after, run.addnext)):
                if rest:
                    put(plain_run(rest))
            run.replace(text, plain_run(words)[0])
            return run
        raise AssertionError(f"{words!r} is not in one run of paragraph {at}")

    def added(self, text: str) -> etree._Element:
        mark = self.mark("ins")
        mark.append(plain_run(text))
        return mark

    def take_run(self, run: etree._Element) -> etree._Element:
        mark = self.mark("del")
        run.addprevious(mark)
        mark.append(run)
        for text in run.iter(w("t")):
            text.tag = w("delText")
        return mark

    # Paragraphs

    def insert_paragraph(self, after: int, text: str) -> "Pen":
        """A paragraph behind another, its own mark added (as Word writes it when typed at the end of a line above)."""
        paragraph = self.paragraph(after)
        fresh = etree.Element(w("p"))
        self.marks_of(fresh).append(self.mark("ins"))
        fresh.append(self.added(text))
        paragraph.addnext(fresh)
        return self

    def insert_paragraph_by_return(self, after: int, text: str) -> "Pen":
        """The same, as Word writes it when Return is pressed at the end of a line: the upper mark is the new one."""
        paragraph = self.paragraph(after)
        fresh = etree.Element(w("p"))
        own = paragraph.find(w("pPr"))
        if own is not None:
            fresh.append(etree.fromstring(etree.tostring(own)))
        self.marks_of(paragraph).append(self.mark("ins"))
        fresh.append(self.added(text))
        paragraph.addnext(fresh)
        return self

    def delete_paragraph(self, at: int) -> "Pen":
        """A paragraph with its own mark."""
        paragraph = self.paragraph(at)
        for run in list(paragraph.iter(w("r"))):
            self.take_run(run)
        self.marks_of(paragraph).append(self.mark("del"))
        return self

    def delete_paragraph_backwards(self, at: int) -> "Pen":
        """A paragraph with the mark before it, as when deleting backwards from its end."""
        for run in list(self.paragraph(at).iter(w("r"))):
            self.take_run(run)
        self.marks_of(self.paragraph(at - 1)).append(self.mark("del"))
        return self

    def split(self, at: int, before: str) -> "Pen":
        """A paragraph cut in two before these words."""
        paragraph = self.paragraph(at)
        run = self.isolate(at, before)
        upper = etree.Element(w("p"))
        own = paragraph.find(w("pPr"))
        if own is not None:
            upper.append(etree.fromstring(etree.tostring(own)))
        self.marks_of(upper).append(self.mark("ins"))
        for child in list(paragraph):
            if child is run:
                break
            if child is not own:
                upper.append(child)
        paragraph.addprevious(upper)
        return self

    def join(self, at: int) -> "Pen":
        """A paragraph joined with the next one."""
        self.marks_of(self.paragraph(at)).append(self.mark("del"))
        return self

    def marks_of(self, paragraph: etree._Element) -> etree._Element:
        properties = paragraph.find(w("pPr"))
        if properties is None:
            properties = etree.Element(w("pPr"))
            paragraph.insert(0, properties)
        found = properties.find(w("rPr"))
        if found is None:
            found = etree.SubElement(properties, w("rPr"))
        return found

    def move(self, at: int, after: int, name: str = "move1") -> "Pen":
        """A whole paragraph moved behind another, with its range marks, as Word writes it."""
        source, target = self.paragraph(at), self.paragraph(after)
        text = "".join(node.text or "" for node in source.iter(w("t")))
        self._moved("moveFrom", source, list(source.iter(w("r"))), name)
        fresh = etree.Element(w("p"))
        run = plain_run(text)
        fresh.append(run)
        target.addnext(fresh)
        self._moved("moveTo", fresh, [run], name)
        return self

    def _moved(self, kind: str, paragraph: etree._Element, runs: Sequence[etree._Element], name: str) -> None:
        self.marks_of(paragraph).append(self.mark(kind))
        start = self.mark(f"{kind}RangeStart")
        start.set(w("name"), name)
        runs[0].addprevious(start)
        for run in runs:
            mark = self.mark(kind)
            run.addprevious(mark)
            mark.append(run)
        end = etree.Element(w(f"{kind}RangeEnd"))
        end.set(w("id"), start.get(w("id"), ""))
        paragraph.addnext(end)

    # Tables, looks, comments

    def mark_row(self, row: int, name: str) -> "Pen":
        """A row added ("ins") or taken away ("del"); the text in its cells bears no mark of its own."""
        element = list(self.body.iter(w("tr")))[row]
        properties = element.find(w("trPr"))
        if properties is None:
            properties = etree.Element(w("trPr"))
            element.insert(0, properties)
        properties.append(self.mark(name))
        return self

    def add_row(self, after: int, texts: Sequence[str]) -> "Pen":
        """A row put in behind another; the text in its cells bears no mark of its own."""
        row = etree.Element(w("tr"))
        etree.SubElement(row, w("trPr")).append(self.mark("ins"))
        for text in texts:
            paragraph = etree.SubElement(etree.SubElement(row, w("tc")), w("p"))
            paragraph.append(plain_run(text))
        list(self.body.iter(w("tr")))[after].addnext(row)
        return self

    def embolden(self, at: int, words: str) -> "Pen":
        """Words made bold, which changes no text."""
        run = self.isolate(at, words)
        properties = etree.Element(w("rPr"))
        etree.SubElement(properties, w("b"))
        change = self.mark("rPrChange")
        etree.SubElement(change, w("rPr"))
        properties.append(change)
        run.insert(0, properties)
        return self

    def comment(self, at: int, on: str, text: str) -> "Pen":
        """A comment hung on words."""
        run = self.isolate(at, on)
        self.document.add_comment(Run(run, None), text, author=self.author, initials="AL")
        return self

    # Without marks

    def rewrite(self, at: int, old: str, new: str) -> "Pen":
        """Words replaced while tracking was off."""
        run = self.isolate(at, old)
        run[-1].text = new
        return self

    def drop_paragraph(self, at: int) -> "Pen":
        """A paragraph removed while tracking was off."""
        paragraph = self.paragraph(at)
        paragraph.getparent().remove(paragraph)
        return self

    def add_paragraph(self, after: int, text: str) -> "Pen":
        """A paragraph put in while tracking was off."""
        fresh = etree.Element(w("p"))
        fresh.append(plain_run(text))
        self.paragraph(after).addnext(fresh)
        return self


def plain_run(text: str) -> etree._Element:
    run = etree.Element(w("r"))
    node = etree.SubElement(run, w("t"))
    node.text = text
    node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return run


def draft(paragraphs: Sequence[str] = CLAUSES, *, title: str = "", rows: Sequence[Sequence[str]] = ()) -> bytes:
    """A plain draft: a title, paragraphs, and a table in the middle where there are rows."""
    document = Document()
    if title:
        document.add_heading(title, level=1)
    for text in paragraphs[: len(paragraphs) // 2]:
        document.add_paragraph(text)
    if rows:
        table = document.add_table(rows=0, cols=len(rows[0]))
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    for text in paragraphs[len(paragraphs) // 2 :]:
        document.add_paragraph(text)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def keep_only(data: bytes, office: str) -> bytes:
    """A merged file with the marks of every other office rejected, done by hand and not by the engine."""
    document = Document(BytesIO(data))
    body = document.element.body
    joined = []
    for mark in list(body.iter(w("ins"), w("del"), w("moveFrom"), w("moveTo"))):
        whose = (mark.get(w("author")) or "").split("; ")
        holder = mark.getparent()
        if holder is None or any(name.startswith(f"{office}:") for name in whose):
            continue
        added = mark.tag in (w("ins"), w("moveTo"))
        if holder.tag == w("trPr"):
            row = holder.getparent()
            (row if added else mark).getparent().remove(row if added else mark)
        elif holder.tag == w("rPr"):
            holder.remove(mark)
            if added:
                joined.append(holder.getparent().getparent())
        elif added:
            holder.remove(mark)
        else:
            for child in list(mark):
                mark.addprevious(child)
            holder.remove(mark)
    for table in list(body.iter(w("tbl"))):
        if table.find(w("tr")) is None:
            table.getparent().remove(table)
    for paragraph in joined:
        _join(paragraph)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _join(paragraph: etree._Element) -> None:
    following = paragraph.getnext()
    while following is not None and following.tag not in (w("p"), w("tbl"), w("sectPr")):
        following = following.getnext()
    rest = [child for child in paragraph if child.tag != w("pPr")]
    if following is not None and following.tag == w("p"):
        place = 0 if following.find(w("pPr")) is None else 1
        for child in reversed(rest):
            following.insert(place, child)
    elif rest:
        return
    paragraph.getparent().remove(paragraph)
