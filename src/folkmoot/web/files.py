"""How a file leaves by the browser door: as a download, never shown in our own pages, never kept by a cache."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from folkmoot.apps.documents.models import StoredFile
from folkmoot.apps.documents.queries import content
from folkmoot.apps.documents.upload import clean_name


def download(data: bytes, *, name: str, media_type: str) -> HttpResponse:
    """These bytes as a file to save."""
    response = HttpResponse(data, content_type=media_type)
    response.headers["Content-Length"] = str(len(data))
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Security-Policy"] = "sandbox"
    # Django writes a name beyond ASCII as filename*, after RFC 6266.
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=clean_name(name))
    return response


def download_response(stored: StoredFile, *, name: str = "") -> HttpResponse:
    """A stored file as a download, for a view that has got its record through `visible_to`."""
    return download(content(stored), name=name or stored.name, media_type=stored.media_type)
