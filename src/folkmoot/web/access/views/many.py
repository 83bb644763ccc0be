"""Many people are added by one table: looked at first, then added and invited row by row."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from folkmoot.apps.access.gate import Invalid, check
from folkmoot.apps.access.permissions import Permission
from folkmoot.web.access.forms import TableForm, posted
from folkmoot.web.access.invitations import send_invitation
from folkmoot.web.access.table_of_people import Outcome, Row, add_all, as_csv, read_table, try_out
from folkmoot.web.middleware import ActorRequest


def _added(request: ActorRequest, rows: list[Row]) -> tuple[list[Outcome], list[str]]:
    """Everybody whose row is right is added and sent their link."""
    outcomes = add_all(request.actor, rows)
    told = [
        f"{outcome.account.name}: {send_invitation(request.actor, outcome.account)}"
        for outcome in outcomes
        if outcome.account
    ]
    return outcomes, told


@require_http_methods(["GET", "HEAD", "POST"])
def people_add_many(request: ActorRequest) -> HttpResponse:
    check(request.actor, Permission.PEOPLE_MANAGE)
    form = TableForm(posted(request), request.FILES if request.method == "POST" else None)
    context: dict[str, object] = {"form": form, "outcomes": [], "table": "", "added": False, "told": []}
    if request.method == "POST" and form.is_valid():
        try:
            rows = read_table(form.table())
        except Invalid as error:
            form.add_error(None, str(error))
        else:
            if "add" in request.POST:
                outcomes, told = _added(request, rows)
                context |= {"outcomes": outcomes, "told": told, "added": True}
            else:
                context |= {"outcomes": try_out(request.actor, rows), "table": as_csv(rows)}
    return render(request, "access/people_add_many.html", context)
