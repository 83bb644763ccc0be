"""Turns the Word files and forms of a circulation into amendments with groups and conflicts."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import cast

from django.db import transaction

from folkmoot.apps.documents.queries import content
from folkmoot.apps.positions import editions, word
from folkmoot.apps.positions.models import Amendment, Circulation, ClauseText, Return, ReturnComment, Version
from folkmoot.apps.positions.models.text import fitted
from folkmoot.engines import redline


def signatures(amendments: Sequence[redline.Amendment]) -> list[str]:
    """Tell the amendments of one return apart, the same each time the return is read."""
    seen: Counter[tuple[object, ...]] = Counter()
    found = []
    for a in amendments:
        parts = (a.clause, a.kind, a.paragraph, a.start, a.end, a.before, a.after)
        seen[parts] += 1
        found.append(hashlib.sha256(repr((*parts, seen[parts])).encode()).hexdigest())
    return found


def earlier_drafts(version: Version) -> list[bytes]:
    """The packages that offices may have worked on by mistake, newest first."""
    shared = version.position.versions.filter(shared_at__isnull=False, number__lt=version.number)
    return [content(earlier.package) for earlier in shared.select_related("package").order_by("-number")]


def read_word_return(ret: Return, data: bytes) -> redline.Consolidation:
    """What one Word return holds, read against the copy that its office was sent. Slow: outside any transaction."""
    invitation = ret.invitation
    version = invitation.circulation.version
    base = editions.package_without(version, invitation.hidden_paragraphs)
    file = redline.ReturnFile(file=ret.key, office=invitation.office, data=data)
    return word.consolidated(base, [file], earlier_drafts(version))


@transaction.atomic
def keep_what_was_read(ret: Return, read: redline.Consolidation) -> None:
    """Write a return's amendments and comments; those that stand already stay, with their decisions."""
    version = ret.invitation.circulation.version
    whole = _whole_paragraphs(ret)
    texts = list(version.clause_texts.all())
    paragraphs = editions.paragraphs(version)
    for amendment, signature in zip(read.amendments, signatures(read.amendments), strict=True):
        paragraph = _in_whole(amendment.paragraph, whole)
        clause = _clause_at(texts, paragraph)
        lead_in, lead_out = around(paragraphs, paragraph, amendment.start, amendment.end)
        Amendment.objects.update_or_create(
            ret=ret,
            signature=signature,
            defaults={
                "clause_id": clause,
                "kind": amendment.kind,
                "paragraph": paragraph,
                "start": amendment.start,
                "end": amendment.end,
                "before": amendment.before,
                "after": amendment.after,
                "lead_in": lead_in,
                "lead_out": lead_out,
                "target": None if amendment.target is None else _in_whole(amendment.target, whole),
                "author": fitted(Amendment, "author", amendment.author),
                "dated": fitted(Amendment, "dated", amendment.date or ""),
                "tracked": amendment.tracked,
                "unplaced": "" if clause else fitted(Amendment, "unplaced", _why_unplaced(ret, amendment)),
            },
        )
    _keep_comments(ret, read.comments, texts, whole)


def around(paragraphs: Sequence[str], paragraph: int, start: int, end: int, *, reach: int = 60) -> tuple[str, str]:
    """The words just before and just after a place in a paragraph, up to about `reach` characters, whole words."""
    if not 0 <= paragraph < len(paragraphs):
        return "", ""
    text = paragraphs[paragraph]
    before, after = text[:start], text[end:]
    if len(before) > reach:
        before = "… " + before[-reach:].partition(" ")[2]
    if len(after) > reach:
        after = after[:reach].rpartition(" ")[0] + " …"
    return before, after


def _whole_paragraphs(ret: Return) -> list[int] | None:
    """Where the paragraphs of the office's copy stand in the whole version; None where its copy was whole."""
    hidden = ret.invitation.hidden_paragraphs
    if not hidden:
        return None
    last = ret.invitation.circulation.version.clause_texts.order_by("-place").values_list("last_paragraph", flat=True)
    return editions.kept_paragraphs(last[0] + 1, hidden)


def _in_whole(paragraph: int, whole: list[int] | None) -> int:
    if whole is None or paragraph < 0:
        return paragraph
    return whole[paragraph] if paragraph < len(whole) else -1


def _clause_at(texts: Iterable[ClauseText], paragraph: int) -> int | None:
    """The clause in which a paragraph stands."""
    for text in texts:
        if text.first_paragraph <= paragraph <= text.last_paragraph:
            return text.clause_id
    return None


def _why_unplaced(ret: Return, amendment: redline.Amendment) -> str:
    if ret.status == "older-draft":
        return "Made on an earlier draft; its words do not stand in the circulated version."
    return f"Stands outside the numbered clauses: {amendment.clause or 'before the first clause'}."


def _keep_comments(
    ret: Return, comments: Sequence[redline.Comment], texts: list[ClauseText], whole: list[int] | None
) -> None:
    kept: dict[str, ReturnComment] = {}
    for comment in comments:
        paragraph = _in_whole(comment.paragraph, whole)
        kept[comment.id], _ = ReturnComment.objects.update_or_create(
            ret=ret,
            number=comment.id,
            defaults={
                "clause_id": _clause_at(texts, paragraph),
                "author": fitted(ReturnComment, "author", comment.author),
                "dated": fitted(ReturnComment, "dated", comment.date or ""),
                "on": comment.on,
                "text": comment.text,
                "resolved": comment.resolved,
                "parent": kept.get(comment.parent) if comment.parent else None,
            },
        )


def consolidate(circulation: Circulation, *, now: datetime) -> None:
    """Work out which current amendments have the same effect and which touch each other's words."""
    current = _current(circulation)
    paragraphs = editions.paragraphs(circulation.version)
    related = redline.relate(paragraphs, [_for_engine(amendment) for amendment in current])
    with transaction.atomic():
        Circulation.objects.select_for_update().get(pk=circulation.pk)
        if [a.pk for a in current] != [a.pk for a in _current(circulation)]:
            return  # Another return came or went meanwhile, and brought its own consolidation.
        for amendment, found in zip(current, related, strict=True):
            amendment.group = hashlib.sha256(f"{circulation.pk} {found.group}".encode()).hexdigest()[:16]
        Amendment.objects.bulk_update(current, ["group"])
        _write_conflicts(related)
        Circulation.objects.filter(pk=circulation.pk).update(consolidated_at=now)


def _current(circulation: Circulation) -> list[Amendment]:
    amendments = Amendment.objects.current().filter(ret__invitation__circulation=circulation)
    return list(amendments.select_related("ret__invitation").order_by("pk"))


def _write_conflicts(related: Sequence[redline.Amendment]) -> None:
    """Replace the conflicts of these amendments, in two queries however many there are."""
    pairs = {(int(one.id), int(other)) for one in related for other in one.conflicts}
    pairs |= {(other, one) for one, other in pairs}
    through = Amendment.conflicts.through
    through.objects.filter(from_amendment__in=[int(one.id) for one in related]).delete()
    through.objects.bulk_create([through(from_amendment_id=one, to_amendment_id=other) for one, other in sorted(pairs)])


def _for_engine(amendment: Amendment) -> redline.Amendment:
    return redline.Amendment(
        id=str(amendment.pk),
        clause=amendment.unplaced,
        clause_id="",
        office=amendment.ret.invitation.office,
        author=amendment.author,
        date=amendment.dated,
        kind=cast(redline.Kind, amendment.kind),
        before=amendment.before,
        after=amendment.after,
        tracked=amendment.tracked,
        group="",
        conflicts=(),
        context="",
        file="",
        paragraph=amendment.paragraph,
        start=amendment.start,
        end=amendment.end,
        target=amendment.target,
    )
