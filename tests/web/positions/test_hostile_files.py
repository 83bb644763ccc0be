"""Files that are not what they say: each is answered in a sentence on the page where it was chosen."""

import io
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from folkmoot.apps.positions.models import Return, Version
from folkmoot.engines import redline
from tests.cast import TODAY, Cast
from tests.positions_world import CLAUSES, circulate, draft

CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" '
    'ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/'
    'vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)


def zipped(parts: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return buffer.getvalue()


def bomb() -> bytes:
    return zipped({"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": b" " * 300_000_000})


def laughs() -> bytes:
    """Entities within entities, which unpack to a thousand million letters."""
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "ha">' for n in range(10))
    return zipped({"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": f"<!DOCTYPE w [{entities}]><w>&l9;</w>"})


FILES = {
    "nothing in it": lambda: zipped({}),
    "no document": lambda: zipped({"readme.txt": "Nothing here."}),
    "no zip": lambda: b"PK\x03\x04 this is no zip at all",
    "a PDF": lambda: b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n",
    "a password": lambda: bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 2000,
    "half a file": lambda: redline.compose("Buses", CLAUSES, handling="OFFICIAL", today=TODAY)[:4000],
    "a bomb": bomb,
    "a thousand million laughs": laughs,
    "a way out": lambda: zipped({"../../../../tmp/out": "x", "[Content_Types].xml": CONTENT_TYPES}),
}


@pytest.fixture(params=FILES, ids=str)
def file(request: pytest.FixtureRequest) -> SimpleUploadedFile:
    return SimpleUploadedFile("draft.docx", FILES[request.param]())


def test_importing_it(network: Cast, sign_in_as: Any, file: SimpleUploadedFile) -> None:
    position = draft(network)
    page = sign_in_as("officer").post(f"/positions/{position.key}/import", {"file": file})
    assert page.status_code == 200
    assert "There is a problem" in page.content.decode()
    assert Version.objects.count() == 1


def test_answering_with_it(network: Cast, sign_in_as: Any, file: SimpleUploadedFile) -> None:
    circulation = circulate(network, draft(network))
    page = sign_in_as("member_officer").post(
        f"/positions/{circulation.position.key}/answer/upload/", {"file": file}, follow=True
    )
    assert page.status_code == 200
    ret = Return.objects.get()
    assert (ret.status, ret.state) == ("unreadable", "draft")
    assert ret.detail.endswith(".")
    assert len(ret.detail.split()) > 6
