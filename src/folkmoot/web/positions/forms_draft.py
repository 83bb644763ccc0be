"""Forms for starting a position and working on its text; they only validate."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audience import Handling
from folkmoot.apps.access.models import Account
from folkmoot.apps.issues.models import Issue
from folkmoot.apps.issues.queries.listing import live_issues
from folkmoot.apps.positions.models import Position
from folkmoot.apps.positions.queries.common import secretariat_people
from folkmoot.engines import redline
from folkmoot.web.numbers import number_in

HANDLINGS = [
    (Handling.OFFICIAL.value, "OFFICIAL: for the network’s everyday work"),
    (
        Handling.OFFICIAL_SENSITIVE.value,
        "OFFICIAL-SENSITIVE: never sent by mail, each reading is recorded; the mails hold only a link",
    ),
]
LEVELS = (("1", "Clause (1)"), ("2", "Sub-clause (1.1)"), ("3", "Point (a)"))


class PositionForm(forms.Form):
    """What stands on the front of a position."""

    title = forms.CharField(label="Title", max_length=160, error_messages={"required": "Give the position a title."})
    issue = forms.CharField(
        label="Issue (if you like)", max_length=160, required=False, help_text="What it belongs to, such as buses."
    )
    handling = forms.ChoiceField(
        label="Handling", choices=HANDLINGS, widget=forms.RadioSelect, initial=Handling.OFFICIAL.value
    )


class NewPositionForm(PositionForm):
    """The same, and the issue on whose time line it is to stand."""

    of_issue = forms.ModelChoiceField(
        label="Put it on an issue’s time line (if you like)",
        queryset=Issue.objects.none(),
        to_field_name="key",
        empty_label="None",
        required=False,
        error_messages={"invalid_choice": "Choose an issue of the list."},
    )

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["of_issue"].queryset = live_issues(actor)  # type: ignore[attr-defined]
        self.order_fields(["title", "issue", "of_issue", "handling"])


class ChangePositionForm(PositionForm):
    """The same, and who leads it."""

    lead = forms.ModelChoiceField(
        label="Lead",
        queryset=Account.objects.none(),
        to_field_name="key",
        empty_label=None,
        error_messages={"required": "Choose who leads it.", "invalid_choice": "Choose somebody of the secretariat."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead"].queryset = secretariat_people()  # type: ignore[attr-defined]

    @staticmethod
    def of(position: Position) -> dict[str, Any]:
        """What the form shows before anybody has typed."""
        return {
            "title": position.title,
            "issue": position.issue,
            "handling": position.handling,
            "lead": position.lead.key,
        }


class ReasonForm(forms.Form):
    """Why something ends."""

    reason = forms.CharField(
        label="Why is it withdrawn?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="The offices asked are told by mail, and it stands on the position’s page.",
        error_messages={"required": "Say why it is withdrawn."},
    )


class ImportForm(forms.Form):
    """A Word file to take as the next version."""

    file = forms.FileField(
        label="Word file (.docx)",
        widget=forms.ClearableFileInput(attrs={"accept": ".docx"}),
        help_text="Tracked changes in it are accepted and comments are left out. Its numbering and layout are kept.",
        error_messages={"required": "Choose the Word file that holds the draft.", "empty": "The file is empty."},
    )
    note = forms.CharField(
        label="What is new in it (if you like)", max_length=300, required=False, help_text="Shown beside the version."
    )


@dataclass(frozen=True, slots=True)
class DraftRow:
    """One clause as it is being typed: its level, heading, and text with a paragraph a line."""

    level: str = "1"
    heading: str = ""
    text: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.heading.strip() or self.text.strip())

    def clause(self) -> redline.DraftClause:
        """The clause that this row says."""
        paragraphs = tuple(line.strip() for line in self.text.splitlines() if line.strip())
        return redline.DraftClause(int(self.level), self.heading.strip(), paragraphs)


def rows_of(data: Mapping[str, str]) -> list[DraftRow]:
    """The rows that were posted, in their order."""
    rows: list[DraftRow] = []
    while f"text-{len(rows)}" in data:
        n = len(rows)
        level = data.get(f"level-{n}", "1")
        rows.append(
            DraftRow(level if level in dict(LEVELS) else "1", data.get(f"heading-{n}", "")[:300], data[f"text-{n}"])
        )
    return rows


def rearranged(rows: Sequence[DraftRow], act: str) -> list[DraftRow]:
    """The rows after a button: "up-2", "down-0", "add-1" (a new one after it) or "drop-3"; else as they were."""
    verb, _, number = act.partition("-")
    found = list(rows)
    n = number_in(number)
    if n is None or n >= max(len(found), 1):
        return found
    if verb == "up" and n > 0:
        found[n - 1], found[n] = found[n], found[n - 1]
    elif verb == "down" and n + 1 < len(found):
        found[n], found[n + 1] = found[n + 1], found[n]
    elif verb == "add":
        found.insert(n + 1, DraftRow(level=found[n].level if found else "1"))
    elif verb == "drop":
        del found[n]
    return found or [DraftRow()]


def rows_from(clauses: Sequence[redline.Clause]) -> list[DraftRow]:
    """The rows for a text that stands already: a row a numbered clause, with the paragraphs under it."""
    rows: list[DraftRow] = []
    for clause in clauses:
        is_numbered = clause.number != clause.heading
        if is_numbered:
            rows.append(_row(clause))
        elif rows:
            rows[-1] = replace(rows[-1], text=f"{rows[-1].text}\n{clause.text}".strip())
    return rows or [DraftRow(heading=clause.heading, text=_under(clause)) for clause in clauses] or [DraftRow()]


def _row(clause: redline.Clause) -> DraftRow:
    level = _level(clause.number)
    # A short point looks like a heading to a reader of Word files; written anew it stays a paragraph.
    if level == "3" and clause.heading == clause.text:
        return DraftRow(level, "", clause.text)
    return DraftRow(level, clause.heading, _under(clause))


def _under(clause: redline.Clause) -> str:
    """The text of a clause without its heading."""
    first, _, rest = clause.text.partition("\n")
    return rest if clause.heading and first.strip() == clause.heading.strip() else clause.text


def _level(number: str) -> str:
    """The level that a number tells: 4 is 1, 4.1 is 2, 4.1(a) is 3."""
    if "(" in number:
        return "3"
    return "2" if "." in number.rstrip(".") else "1"


def without_empty(rows: Sequence[DraftRow]) -> list[DraftRow]:
    """The rows that say something; the first of them is a clause, since a text cannot begin with a sub-clause."""
    said = [row for row in rows if not row.is_empty]
    return [replace(said[0], level="1"), *said[1:]] if said else []
