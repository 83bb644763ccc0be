"""Forms for sending a draft to the offices and for giving them more time."""

from collections.abc import Sequence
from typing import Any

from django import forms

from folkmoot.apps.positions.actions import Office
from folkmoot.apps.positions.letters import WHO_SEES
from folkmoot.apps.positions.models.terms import DISCLOSURES
from folkmoot.web.widgets import DayField

CLOSES_HINT = "A working day. The circulation closes at noon."


class CirculateForm(forms.Form):
    """Whom to ask what until when, and who will see the answers."""

    question = forms.CharField(
        label="The question",
        max_length=300,
        help_text="One sentence, such as: can your office support this text?",
        error_messages={"required": "Write the question that you put to the offices."},
    )
    letter = forms.CharField(
        label="Covering letter",
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=8000,
        error_messages={"required": "Write a covering letter."},
    )
    closes_on = DayField(label="Closing day", help_text=CLOSES_HINT)
    disclosure = forms.ChoiceField(
        label="Who sees the answers, and when?",
        widget=forms.RadioSelect,
        initial="secretariat",
        help_text="The mail says it to every office, and it cannot be changed afterwards.",
        choices=[(value, f"{label}. “{WHO_SEES[value]}”") for value, label in DISCLOSURES],
    )
    offices = forms.MultipleChoiceField(
        label="Offices",
        widget=forms.CheckboxSelectMultiple,
        help_text="An office that is not asked does not see the position, unless it saw it before.",
        error_messages={"required": "Choose at least one office."},
    )

    def __init__(self, *args: Any, offices: Sequence[Office], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offices = {office.key: office for office in offices}
        self.fields["offices"].choices = [(office.key, _described(office)) for office in offices]  # type: ignore[attr-defined]
        self.fields["offices"].initial = [office.key for office in offices if office.people]

    def chosen(self) -> list[Office]:
        """The offices chosen, in their order."""
        chosen = set(self.cleaned_data["offices"])
        return [office for key, office in self._offices.items() if key in chosen]


def _described(office: Office) -> str:
    people = ", ".join(person.name for person in office.people) or "nobody can be reached yet"
    return f"{office.name} ({office.party or 'no party recorded'}): {people}"


class ExtendForm(forms.Form):
    """Another closing day."""

    closes_on = DayField(label="New closing day", help_text=CLOSES_HINT)
