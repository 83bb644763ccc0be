"""PDF that a screen reader can read, made of our own pages and nothing from elsewhere."""

import io
import warnings
from pathlib import Path

import pikepdf
import pytest

from folkmoot.apps.documents.pdf import pdf

pytestmark = pytest.mark.one_database

PAGE = """<!doctype html><html lang="en-GB"><head><title>Bus fares: the position</title>
<link rel="stylesheet" href="{style}"></head>
<body><h1>Bus fares</h1><p>Fares are capped.</p><table><tr><th>Office</th></tr><tr><td>Harrowmoor</td></tr></table>
</body></html>"""


def made(tmp_path: Path, style: str = "print.css") -> pikepdf.Pdf:
    (tmp_path / "print.css").write_text("h1 { color: navy }")
    return pikepdf.open(io.BytesIO(pdf(PAGE.format(style=style), base=tmp_path)))


@pytest.mark.slow
def test_it_is_tagged_and_names_its_language_and_title(tmp_path: Path) -> None:
    document = made(tmp_path)

    assert document.Root.MarkInfo.Marked
    assert str(document.Root.Lang) == "en-GB"
    assert document.Root.ViewerPreferences.DisplayDocTitle
    assert document.docinfo["/Title"] == "Bus fares: the position"
    tags = {str(item.get("/S")) for item in document.objects if isinstance(item, pikepdf.Dictionary) and "/S" in item}
    assert {"/H1", "/P", "/Table", "/TH", "/TD"} <= tags


def test_a_page_cannot_bring_in_a_file_from_elsewhere(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    secret = tmp_path.parent / "secret.css"
    secret.write_text("h1 { content: 'the secret' }")
    for style in (secret.as_uri(), "../secret.css", "%2e%2e/secret.css", "https://example.org/x.css"):
        caplog.clear()
        made(tmp_path, style)
        assert "which is not its own" in caplog.text, style


def test_a_style_sheet_of_its_own_is_used(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        made(tmp_path)
    assert not caplog.records
