"""Files of the wild, read as LibreOffice reads them; where it reads them otherwise, the reason is written here.

The files are not ours to keep: FOLKMOOT_SAMPLES names a folder that holds them in `word/`.
"""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from folkmoot.engines import redline
from folkmoot.engines.redline._reject import reject_file
from tests.engines.redline.builders import keep_only

HOME = Path(os.environ["FOLKMOOT_SAMPLES"]) / "word"
VIEWS: tuple[redline.View, ...] = ("accepted", "rejected")

LIBREOFFICE_IS_OTHERWISE = {
    ("RA001-Tracked-Revisions-01.docx", "accepted"): "it keeps deleted rows, and drops a paragraph that ends a section",
    ("RA001-Tracked-Revisions-01.docx", "rejected"): "it keeps the text of added rows whose cells bear no mark",
    ("RP004-Deleted-Text-in-CC.docx", "accepted"): "it ignores a deletion inside a content control",
    ("RP018-MoveFrom-MoveTo-CC.docx", "accepted"): "it ignores a move out of a content control",
    ("RP018-MoveFrom-MoveTo-CC.docx", "rejected"): "it keeps what was moved into a content control",
    ("RP019-Deleted-Field-Code.docx", "rejected"): "it calculates the date of a field anew while loading",
    ("RP047-Inserted-and-Deleted-Paragraph-Mark.docx", "rejected"): "it keeps a mark that was added and deleted again",
    ("poi-fuzz-6733884933668864.docx", "accepted"): "it shifts a line break out of a content control",
    ("poi-fuzz-6733884933668864.docx", "rejected"): "it shifts a line break out of a content control",
    ("stress023.docx", "rejected"): "it joins one paragraph too many",
    ("testWORD_2006ml.docx", "accepted"): "it shows a drop-down's prompt, and drops paragraphs that end a section",
    ("testWORD_2006ml.docx", "rejected"): "it shows a drop-down's prompt, and drops paragraphs that end a section",
}
REFUSED = {
    "ExternalEntityInText.docx": "The file declares a document type, which Word never writes.",
    "bug53475-password-is-pass.docx": "The file is protected with a password.",
    "truncated62886.docx": "The file is cut short or damaged.",
}
# Its theme is damaged, so it can be read but not copied.
UNCOPYABLE = ("poi-fuzz-6733884933668864.docx",)


ORACLE: dict[str, Any] = json.loads((HOME / "oracle.json").read_text(encoding="utf-8"))
READABLE = sorted(set(ORACLE) - set(REFUSED))


@pytest.mark.parametrize("name", READABLE)
@pytest.mark.parametrize("view", VIEWS)
def test_text_reads_as_in_libreoffice(name: str, view: redline.View) -> None:
    # LibreOffice puts a carriage return where a content control begins or ends.
    expected = [text.replace("\r", "") for text in ORACLE[name][view]]
    found = list(redline.text((HOME / name).read_bytes(), view=view))
    if (name, view) in LIBREOFFICE_IS_OTHERWISE:
        assert found != expected, "LibreOffice agrees by now: take the exception out."
    else:
        assert found == expected


@pytest.mark.parametrize("name", REFUSED)
def test_a_bad_file_gets_its_sentence(name: str) -> None:
    with pytest.raises(redline.UnreadableFile) as caught:
        redline.changes((HOME / name).read_bytes())
    assert caught.value.reason == REFUSED[name]


@pytest.mark.parametrize("name", READABLE)
def test_every_mark_is_known(name: str) -> None:
    assert redline.changes((HOME / name).read_bytes()).unknown == {}


@pytest.mark.parametrize("name", READABLE)
def test_every_comment_is_found(name: str) -> None:
    found = redline.changes((HOME / name).read_bytes()).comments
    expected = sorted((author, " ".join(text.split())) for author, _, text, _ in ORACLE[name]["comments"])
    assert len(found) == len(expected)
    assert sorted(comment.author for comment in found) == sorted(author for author, _ in expected)


@pytest.mark.parametrize("name", sorted(set(READABLE) - set(UNCOPYABLE)))
def test_the_laws_of_the_merge_hold(name: str) -> None:
    data = (HOME / name).read_bytes()
    returns = [redline.ReturnFile(f"{office}.docx", office, data) for office in ("Leeds", "York")]
    base = reject_file(data)
    _, woven = redline.consolidate_and_merge(base, returns)
    merged = woven.data
    assert merged is not None, woven.not_carried
    assert redline.text(merged, view="rejected") == redline.text(base, view="rejected")
    for one in returns:
        kept = redline.text(keep_only(merged, one.office), view="accepted")
        assert kept == redline.text(data, view="accepted")
