"""Make the demonstration's Word files: a draft, the draft before it, fourteen returns and the truth about them.

Writes into the package, or into the folder given.
Needs LibreOffice and the system's Python with `uno` (Debian: libreoffice-writer, python3-uno).
"""

import json
import re
import subprocess
import sys
import tempfile
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

sys.path.insert(0, str(Path(__file__).parent))

from demo_returns import base
from demo_returns.edits import RETURNS, Edit, Return

FOLDER = Path(__file__).parent.parent / "src/folkmoot/demo/word"
EDITOR = Path(__file__).parent / "demo_returns/office.py"
DRAFTS = {"base": base.base_draft, "older": base.older_draft, "other": base.other_document}


def main() -> None:
    folder = Path(sys.argv[1]) if sys.argv[1:] else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("base", "older"):
        (folder / f"{name}.docx").write_bytes(DRAFTS[name]())
    with tempfile.TemporaryDirectory() as scratch:
        edit_in_libreoffice(Path(scratch))
        for answer in RETURNS:
            stored = (Path(scratch) / f"{answer.office}.docx").read_bytes()
            (folder / f"{answer.office}.docx").write_bytes(stored if answer.password else tidied(stored, answer))
    truth = {"base": "base.docx", "earlier": ["older.docx"], "returns": [truth_of(answer) for answer in RETURNS]}
    (folder / "truth.json").write_text(json.dumps(truth, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def edit_in_libreoffice(scratch: Path) -> None:
    for name, make in DRAFTS.items():
        (scratch / f"draft-{name}.docx").write_bytes(make())
    jobs = [job_of(answer, scratch) for answer in RETURNS]
    subprocess.run(
        ["/usr/bin/python3", str(EDITOR)], input=json.dumps({"jobs": jobs}), text=True, check=True, timeout=300
    )


def job_of(answer: Return, scratch: Path) -> dict[str, object]:
    return {
        "author": answer.author,
        "opens": str(scratch / f"draft-{answer.draft}.docx"),
        "stores": str(scratch / f"{answer.office}.docx"),
        "password": answer.password,
        "steps": list(steps_of(answer)),
    }


def steps_of(answer: Return):
    # Comments first, while the words they hang on stand as they were.
    for on, text in answer.comments:
        yield {"op": "comment", "on": on, "text": text}
    if answer.accepted:
        yield {"op": "record", "on": True}
        yield from (edit.step for edit in answer.accepted)
        yield {"op": "accept-all"}
    yield {"op": "record", "on": answer.status != "untracked"}
    yield from (edit.step for edit in answer.edits)
    yield from ({"op": "bold", "text": text} for text in answer.bold)


def truth_of(answer: Return) -> dict[str, object]:
    readable = answer.status not in ("unreadable", "other-document")
    tracked = answer.status != "untracked"
    return {
        "office": answer.office,
        "file": f"{answer.office}.docx",
        "author": answer.author,
        "status": answer.status,
        "formats": len(answer.bold),
        "comments": [{"on": on, "text": text} for on, text in answer.comments],
        "edits": [
            *(edit_as_truth(edit, tracked=False) for edit in answer.accepted if readable),
            *(edit_as_truth(edit, tracked=tracked) for edit in answer.edits if readable),
        ],
    }


def edit_as_truth(edit: Edit, *, tracked: bool) -> dict[str, object]:
    return {
        "clause": edit.clause,
        "kind": edit.kind,
        "before": edit.before,
        "after": edit.after,
        "tracked": tracked,
        "placed": edit.placed,
    }


def tidied(data: bytes, answer: Return) -> bytes:
    """The stored file with the day of the story in place of this machine's clock, and no trace of the machine."""
    day = date.fromisoformat(answer.date)
    out = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
        for entry in source.infolist():
            text = source.read(entry)
            if entry.filename.endswith(".xml"):
                text = tidy_part(entry.filename, text, day)
            still = ZipInfo(entry.filename, date_time=(1980, 1, 1, 0, 0, 0))
            still.compress_type = ZIP_DEFLATED
            target.writestr(still, text)
    return out.getvalue()


def tidy_part(name: str, text: bytes, day: date) -> bytes:
    stamp = f"{day.isoformat()}T11:02:00Z".encode()
    if name == "word/styles.xml":
        # LibreOffice adds this one when it comes to idle before we store.
        return re.sub(rb'<w:style [^>]*w:styleId="LineNumbering">.*?</w:style>', b"", text)
    if name.startswith("word/"):
        return re.sub(rb'w:date="[^"]*"', b'w:date="' + stamp + b'"', text)
    if name == "docProps/app.xml":
        # Its counts of pages and letters depend on how far the layout had come.
        return re.sub(
            rb"(<Properties[^>]*>).*</Properties>", rb"\1<Application>LibreOffice</Application></Properties>", text
        )
    if name == "docProps/core.xml":
        return re.sub(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*", rb"\g<1>" + stamp, text)
    return text


if __name__ == "__main__":
    main()
