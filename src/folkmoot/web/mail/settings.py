"""The page on which an administrator says where mail leaves and comes in, and tries both."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from folkmoot.apps.access.gate import Conflict, Invalid, check
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.mail import plus, server, server_actions
from folkmoot.apps.mail.models import MailServer, Security
from folkmoot.web.middleware import ActorRequest
from folkmoot.web.templating import plural


class AccessForm(forms.Form):
    """How to reach one server."""

    host = forms.CharField(
        label="Server",
        max_length=253,
        help_text="Such as mail.example.org.",
        widget=forms.TextInput(attrs={"spellcheck": "false", "autocomplete": "off"}),
        error_messages={"required": "Write the name of the server."},
    )
    port = forms.IntegerField(
        label="Port",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "inputmode": "numeric"}),
        error_messages={
            "required": "Write the port, such as 587 or 993.",
            "invalid": "The port is a whole number, such as 587 or 993.",
        },
    )
    security = forms.ChoiceField(
        label="Encryption",
        choices=Security.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how the way to the server is encrypted."},
    )
    user = forms.CharField(
        label="User name",
        required=False,
        max_length=254,
        widget=forms.TextInput(attrs={"spellcheck": "false", "autocomplete": "off"}),
    )
    password = forms.CharField(
        label="Password",
        required=False,
        max_length=400,
        strip=False,
        help_text="It is kept encrypted and shown to nobody. Leave it empty to keep the one that is kept.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def access(self) -> server_actions.Access:
        given = self.cleaned_data
        return server_actions.Access(given["host"], given["port"], given["security"], given["user"], given["password"])


class OutgoingForm(AccessForm):
    """The server that takes our mail, and from whom it comes."""

    sender = forms.CharField(
        label="The network’s address",
        max_length=254,
        help_text="Every mail comes from it, such as office@example.org.",
        widget=forms.EmailInput(attrs={"spellcheck": "false"}),
        error_messages={"required": "Write the address from which the network’s mail comes."},
    )
    field_order = ["sender", "host", "port", "security", "user", "password"]


class IncomingForm(AccessForm):
    """The mailbox from which mail is fetched."""

    folder = forms.CharField(
        label="Folder",
        max_length=200,
        help_text="The folder of new mail is called INBOX.",
        error_messages={"required": "Write the folder, such as INBOX."},
    )


class PlusForm(forms.Form):
    """Whether answers may come to plus addresses."""

    on = forms.BooleanField(
        label="Ask for answers to an address of each office’s own, such as network+word@example.org",
        help_text="Each answer then says for which office it is meant. The test below switches it on when it arrives.",
        required=False,
    )


def _initial(row: MailServer | None) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the two forms show at first; never a password."""
    row = row or MailServer()
    leaving = {name: getattr(row, f"out_{name}") for name in ("host", "port", "security", "user")}
    coming = {name: getattr(row, f"in_{name}") for name in ("host", "port", "security", "user", "folder")}
    return {**leaving, "sender": row.sender}, coming


def _save(request: ActorRequest, leaving: OutgoingForm, coming: IncomingForm) -> bool:
    """Keep the form that was sent; False where something in it cannot be used."""
    form = leaving if request.POST.get("save") == "out" else coming
    if not form.is_valid():
        return False
    try:
        if isinstance(form, OutgoingForm):
            server_actions.set_outgoing(request.actor, access=form.access(), sender=form.cleaned_data["sender"])
        else:
            server_actions.set_incoming(request.actor, access=form.access(), folder=form.cleaned_data["folder"])
    except (Invalid, Conflict) as error:
        form.add_error(None, str(error))
        return False
    return True


def _save_plus(request: ActorRequest, form: PlusForm) -> bool:
    if form.is_valid():
        plus.set_plus(request.actor, on=form.cleaned_data["on"])
    return form.is_valid()


SAVED = {
    "out": "Kept. Send yourself a test message, so that you know that it works.",
    "in": "Kept. Try the mailbox, so that you know that it works.",
    "plus": "Kept. It holds from the next mail on.",
}


@require_http_methods(["GET", "POST"])
def mail_settings(request: ActorRequest) -> HttpResponse:
    """Where mail leaves, where it comes in, and what became of the last test."""
    check(request.actor, Permission.SETTINGS_CHANGE)
    which = request.POST.get("save", "")
    if request.method == "POST" and which not in SAVED:
        raise Invalid("Press one of the buttons that keep the settings.")
    row = server.kept()
    leaving_now, coming_now = _initial(row)
    leaving = OutgoingForm(request.POST if which == "out" else None, initial=leaving_now, prefix="out")
    coming = IncomingForm(request.POST if which == "in" else None, initial=coming_now, prefix="in")
    tagged = PlusForm(request.POST if which == "plus" else None, initial={"on": row is not None and row.in_plus})
    if which and (_save_plus(request, tagged) if which == "plus" else _save(request, leaving, coming)):
        messages.success(request, SAVED[which])
        return redirect("mail_settings")
    return render(
        request,
        "mail/settings.html",
        {
            "leaving": leaving,
            "coming": coming,
            "tagged": tagged,
            "outgoing": server.outgoing(),
            "incoming": server.incoming(),
            "outgoing_is_given": server.outgoing_is_given(),
            "incoming_is_given": server.incoming_is_given(),
            "unreadable": server.unreadable_passwords(),
            "test": server_actions.latest_test(request.actor),
            "proof": plus.latest_proof(request.actor),
        },
    )


@require_POST
def mail_test(request: ActorRequest) -> HttpResponse:
    """Send the person a message the way that every mail goes."""
    message = server_actions.send_test_message(request.actor)
    messages.success(request, f"A test message to {message.to_address} is on its way. Its fate shows below.")
    return redirect("mail_settings")


@require_POST
def mail_plus_test(request: ActorRequest) -> HttpResponse:
    """Send a mail to a plus address of the network's own mailbox."""
    message = plus.send_plus_test(request.actor)
    messages.success(request, f"A test message to {message.to_address} is on its way. Whether it comes shows below.")
    return redirect(reverse("mail_settings") + "#plus")


@require_POST
def mailbox_try(request: ActorRequest) -> HttpResponse:
    """Open the mailbox and say what was found, or why it stays closed."""
    try:
        count = server_actions.try_incoming(request.actor)
    except Invalid as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"The mailbox opens. {plural(count, 'message')} in its folder.")
    return redirect("mail_settings")
