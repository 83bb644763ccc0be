"""What of a round is taken away: the amendments as a table, in Excel and in Word, and all Word returns as one file."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from folkmoot.apps.access.audit import Channel, record_reading
from folkmoot.apps.access.gate import Invalid
from folkmoot.apps.documents.upload import WORD
from folkmoot.apps.positions.queries.exporting import document, merged_returns, sheets
from folkmoot.web.files import download
from folkmoot.web.middleware import ActorRequest
from folkmoot.web.positions.amendments import circulation_or_404
from folkmoot.web.positions.frame import position_or_404
from folkmoot.web.sheets import excel_response
from folkmoot.web.templating import plural


@require_GET
def amendments_export(request: ActorRequest, key: str) -> HttpResponse:
    """One row an amendment and one a comment, of those that the reader may see."""
    position = position_or_404(request, key)
    circulation = circulation_or_404(request, position)
    found = sheets(request.actor, circulation)
    record_reading(request.actor, position, Channel.EXPORT)
    name = f"{position.handling} {position.title}, version {circulation.version.number}, amendments.xlsx"
    return excel_response(name, found, handling=position.handling)


@require_GET
def amendments_word(request: ActorRequest, key: str) -> HttpResponse:
    """The same as a Word document in which the table can be decided."""
    position = position_or_404(request, key)
    circulation = circulation_or_404(request, position)
    data = document(request.actor, circulation)
    record_reading(request.actor, position, Channel.EXPORT)
    name = f"{position.handling} {position.title}, version {circulation.version.number}, amendments.docx"
    return download(data, name=name, media_type=WORD)


@require_GET
def merged_export(request: ActorRequest, key: str) -> HttpResponse:
    """The circulated text with the marks of every Word return that the reader may see whole."""
    position = position_or_404(request, key)
    circulation = circulation_or_404(request, position)
    try:
        merged = merged_returns(request.actor, circulation)
    except Invalid as error:
        messages.error(request, str(error))
        return redirect("amendments", key=position.key)
    record_reading(request.actor, position, Channel.EXPORT)
    if merged.not_carried:
        kept_out = plural(len(merged.not_carried), "thing")
        messages.info(
            request, f"The merged Word file does not show {kept_out} as the offices wrote them. See the table."
        )
    how_many = f"{merged.returns}" if merged.returns == merged.of else f"{merged.returns} of {merged.of}"
    name = f"{position.handling} {position.title}, version {circulation.version.number}, {how_many} returns merged.docx"
    return download(merged.data, name=name, media_type=WORD)
