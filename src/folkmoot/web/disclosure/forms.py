"""Forms of the pages for requests for information. They only validate; what may happen is decided by the actions."""

from typing import Any

from django import forms

from folkmoot.apps.disclosure import actions
from folkmoot.apps.disclosure.exemptions import ABOUT_OTHERS, FOI, OWN, REGIMES, exemptions_of
from folkmoot.apps.disclosure.models import Case, Decision, Waits
from folkmoot.apps.search.registry import search_sources
from folkmoot.web.records.forms import text
from folkmoot.web.widgets import DayField

LONGEST = 20_000


def words(label: str, missing: str = "", *, hint: str = "", rows: int = 6) -> forms.CharField:
    """Text of several lines; it may be empty where no sentence says what is missing."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=bool(missing),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": missing},
    )


def grounds(regime: str) -> list[tuple[str, str]]:
    """The grounds of a law for a select, each with its sentence."""
    every = [(each.key, f"{each.name.capitalize()}: {each.sentence}") for each in exemptions_of(regime)]
    return [("", "None"), *every]


class CaseForm(forms.Form):
    """A new request."""

    title = text("Title", "Give the request a title.", hint="For the log: without the name of who asked.", length=160)
    regime = forms.ChoiceField(
        label="Law",
        choices=REGIMES,
        widget=forms.RadioSelect,
        error_messages={"required": "Say under which law it was asked."},
    )
    asked = words("What was asked", "Write what was asked, in the words of the request.")
    received_on = DayField(label="Received on", help_text="The days count from the day after.")
    requester = text("Who asked", "Write who asked.", length=160)
    contact = text("Where the answer goes", "Write a mail or postal address.", length=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = {OWN: f"{dict(REGIMES)[OWN]}: what is held about the person who asks"}
        self.fields["regime"].choices = [(key, said.get(key, law)) for key, law in REGIMES]  # type: ignore[attr-defined]


class SearchForm(forms.Form):
    """Words to search for, of one kind and of a time."""

    words = text("Words", "Write what to search for.", length=200)
    kind = forms.ChoiceField(label="Kind of record", required=False)
    since = DayField(label="From", required=False)
    until = DayField(label="To", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(each.kind, each.label) for each in search_sources()]
        self.fields["kind"].choices = [("", "Every kind"), *kinds]  # type: ignore[attr-defined]


class LawForm(forms.Form):
    """Another law for a request."""

    regime = forms.ChoiceField(
        label="Law", widget=forms.RadioSelect, error_messages={"required": "Choose the other law."}
    )

    def __init__(self, case: Case, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["regime"].choices = [each for each in REGIMES if each[0] != case.regime]  # type: ignore[attr-defined]


class ClarifyForm(forms.Form):
    """Something asked of the person who asked."""

    kind = forms.ChoiceField(
        label="What you ask for",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you ask for."},
    )
    question = words("What you write to them", "Write what you ask back.", hint="Kept here; you send it yourself.")

    def __init__(self, case: Case, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = actions.kinds_of(case)
        self.fields["kind"].choices = [each for each in Waits.choices if each[0] in kinds]  # type: ignore[attr-defined]


class ClarifiedForm(forms.Form):
    """That it came."""

    answered_on = DayField(label="It came on")


class ExtendForm(forms.Form):
    """More time; only the Freedom of Information Act asks for a section."""

    grounds = forms.ChoiceField(label="Section whose public interest is weighed", required=False)
    reason = text("Why", "Say why more time is needed.", hint="It stands in the notice to the person.", length=500)

    def __init__(self, regime: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if regime != FOI:
            del self.fields["grounds"]
            return
        weighed = [each for each in exemptions_of(regime) if each.is_weighed]
        choices = [("", "None"), *((each.key, f"{each.name.capitalize()}: {each.sentence}") for each in weighed)]
        self.fields["grounds"].choices = choices  # type: ignore[attr-defined]


class EmptyForm(forms.Form):
    """For a page that only asks whether."""


class DecideForm(forms.Form):
    """What is done with a record."""

    decision = forms.ChoiceField(
        label="This record",
        choices=[(Decision.DISCLOSE.value, "Is disclosed"), (Decision.WITHHOLD.value, "Is withheld as a whole")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether the record is disclosed or withheld."},
    )
    exemption_key = forms.ChoiceField(label="Ground", required=False)
    reason = words("Why the ground holds here", hint="It stands in the letter.", rows=3)
    public_interest = words("How the public interest was weighed", hint="It stands in the letter.", rows=3)

    def __init__(self, regime: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["exemption_key"].choices = grounds(regime)  # type: ignore[attr-defined]
        if regime == OWN:
            del self.fields["public_interest"]


class GroundForm(forms.Form):
    """The ground for what is taken out."""

    exemption_key = forms.ChoiceField(label="Ground")

    def __init__(self, regime: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["exemption_key"]
        field.choices = grounds(regime)  # type: ignore[attr-defined]
        field.error_messages["required"] = "Choose the ground."
        if regime == OWN:
            field.initial = ABOUT_OTHERS


class RedactForm(GroundForm):
    """Words to take out."""

    words = words("Words to take out", "Write or choose the words to take out.", hint="One passage a line.", rows=4)
    field_order = ("words", "exemption_key")


class NameForm(forms.Form):
    """How the answer calls a record."""

    shown_title = text("Name in the answer", "Write how the answer calls the record.", length=400)


class LetterForm(forms.Form):
    """The answer's own words."""

    letter = words("The letter", "Write what the answer says.", hint="An empty line begins a paragraph.", rows=14)


class LogForm(forms.Form):
    """The title in the log."""

    title = text("Title in the log", "Write the title for the log.", hint="Everybody reads it.", length=160)
