"""The second step: reads in full what a list cut short, a few at a time, the newest first."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings

from folkmoot.apps.signals import health
from folkmoot.apps.signals.models import Signal
from folkmoot.apps.signals.pulling import Trouble, ask, parsed, visitor
from folkmoot.apps.signals.taking import take
from folkmoot.apps.signals.visiting import Visitor

A_TURN = 20
MOST_TRIES = 5
CONTENT = "govuk-content"


def read_texts(now: datetime) -> str:
    """Read some of what is cut; one sentence on what came of it."""
    if settings.ENVIRONMENT.demo:
        return "The demonstration reads no source."
    waiting = Signal.objects.exclude(full_text_url="").filter(text_at__lte=now)
    cut = list(waiting.order_by("-seen_at", "pk")[:A_TURN])
    if not cut:
        return "Nothing waited to be read in full."
    with visitor() as asking:
        read = _read_each(cut, asking, now)
    return f"Read {read} of {len(cut)} signals in full."


def _read_each(cut: Iterable[Signal], asking: Visitor, now: datetime) -> int:
    """How many could be read. A host that wants to be left alone is asked for nothing more this time."""
    read, left_alone = 0, dict[str, timedelta]()
    for signal in cut:
        host = urlsplit(signal.full_text_url).netloc
        if host in left_alone:
            _again(signal, now + left_alone[host], tries=signal.text_tries)
            continue
        # Noted before it is tried, so that a text which stops the worker is not tried for ever.
        _again(signal, now + health.wait_after(signal.text_tries + 1), tries=signal.text_tries + 1)
        try:
            _read(signal, asking, now)
            read += 1
        except Trouble as trouble:
            if trouble.wait is not None:
                left_alone[host] = trouble.wait
                _again(signal, now + trouble.wait, tries=signal.text_tries)
            elif _is_final(trouble) or signal.text_tries + 1 >= MOST_TRIES:
                _done(signal)
    return read


def _read(signal: Signal, asking: Visitor, now: datetime) -> None:
    source = signal.sources.order_by("pk").first()
    if source is None:
        _done(signal)
        return
    answer = ask(asking, signal.full_text_url)
    kind = CONTENT if signal.origin.startswith("govuk") else signal.origin
    reading = parsed(kind, answer, now)
    _done(signal)
    take(reading.items, source=source, at=now)


def _is_final(trouble: Trouble) -> bool:
    """Nothing there, or nothing that can be read: asking again would not help, and the list’s own words stay."""
    return trouble.status in (200, 401, 403, 404, 410)


def _again(signal: Signal, at: datetime, *, tries: int) -> None:
    Signal.objects.filter(pk=signal.pk).update(text_at=at, text_tries=tries)


def _done(signal: Signal) -> None:
    Signal.objects.filter(pk=signal.pk).update(full_text_url="", text_at=None)
