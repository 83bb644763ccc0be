"""What of the requests for information can be found, by those who work on them; never who asked."""

from folkmoot.apps.disclosure.models import Case
from folkmoot.apps.disclosure.queries import cases
from folkmoot.apps.search.registry import Document, SearchSource, register_search_source


def register() -> None:
    """Tell the search room; called when the installation starts."""
    register_search_source(SearchSource("request", "Requests for information", Case, _case, cases))


def _case(case: Case) -> Document:
    return Document(case.title, case.asked, case.key, case.received_on)
