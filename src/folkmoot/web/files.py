"""How files pass the browser door: in within the limit, out as a download that no page shows and no cache keeps."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from folkmoot.apps.access.audience import Handling
from folkmoot.apps.documents.models import StoredFile
from folkmoot.apps.documents.queries import content
from folkmoot.apps.documents.upload import MEGABYTE, clean_name
from folkmoot.web.middleware import GetResponse


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


def download_response(stored: StoredFile, *, name: str = "", handling: str = "") -> HttpResponse:
    """A stored file as a download, for a view that has got its record through `visible_to`.

    A file from elsewhere is kept as it came, so the mark of what is sensitive goes into its name.
    """
    shown = name or stored.name
    marked = f"{handling} {shown}" if handling == Handling.OFFICIAL_SENSITIVE else shown
    return download(content(stored), name=marked, media_type=stored.media_type)


class UploadLimitMiddleware:
    """Turns away what is far too large before a byte of it is read; `documents.upload.take` says the exact limit."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        limit = 2 * settings.ENVIRONMENT.upload_mb
        size = request.headers.get("Content-Length", "")
        if size.isdecimal() and int(size) > limit * MEGABYTE:
            message = (
                f"What you sent is {int(size) / MEGABYTE:,.0f} MB in all, and the largest file that can be taken is "
                f"{settings.ENVIRONMENT.upload_mb} MB. Make its pictures smaller, or send the text without them."
            )
            return render(request, "shell/refusal.html", {"message": message, "status": 413}, status=413)
        return self.get_response(request)
