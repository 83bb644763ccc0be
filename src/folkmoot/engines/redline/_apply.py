"""The agreed changes put into the base: once plainly, once as tracked changes that Word can show and undo."""

from collections.abc import Sequence
from datetime import datetime

from lxml import etree

from ._body import MARKS, Paragraph, assemble, read_blocks
from ._edits import Applied, Edit, plan_edits
from ._errors import UnreadableFile
from ._flatten import drop_unused_notes
from ._names import w
from ._numbering import Numbering
from ._package import Package, serialise
from ._parts import Parts
from ._pen import Recorder
from ._redraft import Redraft


def apply_edits(base: bytes, edits: Sequence[Edit], *, author: str, date: datetime) -> Applied:
    """Make the changes in the base's own file; whatever no change touches stays byte for byte.

    Rejecting all in `tracked` gives the base, accepting all gives `clean`. Of two changes that cannot stand together
    the earlier one in the list is made and the other is told in `unplaced`.
    """
    package = Package.open(base)
    refuse_marks(package.document)
    plan = plan_edits(_paragraphs(package.document), edits)
    unplaced = tuple(plan.unplaced)
    if not plan.edits:
        return Applied(base, base, unplaced)
    stamp = date.strftime("%Y-%m-%dT%H:%M:%SZ")
    clean = _redrafted(base, plan.edits, None)
    tracked = _redrafted(base, plan.edits, (author, stamp))
    return Applied(_without_lost_notes(clean, package.document), tracked, unplaced)


def refuse_marks(root: etree._Element) -> None:
    """Places in a text with tracked changes of its own would mean two things."""
    if next(root.iter(*MARKS), None) is not None:
        raise UnreadableFile(
            "The draft still has tracked changes of its own.",
            "Accept or reject them in Word first, or import it again with every change accepted.",
        )


def _paragraphs(root: etree._Element) -> list[Paragraph]:
    body = root.find(w("body"))
    return [] if body is None else assemble(read_blocks(body), "rejected").paragraphs


def _redrafted(base: bytes, edits: Sequence[Edit], signed: tuple[str, str] | None) -> bytes:
    package = Package.open(base)
    root = package.document
    raw = package.raw(package.main_name)
    if (root.getroottree().docinfo.encoding or "UTF-8").upper() not in ("UTF-8", "ASCII", "US-ASCII"):
        raw = serialise(root)
    recorder = None
    if signed is not None:
        recorder = Recorder(*signed, {str(element.get(w("id"))) for element in root.iter(etree.Element)})
    numbering = Numbering(package)
    plan = plan_edits(_paragraphs(root), edits)
    redraft = Redraft(root, raw, plan, recorder, lambda paragraph: numbering.heading_level(paragraph) is not None)
    return package.with_parts({package.main_name: redraft.written()})


def _without_lost_notes(clean: bytes, before: etree._Element) -> bytes:
    """A note whose last reference was deleted would stay in the file unseen."""
    parts = Parts.open(clean)
    kinds = (w("footnoteReference"), w("endnoteReference"))
    after = parts.look(parts.package.main_name)
    if len(list(before.iter(*kinds))) == len(list(after.iter(*kinds))):
        return clean
    drop_unused_notes(parts)
    return parts.pack()
