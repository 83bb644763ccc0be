"""The forms of an office's answer: a file, a stance a clause, and who stands behind it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from folkmoot.apps.positions.actions import GivenAnswer
from folkmoot.apps.positions.models import Answer, Return, Stance
from folkmoot.apps.positions.queries.answering import AnswerClause


class WordForm(forms.Form):
    """The office's marked-up copy."""

    file = forms.FileField(
        label="Our marked-up Word file",
        help_text="The copy that you were sent, saved from Word or LibreOffice as .docx.",
        error_messages={"required": "Choose the Word file first."},
    )


class ClauseForm(forms.Form):
    """The answer on one clause."""

    stance = forms.ChoiceField(
        label="Our stance",
        choices=[*Stance.choices, ("", "No answer yet")],
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--inline"}),
        required=False,
    )
    reason = forms.CharField(
        label="Reason",
        help_text="Needed for an objection or a red line: it can then be met.",
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )
    proposed_words = forms.CharField(
        label="The clause as we would have it",
        help_text="Leave empty to keep the words, or if your Word file changes them. One paragraph a line.",
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    visibility = forms.ChoiceField(label="Who may see this answer", choices=Answer.VISIBILITIES, required=False)

    def __init__(self, clause: AnswerClause, data: Mapping[str, Any] | None = None) -> None:
        self.clause = clause
        initial = {
            "stance": clause.stance,
            "reason": clause.reason,
            "proposed_words": clause.proposed_words,
            "visibility": clause.visibility,
        }
        super().__init__(data, prefix=clause.key, initial=initial)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("stance") in {Stance.OBJECT, Stance.RED_LINE} and not data.get("reason", "").strip():
            number = self.clause.number or self.clause.heading
            self.add_error("reason", f"Clause {number}: give the reason, so that it can be met.")
        return data

    def given(self) -> GivenAnswer:
        data = self.cleaned_data
        return GivenAnswer(
            stance=data["stance"],
            reason=data["reason"],
            proposed_words=data["proposed_words"],
            visibility=data["visibility"] or "as-announced",
        )


class NoteForm(forms.Form):
    """What the office wants to say about the text as a whole."""

    note = forms.CharField(label="About the text as a whole", widget=forms.Textarea(attrs={"rows": 3}), required=False)


class SubmitForm(forms.Form):
    """Whose view it is, and who cleared it."""

    whose_view = forms.ChoiceField(
        label="Whose view is this?",
        choices=Return.WHOSE,
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--inline"}),
        error_messages={"required": "Say whose view this is."},
    )
    cleared_by = forms.CharField(
        label="Who cleared it?",
        max_length=120,
        error_messages={"required": "Name the person who cleared this answer."},
    )


def clause_forms(clauses: Iterable[AnswerClause], data: Mapping[str, Any] | None = None) -> list[ClauseForm]:
    """One form a clause, in order."""
    return [ClauseForm(clause, data) for clause in clauses]
