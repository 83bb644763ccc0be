"""Forms of the members pages. They only validate; what may happen is decided by the actions."""

from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict

from folkmoot.apps.members.actions import DATES
from folkmoot.apps.members.models import Kind, PostKind
from folkmoot.apps.members.partial import NotADate, span
from folkmoot.web.widgets import DayField

DATE_HINT = "A day, a month or a year: 2026-05-07, 2026-05 or 2026."
LONG_FIELDS = frozenset({"relevance", "text"})


def posted(request: HttpRequest) -> QueryDict | None:
    """What a person sent, or None while they only look."""
    return request.POST if request.method == "POST" else None


class PartialDateField(forms.CharField):
    """A date of any shape, as the source gives it."""

    def __init__(self, label: str, *, hint: str = DATE_HINT, required: bool = True) -> None:
        messages = {"required": f"Write a date. {DATE_HINT}"}
        super().__init__(label=label, help_text=hint, required=required, max_length=16, error_messages=messages)

    def clean(self, value: Any) -> str:
        text = str(super().clean(value))
        try:
            span(text)
        except NotADate as error:
            raise forms.ValidationError(str(error)) from None
        return text


def _text(label: str, missing: str, *, hint: str = "", required: bool = True, length: int = 200) -> forms.CharField:
    messages = {"required": missing}
    return forms.CharField(label=label, help_text=hint, required=required, max_length=length, error_messages=messages)


def _source() -> forms.CharField:
    return _text("Source", "Say where it can be read.", hint="A page, a letter, a notice: whatever others can look at.")


class OriginForm(forms.Form):
    """Where a fact comes from. What is invented has no source, so the fields go."""

    source = _source()
    as_of = PartialDateField("True on", hint=f"The day for which the source says so. {DATE_HINT}")

    def __init__(self, *args: Any, invented: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if invented:
            del self.fields["source"], self.fields["as_of"]
        else:
            self.order_fields([name for name in self.fields if name not in ("source", "as_of")])


class RecheckForm(OriginForm):
    """A fact was looked at again and stands."""

    reason = _text("What was looked at", "Say what was looked at.", hint="Such as: the order itself was read.")


class CorrectForm(OriginForm):
    """A new value for one cell of a fact."""

    value = forms.CharField(required=False)
    expected = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    reason = _text("Why", "Say why it is corrected.", hint="One sentence, for whoever reads it later.")

    def __init__(self, *args: Any, field: str, label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        value = self.fields["value"]
        value.label = label
        if field in DATES:
            value.help_text = f"{DATE_HINT} Empty means not known."
        if field in LONG_FIELDS:
            value.widget = forms.Textarea(attrs={"rows": 4})


class NetworkForm(OriginForm):
    """The day on which an authority joins or leaves."""

    on = DayField(label="From which day")


class HolderForm(OriginForm):
    """Who holds a post from a day."""

    name = _text("Name", "Write the person’s name.", length=120)
    party = _text("Party", "", required=False, hint="Empty for none.", length=80)
    elected_on = PartialDateField("Elected on", required=False)
    valid_from = PartialDateField("In post from")
    ends_present_term = forms.BooleanField(
        label="The present holder’s term ends on that day", required=False, initial=True
    )


class OfficerForm(OriginForm):
    """An officer of an authority or a department."""

    title = _text(
        "Title of the post", "Write the title of the post.", hint="Such as Director of Transport.", length=120
    )
    kind = forms.ChoiceField(label="Kind of post", initial=PostKind.OFFICER)
    name = _text("Name", "Write the person’s name.", length=120)
    valid_from = PartialDateField("In post from")

    def __init__(self, *args: Any, kinds: list[PostKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]  # type: ignore[attr-defined]


class EndForm(forms.Form):
    """The end of a term."""

    valid_to = PartialDateField("First day no longer in post")
    reason = _text("Why", "", required=False, hint="Such as resigned. Empty when not known.", length=120)


class RenameForm(OriginForm):
    """Another name for a body, from a day."""

    name = _text("New name", "Write the new name.")
    short_name = _text("New short name", "", required=False, length=40)
    on = DayField(label="From which day")


class BodyForm(OriginForm):
    """A body that the register does not know yet."""

    name = _text("Name", "Write its name.")
    short_name = _text("Short name", "", required=False, length=40)
    kind = forms.ChoiceField(label="Kind", choices=Kind.choices)
    tier = forms.ChoiceField(
        label="Tier",
        required=False,
        choices=[("", "None"), *((t, t.capitalize()) for t in ("foundation", "mayoral", "established mayoral"))],
        help_text="Of a strategic authority.",
    )
    valid_from = PartialDateField("Formed", required=False)
