"""Forms of a new installation."""

from collections.abc import Sequence
from typing import Any

from django import forms

from folkmoot.apps.members.queries import BodyOn
from folkmoot.apps.records.actions import MOST_MONTHS
from folkmoot.apps.records.registry import record_classes
from folkmoot.web.access.forms import NewPasswordForm
from folkmoot.web.positions.terms import TermsForm
from folkmoot.web.widgets import DayField


class FirstPersonForm(NewPasswordForm):
    """The first administrator."""

    name = forms.CharField(
        label="Your name",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Write your name."},
    )
    email = forms.CharField(
        label="Your mail address",
        max_length=254,
        help_text="You sign in with it.",
        widget=forms.EmailInput(attrs={"autocomplete": "username", "spellcheck": "false"}),
        error_messages={"required": "Write your mail address."},
    )
    field_order = ["name", "email", "password", "again"]


class FirstTermsForm(TermsForm):
    """The name and the rules of a network that has none."""

    name = forms.CharField(
        label="Name of the network", max_length=120, error_messages={"required": "Write the network’s name."}
    )


class FirstPeriodsForm(forms.Form):
    """How many months each class of records is kept; folkmoot’s proposals stand in the fields."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wrong = f"Write a number of months from 1 to {MOST_MONTHS}."
        for each in record_classes():
            if each.months:
                self.fields[each.name] = forms.IntegerField(
                    label=each.title,
                    help_text=each.basis,
                    initial=each.months,
                    min_value=1,
                    max_value=MOST_MONTHS,
                    widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "inputmode": "numeric"}),
                    error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), wrong),
                )


class FirstMembersForm(forms.Form):
    """Which authorities are members, and since when."""

    on = DayField(label="Members from", help_text="The day from which their answers count; today at the latest.")
    authorities = forms.MultipleChoiceField(
        label="Authorities",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Choose at least one authority.",
            "invalid_choice": "The register has no authority “%(value)s”. Choose from the list.",
        },
    )

    def __init__(self, *args: Any, bodies: Sequence[BodyOn], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["authorities"].choices = [(body.organization.key, described(body)) for body in bodies]  # type: ignore[attr-defined]


def described(body: BodyOn) -> str:
    """An authority with its mayor and party, as the register knows them."""
    mayor = body.mayor
    if mayor is None:
        return f"{body.name.name}: no mayor is recorded, as of {body.organization.as_of_words}"
    party = mayor.party.name if mayor.party else "no party recorded"
    return f"{body.name.name}: {mayor.person.name} ({party}), as of {mayor.membership.as_of_words}"
