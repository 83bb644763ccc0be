"""An office answers: by its own page, by a personal link, or through the secretariat. Three doors, one desk."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audit import Channel, record_reading
from folkmoot.apps.access.gate import Conflict, Invalid
from folkmoot.apps.documents.upload import take
from folkmoot.apps.positions import actions
from folkmoot.apps.positions.models import Invitation, Return, Stance
from folkmoot.apps.positions.queries.answering import (
    Desk,
    actor_by_link,
    desk_for,
    invitation_for,
    link_for,
)
from folkmoot.apps.positions.queries.common import newest_circulation, position_for
from folkmoot.apps.positions.queries.returns import said_to_its_office
from folkmoot.web.files import download_response
from folkmoot.web.middleware import ActorRequest
from folkmoot.web.positions.forms_answer import ClauseForm, NoteForm, SubmitForm, WordForm, clause_forms
from folkmoot.web.positions.frame import ANSWER, OFFICES, frame


@dataclass(frozen=True, slots=True)
class Entry:
    """Who came, to which invitation, and by which door; the steps' addresses follow from it."""

    actor: Actor
    invitation: Invitation
    door: str
    arguments: tuple[str, ...]

    def address(self, step: str = "") -> str:
        return reverse(f"{self.door}_{step}" if step else self.door, args=self.arguments)

    def reading(self, ret: Return) -> str:
        """What reading the Word file found, told to whoever came: its own office, or the secretariat for it."""
        return ret.detail if self.actor.in_secretariat else said_to_its_office(ret.status, ret.detail)


class LinkEnded(Exception):
    """The link's circulation has closed."""


class SignInFirst(Exception):
    """The text is OFFICIAL-SENSITIVE, so the link only leads to signing in."""


def _by_own_page(request: ActorRequest, key: str) -> Entry:
    return _by_position(request, key, None, "answer")


def _for_office(request: ActorRequest, key: str, office: str) -> Entry:
    return _by_position(request, key, office, "office_answer")


def _by_position(request: ActorRequest, key: str, office: str | None, door: str) -> Entry:
    position = position_for(request.actor, key)
    circulation = newest_circulation(request.actor, position) if position else None
    invitation = invitation_for(request.actor, circulation, office) if circulation else None
    if invitation is None:
        raise Http404
    return Entry(request.actor, invitation, door, (key, office) if office else (key,))


def _by_link(request: ActorRequest, secret: str) -> Entry:
    link = link_for(secret)
    if link is None:
        raise Http404
    circulation = link.invitation.circulation
    if not circulation.is_open or request.actor.now >= circulation.closes_at:
        raise LinkEnded
    actor = actor_by_link(link, visitor=request.actor)
    if link.invitation.office not in actor.offices:
        raise Http404
    if circulation.position.is_sensitive:
        raise SignInFirst(circulation.position.key)
    return Entry(actor, link.invitation, "link", (secret,))


Find = Callable[..., Entry]
Step = Callable[[ActorRequest, Entry], HttpResponse]
DOORS: dict[str, Find] = {"answer": _by_own_page, "office_answer": _for_office, "link": _by_link}


def _context(request: ActorRequest, entry: Entry, desk: Desk) -> dict[str, object]:
    """The page's frame; whoever comes by a link has no tabs and no rooms."""
    position = entry.invitation.circulation.position
    if entry.door == "link":
        record_reading(entry.actor, position, Channel.PAGE)
        context: dict[str, object] = {"position": position, "handling": position.handling, "by_link": True}
        context["who_may_see"] = "Your office and the secretariat."
    else:
        context = frame(request, position, OFFICES if entry.door == "office_answer" else ANSWER)
        context["by_link"] = False
    return context | {"desk": desk, "entry": entry, "for_office": entry.door == "office_answer"}


def _page(
    request: ActorRequest,
    entry: Entry,
    *,
    forms: list[ClauseForm] | None = None,
    submit: SubmitForm | None = None,
    word: WordForm | None = None,
) -> HttpResponse:
    desk = desk_for(entry.actor, entry.invitation)
    draft = desk.draft
    context = _context(request, entry, desk) | {
        "forms": forms or clause_forms(desk.clauses),
        "note_form": NoteForm(initial={"note": draft.note if draft else ""}),
        "submit_form": submit
        or SubmitForm(
            initial={
                "whose_view": draft.whose_view if draft else "",
                "cleared_by": draft.cleared_by if draft else "",
            }
        ),
        "word_form": word or WordForm(),
        "bound": [form for form in (*(forms or []), submit, word) if form is not None and form.errors],
    }
    return render(request, "positions/answer.html", context)


def _show(request: ActorRequest, entry: Entry) -> HttpResponse:
    return _page(request, entry)


def _copy(request: ActorRequest, entry: Entry) -> HttpResponse:
    """The office's own copy of the text, with its token."""
    actions.note_fetched(entry.actor, invitation=entry.invitation)
    record_reading(entry.actor, entry.invitation.circulation.position, Channel.FILE)
    return download_response(entry.invitation.package)


def _draft(entry: Entry, channel: str = "form") -> Return:
    return actions.begin_return(entry.actor, invitation=entry.invitation, channel=channel)


def _upload(request: ActorRequest, entry: Entry) -> HttpResponse:
    form = WordForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            name, data = take(form.cleaned_data["file"])
            ret = actions.attach_word(entry.actor, ret=_draft(entry, "upload"), name=name, data=data)
        except Invalid as error:
            form.add_error("file", str(error))
        else:
            note = messages.warning if ret.status in actions.NEEDS_A_STEP else messages.success
            note(request, f"{name} is kept. {entry.reading(ret)}")
            return redirect(entry.address())
    return _page(request, entry, word=form)


def _save(request: ActorRequest, entry: Entry) -> HttpResponse:
    """Keep what was chosen; "support all" answers every clause that has no answer yet."""
    desk = desk_for(entry.actor, entry.invitation)
    forms = clause_forms(desk.clauses, request.POST)
    if any([not form.is_valid() for form in forms]):  # noqa: C419 - every form shows its errors
        return _page(request, entry, forms=forms)
    answers = {form.clause.key: form.given() for form in forms}
    if "support_all" in request.POST:
        support = actions.GivenAnswer(Stance.SUPPORT)
        answers = {key: given if given.stance else support for key, given in answers.items()}
    actions.save_answers(entry.actor, ret=_draft(entry), answers=answers, note=request.POST.get("note", ""))
    given = sum(bool(answer.stance) for answer in answers.values())
    seen = "It counts once you submit it." if entry.actor.in_secretariat else "Nobody outside your office sees it yet."
    messages.success(request, f"Kept: {given} of {len(answers)} clauses answered. {seen}")
    return redirect(entry.address() + "#submit")


def _to_submit(entry: Entry) -> Return:
    """The answer in preparation. A second click finds the first one's done, and begins no copy of it."""
    desk = desk_for(entry.actor, entry.invitation)
    if desk.draft is None and desk.submitted is not None:
        raise Conflict("This answer has been submitted already, and nothing was submitted twice.")
    return desk.draft or _draft(entry)


def _submit(request: ActorRequest, entry: Entry) -> HttpResponse:
    form = SubmitForm(request.POST)
    if form.is_valid():
        try:
            ret = actions.submit_return(entry.actor, ret=_to_submit(entry), **form.cleaned_data)
        except Invalid as error:
            form.add_error(None, str(error))
        else:
            until = "as long as the text is open" if ret.late_because else "until closing"
            messages.success(request, f"Your answer was submitted. You may withdraw or replace it {until}.")
            return redirect(entry.address())
    return _page(request, entry, submit=form)


def _submitted(entry: Entry) -> Return:
    ret = desk_for(entry.actor, entry.invitation).submitted
    if ret is None:
        raise Http404
    return ret


def _withdraw(request: ActorRequest, entry: Entry) -> HttpResponse:
    actions.withdraw_return(entry.actor, ret=_submitted(entry))
    messages.success(request, "Your answer was withdrawn. It stays in the record and counts no more.")
    return redirect(entry.address())


def _replace(request: ActorRequest, entry: Entry) -> HttpResponse:
    """Begin a second answer, with the first one's stances filled in."""
    _draft(entry)
    messages.success(request, "A new answer was begun from the last one. The last one counts until you submit this.")
    return redirect(entry.address() + "#form")


def _release(request: ActorRequest, entry: Entry) -> HttpResponse:
    actions.release_return(entry.actor, ret=_submitted(entry))
    messages.success(request, "Your answer was released. The other offices asked may see it now.")
    return redirect(entry.address())


STEPS: dict[str, tuple[Step, tuple[str, ...]]] = {
    "": (_show, ("GET",)),
    "copy": (_copy, ("GET",)),
    "upload": (_upload, ("POST",)),
    "save": (_save, ("POST",)),
    "submit": (_submit, ("POST",)),
    "withdraw": (_withdraw, ("POST",)),
    "replace": (_replace, ("POST",)),
    "release": (_release, ("POST",)),
}


def view(door: str, step: str = "") -> Callable[..., HttpResponse]:
    """The view of one step behind one door."""
    find = DOORS[door]
    act, methods = STEPS[step]

    def handle(request: ActorRequest, **arguments: str) -> HttpResponse:
        try:
            entry = find(request, **arguments)
        except LinkEnded:
            return render(request, "positions/link_ended.html", status=410)
        except SignInFirst as ask:
            return redirect("answer", key=str(ask))
        return act(request, entry)

    handled = never_cache(require_http_methods(methods)(handle))
    return login_not_required(handled) if door == "link" else handled
