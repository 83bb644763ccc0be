"""Pages that turn a mail from the tray into an office's answer: its Word file, or its words as a stance."""

from collections.abc import Iterator

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audit import Channel, record_reading
from folkmoot.apps.access.gate import Conflict, Invalid
from folkmoot.apps.documents.queries import content
from folkmoot.apps.documents.upload import take
from folkmoot.apps.mail import tray as mail_actions
from folkmoot.apps.mail.inbox import InboxMessage
from folkmoot.apps.mail.kinds import Standing
from folkmoot.apps.positions import editions
from folkmoot.apps.positions.actions import NEEDS_A_STEP, by_mail
from folkmoot.apps.positions.models import Invitation
from folkmoot.apps.positions.queries.by_mail import (
    Offices,
    may_file,
    meant_for,
    not_confirmed_in_time,
    offices_to_file_for,
    to_confirm,
    what_can_be_done,
)
from folkmoot.web.mail.tray import Step, found_message
from folkmoot.web.middleware import ActorRequest
from folkmoot.web.positions.forms_by_mail import OTHER, FileForm, OfficeForm, WordsForm, token_for
from folkmoot.web.shell.home import HomeItem


def steps(actor: Actor, message: InboxMessage) -> list[Step]:
    """What the tray offers for a mail that could be an answer."""
    if not may_file(actor) or message.nature != "person":
        return []
    return [
        Step("File its Word file", reverse("mail_to_word", args=[message.key])),
        Step("Turn its words into a stance", reverse("mail_to_stance", args=[message.key])),
    ]


def notes(actor: Actor, message: InboxMessage) -> list[str]:
    """What can be done with a mail that came after closing, and what cannot."""
    return what_can_be_done(actor, message) if message.nature == "person" else []


def items(actor: Actor) -> Iterator[HomeItem]:
    """Answers prepared from mails, for whoever submits them."""
    for ret in to_confirm(actor):
        invitation = ret.invitation
        position = invitation.circulation.position
        yield HomeItem(
            kind="Returns",
            title=f"{position.title}: answer of {invitation.office_name} came by mail",
            url=reverse("office_answer", args=[position.key, invitation.office]) + "#submit",
            why="It counts once somebody has looked at it and submitted it.",
            due=invitation.circulation.closes_at,
            verb="Confirm",
            handling=position.handling,
        )
    for ret, message in not_confirmed_in_time(actor):
        invitation = ret.invitation
        position = invitation.circulation.position
        yield HomeItem(
            kind="Returns",
            title=f"{position.title}: answer of {invitation.office_name} was not confirmed before closing",
            url=reverse("mail_in_message", args=[message.key]),
            why="It came by mail in time and counts for nothing. Put the mail back into the tray, and take it late.",
            due=invitation.circulation.closes_at,
            verb="Decide",
            handling=position.handling,
        )


def home_items(actor: Actor) -> list[HomeItem]:
    """Everything that came by mail and waits for this person."""
    return list(items(actor)) if actor.account_id is not None else []


def _waiting(request: ActorRequest, key: str) -> InboxMessage:
    """The mail, where it waits and this person files answers."""
    message = found_message(request, key)
    if not may_file(request.actor):
        raise Http404
    if message.state != Standing.WAITING:
        raise Conflict("This mail does not wait any more. Put it back into the tray first.")
    mail_actions.note_reading(request.actor, message=message)
    return message


def _guess(actor: Actor, message: InboxMessage, offices: Offices) -> str:
    """The office for which the mail seems to be meant: in its own round, else in a later one of the same position."""
    meant = meant_for(actor, message)
    if meant is None:
        return ""
    other = meant if meant in offices.asked else offices.of_the_same(meant)
    return token_for(other) if other else ""


def _page(request: ActorRequest, template: str, message: InboxMessage, **context: object) -> HttpResponse:
    shown = {"message": message, "handling": message.handling, "who_may_see": f"{message.get_audience_display()}."}
    return render(request, template, shown | context)


@require_http_methods(["GET", "HEAD", "POST"])
def mail_to_word(request: ActorRequest, key: str) -> HttpResponse:
    """Which Word file is which office's answer."""
    message = _waiting(request, key)
    offices = offices_to_file_for(request.actor)
    files = list(message.files.select_related("file"))
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = FileForm(*given, offices=offices, files=files, initial={"office": _guess(request.actor, message, offices)})
    if form.is_valid():
        try:
            if form.cleaned_data["file"] == OTHER:
                name, data = take(form.cleaned_data["upload"])
            else:
                chosen = next(f for f in files if str(f.place) == form.cleaned_data["file"])
                name, data = chosen.name, content(chosen.file)
            ret = by_mail.file_word(
                request.actor,
                message=message,
                invitation=form.invitation,
                name=name,
                data=data,
                late_because=form.cleaned_data["late_because"] if form.is_late else "",
                begun=form.cleaned_data["begun"] if form.is_begun else "",
            )
        except (Invalid, Conflict) as error:
            form.add_error(None, str(error))
        else:
            note = messages.warning if ret.status in NEEDS_A_STEP else messages.success
            note(request, f"{name} is kept. {ret.detail} Look at the answer, and submit it.")
            return _to_answer(form.invitation)
    return _page(request, "positions/mail_to_word.html", message, form=form, any_office=bool(offices))


def _to_answer(invitation: Invitation) -> HttpResponse:
    address = reverse("office_answer", args=[invitation.circulation.position.key, invitation.office])
    return redirect(f"{address}#submit")


@require_http_methods(["GET", "HEAD", "POST"])
def mail_to_stance(request: ActorRequest, key: str) -> HttpResponse:
    """Whose words they are first, then what they say."""
    message = _waiting(request, key)
    offices = offices_to_file_for(request.actor)
    asked = request.GET.get("office", _guess(request.actor, message, offices))
    office = OfficeForm({"office": asked} if asked else None, offices=offices)
    if not office.is_valid():
        return _page(
            request, "positions/mail_to_stance.html", message, office=office, form=None, any_office=bool(offices)
        )
    invitation = office.invitation
    position = invitation.circulation.position
    record_reading(request.actor, position, Channel.PAGE)
    clauses = list(editions.clauses_without(invitation.circulation.version, invitation.hidden_paragraphs))
    first = {"words": message.text.strip()[:4000], "clauses": [clause.key for clause in clauses]}
    given = request.POST if request.method == "POST" else None
    form = WordsForm(given, clauses=clauses, late=office.is_late, begun=office.is_begun, initial=first)
    if form.is_valid():
        try:
            by_mail.words_to_stance(
                request.actor,
                message=message,
                invitation=invitation,
                stance=form.cleaned_data["stance"],
                clauses=form.cleaned_data["clauses"],
                words=form.cleaned_data["words"],
                late_because=form.cleaned_data.get("late_because", ""),
                begun=form.cleaned_data.get("begun", ""),
            )
        except (Invalid, Conflict) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "The words are kept as a stance. Look at the answer, and submit it.")
            return _to_answer(invitation)
    return _page(
        request,
        "positions/mail_to_stance.html",
        message,
        office=office,
        form=form,
        chosen=invitation,
        asked=token_for(invitation),
        any_office=True,
        handling=position.handling if position.is_sensitive else message.handling,
    )
