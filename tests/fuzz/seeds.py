"""The sound files that mutation starts from: by python-docx, by this project and by hand, with all marks."""

from datetime import date
from functools import cache

from folkmoot.engines import redline
from tests.engines.redline.builders import CLAUSES, Pen, draft
from tests.engines.redline.marked import marked_file
from tests.engines.redline.words import WORD, p, part, word_file

BY = 'w:id="1" w:author="Ann Lee" w:date="2026-11-02T09:30:00Z"'
ROWS = (("Year", "Fare"), ("2026", "2.00"))
NUMBERED = [redline.DraftClause(at % 3 + 1, "Fares", CLAUSES[:1]) for at in range(6)]
BOX = "<w:p><w:r><w:pict><w:txbxContent>{}</w:txbxContent></w:pict></w:r></w:p>"


@cache
def seeds() -> tuple[bytes, ...]:
    """The same files on every call."""
    return (
        draft(title="Fares"),
        _returned(),
        Pen(draft(rows=ROWS, title="Fares")).mark_row(1, "del").add_row(0, ("a", "b")).save(),
        redline.compose("Fares", NUMBERED, today=date(2026, 11, 25)),
        _everywhere(),
        *(marked_file(seed).data for seed in range(5)),
    )  # fmt: skip


def _returned() -> bytes:
    pen = Pen(draft()).replace(0, "forty", "thirty").delete(1, "one adviser").insert(2, "papers", " in full")
    pen.comment(3, "half", "Why half?").embolden(4, "record").insert_paragraph(4, "A new clause.").delete_paragraph(5)
    return Pen(pen.save(), author="Bo Hall").move(0, 2).save()


def _everywhere() -> bytes:
    """Marks in notes, header, footer, a text box and a comment, beside automatic numbers and styles."""
    added = f"<w:p><w:ins {BY}><w:r><w:t>new</w:t></w:r></w:ins></w:p>"
    level = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    num = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    numbering = f'<w:abstractNum w:abstractNumId="0">{level}</w:abstractNum>{num}'
    contents = {
        "footnotes": ("footnotes", part("footnotes", f'<w:footnote w:id="2">{added}</w:footnote>')),
        "endnotes": ("endnotes", part("endnotes", f'<w:endnote w:id="2">{added}</w:endnote>')),
        "header": ("header", part("hdr", added)),
        "footer": ("footer", part("ftr", added)),
        "comments": ("comments", part("comments", f'<w:comment w:id="0" w:author="C">{added}</w:comment>')),
        "numbering": ("numbering", part("numbering", numbering)),
        "styles": ("styles", part("styles", '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"/>')),
    }
    parts = {f"word/{name}.xml": (kind, f"{WORD}{name}+xml", text) for name, (kind, text) in contents.items()}
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    hung = '<w:commentRangeStart w:id="0"/><w:r><w:t>here</w:t></w:r><w:commentRangeEnd w:id="0"/>'
    body = "".join(p(text, properties=numbered) for text in CLAUSES) + BOX.format(added) + f"<w:p>{hung}</w:p>" + added
    return word_file(body, parts=parts)
