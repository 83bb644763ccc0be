"""A flattened draft reads as if everything were accepted, and nothing of what was deleted is left in the file."""

import os
from pathlib import Path

import pytest

from folkmoot.engines.redline._body import texts
from folkmoot.engines.redline._errors import UnreadableFile
from folkmoot.engines.redline._flatten import flatten
from folkmoot.engines.redline._package import Package
from folkmoot.engines.redline._stories import body_of

from .words import WORD, R, everything, names, p, part, read, word_file

DEMO = Path(__file__).parents[3] / "src/folkmoot/demo/word"
SAMPLES = Path(os.environ.get("FOLKMOOT_SAMPLES", "")) / "word" if os.environ.get("FOLKMOOT_SAMPLES") else None
FILES = sorted([*DEMO.glob("*.docx"), *(SAMPLES.rglob("*.doc[xm]") if SAMPLES else ())])
DAMAGED = {
    "Ottermouth.docx",
    "ExternalEntityInText.docx",
    "bug53475-password-is-pass.docx",
    "poi-fuzz-6733884933668864.docx",
    "truncated62886.docx",
}
BY = 'w:id="1" w:author="A" w:date="2026-11-18T09:00:00Z"'


def shown(data: bytes) -> list[str]:
    return list(texts(body_of(Package.open(data)).blocks, "accepted"))


def ins(text: str) -> str:
    return f'<w:ins {BY}><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:ins>'


def deleted(text: str) -> str:
    return f'<w:del {BY}><w:r><w:delText xml:space="preserve">{text}</w:delText></w:r></w:del>'


def marked(name: str, inner: str) -> str:
    return f"<w:p><w:pPr><w:rPr><w:{name} {BY}/></w:rPr></w:pPr>{inner}</w:p>"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"<w:p>{ins('new ')}{deleted('old ')}<w:r><w:t>text</w:t></w:r></w:p>", ["new text"]),
        (marked("del", deleted("gone")) + p("stays"), ["stays"]),
        (marked("del", "<w:r><w:t>joined</w:t></w:r>") + p(" here"), ["joined here"]),
        (marked("ins", ins("first")) + p("second"), ["first", "second"]),
        (marked("del", deleted("a")) + marked("del", deleted("b")) + p("c"), ["c"]),
        (p("a") + marked("del", deleted("the last")), ["a", ""]),
        (
            f"<w:tbl><w:tr><w:trPr><w:del {BY}/></w:trPr><w:tc>{p('gone')}</w:tc></w:tr>"
            f"<w:tr><w:trPr><w:ins {BY}/></w:trPr><w:tc>{p('new')}</w:tc></w:tr></w:tbl>{p('end')}",
            ["new", "end"],
        ),
        (f"<w:tbl><w:tr><w:trPr><w:del {BY}/></w:trPr><w:tc>{p('gone')}</w:tc></w:tr></w:tbl>{p('end')}", ["end"]),
        (
            f'<w:moveFromRangeStart w:name="m" {BY}/><w:p><w:pPr><w:rPr><w:moveFrom {BY}/></w:rPr></w:pPr>'
            f'<w:moveFrom {BY}><w:r><w:t>moved</w:t></w:r></w:moveFrom></w:p><w:moveFromRangeEnd w:id="1"/>'
            f"{p('a')}<w:p><w:moveTo {BY}><w:r><w:t>moved</w:t></w:r></w:moveTo></w:p>",
            ["a", "moved"],
        ),
        (
            f"<w:p><w:r><w:rPr><w:b/><w:rPrChange {BY}><w:rPr/></w:rPrChange></w:rPr><w:t>bold</w:t></w:r></w:p>",
            ["bold"],
        ),
        (f"<w:sdt><w:sdtContent>{marked('del', deleted('a'))}</w:sdtContent></w:sdt>{p('b')}", ["b"]),
    ],
    ids=[
        *("runs", "paragraph", "joined", "inserted", "several", "last", "rows", "table", "move", "format", "control"),
    ],
)
def test_every_kind_of_change_is_accepted(body: str, expected: list[str]) -> None:
    out = flatten(word_file(body))
    assert shown(out) == expected
    for trace in (b"w:author", b"w:ins", b"w:del", b"w:move", b"Change"):
        assert trace not in read(out)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_flattened_file_reads_as_the_marked_one_accepted(path: Path) -> None:
    data = path.read_bytes()
    if path.name in DAMAGED:
        with pytest.raises(UnreadableFile):
            flatten(data)
    else:
        assert shown(flatten(data)) == shown(data)


def test_comments_and_those_who_wrote_them_are_gone() -> None:
    comments = part("comments", f"<w:comment {BY.replace('1', '0', 1)}>{p('Secret remark.')}</w:comment>")
    body = (
        '<w:p><w:commentRangeStart w:id="0"/><w:r><w:t>Text.</w:t></w:r><w:commentRangeEnd w:id="0"/>'
        '<w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr><w:commentReference w:id="0"/></w:r></w:p>'
    )
    out = flatten(word_file(body, parts={"word/comments.xml": ("comments", WORD + "comments+xml", comments)}))
    assert "word/comments.xml" not in names(out)
    assert b"comment" not in everything(out).lower()
    assert shown(out) == ["Text."]


def test_notes_and_pictures_that_only_deleted_text_used_are_gone() -> None:
    note = part(
        "footnotes", f'<w:footnote w:id="1">{p("Secret.")}</w:footnote><w:footnote w:id="2">{p("Kept.")}</w:footnote>'
    )
    picture = f'<w:r><w:drawing><a:blip xmlns:a="urn:a" xmlns:r="{R}" r:embed="rId2"/></w:drawing></w:r>'
    body = (
        f'<w:p><w:del {BY}><w:r><w:footnoteReference w:id="1"/></w:r>{picture}</w:del>'
        '<w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    )
    parts = {
        "word/footnotes.xml": ("footnotes", WORD + "footnotes+xml", note),
        "word/media/secret.png": ("image", "image/png", "PICTURE"),
    }
    out = flatten(word_file(body, parts=parts))
    assert "word/media/secret.png" not in names(out)
    assert b"Secret." not in everything(out) and b"Kept." in everything(out)
