"""Forms of the Text tab: who reads a paragraph, what we would settle for, and which guests look on."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from folkmoot.apps.access.audience import Audience
from folkmoot.apps.access.models import Account
from folkmoot.apps.positions.queries.common import secretariat_readers
from folkmoot.apps.positions.queries.paragraphs import Paragraph

KEPT_TO = [
    (Audience.SECRETARIAT.value, "The secretariat alone"),
    (Audience.NAMED.value, "The secretariat and the offices chosen below"),
]


class NarrowForm(forms.Form):
    """Which paragraphs of a clause fewer people may read, and who may."""

    paragraphs = forms.MultipleChoiceField(
        label="Which paragraphs?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one paragraph."},
    )
    audience = forms.ChoiceField(
        label="Who may read them?",
        choices=KEPT_TO,
        widget=forms.RadioSelect,
        initial=Audience.SECRETARIAT.value,
        help_text="Every other copy leaves them out and is numbered afresh, so that no gap shows.",
    )
    offices = forms.MultipleChoiceField(label="Offices", widget=forms.CheckboxSelectMultiple, required=False)

    def __init__(self, *args: Any, paragraphs: Sequence[Paragraph], offices: Iterable[tuple[str, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["paragraphs"].choices = [(str(p.place), _shortened(p.text)) for p in paragraphs]  # type: ignore[attr-defined]
        self.fields["paragraphs"].initial = [str(p.place) for p in paragraphs]
        self.fields["offices"].choices = list(offices)  # type: ignore[attr-defined]

    def runs(self) -> list[tuple[int, int]]:
        """The paragraphs chosen, as first and last of each unbroken row."""
        runs: list[tuple[int, int]] = []
        for place in sorted(int(value) for value in self.cleaned_data["paragraphs"]):
            if runs and runs[-1][1] == place - 1:
                runs[-1] = (runs[-1][0], place)
            else:
                runs.append((place, place))
        return runs


def _shortened(text: str) -> str:
    return text if len(text) <= 160 else f"{text[:157].rsplit(' ', 1)[0]} …"


class FallbackForm(forms.Form):
    """What we would settle for, and who else may know."""

    words = forms.CharField(
        label="What would we settle for?",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        error_messages={"required": "Write what we would settle for."},
    )
    people = forms.ModelMultipleChoiceField(
        label="Who may see it besides you?",
        queryset=Account.objects.none(),
        to_field_name="key",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Nobody else can tell that it exists, here or anywhere.",
    )

    def __init__(self, *args: Any, me: int | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = secretariat_readers().exclude(pk=me or 0)  # type: ignore[attr-defined]


class GuestForm(forms.Form):
    """A guest to let in."""

    guest = forms.ModelChoiceField(
        label="Guest",
        queryset=Account.objects.none(),
        to_field_name="key",
        empty_label="Choose a guest",
        error_messages={"required": "Choose a guest.", "invalid_choice": "Choose one of the guests listed."},
    )

    def __init__(self, *args: Any, guests: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["guest"].queryset = guests  # type: ignore[attr-defined]
