"""What of the radar can be found by the search: signals, for whoever may see them."""

from folkmoot.apps.search.registry import Document, SearchSource, register_search_source
from folkmoot.apps.signals.models import Signal
from folkmoot.apps.signals.queries.inbox import known_to


def register() -> None:
    """Tell the search room; called when the installation starts."""
    register_search_source(SearchSource("signal", "Signals", Signal, _signal, known_to))


def _signal(signal: Signal) -> Document | None:
    """A copy is found by the card that it is folded into."""
    if signal.copy_of_id is not None:
        return None
    day = (signal.published or signal.seen_at).date()
    return Document(signal.title, f"{signal.summary} {signal.text}", signal.key, day)
