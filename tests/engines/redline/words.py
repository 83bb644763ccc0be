"""Small Word files for the tests, written by hand so that each byte in them is meant."""

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from hypothesis import strategies as st

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
NAMES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="w14"'
)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
SECTION = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'


def part(tag: str, inner: str) -> str:
    """One part whose root is `tag`."""
    return f"{HEAD}<w:{tag} {NAMES}>{inner}</w:{tag}>"


def document(body: str, *, section: str = SECTION) -> str:
    """The main part."""
    return part("document", f"<w:body>{body}{section}</w:body>")


def p(*texts: str, properties: str = "") -> str:
    """A paragraph, one run a text."""
    runs = "".join(f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>' for text in texts)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{runs}</w:p>"


def word_file(body: str, *, section: str = SECTION, parts: Mapping[str, tuple[str, str, str]] | None = None) -> bytes:
    """A Word file with this body; `parts` maps a name to (kind of link, content type, text of the part).

    A part linked as "/kind" hangs on the file itself, any other on the main part; the nth part has the link rIdn.
    """
    extra = dict(parts or {})
    links: list[str] = []
    roots: list[str] = []
    types: list[str] = []
    for number, (name, (kind, content_type, _)) in enumerate(extra.items(), start=1):
        types.append(f'<Override PartName="/{name}" ContentType="{content_type}"/>')
        address = kind.removeprefix("/")
        address = address if "://" in address else f"{R}/{address}"
        (roots if kind.startswith("/") else links).append(
            f'<Relationship Id="rId{number}" Type="{address}" Target="/{name}"/>'
        )
    roots.append(f'<Relationship Id="rIdMain" Type="{R}/officeDocument" Target="word/document.xml"/>')
    files = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
        f'<Override PartName="/word/document.xml" ContentType="{WORD}document.main+xml"/>{"".join(types)}</Types>',
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{"".join(roots)}</Relationships>',
        "word/_rels/document.xml.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{"".join(links)}'
        "</Relationships>",
        "word/document.xml": document(body, section=section),
        **{name: text for name, (_, _, text) in extra.items()},
    }
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return out.getvalue()


def read(data: bytes, name: str = "word/document.xml") -> bytes:
    """The bytes of one part."""
    with ZipFile(BytesIO(data)) as archive:
        return archive.read(name)


def names(data: bytes) -> list[str]:
    """The names of the parts."""
    with ZipFile(BytesIO(data)) as archive:
        return archive.namelist()


def everything(data: bytes) -> bytes:
    """All the parts, one after another."""
    with ZipFile(BytesIO(data)) as archive:
        return b"\n".join(archive.read(name) for name in archive.namelist())


def a_document() -> st.SearchStrategy[bytes]:
    """Any short text with tables in it."""
    words = st.text(alphabet="ab \t", max_size=6)
    runs = st.lists(words, max_size=3)
    paragraph = runs.map(lambda texts: p(*texts))
    table = st.lists(runs, min_size=1, max_size=4).map(
        lambda rows: (
            "<w:tbl><w:tblPr/><w:tblGrid/>"
            + "".join(f"<w:tr><w:tc>{p(*row)}</w:tc><w:tc>{p('c')}{p(*row)}</w:tc></w:tr>" for row in rows)
            + "</w:tbl>"
        )
    )
    return st.lists(paragraph | paragraph | table, min_size=1, max_size=6).map(
        lambda blocks: word_file("".join(blocks) + p("last"))
    )
