"""Forms of the radar's pages; they only validate."""

from typing import Any

from django import forms

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.issues.queries.listing import live_issues
from folkmoot.apps.signals.models import Alert, Distance, Grade, HorizonEntry, Source, Theme, Watch
from folkmoot.apps.signals.preview import KINDS
from folkmoot.apps.signals.queries.horizon import citable
from folkmoot.apps.signals.queries.inbox import sorters
from folkmoot.web.widgets import DayField

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


class AlertForm(forms.Form):
    """Of what one is told by mail."""

    least_points = forms.IntegerField(
        label="From which score on",
        min_value=1,
        max_value=100,
        help_text="From 1 to 100. What scores less waits in the inbox.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-3"}),
        error_messages={
            "required": "Choose a score from 1 to 100.",
            "invalid": "Choose a score from 1 to 100.",
            "min_value": "Choose a score from 1 to 100.",
            "max_value": "Choose a score from 1 to 100.",
        },
    )
    issues = forms.MultipleChoiceField(
        label="For which issues",
        required=False,
        help_text="None ticked means all.",
        widget=forms.CheckboxSelectMultiple,
    )
    at_once = forms.BooleanField(label="Tell me at once of what presses, but not in the night", required=False)

    def __init__(self, *args: Any, actor: Actor, **more: Any) -> None:
        super().__init__(*args, **more)
        self._issues = {issue.key: issue for issue in live_issues(actor)}
        self.fields["issues"].choices = [(key, issue.title) for key, issue in self._issues.items()]  # type: ignore[attr-defined]

    @staticmethod
    def of(alert: Alert | None) -> dict[str, Any]:
        """What the form shows before anybody has typed."""
        if alert is None:
            return {"least_points": 50, "at_once": True}
        issues = [issue.key for issue in alert.issues.all()]
        return {"least_points": alert.least_points, "at_once": alert.at_once, "issues": issues}

    def given(self) -> dict[str, Any]:
        """What was chosen, as the action takes it."""
        return self.cleaned_data | {"issues": [self._issues[key] for key in self.cleaned_data["issues"]]}


class HorizonForm(forms.Form):
    """An entry of the horizon board."""

    title = forms.CharField(label="Title", max_length=160, error_messages={"required": "Give it a title."})
    what = forms.CharField(
        label="What may happen",
        max_length=600,
        help_text="And what it would mean for the network.",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say what may happen."},
    )
    theme = forms.ChoiceField(label="Theme", choices=Theme)
    distance = forms.ChoiceField(label="How far off", choices=Distance)
    likelihood = forms.TypedChoiceField(label="Likelihood", choices=Grade, coerce=int)
    impact = forms.TypedChoiceField(label="Impact", choices=Grade, coerce=int)
    confidence = forms.TypedChoiceField(label="How sure we are", choices=Grade, coerce=int)
    owner = forms.ChoiceField(label="Owner")
    review_on = DayField(label="Looked at again on")
    signals = forms.MultipleChoiceField(
        label="Signals that it rests on",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick at least one signal that it rests on."},
    )

    def __init__(self, *args: Any, actor: Actor, **more: Any) -> None:
        super().__init__(*args, **more)
        self._owners = {account.key: account for account in sorters()}
        self.fields["owner"].choices = [(key, account.name) for key, account in self._owners.items()]  # type: ignore[attr-defined]
        self.fields["signals"].choices = citable(actor, self.initial.get("signals", ()))  # type: ignore[attr-defined]

    @staticmethod
    def of(entry: HorizonEntry) -> dict[str, Any]:
        """What the form shows before anybody has typed."""
        names = ("title", "what", "theme", "distance", "likelihood", "impact", "confidence", "review_on")
        return {name: getattr(entry, name) for name in names} | {
            "owner": entry.owner.key,
            "signals": [signal.key for signal in entry.signals.all()],
        }

    def given(self) -> dict[str, Any]:
        """What was typed, as the action takes it."""
        return self.cleaned_data | {"owner": self._owners[self.cleaned_data["owner"]]}


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
