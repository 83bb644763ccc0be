"""Adding a source, changing how it is read, and letting it rest."""

from django.db import IntegrityError, transaction

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audit import record
from folkmoot.apps.access.gate import Conflict, Invalid, check
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.signals.models import Source
from folkmoot.apps.signals.tasks import read_now
from folkmoot.engines.radar import SOURCES

LEAST_MINUTES, MOST_MINUTES = 10, 7 * 24 * 60


def _checked(name: str, kind: str, every_minutes: int) -> str:
    name = " ".join(name.split())
    if not name:
        raise Invalid("Give the source a name.")
    if kind not in SOURCES:
        raise Invalid("There is no such format. Choose one of the list.")
    if not LEAST_MINUTES <= every_minutes <= MOST_MINUTES:
        raise Invalid("A source is read every 10 minutes at most, and once a week at least.")
    return name[:120]


@transaction.atomic
def add_source(
    actor: Actor,
    *,
    name: str,
    kind: str,
    url: str,
    every_minutes: int = 60,
    licence: str = "",
    attribution: str = "",
) -> Source:
    """Add a source; it is read at once."""
    by = check(actor, Permission.SOURCE_KEEP)
    name = _checked(name, kind, every_minutes)
    _is_new(name, url)
    source = Source(
        name=name,
        kind=kind,
        url=url,
        every_minutes=every_minutes,
        licence=licence.strip()[:120],
        attribution=attribution.strip()[:300],
        added_by_id=actor.account_id,
        added_at=actor.now,
        next_at=actor.now,
    )
    _save(source)
    record(actor, "source.added", source, by=by, url=url)
    read_now.enqueue()
    return source


def _is_new(name: str, url: str, *, beside: int | None = None) -> None:
    others = Source.objects.exclude(pk=beside or 0)
    if others.filter(url=url).exists():
        raise Conflict("This address is read already. Look for it in the list of sources.")
    if others.filter(name=name).exists():
        raise Conflict(f"There is a source called {name} already. Give this one another name.")


def _save(source: Source) -> None:
    """Two people may add the same source in the same instant."""
    try:
        with transaction.atomic():
            source.save()
    except IntegrityError:
        raise Conflict("Somebody has just added this source. Look for it in the list of sources.") from None


@transaction.atomic
def change_source(
    actor: Actor, *, source: Source, name: str, every_minutes: int, licence: str, attribution: str
) -> Source:
    """Change what a source is called, how often it is read, and what its licence wants."""
    by = check(actor, Permission.SOURCE_KEEP)
    source = Source.objects.select_for_update().get(pk=source.pk)
    source.name = _checked(name, source.kind, every_minutes)
    _is_new(source.name, source.url, beside=source.pk)
    source.every_minutes = every_minutes
    source.licence, source.attribution = licence.strip()[:120], attribution.strip()[:300]
    _save(source)
    record(actor, "source.changed", source, by=by, name=source.name)
    return source


@transaction.atomic
def pause_source(actor: Actor, *, source: Source) -> None:
    """Read a source no more, until somebody resumes it; what it told stays."""
    by = check(actor, Permission.SOURCE_KEEP)
    if not Source.objects.filter(pk=source.pk, is_paused=False).update(is_paused=True):
        raise Conflict("This source is paused already.")
    record(actor, "source.paused", source, by=by)


@transaction.atomic
def resume_source(actor: Actor, *, source: Source) -> None:
    """Read a paused source again, from now on."""
    by = check(actor, Permission.SOURCE_KEEP)
    if not Source.objects.filter(pk=source.pk, is_paused=True).update(is_paused=False, next_at=actor.now, failures=0):
        raise Conflict("This source is being read already.")
    read_now.enqueue()
    record(actor, "source.resumed", source, by=by)


@transaction.atomic
def read_soon(actor: Actor, *, source: Source) -> None:
    """Have a source read at once, whole and not only what changed."""
    by = check(actor, Permission.SOURCE_KEEP)
    found = Source.objects.filter(pk=source.pk, is_paused=False)
    if not found.update(next_at=actor.now, etag="", last_modified=""):
        raise Conflict("This source is paused. Resume it first.")
    record(actor, "source.read-soon", source, by=by)
    read_now.enqueue()
