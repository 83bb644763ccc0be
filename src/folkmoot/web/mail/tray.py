"""The pages of the mail that came in: the tray, one mail with what to do, and adding a saved mail by hand."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audit import Channel
from folkmoot.apps.access.gate import Invalid, check, may
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.documents.upload import take
from folkmoot.apps.mail import tray as actions
from folkmoot.apps.mail import tray_queries as queries
from folkmoot.apps.mail.inbox import InboxMessage
from folkmoot.apps.mail.kinds import ASKS, WHAT_TO_DO, Kind, Standing
from folkmoot.apps.mail.server import incoming
from folkmoot.web.files import download_response
from folkmoot.web.middleware import ActorRequest
from folkmoot.web.shell.home import HomeItem
from folkmoot.web.templating import plural

PAGE = 50
SHOWN = queries.SHOWN


@dataclass(frozen=True, slots=True)
class Step:
    """Something that a room offers to do with a mail, on a page of its own."""

    title: str
    url: str


StepsOf = Callable[[Actor, InboxMessage], list[Step]]
_steps: list[StepsOf] = []


def register_tray_steps(steps: StepsOf) -> None:
    """A room tells here what it can do with a mail that waits."""
    if steps not in _steps:
        _steps.append(steps)


NotesOf = Callable[[Actor, InboxMessage], list[str]]
_notes: list[NotesOf] = []


def register_tray_notes(notes: NotesOf) -> None:
    """A room tells here, in sentences, what can be done with a mail that waits, and what cannot and why."""
    if notes not in _notes:
        _notes.append(notes)


class AddForm(forms.Form):
    """A mail saved from a mail program."""

    file = forms.FileField(
        label="The saved mail",
        help_text="A file that ends in .eml or .msg, as Outlook and other programs save mails.",
        error_messages={"required": "Choose the saved mail first."},
    )


class AsideForm(forms.Form):
    """Why nothing is done."""

    why = forms.CharField(
        label="Why nothing is done with it",
        max_length=200,
        error_messages={"required": "Say in a few words why nothing is done with it."},
    )


def home_items(actor: Actor) -> list[HomeItem]:
    """How many mails wait, for whoever sorts them."""
    if actor.account_id is None or not may(actor, Permission.MAIL_SORT):
        return []
    count = queries.tray_counts(actor)[Standing.WAITING.value]
    if not count:
        return []
    why = "They could not be sorted by themselves."
    return [HomeItem("Mail", f"{plural(count, 'mail')} in the tray", reverse("mail_in"), why, None, "Sort")]


@require_safe
def mail_in(request: ActorRequest) -> HttpResponse:
    """The tray: what waits, what was filed, what was set aside."""
    state = request.GET.get("state", "") or Standing.WAITING.value
    kind, words = request.GET.get("kind", ""), request.GET.get("words", "").strip()
    sort = request.GET.get("sort", queries.LATEST_FIRST)
    found = queries.tray(request.actor, state=state, kind=kind, words=words, order=sort)
    counts = queries.tray_counts(request.actor)
    return render(
        request,
        "mail/tray.html",
        {
            "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
            "state": state if state in counts else Standing.WAITING.value,
            "kind": kind,
            "words": words,
            "sort": sort,
            "counts": counts,
            "total": sum(counts.values()),
            "tab_list": [
                (each.label, f"{reverse('mail_in')}?state={each.value}", counts[each.value]) for each in SHOWN
            ],
            "tab_titles": {each.value: each.label for each in SHOWN},
            "kinds": [("", "Every kind"), *Kind.choices],
            "what_to_do": {key.value: words for key, words in WHAT_TO_DO.items()},
            "fetches": incoming() is not None,
        },
    )


def found_message(request: ActorRequest, key: str) -> InboxMessage:
    """The mail with this key, for whoever may sort it; for everybody else there is none."""
    mails = queries.sortable(request.actor).select_related("raw", "answers", "sorted_by")
    message: InboxMessage = get_object_or_404(mails, key=key)
    return message


@require_safe
def mail_in_message(request: ActorRequest, key: str) -> HttpResponse:
    """One mail: what it says, why it is here, and what to do."""
    return _message_page(request, found_message(request, key), AsideForm())


def _message_page(request: ActorRequest, message: InboxMessage, form: AsideForm) -> HttpResponse:
    actions.note_reading(request.actor, message=message)
    waits = message.state == Standing.WAITING
    kind = Kind(message.kind) if message.kind else None
    steps = [step for steps in _steps for step in steps(request.actor, message)] if waits else []
    return render(
        request,
        "mail/tray_message.html",
        {
            "message": message,
            "files": message.files.select_related("file"),
            "what_to_do": WHAT_TO_DO.get(kind, "") if kind else "",
            "steps": steps,
            "notes": [note for notes in _notes for note in notes(request.actor, message)] if waits else [],
            "waits": waits,
            "may_ask": waits and kind in ASKS and message.nature == "person" and bool(message.from_address),
            "aside_form": form,
            "handling": message.handling,
            "who_may_see": f"{message.get_audience_display()}.",
        },
        status=400 if form.errors else 200,
    )


@require_safe
def mail_in_file(request: ActorRequest, key: str, place: int) -> HttpResponse:
    """One file of a mail."""
    message = found_message(request, key)
    file = get_object_or_404(message.files.select_related("file"), place=place)
    actions.note_reading(request.actor, message=message, channel=Channel.EXPORT)
    return download_response(file.file, name=file.name, handling=message.handling)


@require_safe
def mail_in_raw(request: ActorRequest, key: str) -> HttpResponse:
    """The mail as it came, for a mail program."""
    message = found_message(request, key)
    actions.note_reading(request.actor, message=message, channel=Channel.EXPORT)
    ending = message.raw.name.rpartition(".")[2]
    return download_response(message.raw, name=f"{message.subject or 'mail'}.{ending}", handling=message.handling)


@require_POST
def mail_in_aside(request: ActorRequest, key: str) -> HttpResponse:
    """Nothing is done with it."""
    message, form = found_message(request, key), AsideForm(request.POST)
    if form.is_valid():
        actions.set_aside(request.actor, message=message, why=form.cleaned_data["why"])
        messages.success(request, "Set aside. You find it under “Set aside”, and can put it back.")
        return redirect("mail_in")
    return _message_page(request, message, form)


@require_POST
def mail_in_back(request: ActorRequest, key: str) -> HttpResponse:
    """Undo."""
    message = found_message(request, key)
    actions.put_back(request.actor, message=message)
    messages.success(request, "It waits in the tray again. What was prepared from it was taken back.")
    return redirect("mail_in_message", key)


@require_POST
def mail_in_ask(request: ActorRequest, key: str) -> HttpResponse:
    """Ask the sender for what is missing."""
    message = found_message(request, key)
    actions.ask_sender(request.actor, message=message)
    messages.success(request, f"{message.sender} is asked by mail. You can read the mail among those sent.")
    return redirect("mail_in_message", key)


@require_http_methods(["GET", "HEAD", "POST"])
def mail_in_add(request: ActorRequest) -> HttpResponse:
    """Add a saved mail."""
    check(request.actor, Permission.MAIL_SORT)
    form = AddForm(request.POST, request.FILES) if request.method == "POST" else AddForm()
    if form.is_valid():
        try:
            name, data = take(form.cleaned_data["file"])
            message, new = actions.add_by_hand(request.actor, name=name, data=data)
        except Invalid as error:
            form.add_error("file", str(error))
        else:
            seen = queries.sortable(request.actor).filter(pk=message.pk).exists()
            messages.success(request, "The mail was taken in." if new else "This mail is here already.")
            return redirect("mail_in_message", message.key) if seen else redirect("mail_in")
    return render(request, "mail/tray_add.html", {"form": form})
