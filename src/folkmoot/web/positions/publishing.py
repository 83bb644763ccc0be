"""The published position: page, tagged PDF and Word, for everybody from the end of the embargo."""

from pathlib import Path

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET

from folkmoot.apps.documents.pdf import pdf
from folkmoot.apps.positions.models import Publication, Version
from folkmoot.apps.positions.queries.outcome import asks_for, publication_for, publications_for, published_text
from folkmoot.web.files import download_response
from folkmoot.web.middleware import ActorRequest

STATIC = Path(__file__).parents[1] / "static"


def make_pdf(version: Version) -> bytes:
    """The signed text as a tagged PDF."""
    return pdf(render_to_string("positions/published_pdf.html", {"text": published_text(version)}), base=STATIC)


def _publication_or_404(request: ActorRequest, key: str) -> Publication:
    found = publication_for(request.actor, key)
    if found is None:
        raise Http404
    return found


@login_not_required
@require_GET
def published(request: ActorRequest, key: str) -> HttpResponse:
    """The text with who signed; before the embargo ends, only for those who may see the position."""
    publication = _publication_or_404(request, key)
    return render(
        request,
        "positions/published.html",
        {
            "publication": publication,
            "text": published_text(publication.version),
            "is_out": publication.is_out(request.actor.now),
        },
    )


@login_not_required
@require_GET
def published_file(request: ActorRequest, key: str, kind: str) -> HttpResponse:
    """The Word file or the PDF."""
    publication = _publication_or_404(request, key)
    if kind not in {"word", "pdf"}:
        raise Http404
    return download_response(publication.word if kind == "word" else publication.pdf)


@require_GET
def publications(request: ActorRequest) -> HttpResponse:
    """What the network has published."""
    return render(request, "positions/publications.html", {"publications": publications_for(request.actor)})


@require_GET
def asks(request: ActorRequest) -> HttpResponse:
    """The asks drawn from agreed texts."""
    return render(request, "positions/asks.html", {"asks": asks_for(request.actor)})
