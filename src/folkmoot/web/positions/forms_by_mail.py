"""The forms by which a mail becomes an office's answer."""

from collections.abc import Sequence
from typing import Any

from django import forms

from folkmoot.apps.mail.inbox import InboxFile
from folkmoot.apps.positions.actions.by_mail import Begun
from folkmoot.apps.positions.editions import ClauseView
from folkmoot.apps.positions.lateness import LONGEST_REASON
from folkmoot.apps.positions.models import Invitation, Stance
from folkmoot.apps.positions.queries.by_mail import Offices

OTHER = "other"
MISSING_CHOICE = "Say what becomes of the answer that was begun for this office."
MISSING_REASON = "This office’s round is over. Say why its answer is taken all the same."


def token_for(invitation: Invitation) -> str:
    """How a form names an office that was asked: by key of the round and of the office."""
    return f"{invitation.circulation.key}:{invitation.office}"


class LateReason(forms.CharField):
    """Why an answer is taken after closing."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label="Why is it taken after closing?",
            max_length=LONGEST_REASON,
            error_messages={"required": MISSING_REASON},
            **kwargs,
        )


class BegunChoice(forms.ChoiceField):
    """What becomes of an answer that the office began and did not submit in time."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label="An answer of this office was begun and not submitted in time. What becomes of that one?",
            choices=[
                (Begun.KEEP, "Keep it aside: whoever began it goes on with it if the round is given more time"),
                (Begun.REPLACE, "This one replaces it: it stays in the record, and nobody goes on with it"),
            ],
            widget=forms.RadioSelect,
            error_messages={"required": MISSING_CHOICE},
            **kwargs,
        )


class OfficeForm(forms.Form):
    """Whose answer it is."""

    office = forms.ChoiceField(
        label="Whose answer is it?", error_messages={"required": "Choose the office whose answer it is."}
    )

    def __init__(self, *args: Any, offices: Offices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_token = {token_for(each): each for each in (*offices.asked, *offices.late)}
        self.late = frozenset(token_for(each) for each in offices.late)
        self.offices_begun = frozenset(token_for(each) for each in offices.late if each.pk in offices.begun)
        groups = [("Asked now", offices.asked), ("The round is over: a late answer", offices.late)]
        self.fields["office"].choices = [  # type: ignore[attr-defined]
            ("", "Choose the office"),
            *((title, [(token_for(each), _named(each)) for each in group]) for title, group in groups if group),
        ]

    @property
    def invitation(self) -> Invitation:
        return self.by_token[self.cleaned_data["office"]]

    @property
    def is_late(self) -> bool:
        return self.cleaned_data.get("office") in self.late

    @property
    def is_begun(self) -> bool:
        """Whether the office chosen began an answer that nobody can submit any more."""
        return self.cleaned_data.get("office") in self.offices_begun


def _named(invitation: Invitation) -> str:
    return f"{invitation.circulation.position.title}: {invitation.office_name}"


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
    late_because = LateReason(
        required=False, help_text="Only for an office whose round is over. It stands beside the answer."
    )
    begun = BegunChoice(required=False, help_text="What the office began itself you see neither way.")

    def __init__(self, *args: Any, files: Sequence[InboxFile], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.late:
            del self.fields["late_because"]
        if self.offices_begun:
            names = ", ".join(self.by_token[token].office_name for token in sorted(self.offices_begun))
            self.fields["begun"].help_text = f"Only for {names}. What the office began itself you see neither way."
        else:
            del self.fields["begun"]
        words = [(str(f.place), f"{f.name} in {f.within}" if f.within else f.name) for f in files if f.kind == "word"]
        self.fields["file"].choices = [*words, (OTHER, "A Word file that I add")]  # type: ignore[attr-defined]
        if not words:
            self.fields["file"].initial = OTHER

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("file") == OTHER and not data.get("upload"):
            self.add_error("upload", "Choose the Word file that you saved.")
        if self.is_late and not data.get("late_because"):
            self.add_error("late_because", MISSING_REASON)
        if self.is_begun and not data.get("begun"):
            self.add_error("begun", MISSING_CHOICE)
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
    late_because = LateReason(help_text="The round of this office is over. The reason stands beside the answer.")
    begun = BegunChoice(help_text="What the office began itself you see neither way.")

    def __init__(self, *args: Any, clauses: Sequence[ClauseView], late: bool, begun: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not late:
            del self.fields["late_because"]
        if not begun:
            del self.fields["begun"]
        self.fields["clauses"].choices = [  # type: ignore[attr-defined]
            (clause.key, f"{clause.number} {clause.heading}".strip()) for clause in clauses
        ]
