"""A table of decisions that was filled in elsewhere: uploaded, looked through row by row, then recorded."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from folkmoot.apps.access.gate import Conflict, Invalid, check
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.documents.upload import take
from folkmoot.apps.positions import actions
from folkmoot.apps.positions.decided_table import DecidedTable, read_decided
from folkmoot.apps.positions.models import Circulation
from folkmoot.web.middleware import ActorRequest
from folkmoot.web.positions.amendments import circulation_or_404
from folkmoot.web.positions.frame import AMENDMENTS, frame, position_or_404
from folkmoot.web.templating import plural

SALT = "decided table"


class TableForm(forms.Form):
    """The table that was filled in."""

    file = forms.FileField(
        label="The table with the decisions",
        help_text="The Excel or Word file that you exported, with the column Decision filled in; CSV will do, too.",
        widget=forms.FileInput(attrs={"class": "govuk-file-upload", "accept": ".xlsx,.docx,.csv"}),
        error_messages={"required": "Choose the table.", "empty": "This file is empty. Choose it again."},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def decided_table(request: ActorRequest, key: str) -> HttpResponse:
    """Upload the table, and see what it would record."""
    position = position_or_404(request, key)
    circulation = circulation_or_404(request, position)
    check(request.actor, Permission.AMENDMENT_DECIDE)
    form = TableForm(request.POST, request.FILES) if request.method == "POST" else TableForm()
    context: dict[str, Any] = {"form": form, "circulation": circulation}
    if form.is_bound and form.is_valid():
        try:
            name, data = take(form.cleaned_data["file"])
            table = read_decided(request.actor, circulation, name=name, data=data)
        except Invalid as error:
            form.add_error("file", str(error))
        else:
            context |= {"table": table, "sealed": _sealed(circulation, table)}
    return render(request, "positions/decided_table.html", frame(request, position, AMENDMENTS) | context)


def _sealed(circulation: Circulation, table: DecidedTable) -> str:
    """What was looked through, so that just that is recorded, whatever the file becomes meanwhile."""
    verdicts = [line.verdict for line in table.lines]
    rows = [[each.key, each.serial, each.outcome, each.reason, each.words] for each in verdicts]
    return signing.dumps([circulation.key, rows], salt=SALT, compress=True)


@require_POST
def decided_table_record(request: ActorRequest, key: str) -> HttpResponse:
    """Record what was looked through, all of it or nothing."""
    position = position_or_404(request, key)
    circulation = circulation_or_404(request, position)
    check(request.actor, Permission.AMENDMENT_DECIDE)
    try:
        of, rows = signing.loads(request.POST.get("sealed", ""), salt=SALT)
        if of != circulation.key:
            raise Conflict("A newer round was opened since. Export its table.")
        batch = actions.decide_each(
            request.actor, circulation=circulation, verdicts=[actions.Verdict(*row) for row in rows]
        )
    except signing.BadSignature:
        messages.error(request, "This came back otherwise than it was sent. Upload the table again.")
    except (Invalid, Conflict) as error:
        messages.error(request, str(error))
    else:
        request.session[f"batch-{circulation.key}"] = batch
        messages.success(request, f"{plural(len(rows), 'decision')} recorded from the table. You can undo it below.")
        return redirect("amendments", key=position.key)
    return redirect("decided_table", key=position.key)
