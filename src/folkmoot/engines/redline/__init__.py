"""Word bytes in, amendments out.

`text` reads a document with its changes accepted or rejected.

    from folkmoot.engines import redline

    redline.text(data, view="accepted")
"""

from ._body import View, read_blocks, texts
from ._errors import RedlineError, UnreadableFile
from ._names import w
from ._package import Package
from ._values import (
    Amendment,
    Change,
    Changes,
    Clause,
    Comment,
    Consolidation,
    Kind,
    ReturnFile,
    ReturnStatus,
    Status,
)

__all__ = [
    "Amendment",
    "Change",
    "Changes",
    "Clause",
    "Comment",
    "Consolidation",
    "Kind",
    "RedlineError",
    "ReturnFile",
    "ReturnStatus",
    "Status",
    "UnreadableFile",
    "View",
    "text",
]


def text(data: bytes, *, view: View) -> tuple[str, ...]:
    """The body's paragraphs, table cells in reading order, as Word's own Accept All or Reject All leaves them."""
    body = Package.open(data).document.find(w("body"))
    return () if body is None else texts(read_blocks(body), view)
