"""Makes tagged PDF out of a page of ours."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname


class _Refused(ValueError):
    """A picture or style sheet that does not come with the page."""


def _own_files(base: Path) -> Any:
    """A fetcher that opens files under `base` and pictures written into the page, and nothing else."""
    from weasyprint.urls import URLFetcher

    class OwnFiles(URLFetcher):  # type: ignore[misc]  # weasyprint brings no types
        def fetch(self, url: str, headers: Any = None) -> Any:
            path = Path(url2pathname(urlsplit(url).path)).resolve()
            if not url.startswith("data:") and not path.is_relative_to(base):
                raise _Refused(f"The page asks for {url}, which is not its own.")
            return super().fetch(url, headers)

    return OwnFiles(allowed_protocols=("file", "data"))


def pdf(html: str, *, base: Path) -> bytes:
    """A tagged PDF (PDF/UA-1) of a page whose style sheets and pictures lie under `base`.

    The page brings its title and its language; without them a screen reader has nothing to announce.
    """
    from weasyprint import HTML  # half a second to load, so only where a PDF is made

    base = base.resolve()
    page = HTML(string=html, base_url=f"{base.as_uri()}/", url_fetcher=_own_files(base))
    made: bytes = page.write_pdf(pdf_variant="pdf/ua-1")
    return made
