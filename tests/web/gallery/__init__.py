"""Every part on pages of its own, for the tests: two pages of a position, all parts, and a form with errors."""

from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from folkmoot.web.clock import LONDON
from folkmoot.web.widgets import DayField

FOLDER = Path(__file__).parent
PARTIES = [
    ("C", "Civic League", ["Aldermere", "Calderwick", "Kelderby", "Lunsmere", "Wyreham"]),
    ("T", "Shire and Town", ["Eastwold", "Fenhallow", "Harrowmoor", "Stanwold"]),
    ("N", "New Start", ["Brackenford", "Northmarsh", "Thornedale"]),
    ("I", "Indep.", ["Ottermouth", "Saltcombe"]),
]
STANCES = {
    "S": "support",
    "A": "accept",
    "O": "object",
    "R": "red-line",
    "V": "no-view",
    "-": "none",
    "M": "if-amended",
}
CLAUSES = [
    ("Purpose and scope", "SSS-S SASS SS- AS", "agreed", "+2", "every party, spare"),
    ("A shorter route to powers", "SSS-A SAAS --* AS", "open", "−1", "New Start: no answer"),
    ("One consultation, not two", "SSA-S SSAA SA- SA", "agreed", "+2", "every party, spare"),
    ("Money to prepare", "SSS-S ASSA SS- SS", "agreed", "+2", "every party, spare"),
    ("Revenue certainty", "SSS-A AAOA SA- AA", "blocked", "−1", "Harrowmoor objects"),
    ("Depots and fleets", "SSS-S AARO AA- A-", "blocked", "−2", "Red line and 1 objection"),
    ("Data from operators", "SAS-S SSVS SS- AS", "agreed", "+2", "every party, spare"),
    ("Services across borders", "ASS-S SAMA AS- -S", "agreed", "+1", "rests on Saltcombe"),
]


class GalleryForm(forms.Form):
    """One field of every kind."""

    title = forms.CharField(label="Title", help_text="As it will be published.")
    closes_on = DayField(label="When do returns close?", help_text="For example, 4 12 2026. Noon on that day.")
    body = forms.CharField(label="Text", widget=forms.Textarea(attrs={"rows": 4}))
    audience = forms.ChoiceField(
        label="Who may see it?",
        choices=[("network", "All member offices"), ("secretariat", "The secretariat")],
        widget=forms.RadioSelect,
    )
    offices = forms.MultipleChoiceField(
        label="Which offices?",
        choices=[("aldermere", "Aldermere"), ("kelderby", "Kelderby")],
        widget=forms.CheckboxSelectMultiple,
        help_text="Those that are asked.",
    )
    party = forms.ChoiceField(label="Party", choices=[("", "Choose one"), ("c", "Civic League")])
    file = forms.FileField(label="Word file", help_text="A .docx of 25 MB at most.")
    agreed = forms.BooleanField(label="I have read it")
    number = forms.IntegerField(
        label="Number of offices", widget=forms.NumberInput(attrs={"class": "govuk-input--width-3"})
    )
    hidden = forms.CharField(widget=forms.HiddenInput, initial="kept")


def map_rows() -> list[dict[str, Any]]:
    return [
        {
            "number": number,
            "title": title,
            "url": "#",
            "state": state,
            "margin": margin,
            "reason": reason,
            "groups": [[("none" if c == "*" else STANCES[c], c == "*") for c in group] for group in answers.split()],
        }
        for number, (title, answers, state, margin, reason) in enumerate(CLAUSES, start=1)
    ]


def context() -> dict[str, Any]:
    """What the gallery's pages show."""
    at = datetime(2026, 11, 23, 11, 2, tzinfo=LONDON)
    bare = {"title": "", "closes_on_day": "31", "closes_on_month": "2", "closes_on_year": "2026"}
    return {
        "parties": [
            {"letter": letter, "name": name, "offices": [{"short": o[:3].upper(), "name": o} for o in offices]}
            for letter, name, offices in PARTIES
        ],
        "rows": map_rows(),
        "comments": [
            SimpleNamespace(author="Joss Tamwell", where="secretariat", at=at, text="Would “at least five years” do?"),
            SimpleNamespace(author="Maud Ketteridge", where="Aldermere", at=at, text="Yes. A break clause would not."),
        ],
        "segments": [
            ("solid", 21, "Taken"),
            ("stripes", 6, "Taken in part"),
            ("dots", 5, "Not taken"),
            ("bars", 2, "Parked"),
            ("dashed", 14, "Undecided"),
        ],
        "page": Paginator(range(480), 50).page(4),
        "form": GalleryForm(bare),
        "fresh_form": GalleryForm(prefix="fresh", initial={"closes_on": at.date()}),
    }


def page(request: HttpRequest, name: str) -> HttpResponse:
    """One page of the gallery."""
    source = (FOLDER / f"{name}.html").read_text(encoding="utf-8")
    template = engines["jinja2"].from_string(source)
    return HttpResponse(template.render(context(), request))


urlpatterns = [path("<slug:name>/", page, name="gallery")]
