"""Pictures that offices put in: told, and drawn anew in the merged file."""

import struct
import zlib
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from docx.shape import InlineShape

from folkmoot.engines import redline
from tests.engines.redline.words import WORD, p, part, word_file

BY = 'w:id="1" w:author="Ann Lee" w:date="2026-11-02T09:30:00Z"'
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
NAMES = f'xmlns:wp="{DRAWING}/wordprocessingDrawing" xmlns:a="{DRAWING}/main" xmlns:pic="{DRAWING}/picture"'


def png(*, said: bytes = b"") -> bytes:
    """One red dot, and a note of whoever made it."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    note = chunk(b"tEXt", b"Author\0" + said) if said else b""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + note + chunk(b"IDAT", zlib.compress(b"\0\xff\0\0")) + chunk(b"IEND", b"")


def drawing(*, size: str = 'cx="360000" cy="180000"', place: str = "inline", embed: str = 'r:embed="rId1"') -> str:
    blip = f'<a:blip {embed}><a:hlinkClick r:id="rId9"/></a:blip>'
    picture = f"<pic:pic><pic:blipFill>{blip}</pic:blipFill></pic:pic>"
    about = '<wp:docPr id="1" name="DSC_0041 of Ann" descr="A bus stop"/>'
    graphic = f'<a:graphic><a:graphicData uri="{DRAWING}/picture">{picture}</a:graphicData></a:graphic>'
    inner = f"<wp:extent {size}/>{about}{graphic}"
    return f"<w:r><w:drawing {NAMES}><wp:{place}>{inner}</wp:{place}></w:drawing></w:r>"


def returned(run: str, data: bytes, *, tracked: bool = True, ending: str = "png") -> bytes:
    """A return with a picture in its first paragraph."""
    body = f"<w:p><w:r><w:t>One.</w:t></w:r>{f'<w:ins {BY}>{run}</w:ins>' if tracked else run}</w:p>{p('Two.')}"
    parts = {f"word/media/image1.{ending}": ("image", f"image/{ending}", data.decode("latin-1"))}
    whole = word_file(body, parts=parts)
    out = BytesIO()
    with ZipFile(BytesIO(whole)) as old, ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, data if "media" in name else old.read(name))
    return out.getvalue()


BASE = word_file(p("One.") + p("Two."))


def merged(*datas: bytes, base: bytes = BASE) -> tuple[redline.Consolidation, bytes, list[str]]:
    returns = [redline.ReturnFile(f"{n}.docx", f"Office {n}", data) for n, data in enumerate(datas)]
    found, carried = redline.consolidate_and_merge(base, returns)
    assert carried.data is not None
    return found, carried.data, [one.reason for one in carried.not_carried]


def pictures(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if "media" in name}


def shapes(data: bytes) -> list[InlineShape]:
    """What python-docx, which follows each link to its picture, finds once every change is accepted."""
    return list(Document(BytesIO(redline.flatten(data))).inline_shapes)


def test_it_is_drawn_anew_with_its_size_and_what_it_says_to_the_blind_and_nothing_else() -> None:
    found, data, lost = merged(returned(drawing(), png(said=b"Ann's telephone")))
    assert [(a.kind, a.after, a.author) for a in found.amendments] == [("insert", "[object]", "Ann Lee")]
    assert lost == []
    assert list(pictures(data).values()) == [png()]
    [shape] = shapes(data)
    assert (shape.width, shape.height) == (360000, 180000)
    with ZipFile(BytesIO(data)) as archive:
        said = archive.read("word/document.xml")
    assert b"A bus stop" in said
    assert b"DSC_0041" not in said
    assert b"hlinkClick" not in said
    assert [(change.kind, change.after) for change in redline.changes(data).changes] == [("insert", "[object]")]


@pytest.mark.parametrize(("other", "parts"), [(b"", 1), (b"GIF89a other", 2)])
def test_pictures_of_two_offices_stand_beside_each_other_and_the_same_one_is_kept_once(
    other: bytes, parts: int
) -> None:
    _, data, lost = merged(returned(drawing(), png()), returned(drawing(), other or png()))
    assert lost == []
    assert len(pictures(data)) == parts
    numbers = [shape._inline.docPr.get("id") for shape in shapes(data)]
    assert len(set(numbers)) == 2


@pytest.mark.parametrize("size", ['cx="-1" cy="5"', 'cx="99999999999999999" cy="5"', "", 'cx="a" cy="b"'])
def test_a_size_that_is_none_becomes_one_that_fits_a_page(size: str) -> None:
    _, data, _ = merged(returned(drawing(size=size), png()))
    [shape] = shapes(data)
    assert (shape.width, shape.height) == (5_400_000, 8_100_000)


@pytest.mark.parametrize(
    ("run", "data"),
    [
        (drawing(embed='r:link="rId1"'), png()),
        (drawing(embed='r:embed="rId7"'), png()),
        (drawing(), b"<svg onload='x'/>"),
        (drawing(), b"\x01\x00\x00\x00 EMF"),
        ("<w:r><w:drawing/></w:r>", png()),
        ("<w:r><w:pict/></w:r>", png()),
    ],
)
def test_what_cannot_be_drawn_is_named(run: str, data: bytes) -> None:
    found, whole, lost = merged(returned(run, data))
    assert [a.after for a in found.amendments] == ["[object]"]
    assert [reason.startswith("A drawing, an equation or a picture not in PNG") for reason in lost] == [True]
    assert pictures(whole) == {}


def test_one_that_floated_stands_in_the_line_and_that_is_said() -> None:
    _, data, lost = merged(returned(drawing(place="anchor"), png()))
    assert lost == ["It floated beside the text, and stands in the line here."]
    assert len(pictures(data)) == 1


class TestTrackingOff:
    def test_a_picture_put_in_is_told_and_carried(self) -> None:
        found, data, lost = merged(returned(drawing(), png(), tracked=False))
        assert [(a.kind, a.after, a.tracked) for a in found.amendments] == [("insert", "[object]", False)]
        assert found.returns[0].status == "untracked"
        assert lost == []
        assert len(pictures(data)) == 1

    def test_a_picture_taken_out_is_told(self) -> None:
        found, data, _ = merged(BASE, base=returned(drawing(), png(), tracked=False))
        assert [(a.kind, a.before, a.tracked) for a in found.amendments] == [("delete", "[object]", False)]
        assert [change.before for change in redline.changes(data).changes] == ["[object]"]

    def test_a_picture_that_stays_is_no_edit_wherever_a_program_hangs_it(self) -> None:
        base = returned(drawing(), png(), tracked=False)
        moved = returned(drawing(place="anchor"), png(), tracked=False)
        found, _, _ = merged(moved, base=base)
        assert found.amendments == ()

    @pytest.mark.parametrize("kind", ["footnote", "endnote"])
    @pytest.mark.parametrize("tracked", [True, False])
    def test_a_note_put_in_is_told_with_its_words(self, kind: str, tracked: bool) -> None:
        reference = f'<w:r><w:{kind}Reference w:id="7"/></w:r>'
        whole = f"<w:ins {BY}>{reference}</w:ins>" if tracked else reference
        notes = part(f"{kind}s", f'<w:{kind} w:id="7">{p("See the annex.")}</w:{kind}>')
        parts = {f"word/{kind}s.xml": (f"{kind}s", f"{WORD}{kind}s+xml", notes)}
        noted = word_file(f"<w:p><w:r><w:t>One.</w:t></w:r>{whole}</w:p>{p('Two.')}", parts=parts)
        found, data, lost = merged(noted)
        assert [(a.clause, a.after, a.tracked) for a in found.amendments][1:] == [
            (f"{kind} 1", "See the annex.", tracked)
        ]
        assert (found.amendments[0].after, found.amendments[0].tracked) == ("[note]", tracked)
        assert lost == []
        assert [change.after for change in redline.changes(data).changes] == ["[note]", "See the annex."]
