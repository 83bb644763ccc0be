"""Putting a paper right after it was taken in; what stood there before is kept with who and why."""

from django.db import transaction

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audit import record
from folkmoot.apps.access.gate import Conflict, Invalid, check
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.archive import parties
from folkmoot.apps.archive.actions._common import day_of, held, known, one_line
from folkmoot.apps.archive.actions.taking import weigh
from folkmoot.apps.archive.models import ArchiveCorrection, ArchiveDocument, ArchivePassage
from folkmoot.apps.search.index import reindex

WATCHED = {
    "title": "Title",
    "get_kind_display": "Kind",
    "day_words": "Date",
    "get_audience_display": "Who may see it",
    "handling": "Handling",
    "sent_from": "From",
    "sent_to": "To",
}


@transaction.atomic
def correct_paper(
    actor: Actor,
    *,
    document: ArchiveDocument,
    why: str,
    title: str,
    kind: str,
    day: str,
    audience: str,
    handling: str,
    sent_from: str = "",
    sent_to: str = "",
) -> ArchiveCorrection:
    """Put right what is known of a paper; its text and its file stay as they are."""
    by = check(actor, Permission.ARCHIVE_KEEP)
    if not ArchiveDocument.objects.visible_to(actor).filter(pk=document.pk).exists():
        raise Invalid("There is no such paper that you may see.")
    held(document)
    known(kind, audience, handling)
    before = _shown(document)
    why = one_line(why, 300)
    if not why:
        raise Invalid("Say in one sentence why it was wrong.")
    document.title = one_line(title)
    if not document.title:
        raise Invalid("Give the paper a title.")
    found = day_of(day, actor.today)
    document.kind, document.day, document.precision = kind, found.day, found.precision.value
    document.audience, document.handling = audience, handling
    document.sent_from, document.sent_to = one_line(sent_from), one_line(sent_to)
    parties.settle(document)
    after = _shown(document)
    changes = [[label, before[label], after[label]] for label in before if before[label] != after[label]]
    if not changes:
        raise Conflict("Nothing was changed.")
    document.save()
    passages = list(document.passages.all())
    for passage in passages:
        weigh(document, passage)
    ArchivePassage.objects.bulk_update(passages, ["terms", "length"])
    reindex(ArchivePassage, [passage.pk for passage in passages])
    record(actor, "archive.paper-corrected", document, by=by, changes=changes, why=why)
    return ArchiveCorrection.objects.create(
        document=document, by_id=actor.account_id, at=actor.now, why=why, changes=changes
    )


def _shown(document: ArchiveDocument) -> dict[str, str]:
    """What a person reads of the facts, by their labels."""
    values = {label: getattr(document, name) for name, label in WATCHED.items()}
    return {label: str(value() if callable(value) else value) for label, value in values.items()}
