"""Forms of the access pages. They only validate; what may happen is decided by the actions."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.html import format_html

from folkmoot.apps.access.audience import Handling
from folkmoot.apps.access.factors import SIDES
from folkmoot.apps.access.holdings import Holding, can_be_handed_over
from folkmoot.apps.access.models import Account
from folkmoot.apps.access.permissions import SENTENCES, Permission
from folkmoot.apps.access.roles import ROLES, Role
from folkmoot.apps.access.trail import READINGS, TrailFilter, deed_text, verbs
from folkmoot.web.access.register import offices, people_of_members
from folkmoot.web.widgets import DayField

ROLE_CHOICES = [(role.value, description.name) for role, description in ROLES.items()]


def posted(request: HttpRequest) -> QueryDict | None:
    """What a person sent, or None while they only look."""
    return request.POST if request.method == "POST" else None


# A delegation ends within its last day, so that pages name that day.
LAST_MOMENT = time(23, 59, 59)
NO_MATCH = "The two passwords are not the same. Type the new one twice."


def _password(label: str, autocomplete: str, hint: str = "") -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    missing = f"Write {label[0].lower()}{label[1:]}."
    return forms.CharField(
        label=label, widget=widget, strip=False, help_text=hint, max_length=200, error_messages={"required": missing}
    )


class SignInForm(forms.Form):
    """A mail address and a password."""

    email = forms.CharField(
        label="Mail address",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username", "spellcheck": "false"}),
        error_messages={"required": "Write your mail address."},
    )
    password = _password("Your password", "current-password")


class CodeForm(forms.Form):
    """A code of an authenticator app, or a recovery code."""

    code = forms.CharField(
        label="Code",
        max_length=20,
        help_text="Six digits from your authenticator app, or one of your recovery codes.",
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "govuk-input--width-10"}
        ),
        error_messages={"required": "Write the code."},
    )


class PasskeyForm(forms.Form):
    """What the browser says of a passkey; the script of the page fills it in."""

    answer = forms.CharField(
        widget=forms.HiddenInput,
        error_messages={"required": "The browser showed no passkey. Try again, or sign in another way."},
    )


class PasswordForm(forms.Form):
    """One's own password, before something that a stranger at one's desk should not do."""

    password = _password("Your password", "current-password")


class AppForm(CodeForm, PasswordForm):
    """The first code of a new authenticator app, and one's password."""

    field_order = ["code", "password"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = "The six digits that the app shows now."


class NewPasskeyForm(PasskeyForm, PasswordForm):
    """A new passkey, the name it gets, and one's password."""

    name = forms.CharField(
        label="What you call it",
        max_length=60,
        help_text="Such as: work laptop, telephone, blue key.",
        error_messages={"required": "Give the passkey a name, so that you know it again."},
    )
    field_order = ["name", "password", "answer"]


class ForgottenForm(forms.Form):
    """A mail address to which a link for a new password goes."""

    email = forms.EmailField(
        label="Mail address",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username", "spellcheck": "false"}),
        error_messages={
            "required": "Write your mail address.",
            "invalid": "This is not a mail address. Write it like name@example.org.",
        },
    )


class RuleForm(forms.Form):
    """Which sides must have a second factor."""

    sides = forms.MultipleChoiceField(
        label="Who must have a second factor",
        required=False,
        choices=list(SIDES.items()),
        widget=forms.CheckboxSelectMultiple,
        help_text="They add one at their next sign-in, before anything else opens. The others may have one.",
        error_messages={"invalid_choice": "Choose sides from the list."},
    )


class NewPasswordForm(forms.Form):
    """A new password, typed twice."""

    password = _password(
        "A new password",
        "new-password",
        "At least 12 characters. Three or four words do well.",
    )
    again = _password("The new password again", "new-password")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if {"password", "again"} <= given.keys() and given["password"] != given["again"]:
            self.add_error("again", NO_MATCH)
        return given


class ChangePasswordForm(NewPasswordForm):
    """The current password and a new one."""

    current = _password("Your current password", "current-password")
    field_order = ["current", "password", "again"]


class PersonForm(forms.Form):
    """A person who may sign in."""

    name = forms.CharField(label="Name", max_length=120, error_messages={"required": "Write the person’s name."})
    email = forms.CharField(
        label="Mail address",
        max_length=254,
        widget=forms.EmailInput(attrs={"spellcheck": "false"}),
        error_messages={"required": "Write the person’s mail address."},
    )
    role = forms.ChoiceField(
        label="Role", choices=ROLE_CHOICES, widget=forms.RadioSelect, error_messages={"required": "Choose a role."}
    )
    person = forms.ChoiceField(
        label="Person in the register",
        required=False,
        help_text="For those who speak for an office: it says for which one, and until when.",
    )
    employer = forms.ChoiceField(
        label="Employed by", required=False, help_text="Only for the record. It opens nothing: the role alone does."
    )

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", "Nobody in the register"), *people_of_members(day)]  # type: ignore[attr-defined]
        self.fields["employer"].choices = [("", "The network or not known"), *offices(day)]  # type: ignore[attr-defined]
        for name in ("person", "employer"):
            self._keep_choice(name, self.initial.get(name, ""))

    def _keep_choice(self, name: str, value: str) -> None:
        """What was chosen stays a choice after the register has moved on."""
        field = self.fields[name]
        if value and not field.valid_value(value):  # type: ignore[attr-defined]
            field.choices = [*field.choices, (value, f"{value} (no longer in the register)")]  # type: ignore[attr-defined]

    @staticmethod
    def of(account: Account) -> dict[str, Any]:
        return {name: getattr(account, name) for name in ("name", "email", "role", "person", "employer")}

    def given(self) -> dict[str, Any]:
        """What was given, as the action takes it."""
        return {**self.cleaned_data, "role": Role(self.cleaned_data["role"])}


class TableForm(forms.Form):
    """A table of people, as a file or as text."""

    file = forms.FileField(
        label="A table as a file",
        required=False,
        help_text="CSV or an Excel workbook (.xlsx). The first row names the columns: name, address, role, person.",
        error_messages={"empty": "The file is empty. Choose another one."},
    )
    text = forms.CharField(
        label="Or the table as text",
        required=False,
        max_length=500_000,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors and not given.get("file") and not given.get("text", "").strip():
            raise forms.ValidationError("Choose a file, or write the table.")
        return given

    def table(self) -> bytes:
        """What was given, file first."""
        file = self.cleaned_data.get("file")
        return bytes(file.read()) if file else self.cleaned_data["text"].encode()


def _marked(held: Holding) -> str:
    """Its title; a sensitive one's with the mark behind it."""
    if held.handling != Handling.OFFICIAL_SENSITIVE:
        return held.title
    return format_html('{} <strong class="fm-mark">{}</strong>', held.title, held.handling)


class HandOverForm(forms.Form):
    """To whom each thing goes that somebody holds; left where it is unless somebody is chosen."""

    def __init__(self, *args: Any, held: Sequence[Holding], successors: Sequence[Account], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.successors = {account.key: account for account in successors}
        self.held = {f"held-{each.table}-{each.key}": each for each in held if can_be_handed_over(each)}
        if self.held:
            self.fields["rest"] = self._choice("Everything below for which you choose nobody", "")
        for name, each in self.held.items():
            self.fields[name] = self._choice(_marked(each), f"{each.what[:1].upper()}{each.what[1:]}.")

    def _choice(self, label: str, help_text: str) -> forms.ChoiceField:
        names = [(key, f"{account.name}, {account.role_name.lower()}") for key, account in self.successors.items()]
        return forms.ChoiceField(
            label=label,
            help_text=help_text,
            required=False,
            choices=[("", "Leave it as it is"), *names],
            error_messages={"invalid_choice": "Choose a colleague from the list."},
        )

    def given(self) -> list[tuple[Holding, Account]]:
        """What goes to whom."""
        rest = self.cleaned_data.get("rest", "")
        chosen = ((each, self.cleaned_data.get(name) or rest) for name, each in self.held.items())
        return [(each, self.successors[key]) for each, key in chosen if key]


class PeopleFilter(forms.Form):
    """Whom to list."""

    text = forms.CharField(label="Name or mail address", required=False, max_length=120)
    role = forms.ChoiceField(label="Role", required=False, choices=[("", "Any role"), *ROLE_CHOICES])
    state = forms.ChoiceField(
        label="Account", required=False, choices=[("open", "Open"), ("closed", "Closed"), ("all", "Open or closed")]
    )
    sort = forms.CharField(required=False, max_length=20)

    def query(self) -> dict[str, str]:
        self.is_valid()
        wanted = {name: self.cleaned_data.get(name, "") for name in self.fields}
        return {**wanted, "state": wanted["state"] or "open"}


def _permission_choices(permissions: Collection[Permission]) -> list[tuple[str, str]]:
    return [(permission.value, sentence) for permission, sentence in SENTENCES.items() if permission in permissions]


class DelegationForm(forms.Form):
    """Who may act for me, for what, and from when until when."""

    delegate = forms.ChoiceField(label="Who acts for you", error_messages={"required": "Choose a colleague."})
    permissions = forms.MultipleChoiceField(
        label="What they may do for you",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick at least one thing that they may do for you."},
    )
    starts_on = DayField(label="First day", help_text="From the beginning of this day, or from now if it is today.")
    ends_on = DayField(label="Last day", help_text="To the end of this day. It then ends by itself.")
    note = forms.CharField(label="Why", required=False, max_length=300, help_text="The secretariat sees this.")

    def __init__(
        self,
        *args: Any,
        delegates: Sequence[Account],
        permissions: Collection[Permission],
        now: datetime,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        self.delegates = {account.key: account for account in delegates}
        self.fields["delegate"].choices = [  # type: ignore[attr-defined]
            ("", "Choose a colleague"),
            *((key, f"{account.name}, {account.role_name.lower()}") for key, account in self.delegates.items()),
        ]
        self.fields["permissions"].choices = _permission_choices(permissions)  # type: ignore[attr-defined]
        self.initial.setdefault("starts_on", now.date())

    def given(self) -> dict[str, Any]:
        """What was given, as the action takes it: whole days become moments."""
        data = self.cleaned_data
        return {
            "delegate": self.delegates[data["delegate"]],
            "permissions": [Permission(name) for name in data["permissions"]],
            "starts_at": max(self._at(data["starts_on"], time()), self.now),
            "ends_at": self._at(data["ends_on"], LAST_MOMENT),
            "note": data["note"],
        }

    def _at(self, day: date, moment: time) -> datetime:
        return datetime.combine(day, moment, tzinfo=self.now.tzinfo)


def _day(label: str) -> forms.DateField:
    """A day of a filter, in one box, as a filter has little room."""
    widget = forms.TextInput(attrs={"type": "date"})
    wrong = {"invalid": "Write a real date, such as 2026-12-04."}
    return forms.DateField(label=label, required=False, input_formats=["%Y-%m-%d"], widget=widget, error_messages=wrong)


class AuditFilter(forms.Form):
    """Which rows of the trail to list."""

    person = forms.ChoiceField(label="Who, or for whom", required=False)
    verb = forms.ChoiceField(label="What was done", required=False)
    record = forms.CharField(required=False, max_length=120, widget=forms.HiddenInput)
    since = _day("From")
    until = _day("To")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Account.objects.order_by("name").values_list("key", "name")
        self.fields["person"].choices = [("", "Anybody"), *people]  # type: ignore[attr-defined]
        deeds = sorted((verb, deed_text(verb)) for verb in verbs())
        everything = [("", "Anything"), (READINGS, "Any reading or export of a restricted paper")]
        self.fields["verb"].choices = [*everything, *deeds]  # type: ignore[attr-defined]

    def query(self) -> TrailFilter:
        """What to look for; a field that cannot be read is left out, and the page says so beside it."""
        self.is_valid()
        given = {name: value for name, value in self.cleaned_data.items() if value}
        return TrailFilter(**given)
