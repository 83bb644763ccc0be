"""The terms of reference: the network's name, its consensus rule and what members may be told."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from folkmoot.apps.access.gate import Invalid, may
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.positions import actions
from folkmoot.apps.positions.answers import terms_on
from folkmoot.apps.positions.models import TermsOfReference
from folkmoot.apps.positions.models.terms import DISCLOSURES, MOST_NOTICE_DAYS
from folkmoot.web.clock import moment
from folkmoot.web.middleware import ActorRequest
from folkmoot.web.templating import day
from folkmoot.web.widgets import DayField


class TermsForm(forms.Form):
    """The rules from a day on."""

    name = forms.CharField(label="Name of the network", max_length=120)
    from_date = DayField(label="In force from")
    rule = forms.ChoiceField(
        label="A clause is agreed when",
        choices=TermsOfReference._meta.get_field("rule").choices or [],
        widget=forms.RadioSelect,
    )
    each_party = forms.BooleanField(label="At least one office of every party must support or accept", required=False)
    quorum = forms.CharField(label="Share of offices that must answer", help_text="From 0 to 1, such as 0.50.")
    threshold = forms.CharField(
        label="Majority needed", help_text="From 0 to 1, such as 0.75. Used with the majority rule only."
    )
    opt_out = forms.BooleanField(label="An office may stand aside where its red line is crossed", required=False)
    cell_size = forms.IntegerField(label="Fewest offices that a told total may stand for", min_value=3, max_value=20)
    notice_days = forms.IntegerField(
        label="Working days that offices usually have for an answer", min_value=1, max_value=MOST_NOTICE_DAYS
    )
    disclosure = forms.ChoiceField(
        label="Who usually sees the answers, and when",
        help_text="Each circulation says it anew and may differ.",
        choices=DISCLOSURES,
        widget=forms.RadioSelect,
    )
    agreed_on = forms.CharField(label="Where the network agreed this", max_length=200, required=False)


def network_name() -> str:
    """What the network calls itself today."""
    return terms_on(moment().date()).name


def initial_of(terms: TermsOfReference, today: date) -> dict[str, Any]:
    """What the form shows at first."""
    fields = ("name", "rule", "each_party", "opt_out", "cell_size", "notice_days", "disclosure", "agreed_on")
    return {
        **{field: getattr(terms, field) for field in fields},
        "quorum": str(terms.quorum),
        "threshold": str(terms.threshold),
        "from_date": today,
    }


@require_http_methods(["GET", "POST"])
def terms(request: ActorRequest) -> HttpResponse:
    """Everybody reads the rules; the head changes them, from a day on."""
    may_change = may(request.actor, Permission.TERMS_CHANGE)
    current = terms_on(request.actor.today)
    form = TermsForm(request.POST or None, initial=initial_of(current, request.actor.today))
    if request.method == "POST" and form.is_valid():
        try:
            kept = actions.set_terms(request.actor, **form.cleaned_data)
        except Invalid as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"The rules from {day(kept.from_date)} on: {kept.in_words()}")
            return redirect("terms")
    history = TermsOfReference.objects.order_by("-from_date")
    return render(
        request,
        "positions/terms.html",
        {"form": form, "current": current, "history": history, "may_change": may_change},
    )
