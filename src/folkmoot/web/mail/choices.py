"""Which mails a person wants beside those that ask something of them."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from folkmoot.apps.access.queries import own_account
from folkmoot.apps.mail.choices import choice_of, choose_mail
from folkmoot.apps.mail.models import Digest
from folkmoot.web.middleware import ActorRequest


class MailChoiceForm(forms.Form):
    """How often the digest comes, and whether actions are reminded of by mail."""

    digest = forms.ChoiceField(
        label="A digest of what waits for you",
        help_text="In numbers and days, without a title. None is sent when nothing waits.",
        choices=Digest.choices,
        widget=forms.RadioSelect,
    )
    reminders = forms.BooleanField(
        label="Remind me by mail of my actions, and of a second factor that I lack", required=False
    )


@require_http_methods(["GET", "HEAD", "POST"])
def mail_choices(request: ActorRequest) -> HttpResponse:
    """Look at one's choice, or make another."""
    choice = choice_of(own_account(request.actor))
    form = MailChoiceForm(request.POST or None, initial={"digest": choice.digest, "reminders": choice.reminders})
    if request.method == "POST" and form.is_valid():
        choose_mail(request.actor, **form.cleaned_data)
        messages.success(request, "Your choice is kept.")
        return redirect("mail_choices")
    return render(request, "mail/choices.html", {"form": form})
