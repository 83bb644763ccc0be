"""A version as a Word file to take along: what this reader may see of it, with its handling mark on every page."""

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.gate import Invalid
from folkmoot.apps.documents.queries import content
from folkmoot.apps.positions import editions, word
from folkmoot.apps.positions.models import Version
from folkmoot.engines import redline


def clean_copy(actor: Actor, version: Version) -> bytes:
    """The reader's own copy, without the paragraphs kept from them."""
    data = editions.package_without(version, editions.hidden_from(actor, version))
    return redline.mark_pages(data, handling=version.position.handling)


def tracked_copy(actor: Actor, version: Version) -> bytes | None:
    """The version with its changes marked against the one before it, for the secretariat; None where there is none.

    Another reader gets none: a mark would tell of paragraphs that are kept from them, here or in the version before.
    """
    if not actor.in_secretariat or actor.confined:
        return None
    before = version.position.versions.filter(number__lt=version.number).order_by("-number").first()
    if before is None:
        return None
    data = content(version.tracked) if version.tracked else _marked_against(before, version)
    return redline.mark_pages(data, handling=version.position.handling)


def _marked_against(before: Version, after: Version) -> bytes:
    """The version before with the changes of the later one marked; Invalid where the marks would not give its text."""
    base, newer = content(before.package), content(after.package)
    name = f"Version {after.number}"
    found = word.consolidated(base, [redline.ReturnFile(file=name, office=name, data=newer)], [])
    edits = [
        redline.Edit(
            id=a.id,
            kind=a.kind,
            paragraph=a.paragraph,
            start=a.start,
            end=a.end,
            before=a.before,
            after=a.after,
            target=a.target,
        )
        for a in found.amendments
        if a.kind != "format" and a.paragraph >= -1
    ]
    applied = redline.apply_edits(base, edits, author="Secretariat", date=after.made_at)
    if applied.unplaced or _said(applied.tracked) != _said(newer):
        raise Invalid(
            f"Version {after.number} differs too much from version {before.number} for Word’s own marks. "
            "Compare the two on the page, word by word."
        )
    return applied.tracked


def _said(data: bytes) -> list[str]:
    """What a file says once its changes are accepted, without empty paragraphs."""
    return [line for line in redline.text(data, view="accepted") if line.strip()]
