"""Forms of the issues pages; they only validate."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audience import Audience, Handling
from folkmoot.apps.access.models import Account
from folkmoot.apps.issues.models import Action, Issue, IssueState, Priority, Relation, Workstream
from folkmoot.apps.issues.queries.listing import possible_leads, priorities, workstreams
from folkmoot.apps.issues.queries.page import Readers
from folkmoot.apps.issues.queries.tasks import possible_owners
from folkmoot.web.widgets import DayField

SEES_ALL = (Audience.NETWORK.value, "All member offices and the secretariat")
SEES_SECRETARIAT = (Audience.SECRETARIAT.value, "The secretariat")
HANDLINGS = [
    (Handling.OFFICIAL.value, "OFFICIAL: for the network’s everyday work"),
    (Handling.OFFICIAL_SENSITIVE.value, "OFFICIAL-SENSITIVE: each reading is recorded, and no mail holds it"),
]
NOT_LISTED = "Choose one of the list."
SMALL = {"class": "govuk-input--width-3"}


def _text(label: str, missing: str, *, length: int, hint: str = "", required: bool = True) -> forms.CharField:
    messages = {"required": missing}
    return forms.CharField(label=label, help_text=hint, max_length=length, required=required, error_messages=messages)


def _long(label: str, missing: str, *, length: int, hint: str = "", required: bool = True) -> forms.CharField:
    field = _text(label, missing, length=length, hint=hint, required=required)
    field.widget = forms.Textarea(attrs={"rows": 4})
    return field


def _choice(label: str, queryset: QuerySet[Any], nothing: str | None, *, missing: str = NOT_LISTED) -> Any:
    """One of some records by its key; `nothing` is what none is called, where none will do."""
    return forms.ModelChoiceField(
        label=label,
        queryset=queryset,
        to_field_name="key",
        empty_label=nothing,
        required=nothing is None,
        error_messages={"invalid_choice": NOT_LISTED, "required": missing},
    )


def _radio(label: str, choices: Iterable[tuple[str, str]], initial: str, *, hint: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=list(choices),
        widget=forms.RadioSelect,
        initial=initial,
        help_text=hint,
        error_messages={"required": NOT_LISTED, "invalid_choice": NOT_LISTED},
    )


def _key(record: Any) -> str:
    return record.key if record else ""


class ChangeIssueForm(forms.Form):
    """What stands on the front of an issue."""

    title = _text("Title", "Give the issue a title.", length=160)
    aim = _text("Aim, in one sentence", "Say in one sentence what would be reached.", length=300)
    handling = _radio("Handling", HANDLINGS, Handling.OFFICIAL.value)

    def __init__(self, actor: Actor, *args: Any, issue: Issue | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        leads = possible_leads()
        if issue and issue.lead_id:
            leads = (leads | Account.objects.filter(pk=issue.lead_id)).distinct()
        self.fields["workstream"] = _choice("Workstream", workstreams(actor), "None")
        self.fields["priority"] = _choice("Priority of the network", priorities(actor), "None")
        self.fields["lead"] = _choice("Lead", leads, "Nobody yet")
        self.order_fields(["title", "aim", "workstream", "priority", "lead"])

    @staticmethod
    def of(issue: Issue) -> dict[str, Any]:
        """What the form shows before anybody has typed."""
        return {
            "title": issue.title,
            "aim": issue.aim,
            "workstream": _key(issue.workstream),
            "priority": _key(issue.priority),
            "lead": _key(issue.lead),
            "handling": issue.handling,
        }


class NewIssueForm(ChangeIssueForm):
    """The same, with where it begins and for whom."""

    state = _radio(
        "State",
        [(IssueState.ACTIVE.value, "Active: we work on it"), (IssueState.WATCHING.value, "Watching: we follow it")],
        IssueState.ACTIVE.value,
    )
    audience = _radio(
        "Who may see it",
        [SEES_SECRETARIAT, SEES_ALL],
        Audience.SECRETARIAT.value,
        hint="Single offices, people and guests can be named afterwards.",
    )


class StateForm(forms.Form):
    """Where an issue is now, and why."""

    state = _radio("State", IssueState.choices, "")
    why = _text("Why", "Say why in one sentence.", length=300, hint="It stands on the time line.")


class NextForm(forms.Form):
    """What comes next."""

    on = DayField(label="Next date", required=False, help_text="Leave both empty where nothing is fixed.")
    what = _text("What happens then", "", length=200, required=False)


class NoteForm(forms.Form):
    """Something to be kept on the time line."""

    day = DayField(label="Day")
    text = _long(
        "What happened, or what is to be known",
        "Write what happened or what is to be known.",
        length=2000,
        hint="The first line stands as its title.",
    )
    audience = _radio(
        "Who may see it",
        [SEES_SECRETARIAT, (Audience.NETWORK.value, "Every office that may see the issue, and the secretariat")],
        Audience.SECRETARIAT.value,
    )
    handling = _radio("Handling", HANDLINGS, Handling.OFFICIAL.value)


class LinkForm(forms.Form):
    """The record chosen, and why it belongs to the issue."""

    record = forms.ChoiceField(
        label="Record",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a record.", "invalid_choice": "Choose a record of the list."},
    )
    why = _text("Why it belongs to the issue", "Say in a few words why it belongs to the issue.", length=300)
    relation = forms.ChoiceField(
        label="How it stands to the issue (if you like)", choices=Relation.choices, required=False
    )

    def __init__(self, found: list[tuple[str, list[tuple[str, str]]]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["record"].choices = found  # type: ignore[attr-defined]


class ReadersForm(forms.Form):
    """Who may see an issue."""

    audience = _radio(
        "Who may see it",
        [
            SEES_ALL,
            (Audience.NAMED.value, "The secretariat and the offices ticked below"),
            SEES_SECRETARIAT,
            (Audience.PRIVATE.value, "Only the people ticked below"),
        ],
        "",
    )
    offices = forms.MultipleChoiceField(
        label="Offices",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": NOT_LISTED},
    )
    people = forms.ModelMultipleChoiceField(
        label="People listed beside",
        queryset=Account.objects.none(),
        to_field_name="key",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="A guest sees the issue, and of what is linked to it only what they were let into.",
        error_messages={"invalid_choice": NOT_LISTED},
    )

    def __init__(self, readers: Readers, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["offices"].choices = readers.offices  # type: ignore[attr-defined]
        people = self.fields["people"]
        people.queryset = readers.people  # type: ignore[attr-defined]
        people.label_from_instance = lambda account: f"{account.name}, {account.role_name}"  # type: ignore[attr-defined]


class ChangeActionForm(forms.Form):
    """What somebody is to do, who, and by when."""

    title = _text("What is to be done", "Say what is to be done.", length=200)
    due = DayField(label="Due")
    remind_days = forms.IntegerField(
        label="Remind how many days before",
        initial=3,
        min_value=0,
        max_value=60,
        widget=forms.TextInput(attrs={**SMALL, "inputmode": "numeric"}),
        error_messages={
            "required": "Write a number of days, such as 3.",
            "invalid": "Write a number of days, such as 3.",
            "min_value": "Write a number between 0 and 60.",
            "max_value": "Write a number between 0 and 60.",
        },
    )

    def __init__(self, *args: Any, action: Action | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owners = possible_owners()
        if action:
            owners = (owners | Account.objects.filter(pk=action.owner_id)).distinct()
        self.fields["owner"] = _choice("Who does it", owners, None if action else "", missing="Choose who is to do it.")
        self.fields["owner"].required = True
        self.order_fields(["title", "owner", "due", "remind_days"])

    @staticmethod
    def of(action: Action) -> dict[str, Any]:
        """What the form shows before anybody has typed."""
        return {
            "title": action.title,
            "owner": action.owner.key,
            "due": action.due,
            "remind_days": action.remind_days,
        }


class NewActionForm(ChangeActionForm):
    """The same, with who may see it beside its owner."""

    audience = _radio(
        "Who may see it beside its owner",
        [SEES_SECRETARIAT, (Audience.NETWORK.value, "Every office that may see the issue, and the secretariat")],
        Audience.SECRETARIAT.value,
    )
    handling = _radio("Handling", HANDLINGS, Handling.OFFICIAL.value)


class CloseForm(forms.Form):
    """What shows that an action was done."""

    evidence = _long(
        "How was it done?", "", length=1000, required=False, hint="Or add the file or choose the record that shows it."
    )
    record = forms.ChoiceField(label="Record that shows it (if there is one)", required=False)
    file = forms.FileField(
        label="File that shows it (if there is one)",
        required=False,
        error_messages={"empty": "The file is empty. Choose another one."},
    )

    def __init__(self, records: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if records:
            self.fields["record"].choices = [("", "None"), *records]  # type: ignore[attr-defined]
        else:
            del self.fields["record"]


class DropForm(forms.Form):
    """Why an action is given up."""

    why = _text("Why is it dropped?", "Say why it is dropped.", length=300)


def _place() -> forms.IntegerField:
    sentence = "Write a number between 1 and 99; 1 comes first."
    return forms.IntegerField(
        label="Place in the list",
        initial=1,
        min_value=1,
        max_value=99,
        help_text="1 comes first.",
        widget=forms.TextInput(attrs={**SMALL, "inputmode": "numeric"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), sentence),
    )


class WorkstreamForm(forms.Form):
    """A strand of the network's work."""

    name = _text("Name", "Give the workstream a name.", length=120)
    aim = _text("What it is for", "Say in one sentence what the workstream is for.", length=300)
    place = _place()

    def __init__(self, actor: Actor, *args: Any, workstream: Workstream | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        leads = possible_leads()
        if workstream and workstream.lead_id:
            leads = (leads | Account.objects.filter(pk=workstream.lead_id)).distinct()
        self.fields["lead"] = _choice("Lead", leads, "Nobody yet")
        self.fields["priority"] = _choice("Priority of the network that it serves", priorities(actor), "None")
        self.order_fields(["name", "aim", "lead", "priority", "place"])

    @staticmethod
    def of(workstream: Workstream) -> dict[str, Any]:
        """What the form shows before anybody has typed."""
        return {
            "name": workstream.name,
            "aim": workstream.aim,
            "place": workstream.place,
            "lead": _key(workstream.lead),
            "priority": _key(workstream.priority),
        }


class PriorityForm(forms.Form):
    """What the network puts first, and for how long."""

    name = _text("Name", "Give the priority a name.", length=120)
    place = _place()
    begins = DayField(label="From")
    ends = DayField(label="Until (if an end is fixed)", required=False, help_text="The last day on which it holds.")
    agreed_on = _text("Where the network agreed it (if you like)", "", length=200, required=False)

    @staticmethod
    def of(priority: Priority) -> dict[str, Any]:
        """What the form shows before anybody has typed."""
        return {name: getattr(priority, name) for name in ("name", "place", "begins", "ends", "agreed_on")}
