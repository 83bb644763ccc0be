"""Forms of the memory's pages; they only validate."""

from typing import Any

from django import forms

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audience import Audience, Handling
from folkmoot.apps.archive.models import ArchiveDocument, ImportRow, PaperKind
from folkmoot.apps.issues.models import Issue

NOT_LISTED = "Choose one of the list."
AUDIENCES = [
    (Audience.SECRETARIAT.value, "The secretariat"),
    (Audience.NETWORK.value, "All member offices and the secretariat"),
]
HANDLINGS = [
    (Handling.OFFICIAL.value, "OFFICIAL: for the network’s everyday work"),
    (Handling.OFFICIAL_SENSITIVE.value, "OFFICIAL-SENSITIVE: each reading is recorded, and no mail holds it"),
]


def _text(label: str, missing: str = "", *, length: int = 200, hint: str = "") -> forms.CharField:
    messages = {"required": missing, "max_length": f"Write at most {length} characters."}
    return forms.CharField(
        label=label, required=bool(missing), max_length=length, help_text=hint, error_messages=messages
    )


def _radio(label: str, choices: list[tuple[str, str]]) -> forms.ChoiceField:
    messages = {"required": NOT_LISTED, "invalid_choice": NOT_LISTED}
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, error_messages=messages)


class FactsForm(forms.Form):
    """What is known of a paper."""

    title = _text("Title", "Give the paper a title.")
    kind = forms.ChoiceField(
        label="Kind", choices=PaperKind.choices, error_messages={"required": NOT_LISTED, "invalid_choice": NOT_LISTED}
    )
    day = _text(
        "Date of the paper",
        "Write the date of the paper.",
        length=40,
        hint="As exactly as it is known: 5 March 2024, March 2024 or 2024.",
    )
    sent_from = _text("From (if it was sent)")
    sent_to = _text(
        "To (if it was sent)", hint="A department, body or post by the name of its day; the register is looked through."
    )
    audience = _radio("Who may see it", AUDIENCES)
    handling = _radio("Handling", HANDLINGS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].widget.attrs["class"] = "govuk-input--width-20"

    @staticmethod
    def of(facts: ArchiveDocument | ImportRow) -> dict[str, Any]:
        """What the form shows before anybody has typed."""
        names = ("title", "kind", "sent_from", "sent_to", "audience", "handling")
        return {name: getattr(facts, name) for name in names} | {"day": facts.day_words}


class RowForm(FactsForm):
    """The same for a file that is not taken in yet, with its issue."""

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["issue"] = forms.ModelChoiceField(
            label="Issue",
            queryset=Issue.objects.visible_to(actor).order_by("title", "pk"),
            to_field_name="key",
            empty_label="None",
            required=False,
            error_messages={"invalid_choice": NOT_LISTED},
        )


class CorrectForm(FactsForm):
    """The same for a paper that was taken in, with why."""

    why = _text("Why it was wrong", "Say in one sentence why it was wrong.", length=300)


class ManyFiles(forms.FileInput):
    """A box for several files at once."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)


class FilesField(forms.FileField):
    """Several files; how large each may be is asked where they are taken."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        given = data if isinstance(data, list | tuple) else [data]
        if not [each for each in given if each]:
            raise forms.ValidationError("Choose the papers, or a zip of them.")
        return list(given)


class UploadForm(forms.Form):
    """The papers to be looked through."""

    papers = FilesField(
        label="Papers",
        widget=ManyFiles(attrs={"multiple": True}),
        help_text="Word (.docx), PDF, .txt or .md files, or a zip of them.",
    )
