"""Keeps the index in step with the records, in the transaction that changes them."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_delete, post_save, pre_save

from folkmoot.apps.access.audience import Handling
from folkmoot.apps.search.models import Entry
from folkmoot.apps.search.registry import SearchSource, followers_of, search_sources, sources_of

FIELDS = ["table", "key", "title", "body", "day", "handling"]
AT_ONCE = 500
# Where a row keeps, while it is saved, whose documents change with it.
CHANGED = "_search_changed"


def watch() -> None:
    """Follow every table of which a room has told, or will; called when the installation starts."""
    pre_save.connect(_about_to_save, dispatch_uid="search.about-to-save")
    post_save.connect(_saved, dispatch_uid="search.saved")
    post_delete.connect(_deleted, dispatch_uid="search.deleted")


def _about_to_save(
    sender: type[Model], instance: Model, update_fields: Collection[str] | None = None, **_more: Any
) -> None:
    """Note which documents of other records change with this row."""
    followers = [each for each in followers_of(sender) if not update_fields or set(each.fields) & set(update_fields)]
    if not followers or instance._state.adding:
        return
    fields = sorted({field for each in followers for field in each.fields})
    before = sender._default_manager.filter(pk=instance.pk).values(*fields).first() or {}
    changed = {field for field in before if before[field] != getattr(instance, field)}
    setattr(instance, CHANGED, [each for each in followers if changed & set(each.fields)])


def _saved(sender: type[Model], instance: Model, raw: bool = False, **_more: Any) -> None:
    for source in sources_of(sender):
        _write(source, [instance])
    for follower in instance.__dict__.pop(CHANGED, ()):
        rows = follower.source.model._default_manager.filter(**{follower.path: instance.pk})
        _look_again(follower.source, list(rows.values_list("pk", flat=True)))


def _deleted(sender: type[Model], instance: Model, **_more: Any) -> None:
    kinds = [source.kind for source in sources_of(sender)]
    if not kinds:
        return
    Entry.objects.filter(kind__in=kinds, record_id=instance.pk).delete()


def reindex(model: type[Model], pks: Iterable[int]) -> None:
    """Look at these rows again: for what writes many rows at once, which tells nobody."""
    wanted = list(pks)
    for source in sources_of(model):
        _look_again(source, wanted)


def _look_again(source: SearchSource, wanted: list[int]) -> None:
    for start in range(0, len(wanted), AT_ONCE):
        some = wanted[start : start + AT_ONCE]
        rows = list(source.model._default_manager.select_related(*source.related).filter(pk__in=some))
        _write(source, rows)
        gone = set(some) - {row.pk for row in rows}
        Entry.objects.filter(kind=source.kind, record_id__in=gone).delete()


def _write(source: SearchSource, rows: Iterable[Model]) -> None:
    entries, nothing = [], []
    for row in rows:
        document = source.document(row)
        if document is None:
            nothing.append(row.pk)
            continue
        entries.append(
            Entry(
                kind=source.kind,
                record_id=row.pk,
                table=document.table or row._meta.label_lower,
                key=document.key,
                title=" ".join(document.title.split())[:400],
                body=document.body.replace("\0", ""),
                day=document.day,
                handling=document.handling or getattr(row, "handling", Handling.OFFICIAL),
            )
        )
    if entries:
        Entry.objects.bulk_create(
            entries, update_conflicts=True, unique_fields=["kind", "record_id"], update_fields=FIELDS
        )
    if nothing:
        Entry.objects.filter(kind=source.kind, record_id__in=nothing).delete()


def rebuild() -> int:
    """Look at every record again, and drop what no record stands behind; how many entries there are."""
    for source in search_sources():
        _rebuild(source)
    known = [source.kind for source in search_sources()]
    Entry.objects.exclude(kind__in=known).delete()
    return Entry.objects.count()


@transaction.atomic
def _rebuild(source: SearchSource) -> None:
    manager = source.model._default_manager
    orphans = Entry.objects.filter(kind=source.kind).exclude(record_id__in=manager.values("pk"))
    orphans.delete()
    some: list[Model] = []
    for row in manager.select_related(*source.related).order_by("pk").iterator(chunk_size=AT_ONCE):
        some.append(row)
        if len(some) == AT_ONCE:
            _write(source, some)
            some = []
    _write(source, some)


def mend(_moment: Any) -> str:
    """The nightly job: what drifted apart is brought back into step."""
    before = Entry.objects.count()
    after = rebuild()
    drift = abs(after - before)
    return f"{after} records can be found; {drift} had to be added or dropped." if drift else f"{after} can be found."
