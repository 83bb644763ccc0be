"""Fetches GOV.UK Frontend and htmx once, takes out what belongs to gov.uk alone, and writes them to the static folder.

For a maintainer, who needs npm on the path; nobody else ever runs it: python scripts/vendor_assets.py
"""

import hashlib
import io
import json
import re
import subprocess
import tarfile
import tempfile
from pathlib import Path

VENDOR = Path(__file__).resolve().parents[1] / "src/folkmoot/web/static/vendor"
FAMILY = '"Helvetica Neue",Helvetica,Arial,sans-serif'
# GDS Transport, the crown and the crest are for gov.uk only; a service hosted elsewhere may use the rest.
RESERVED = re.compile(r"GDS Transport|crown|crest|url\(\s*[\"']?/assets", re.IGNORECASE)
PACKAGES = {
    "govuk-frontend": ("6.6.0", ("dist/govuk/govuk-frontend.min.css", "dist/govuk/govuk-frontend.min.js")),
    "htmx.org": ("2.0.11", ("dist/htmx.min.js",)),
}


def fetch(name: str, version: str, folder: Path) -> tarfile.TarFile:
    """The package as its publisher packed it."""
    packed = subprocess.run(
        ["npm", "pack", f"{name}@{version}", "--json", "--pack-destination", str(folder)],
        check=True,
        capture_output=True,
        text=True,
    )
    return tarfile.open(folder / json.loads(packed.stdout)[0]["filename"])


def member(package: tarfile.TarFile, path: str) -> str:
    """One file of a package, as text."""
    file = package.extractfile(f"package/{path}")
    if file is None:
        raise SystemExit(f"The package has no file {path}. Has it been rearranged?")
    return io.TextIOWrapper(file, encoding="utf-8").read()


def without_rules(css: str, wanted: re.Pattern[str]) -> str:
    """The style sheet without every innermost rule whose text matches."""
    return re.sub(r"[^{}]*\{[^{}]*\}", lambda rule: "" if wanted.search(rule[0]) else rule[0], css)


def clean_css(css: str) -> str:
    """GOV.UK's style sheet, without its fonts, crown and crest and with a family that everybody has."""
    charset = '@charset "UTF-8";'
    css = css.removeprefix(charset)
    css = re.sub(r"/\*[#!].*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"@font-face\{[^}]*\}", "", css)
    css = css.replace("GDS Transport,arial,sans-serif", FAMILY)
    css = without_rules(css, re.compile(r"crown|crest|copyright-logo|/assets/", re.IGNORECASE))
    css = re.sub(r"@supports \(\(-webkit-mask-position:initial\) or \(mask-position:initial\)\)\{\s*\}", "", css)
    return charset + css.strip() + "\n"


def clean_js(js: str) -> str:
    """A script without the line that points to a source map, which is not kept."""
    return re.sub(r"\n?//# sourceMappingURL=\S+\s*$", "", js).rstrip() + "\n"


def check(name: str, text: str) -> None:
    """Stops when something that belongs to gov.uk alone is left."""
    left = RESERVED.search(text)
    if left:
        raise SystemExit(f"{name} still holds “{left[0]}”. Change clean_css so that it goes.")


def main() -> None:
    VENDOR.mkdir(parents=True, exist_ok=True)
    lines = ["# file  package  version  licence  sha256"]
    with tempfile.TemporaryDirectory() as folder:
        for name, (version, paths) in PACKAGES.items():
            with fetch(name, version, Path(folder)) as package:
                licence = json.loads(member(package, "package.json"))["license"]
                for path in paths:
                    file = Path(path).name
                    text = (clean_css if file.endswith(".css") else clean_js)(member(package, path))
                    check(file, text)
                    (VENDOR / file).write_text(text, encoding="utf-8")
                    digest = hashlib.sha256(text.encode()).hexdigest()
                    lines.append(f"{file}  {name}  {version}  {licence}  {digest}")
    (VENDOR / "VERSIONS").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
