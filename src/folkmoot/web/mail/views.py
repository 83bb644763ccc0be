"""The pages of the mail that the network sends."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from folkmoot.apps.access.audit import Channel
from folkmoot.apps.access.gate import may
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.mail import actions, queries
from folkmoot.apps.mail.delivery import sends_mail
from folkmoot.apps.mail.models import OutboxMessage
from folkmoot.apps.mail.states import CAN_BE_SENT_AGAIN, MEANINGS, State
from folkmoot.web.files import download, download_response
from folkmoot.web.middleware import ActorRequest

PAGE = 50


@require_safe
def mail(request: ActorRequest) -> HttpResponse:
    """The list: what was sent, what waits, what failed."""
    state, words = request.GET.get("state", ""), request.GET.get("words", "").strip()
    sort = request.GET.get("sort", queries.LATEST_FIRST)
    found = queries.messages(request.actor, state=state, words=words, order=sort)
    counts = queries.counts(request.actor)
    return render(
        request,
        "mail/mail.html",
        {
            "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
            "state": state,
            "words": words,
            "sort": sort,
            "counts": counts,
            "total": sum(counts.values()),
            "choices": [("", "Every state"), *State.choices],
            "sends": sends_mail(),
            "may_sort": may(request.actor, Permission.MAIL_SORT),
        },
    )


def _message(request: ActorRequest, key: str) -> OutboxMessage:
    """The mail with this key, for whoever may read it; for everybody else there is none."""
    message: OutboxMessage = get_object_or_404(queries.readable(request.actor), key=key)
    return message


@require_safe
def mail_message(request: ActorRequest, key: str) -> HttpResponse:
    """One mail as its reader got it."""
    message = _message(request, key)
    actions.note_reading(request.actor, message=message)
    return render(
        request,
        "mail/message.html",
        {
            "message": message,
            "body": queries.shown_body(message),
            "attachments": message.attachments.select_related("file"),
            "meaning": MEANINGS[State(message.state)],
            "may_send_again": message.state in CAN_BE_SENT_AGAIN and sends_mail(),
            "handling": message.handling,
            "who_may_see": f"{message.get_audience_display()}.",
        },
    )


@require_safe
def mail_attachment(request: ActorRequest, key: str, place: int) -> HttpResponse:
    """One file that went with a mail."""
    message = _message(request, key)
    attachment = get_object_or_404(message.attachments.select_related("file"), place=place)
    actions.note_reading(request.actor, message=message, channel=Channel.EXPORT)
    return download_response(attachment.file, name=attachment.name)


@require_safe
def mail_eml(request: ActorRequest, key: str) -> HttpResponse:
    """The mail as a file for a mail program."""
    message = _message(request, key)
    actions.note_reading(request.actor, message=message, channel=Channel.EXPORT)
    return download(queries.shown_eml(message), name=f"{message.subject}.eml", media_type="message/rfc822")


@require_POST
def mail_retry(request: ActorRequest, key: str) -> HttpResponse:
    """Ask the worker to try once more."""
    message = _message(request, key)
    actions.send_again(request.actor, message=message)
    messages.success(request, f"The mail to {message.to_name} is sent again in a moment.")
    return redirect("mail_message", key)
