"""What we serve: vendored files are as recorded, and nothing is left that belongs to gov.uk alone."""

import hashlib
import re
from pathlib import Path

import pytest
from scripts import vendor_assets

STATIC = Path(__file__).resolve().parents[2] / "src/folkmoot/web/static"
VENDOR = STATIC / "vendor"
RECORDED = [line.split() for line in (VENDOR / "VERSIONS").read_text().splitlines() if not line.startswith("#")]
SERVED = sorted(path for path in STATIC.rglob("*") if path.suffix in {".css", ".js"})


def test_every_vendored_file_is_recorded() -> None:
    kept = {path.name for path in VENDOR.iterdir()} - {"VERSIONS", "LICENCES"}

    assert kept == {row[0] for row in RECORDED}


@pytest.mark.parametrize(("file", "digest"), [(row[0], row[-1]) for row in RECORDED])
def test_a_vendored_file_is_as_recorded(file: str, digest: str) -> None:
    assert hashlib.sha256((VENDOR / file).read_bytes()).hexdigest() == digest


@pytest.mark.parametrize("path", SERVED, ids=lambda path: path.name)
def test_nothing_that_belongs_to_gov_uk_alone_is_left(path: Path) -> None:
    left = re.search(r"gds.?transport|crown|crest|@font-face|/assets/", path.read_text(), re.IGNORECASE)

    assert left is None, left


@pytest.mark.parametrize("path", SERVED, ids=lambda path: path.name)
def test_no_file_points_to_another_host_or_to_a_file_that_is_not_there(path: Path) -> None:
    text = path.read_text()

    assert not re.search(r"url\(\s*[\"']?https?:|@import|sourceMappingURL", text)


def test_the_script_takes_out_what_belongs_to_gov_uk_alone() -> None:
    dirty = (
        '@charset "UTF-8";@font-face{font-family:GDS Transport;src:url(/assets/fonts/a.woff2)}'
        ".a{font-family:GDS Transport,arial,sans-serif}.copyright-logo{background:url(/assets/images/govuk-crest.svg)}"
        "@media print{.b{color:red}}"
    )

    clean = vendor_assets.clean_css(dirty)

    assert clean == (
        '@charset "UTF-8";.a{font-family:"Helvetica Neue",Helvetica,Arial,sans-serif}@media print{.b{color:red}}\n'
    )


@pytest.mark.parametrize("left", ["GDS Transport", ".govuk-crown{}", "url(/assets/images/x.png)"])
def test_the_script_stops_when_something_is_left(left: str) -> None:
    with pytest.raises(SystemExit, match="still holds"):
        vendor_assets.check("a.css", left)


def test_our_style_sheets_use_the_colours_of_the_standard() -> None:
    css = (STATIC / "folkmoot.css").read_text()

    for name, colour in {
        "accent": "#4b2a55",
        "good": "#0b5f58",
        "good-tint": "#dcefec",
        "warning": "#6b4300",
        "warning-tint": "#fdebc8",
        "bad": "#8f1d1d",
        "bad-tint": "#f9e1de",
        "info": "#0f385c",
        "info-tint": "#dfebf6",
        "link": "#1a65a6",
        "meta": "#484949",
    }.items():
        assert f"--fm-{name}: {colour};" in css


def test_templates_hold_no_inline_style_or_script() -> None:
    templates = STATIC.parent / "templates"

    for path in sorted(templates.rglob("*.html")):
        text = path.read_text()
        assert not re.search(r"\sstyle=|\son[a-z]+=\"|<style", text), path
        assert not re.search(r"<script(?![^>]*\ssrc=)", text), path
