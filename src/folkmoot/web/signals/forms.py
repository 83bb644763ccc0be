"""Forms of the radar's pages; they only validate."""

from typing import Any

from django import forms

from folkmoot.apps.signals.models import Source, Watch
from folkmoot.apps.signals.preview import KINDS

EVERY = [
    (10, "Every ten minutes"),
    (60, "Every hour"),
    (360, "Four times a day"),
    (1440, "Once a day"),
    (10080, "Once a week"),
]


class AddressForm(forms.Form):
    """The address of a source that is to be looked at."""

    url = forms.CharField(
        label="Address",
        max_length=1000,
        help_text="Paste the address of a feed, a calendar or an API, such as "
        "https://www.gov.uk/search/policy-papers-and-consultations.atom.",
        widget=forms.TextInput(attrs={"spellcheck": "false", "autocomplete": "off", "inputmode": "url"}),
        error_messages={"required": "Paste the address of the source.", "max_length": "The address is too long."},
    )


class ChangeSourceForm(forms.Form):
    """What a source is called, how often it is read, and what its licence wants."""

    name = forms.CharField(
        label="Name",
        max_length=120,
        help_text="As your colleagues would call it.",
        error_messages={"required": "Give the source a name."},
    )
    every_minutes = forms.TypedChoiceField(
        label="How often it is read",
        choices=EVERY,
        coerce=int,
        initial=60,
        error_messages={"invalid_choice": "Choose one of the list.", "required": "Choose one of the list."},
    )
    licence = forms.CharField(
        label="Licence", max_length=120, required=False, help_text="Such as Open Government Licence v3.0."
    )
    attribution = forms.CharField(
        label="Line that the licence wants",
        max_length=300,
        required=False,
        help_text="It is shown with each signal and in each export.",
    )

    @staticmethod
    def of(source: Source) -> dict[str, Any]:
        """What the form shows before anybody has typed."""
        names = ("name", "every_minutes", "licence", "attribution")
        return {name: getattr(source, name) for name in names}


class AddSourceForm(ChangeSourceForm):
    """The same for a source that was looked at, with its address and its format."""

    url = forms.CharField(max_length=1000, widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label="Format",
        choices=KINDS,
        help_text="What was recognised. Change it only if you know better.",
        error_messages={"required": "Choose the format.", "invalid_choice": "Choose one of the list."},
    )
    field_order = ["url", "name", "kind", "every_minutes", "licence", "attribution"]


class WatchForm(forms.Form):
    """What is looked out for on one issue: one on each line."""

    terms = forms.CharField(
        label="Terms",
        required=False,
        help_text="One on a line, such as franchising scheme. Other forms of a word are found by themselves.",
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    excluded = forms.CharField(
        label="Not if it says",
        required=False,
        help_text="One on a line. It takes points away, and says so.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    organisations = forms.CharField(
        label="Departments",
        required=False,
        help_text="One on a line, as GOV.UK writes them in its addresses, such as department-for-transport.",
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
    )
    places = forms.CharField(
        label="Places", required=False, help_text="One on a line.", widget=forms.Textarea(attrs={"rows": 3})
    )

    @staticmethod
    def of(watch: Watch) -> dict[str, str]:
        """What the form shows before anybody has typed."""
        names = ("terms", "excluded", "organisations", "places")
        return {name: "\n".join(getattr(watch, name)) for name in names}

    def lists(self) -> dict[str, list[str]]:
        """Each field as a list of its lines."""
        return {name: self.cleaned_data[name].splitlines() for name in self.fields}
