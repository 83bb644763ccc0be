"""Saying what the radar is to look out for on an issue."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audit import record
from folkmoot.apps.access.gate import Invalid, check
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.issues.models import Issue
from folkmoot.apps.signals.models import Signal, Watch
from folkmoot.apps.signals.tasks import weigh_now

MOST_TERMS = 60
LONGEST_TERM = 80
# How far back a changed watch is scored again; what is older was sorted or has had its time.
LOOKS_BACK = timedelta(days=90)


def _lines(lines: Iterable[str], what: str) -> list[str]:
    """Each once, on one line, in the order given."""
    found = list(dict.fromkeys(line for line in (" ".join(each.split()) for each in lines) if line))
    if len(found) > MOST_TERMS:
        raise Invalid(f"These are too many {what}. Keep the {MOST_TERMS} that say most.")
    if long := next((line for line in found if len(line) > LONGEST_TERM), None):
        raise Invalid(f"This is too long for one of the {what}: {long[:40]}… Write one on a line.")
    return found


@transaction.atomic
def set_watch(
    actor: Actor,
    *,
    issue: Issue,
    terms: Iterable[str],
    excluded: Iterable[str] = (),
    organisations: Iterable[str] = (),
    places: Iterable[str] = (),
) -> Watch:
    """Say what to look out for on an issue; what came in over the last 90 days is scored again by the worker."""
    by = check(actor, Permission.SIGNAL_SORT)
    wanted = {
        "terms": _lines(terms, "terms"),
        "excluded": _lines(excluded, "terms to leave out"),
        "organisations": _lines(organisations, "departments"),
        "places": _lines(places, "places"),
    }
    if not wanted["terms"] and not wanted["organisations"] and not wanted["places"]:
        raise Invalid("Give at least one term, department or place to look out for.")
    watch, _ = Watch.objects.update_or_create(issue=issue, defaults=wanted | {"changed_at": actor.now})
    Signal.objects.filter(seen_at__gte=actor.now - LOOKS_BACK).update(is_weighed=False)
    weigh_now.enqueue()
    record(actor, "watch.set", watch, by=by, **wanted)
    return watch
