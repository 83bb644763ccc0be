"""Forms of the records pages. They only validate; what may happen is decided by the actions."""

from django import forms

from folkmoot.apps.records.actions import MOST_MONTHS


def text(label: str, missing: str, *, hint: str = "", required: bool = True, length: int = 300) -> forms.CharField:
    """One line of text, with the sentence for when it is missing."""
    return forms.CharField(
        label=label, help_text=hint, required=required, max_length=length, error_messages={"required": missing}
    )


class PeriodForm(forms.Form):
    """How long a class is kept, and why."""

    months = forms.IntegerField(
        label="Months",
        min_value=1,
        max_value=MOST_MONTHS,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "inputmode": "numeric"}),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), f"Write a number of months from 1 to {MOST_MONTHS}."
        ),
    )
    reason = text("Why", "Say where the network decided this, or why.", hint="Such as: agreed on 12 May, item 4.")


class HoldForm(forms.Form):
    """Which record is kept, and why."""

    table = text("Table", "Write the table, such as mail.outboxmessage.", length=60)
    key = text("Key", "Write the record’s key, as the list of what the next run would remove shows it.", length=260)
    reason = text("Why", "Say why the record is kept.")


class PersonForm(forms.Form):
    """About whom it is asked."""

    email = text("Mail address", "", required=False, length=254)
    person = text("Key in the register", "", required=False, length=80, hint="The last part of the person’s address.")
    name = text("Name in full", "", required=False, length=120, hint="As it stands in Word files that they marked.")
