"""The hand-over pack: a page and a PDF for whoever takes over, with nothing that they may not read."""

from pathlib import Path

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from folkmoot.apps.access.audit import Channel, record_reading
from folkmoot.apps.access.queries import own_account
from folkmoot.apps.agenda.queries import handover as queries
from folkmoot.apps.documents.pdf import pdf
from folkmoot.config.environment import CLONE
from folkmoot.web.addresses import address_of
from folkmoot.web.files import download
from folkmoot.web.middleware import ActorRequest

STYLES = Path(CLONE) / "src/folkmoot/web/static"


@require_safe
def handovers(request: ActorRequest) -> HttpResponse:
    """The packs that a person may open: their own, and of those who let them act."""
    return render(
        request,
        "agenda/handovers.html",
        {
            "delegations": queries.delegations_in_force(request.actor),
            "own_key": own_account(request.actor).key,
        },
    )


def _pack(request: ActorRequest, key: str, channel: Channel) -> queries.HandoverPack:
    pack = queries.handover_pack(request.actor, key)
    if pack is None:
        raise Http404
    for record in pack.sensitive:
        record_reading(request.actor, record, channel)
    return pack


@require_safe
def handover(request: ActorRequest, key: str) -> HttpResponse:
    """One pack."""
    pack = _pack(request, key, Channel.PAGE)
    context = {"pack": pack, "address_of": address_of, "handling": pack.handling, "who_may_see": "You."}
    return render(request, "agenda/handover.html", context)


@require_safe
def handover_pdf(request: ActorRequest, key: str) -> HttpResponse:
    """The same pack to take along."""
    pack = _pack(request, key, Channel.EXPORT)
    html = render_to_string("agenda/handover_pdf.html", {"pack": pack, "address_of": address_of}, request)
    return download(pdf(html, base=STYLES), name=f"Hand-over {pack.principal.name}.pdf", media_type="application/pdf")
