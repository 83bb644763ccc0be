"""Sign-off by the mayors, exceptions, publication and asks."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from folkmoot.apps.access.gate import Invalid
from folkmoot.apps.positions import actions
from folkmoot.apps.positions.actions.signing import offices_asked
from folkmoot.apps.positions.models import ClauseText, Position, SignOff
from folkmoot.apps.positions.queries.common import newest_version
from folkmoot.apps.positions.queries.frame import shows_sign_off
from folkmoot.apps.positions.queries.outcome import sign_off_view
from folkmoot.web.clock import LONDON
from folkmoot.web.middleware import ActorRequest
from folkmoot.web.numbers import number_in
from folkmoot.web.positions.frame import SIGN_OFF, frame, position_or_404
from folkmoot.web.positions.publishing import make_pdf
from folkmoot.web.templating import moment_text


class ExceptionForm(forms.Form):
    """An office that stands aside, with its words."""

    office = forms.ChoiceField(label="Office")
    words = forms.CharField(
        label="What the office says",
        help_text="It stands under the text, so agree the words with the office.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write what the office says: it stands under the text."},
    )

    def __init__(self, offices: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].choices = offices  # type: ignore[attr-defined]


class PublishForm(forms.Form):
    """When the world may read it."""

    embargo = forms.DateTimeField(
        label="Embargo until",
        help_text="Leave empty to publish now. Write it like 2026-12-18 09:00.",
        required=False,
        input_formats=["%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"],
        error_messages={"invalid": "Write the day and the hour like 2026-12-18 09:00."},
    )

    def until(self) -> datetime | None:
        value: datetime | None = self.cleaned_data["embargo"]
        return value.replace(tzinfo=LONDON) if value else None


def _page(request: ActorRequest, position: Position, **forms_given: forms.Form) -> HttpResponse:
    if newest_version(request.actor, position) is None:
        raise Http404
    view = sign_off_view(request.actor, position)
    waiting = [(row.key, row.name) for row in view.rows if row.sign_off is None]
    context = frame(request, position, SIGN_OFF) | {
        "view": view,
        "exception_form": forms_given.get("exception") or ExceptionForm(waiting),
        "publish_form": forms_given.get("publish") or PublishForm(),
        "bound": list(forms_given.values()),
    }
    return render(request, "positions/sign_off.html", context)


@require_GET
def sign_off(request: ActorRequest, key: str) -> HttpResponse:
    """Who has signed, who may, exceptions, publication."""
    position = position_or_404(request, key)
    if not shows_sign_off(request.actor, position):
        raise Http404
    return _page(request, position)


@require_POST
def sign_off_ask(request: ActorRequest, key: str) -> HttpResponse:
    """Put the newest version before the mayors."""
    position = position_or_404(request, key)
    try:
        actions.ask_for_sign_off(request.actor, position=position)
    except Invalid as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "The text is before the mayors. It is agreed when every office is recorded.")
    return redirect("sign_off", key=key)


@require_POST
def sign(request: ActorRequest, key: str) -> HttpResponse:
    """Sign for one's office."""
    position = position_or_404(request, key)
    office = request.POST.get("office") or request.actor.office or ""
    signed = actions.sign(
        request.actor,
        position=position,
        office=office,
        note=request.POST.get("note", ""),
        version=number_in(request.POST.get("version", "")),
    )
    messages.success(request, f"Signed for {signed.office_name} by {signed.signatory}.")
    return redirect("sign_off", key=key)


@require_POST
def sign_off_exception(request: ActorRequest, key: str) -> HttpResponse:
    """Record that an office stands aside."""
    position = position_or_404(request, key)
    form = ExceptionForm(list(offices_asked(position).items()), request.POST)
    if form.is_valid():
        try:
            noted = actions.note_exception(request.actor, position=position, **form.cleaned_data)
        except Invalid as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"{noted.office_name} stands aside. Its words stand under the text.")
            return redirect("sign_off", key=key)
    return _page(request, position, exception=form)


@require_POST
def sign_off_take_back(request: ActorRequest, key: str, office: str) -> HttpResponse:
    """Take a signature or an exception back before publication."""
    position = position_or_404(request, key)
    standing = SignOff.objects.filter(version__position=position, office=office, taken_back_at__isnull=True)
    found = standing.order_by("-version__number").first()
    # Whether an office has signed is not told by how somebody is turned away who may not know it.
    if found is None or not (request.actor.in_secretariat or request.actor.in_office):
        raise Http404
    actions.take_back(request.actor, sign_off=found)
    messages.success(request, f"What was recorded for {found.office_name} was taken back.")
    return redirect("sign_off", key=key)


@require_POST
def text_reopen(request: ActorRequest, key: str) -> HttpResponse:
    """Open the text again before publication."""
    position = position_or_404(request, key)
    try:
        actions.reopen_text(request.actor, position=position, reason=request.POST.get("reason", ""))
    except Invalid as error:
        messages.error(request, str(error))
        return redirect("sign_off", key=key)
    messages.success(request, "The text is open again. Signatures stay with the version that they were given to.")
    return redirect("position", key=key)


@require_POST
def publish(request: ActorRequest, key: str) -> HttpResponse:
    """Publish the agreed text."""
    position = position_or_404(request, key)
    form = PublishForm(request.POST)
    if not form.is_valid():
        return _page(request, position, publish=form)
    publication = actions.publish(request.actor, position=position, embargo_until=form.until(), make_pdf=make_pdf)
    when = (
        "" if publication.is_out(request.actor.now) else f" It is kept until {moment_text(publication.embargo_until)}."
    )
    messages.success(request, f"Published as page, PDF and Word.{when}")
    return redirect("published", key=publication.key)


@require_POST
def publication_correct(request: ActorRequest, key: str) -> HttpResponse:
    """Add a dated correction."""
    position = position_or_404(request, key)
    publication = sign_off_view(request.actor, position).publication
    if publication is None:
        raise Http404
    try:
        actions.correct(request.actor, publication=publication, text=request.POST.get("text", ""))
    except Invalid as error:
        messages.error(request, str(error))
        return redirect("sign_off", key=key)
    messages.success(request, "The correction stands under the published text with today’s date.")
    return redirect("published", key=publication.key)


@require_POST
def ask_draw(request: ActorRequest, key: str) -> HttpResponse:
    """Draw an ask from a clause of the agreed text."""
    position = position_or_404(request, key)
    text = ClauseText.objects.filter(
        version=newest_version(request.actor, position), clause__key=request.POST.get("clause", "")
    ).first()
    if text is None:
        raise Http404
    try:
        actions.draw_ask(
            request.actor,
            clause_text=text,
            words=request.POST.get("words", ""),
            department=request.POST.get("department", ""),
        )
    except Invalid as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "The ask is on the list, with the clause that authorises it.")
    return redirect("sign_off", key=key)
