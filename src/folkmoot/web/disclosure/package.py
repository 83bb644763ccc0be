"""A person's own data as it leaves: a zip of the letter, a page to read, the same as data, and files that leave."""

import io
import json
import zipfile
from typing import Any

from django.template.loader import render_to_string

from folkmoot.apps.disclosure.letter import Answer, Paper, closing_paragraphs
from folkmoot.apps.documents.queries import content


def make_package(answer: Answer, letter: bytes) -> bytes:
    """The zip; nothing in it holds a word that was taken out."""
    context = {"answer": answer, "closing": closing_paragraphs(answer), "names": _names(answer)}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("letter.pdf", letter)
        archive.writestr("records.html", render_to_string("disclosure/package.html", context))
        archive.writestr("records.json", json.dumps(_as_data(answer), ensure_ascii=False, indent=1))
        for paper in answer.disclosed:
            for (_name, stored), path in zip(paper.files, _names(answer)[paper.number], strict=True):
                archive.writestr(path, content(stored))
    return packed.getvalue()


def _names(answer: Answer) -> dict[int, list[str]]:
    """Where each file stands in the zip, by the number of its record; the number of the file keeps names apart."""
    return {paper.number: [_path(paper, place) for place in range(len(paper.files))] for paper in answer.disclosed}


def _path(paper: Paper, place: int) -> str:
    name = paper.files[place][0].replace("/", "-").replace("\\", "-").strip(". ") or "file"
    return f"files/{paper.number}-{place + 1} {name}"


def _as_data(answer: Answer) -> dict[str, Any]:
    names = _names(answer)
    return {
        "reference": answer.reference,
        "law": answer.law,
        "received_on": answer.received_on.isoformat(),
        "answered_on": answer.answered_on.isoformat(),
        "withheld_records": answer.withheld,
        "records": [
            {
                "number": paper.number,
                "title": paper.title,
                "day": paper.day.isoformat() if paper.day else None,
                "words_taken_out": paper.is_part,
                "paragraphs": list(paper.paragraphs),
                "files": names[paper.number],
            }
            for paper in answer.disclosed
        ],
        "said": closing_paragraphs(answer),
    }
