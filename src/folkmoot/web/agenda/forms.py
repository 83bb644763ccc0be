"""Forms of the plan, the meetings and the groups. They only validate; the actions decide."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audience import Audience, Handling
from folkmoot.apps.access.models import Account
from folkmoot.apps.access.roles import Role
from folkmoot.apps.agenda.actions import Asked
from folkmoot.apps.agenda.models import Group, Meeting, Outcome, Purpose
from folkmoot.apps.agenda.queries.meetings import upcoming
from folkmoot.apps.issues.models import Issue
from folkmoot.apps.positions.models import Position
from folkmoot.web.clock import LONDON
from folkmoot.web.templating import day_time
from folkmoot.web.widgets import DayField

AUDIENCES = [(Audience.NETWORK, "All member offices"), (Audience.SECRETARIAT, "The secretariat only")]
SHORT = {"class": "govuk-input--width-5", "inputmode": "numeric"}


def _people() -> list[tuple[str, str]]:
    """Who may own an item or sit in a group: the secretariat and the offices."""
    found = Account.objects.filter(is_active=True).exclude(role__in=[Role.ADMINISTRATOR, Role.GUEST])
    return [(account.key, f"{account.name}, {account.get_role_display().lower()}") for account in found]


class PersonField(forms.ChoiceField):
    """Somebody of the network, chosen from a list; its value is their account."""

    def __init__(self, **kwargs: Any) -> None:
        empty = [] if kwargs.get("required", True) else [("", "Nobody")]
        super().__init__(choices=lambda: [*empty, *_people()], **kwargs)

    def clean(self, value: Any) -> Account | None:
        key = super().clean(value)
        return Account.objects.get(key=key) if key else None


def _keyed(rows: Iterable[Any], label: Any, empty: str) -> list[tuple[str, str]]:
    return [("", empty), *((row.key, label(row)) for row in rows)]


def meeting_label(meeting: Meeting) -> str:
    """A meeting in a list to choose from."""
    return f"{meeting.group.name}, {day_time(meeting.starts_at)}"


class EntryForm(forms.Form):
    """One item of the plan."""

    title = forms.CharField(label="What it is about", max_length=160)
    purpose = forms.ChoiceField(
        label="What the group is asked to do", choices=Purpose.choices, widget=forms.RadioSelect
    )
    meeting = forms.ChoiceField(label="Meeting", required=False)
    minutes = forms.IntegerField(
        label="Minutes it takes",
        min_value=1,
        max_value=480,
        initial=10,
        widget=forms.TextInput(attrs=SHORT),
    )
    owner = PersonField(label="Owner")

    def __init__(self, *args: Any, actor: Actor, kept: Meeting | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._meetings = {meeting.key: meeting for meeting in upcoming(actor)}
        if kept:
            self._meetings.setdefault(kept.key, kept)
        self.fields["meeting"].choices = _keyed(  # type: ignore[attr-defined]
            self._meetings.values(), meeting_label, "No meeting yet"
        )

    def clean_meeting(self) -> Meeting | None:
        return self._meetings.get(self.cleaned_data["meeting"])


class NewEntryForm(EntryForm):
    """A new item, with what it belongs to and who may see it."""

    issue = forms.ChoiceField(label="Issue", required=False)
    position = forms.ChoiceField(label="Position", required=False)
    audience = forms.ChoiceField(label="Who may see it", choices=AUDIENCES, initial=Audience.NETWORK)
    handling = forms.ChoiceField(label="Handling", choices=Handling.choices, initial=Handling.OFFICIAL)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, **kwargs)
        self._issues = {issue.key: issue for issue in Issue.objects.visible_to(actor).order_by("title")}
        self._positions = {each.key: each for each in Position.objects.visible_to(actor).order_by("title")}
        for name, rows in (("issue", self._issues), ("position", self._positions)):
            self.fields[name].choices = _keyed(  # type: ignore[attr-defined]
                rows.values(), lambda row: row.title, "None"
            )

    def clean_issue(self) -> Issue | None:
        return self._issues.get(self.cleaned_data["issue"])

    def clean_position(self) -> Position | None:
        return self._positions.get(self.cleaned_data["position"])


class MeetingForm(forms.Form):
    """When and where a group meets."""

    day = DayField(label="Day")
    time = forms.TimeField(
        label="Time",
        help_text="On the 24-hour clock, such as 14:00.",
        input_formats=["%H:%M", "%H.%M"],
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5"}),
        error_messages={"invalid": "Write a time on the 24-hour clock, such as 14:00."},
    )
    minutes = forms.IntegerField(
        label="Minutes", min_value=5, max_value=600, initial=60, widget=forms.TextInput(attrs=SHORT)
    )
    where = forms.CharField(label="Where, or the link to join", max_length=200, required=False)

    def given(self) -> dict[str, Any]:
        """What the action takes."""
        data = dict(self.cleaned_data)
        data["starts_at"] = datetime.combine(data.pop("day"), data.pop("time"), tzinfo=LONDON)
        return data


class NewMeetingForm(MeetingForm):
    """A meeting of a group, and who may see it."""

    group = forms.ChoiceField(label="Group")
    audience = forms.ChoiceField(label="Who may see it", choices=AUDIENCES, initial=Audience.NETWORK)
    handling = forms.ChoiceField(label="Handling", choices=Handling.choices, initial=Handling.OFFICIAL)
    field_order = ["group", "day", "time", "minutes", "where", "audience", "handling"]

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._groups = {group.key: group for group in Group.objects.visible_to(actor)}
        self.fields["group"].choices = [  # type: ignore[attr-defined]
            (group.key, group.name) for group in self._groups.values()
        ]

    @property
    def has_groups(self) -> bool:
        return bool(self._groups)

    def clean_group(self) -> Group:
        group: Group = self._groups[self.cleaned_data["group"]]
        return group


class GroupForm(forms.Form):
    """A body of the network that meets."""

    name = forms.CharField(label="Name", max_length=80)
    purpose = forms.CharField(label="What it is for", max_length=300, required=False)
    approves_plan = forms.BooleanField(label="Its chair approves the forward plan", required=False)


class NewGroupForm(GroupForm):
    """A new group, and who may see it."""

    audience = forms.ChoiceField(label="Who may see it", choices=AUDIENCES, initial=Audience.NETWORK)


class SeatForm(forms.Form):
    """A person's seat in a group."""

    account = PersonField(label="Person")
    is_chair = forms.BooleanField(label="In the chair", required=False)
    begins = DayField(label="From")
    ends = DayField(label="Last day, if known", required=False)


class StandingItemsForm(forms.Form):
    """What stands on every agenda: one line an item."""

    items = forms.CharField(
        label="Items, one a line, each with its minutes after a comma",
        help_text="Such as: Matters arising, 10",
        widget=forms.Textarea(attrs={"rows": 8}),
        required=False,
    )

    def clean_items(self) -> list[tuple[str, int]]:
        lines = [line.strip() for line in self.cleaned_data["items"].splitlines() if line.strip()]
        return [_standing_item(number, line) for number, line in enumerate(lines, start=1)]


def _standing_item(number: int, line: str) -> tuple[str, int]:
    title, comma, minutes = line.rpartition(",")
    if not comma or not minutes.strip().isdecimal():
        raise forms.ValidationError(f"Line {number}, “{line[:40]}”, has no minutes. Write them after a comma.")
    return title.strip(), int(minutes)


class MinuteForm(forms.Form):
    """What was settled under one heading."""

    outcome = forms.ChoiceField(label="Outcome", choices=Outcome.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label="What was said and settled", widget=forms.Textarea(attrs={"rows": 3}), required=False, max_length=10_000
    )


class AskForm(forms.Form):
    """An action asked for in the meeting; all of it, or none."""

    title = forms.CharField(label="What is to be done", max_length=200, required=False)
    owner = PersonField(label="By whom", required=False)
    due = DayField(label="By when", required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        missing = [name for name in ("title", "owner", "due") if not given.get(name) and name not in self.errors]
        if 0 < len(missing) < 3:
            for name in missing:
                self.add_error(name, "An action needs what, by whom and by when. Fill this in, or empty the others.")
        return given

    def given(self) -> Asked | None:
        """What the action takes; nothing where nobody is asked."""
        return Asked(**self.cleaned_data) if self.cleaned_data.get("title") else None


class WhyForm(forms.Form):
    """Why something is dropped, cancelled or sent back."""

    why = forms.CharField(label="Why", max_length=300, error_messages={"required": "Say why in a few words."})
