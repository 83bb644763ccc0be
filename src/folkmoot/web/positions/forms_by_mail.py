"""The forms by which a mail becomes an office's answer."""

from collections.abc import Sequence
from typing import Any

from django import forms

from folkmoot.apps.mail.inbox import InboxFile
from folkmoot.apps.positions.editions import ClauseView
from folkmoot.apps.positions.models import Invitation, Stance

OTHER = "other"


def token_for(invitation: Invitation) -> str:
    """How a form names an office that was asked: by key of the round and of the office."""
    return f"{invitation.circulation.key}:{invitation.office}"


class OfficeForm(forms.Form):
    """Whose answer it is."""

    office = forms.ChoiceField(
        label="Whose answer is it?", error_messages={"required": "Choose the office whose answer it is."}
    )

    def __init__(self, *args: Any, invitations: Sequence[Invitation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_token = {token_for(invitation): invitation for invitation in invitations}
        named = [(key, f"{each.circulation.position.title}: {each.office_name}") for key, each in self.by_token.items()]
        self.fields["office"].choices = [("", "Choose the office"), *named]  # type: ignore[attr-defined]

    @property
    def invitation(self) -> Invitation:
        return self.by_token[self.cleaned_data["office"]]


class FileForm(OfficeForm):
    """Which file is the return."""

    file = forms.ChoiceField(
        label="Which file is it?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the file that is the answer."},
    )
    upload = forms.FileField(
        label="The Word file, saved from what came",
        help_text="For an old Word, LibreOffice or RTF file: open it, save it as .docx, and choose that.",
        required=False,
    )

    def __init__(self, *args: Any, files: Sequence[InboxFile], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = [(str(f.place), f"{f.name} in {f.within}" if f.within else f.name) for f in files if f.kind == "word"]
        self.fields["file"].choices = [*words, (OTHER, "A Word file that I add")]  # type: ignore[attr-defined]
        if not words:
            self.fields["file"].initial = OTHER

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("file") == OTHER and not data.get("upload"):
            self.add_error("upload", "Choose the Word file that you saved.")
        return data


class WordsForm(forms.Form):
    """Which stance the words express, on which clauses."""

    stance = forms.ChoiceField(
        label="What do the words say?",
        choices=Stance.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the stance that the words express."},
    )
    clauses = forms.MultipleChoiceField(
        label="On which clauses?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one clause."},
    )
    words = forms.CharField(
        label="The words that say it",
        help_text="They are kept as the reason of each stance. Leave out greetings.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        required=False,
    )

    def __init__(self, *args: Any, clauses: Sequence[ClauseView], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["clauses"].choices = [  # type: ignore[attr-defined]
            (clause.key, f"{clause.number} {clause.heading}".strip()) for clause in clauses
        ]
