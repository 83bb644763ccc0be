"""Files of a round: an office's copy as it was sent, one return's Word file, and all returns as one archive."""

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from folkmoot.apps.access.audit import Channel, record_reading
from folkmoot.apps.access.gate import check
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.documents.queries import content
from folkmoot.apps.documents.upload import clean_name
from folkmoot.apps.positions.actions import note_fetched
from folkmoot.apps.positions.models import Circulation
from folkmoot.apps.positions.queries.offices import FiledReturn, copy_for, filed_returns, return_with_file
from folkmoot.web.files import download, download_response
from folkmoot.web.middleware import ActorRequest
from folkmoot.web.positions.circulation import circulation_or_404
from folkmoot.web.sheets import safe_cell
from folkmoot.web.templating import moment_text

INDEX = [
    "Office",
    "Return",
    "State",
    "Submitted",
    "How",
    "Whose view",
    "Cleared by",
    "Reading",
    "Detail",
    "File",
    "SHA-256",
]
ANSWERS = ["Office", "Return", "Clause", "Heading", "Stance", "Reason", "Words proposed", "Who may see it"]


@require_safe
def return_file(request: ActorRequest, key: str) -> HttpResponse:
    """The Word file of one return, for the secretariat and its own office."""
    found = return_with_file(request.actor, key)
    if found is None or found.file is None:
        raise Http404
    position = found.invitation.circulation.position
    record_reading(request.actor, position, Channel.FILE)
    return download_response(found.file, name=f"{position.handling} {found.invitation.office_name}, {found.file.name}")


@require_safe
def invitation_copy(request: ActorRequest, key: str, circulation: str, office: str) -> HttpResponse:
    """An office's copy as it was sent; that its own people took it is noted."""
    found = circulation_or_404(request, key, circulation)
    invitation = copy_for(request.actor, found, office)
    if invitation is None:
        raise Http404
    note_fetched(request.actor, invitation=invitation)
    record_reading(request.actor, found.position, Channel.FILE)
    return download_response(invitation.package, name=f"{found.position.handling} {invitation.package.name}")


@require_safe
def returns_zip(request: ActorRequest, key: str, circulation: str) -> HttpResponse:
    """All returns of a round with an index, for the secretariat."""
    found = circulation_or_404(request, key, circulation)
    check(request.actor, Permission.CONSENSUS_READ)
    data = archive(found, filed_returns(request.actor, found), f"{moment_text(request.actor.now)}")
    record_reading(request.actor, found.position, Channel.EXPORT)
    name = f"{found.position.handling} {found.position.title}, version {found.version.number}, returns.zip"
    return download(data, name=name, media_type="application/zip")


def archive(circulation: Circulation, filed: Sequence[FiledReturn], on: str) -> bytes:
    """The archive: index.csv, answers.csv and a folder an office with its Word files as they came."""
    mark = circulation.position.handling
    head = f"{mark}. Returns to “{circulation.position.title}”, version {circulation.version.number}, as of {on}."
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("index.csv", _sheet(head, INDEX, (_index_row(each) for each in filed)))
        target.writestr("answers.csv", _sheet(head, ANSWERS, (row for each in filed for row in _answer_rows(each))))
        for each in filed:
            if each.ret.file:
                target.writestr(_place(each), content(each.ret.file))
    return buffer.getvalue()


def _sheet(head: str, titles: Sequence[str], rows: Iterator[Sequence[object]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([head])
    writer.writerow(titles)
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _place(each: FiledReturn) -> str:
    """Where a return's file lies in the archive."""
    assert each.ret.file is not None
    return f"{clean_name(each.office)}/{each.number} {clean_name(each.ret.file.name)}"


def _index_row(each: FiledReturn) -> list[object]:
    ret = each.ret
    return [
        each.office,
        each.number,
        ret.get_state_display(),
        moment_text(ret.submitted_at) if ret.submitted_at else "",
        ret.get_channel_display() + (", filed by the secretariat" if ret.filed_for_office else ""),
        ret.get_whose_view_display(),
        ret.cleared_by,
        ret.status,
        ret.detail,
        _place(each) if ret.file else "",
        ret.file.sha256 if ret.file else "",
    ]


def _answer_rows(each: FiledReturn) -> Iterator[list[object]]:
    for answer in each.answers:
        text = answer.clause_text
        yield [
            each.office,
            each.number,
            text.number,
            text.heading,
            answer.get_stance_display(),
            answer.reason,
            answer.proposed_words,
            answer.get_visibility_display(),
        ]
