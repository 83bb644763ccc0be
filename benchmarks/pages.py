"""What the heaviest pages cost, beside a floor: a list of fifty rows that Jinja2 renders after two queries.

Processor time is counted, not the clock on the wall, so that a busy machine measures the same. Everything runs in this
process, through every middleware, on a database that lives as long as the run.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django
from django.conf import settings
from django.test.utils import get_runner, setup_test_environment

RUNS = 60
OFFICES = 14
CLAUSES = 30
FLOOR = """<!DOCTYPE html><html lang="en"><title>Accounts</title><h1>{{ count }} accounts</h1>
<table>{% for account in accounts %}<tr><td>{{ account.name }}</td><td>{{ account.email }}</td>
<td>{{ account.role }}</td><td>{{ account.created_at | day }}</td></tr>{% endfor %}</table></html>"""


def floor(request: Any) -> Any:
    """The least that a page of fifty rows can cost here: two queries and one template without a layout."""
    from django.http import HttpResponse
    from django.template import engines

    from folkmoot.apps.access.models import Account

    rows = Account.objects.order_by("name")[:50]
    template = engines["jinja2"].from_string(FLOOR)
    return HttpResponse(template.render({"accounts": list(rows), "count": Account.objects.count()}))


def fill() -> tuple[Any, str]:
    """Fourteen offices ask for 420 changes of thirty clauses, a third of them decided, and sixty positions wait."""
    from tests import positions_world as world
    from tests.cast import MOMENT, make_cast

    from folkmoot.apps.positions.consolidation import consolidate
    from folkmoot.apps.positions.models import Amendment

    cast = make_cast()
    world.fill_register()
    for number in range(60):
        world.draft(cast, title=f"Position {number}")
    position = world.draft(cast, world.many_clauses(CLAUSES))
    circulation = world.circulate(cast, position)
    _answer_for_all(cast, circulation)
    consolidate(circulation, now=MOMENT)
    assert Amendment.objects.count() == OFFICES * CLAUSES
    _accounts()
    return cast, position.key


def _answer_for_all(cast: Any, circulation: Any) -> None:
    """Half of the offices ask for the same on each clause, the others each for something else."""
    from tests.cast import MOMENT

    from folkmoot.apps.positions.models import Amendment, Answer, Invitation, Return

    texts = list(circulation.version.clause_texts.select_related("clause"))
    package = circulation.invitations.all()[0].package
    for place in range(OFFICES):
        invitation, _ = Invitation.objects.get_or_create(
            circulation=circulation,
            office=f"office-{place}",
            defaults={"office_name": f"Office {place}", "token": f"token-{place}", "package": package},
        )
        ret = Return.objects.create(
            invitation=invitation,
            state="submitted",
            whose_view="mayor",
            started_by=cast.officer,
            started_at=MOMENT,
            submitted_at=MOMENT,
        )
        for text in texts:
            start = text.text.index("three")
            outcome = "taken" if text.place % 3 == 0 else ""
            Answer.objects.create(ret=ret, clause=text.clause, clause_text=text, stance="if-amended", reason="We must.")
            amendment = Amendment.objects.create(
                ret=ret,
                clause=text.clause,
                signature=f"{text.pk}",
                kind="replace",
                paragraph=text.last_paragraph,
                start=start,
                end=start + 5,
                before="three",
                after="five" if place % 2 else f"{place + 10}",
                lead_in=text.text[:start],
                lead_out=text.text[start + 5 :],
                outcome=outcome,
            )
            if outcome:
                amendment.decisions.create(
                    outcome=outcome, batch="b", decided_by=cast.officer, decided_at=MOMENT, reason="It is right."
                )


def _accounts() -> None:
    """Enough people for the floor's fifty rows."""
    from tests.cast import MOMENT

    from folkmoot.apps.access.models import Account

    Account.objects.bulk_create(
        Account(email=f"p{n}@folkmoot.invalid", name=f"Person {n}", role="guest", created_at=MOMENT) for n in range(60)
    )


def measured(work: Callable[[], object]) -> tuple[float, float]:
    """The median and the 95th percentile of the processor time, in milliseconds."""
    for _ in range(5):
        work()
    times = []
    for _ in range(RUNS):
        started = time.process_time()
        work()
        times.append(1000 * (time.process_time() - started))
    return statistics.median(times), statistics.quantiles(times, n=20)[-1]


def measure() -> None:
    from django.test import Client
    from django.urls import path
    from tests.cast import MOMENT

    from folkmoot.config.urls import urlpatterns
    from folkmoot.web import clock

    clock.timezone = SimpleNamespace(now=lambda: MOMENT)
    cast, key = fill()
    urlpatterns.insert(0, path("floor/", floor))
    client = Client()
    client.force_login(cast.officer)
    pages = {
        "floor": "/floor/",
        "positions": "/positions/",
        f"{OFFICES * CLAUSES} amendments": f"/positions/{key}/amendments/",
        f"{OFFICES * CLAUSES} amendments, consensus": f"/positions/{key}/consensus/",
    }
    print(f"{'page':28} {'bytes':>8} {'p50':>9} {'p95':>9} {'ratio':>6}")
    least = 0.0
    for name, address in pages.items():
        response = client.get(address)
        assert response.status_code == 200, (address, response.status_code)
        p50, p95 = measured(lambda address=address: client.get(address))  # type: ignore[misc]
        least = least or p50
        print(f"{name:28} {len(response.content):8} {p50:6.1f} ms {p95:6.1f} ms {p50 / least:6.1f}")


def main() -> int:
    django.setup()
    setup_test_environment()
    runner = get_runner(settings)(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    print(f"Processor time of one request as a signed-in officer, {RUNS} requests a page; ratio of the medians.\n")
    try:
        measure()
    finally:
        runner.teardown_databases(databases)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
