"""What people hold in this room: requests for information on which they work."""

from collections.abc import Iterator, Sequence
from datetime import date

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.holdings import Holding
from folkmoot.apps.access.models import Account
from folkmoot.apps.disclosure.models import LIVE, Case
from folkmoot.apps.disclosure.queries import cases


def holdings(actor: Actor, accounts: Sequence[Account], day: date) -> Iterator[Holding]:
    """As far as the actor may see it. A request is the secretariat's: whoever works on requests goes on with it."""
    what = "took the request in; whoever works on requests goes on with it"
    for case in cases(actor).filter(opened_by__in=accounts, state__in=LIVE).order_by("received_on", "pk"):
        yield Holding(Case._meta.label_lower, case.key, case.title, what, case.opened_by_id, case.handling)
