"""What a person changes in the register, each on a page of its own."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods

from folkmoot.apps.access.gate import Conflict, Invalid, check
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.members import actions
from folkmoot.apps.members.models import Kind, Membership, Organization, Post, PostKind
from folkmoot.apps.members.partial import say, say_day
from folkmoot.apps.members.queries import latest_review
from folkmoot.web.members.forms import (
    BodyForm,
    CorrectForm,
    EndForm,
    HolderForm,
    NetworkForm,
    OfficerForm,
    RecheckForm,
    RenameForm,
    posted,
)
from folkmoot.web.members.pages import address_of, home_of
from folkmoot.web.members.reading import Reading, reading

changes_things = require_http_methods(["GET", "HEAD", "POST"])


def _reading(request: HttpRequest) -> Reading:
    """The reading of somebody who may correct the register; anybody else is refused before a form is shown."""
    read = reading(request)
    check(read.actor, Permission.REGISTER_CORRECT)
    return read


def _find(rows: Any, key: str) -> Any:
    found = rows.filter(key=key).first()
    if found is None:
        raise Http404
    return found


def _carried_out(form: forms.Form, deed: Callable[[dict[str, Any]], str], request: HttpRequest) -> bool:
    """Do it when the form is whole; say what happened, or beside the form why it did not."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        said = deed(form.cleaned_data)
    except (Invalid, Conflict) as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, said)
    return True


def _after(read: Reading, otherwise: str) -> HttpResponse:
    """To what the change touches, where it touches anything; else to the page that it came from."""
    made = latest_review(read.actor)
    return redirect("review", made.key) if made else redirect(otherwise)


def _form_page(request: HttpRequest, form: forms.Form, title: str, button: str, back: str, **more: Any) -> HttpResponse:
    context = {"form": form, "title": title, "button_text": button, "back": back, "lead": "", **more}
    return render(request, "members/change.html", context)


@changes_things
def fact_correct(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """The cells of a fact; with ?field= the form for one of them."""
    read = _reading(request)
    fact_kind = actions.FACT_KINDS.get(kind)
    if fact_kind is None:
        raise Http404
    fact = _find(fact_kind.model._default_manager, key)
    field = request.GET.get("field", "")
    if field not in fact_kind.fields:
        cells = [(label, actions.value_of(fact, name), name) for name, label in fact_kind.fields.items()]
        context = {
            "reading": read,
            "fact": fact,
            "kind": fact_kind,
            "slug": kind,
            "cells": cells,
            "back": home_of(fact),
        }
        return render(request, "members/correct.html", context)
    label, value = fact_kind.fields[field], actions.value_of(fact, field)
    initial = {"value": value, "expected": value, "as_of": read.today.isoformat()}
    form = CorrectForm(posted(request), field=field, label=label, initial=initial)

    def correct(given: dict[str, Any]) -> str:
        actions.correct_fact(read.actor, fact=fact, field=field, **given)
        return f"{label} of {fact} was corrected. The old value is kept."

    if _carried_out(form, correct, request):
        return _after(read, home_of(fact))
    back = reverse("fact_correct", args=[kind, key])
    return _form_page(request, form, f"Correct “{label}” of {fact}", "Correct it", back)


@changes_things
def fact_recheck(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    read = _reading(request)
    if kind not in actions.FACT_KINDS:
        raise Http404
    fact = _find(actions.FACT_KINDS[kind].model._default_manager, key)
    form = RecheckForm(posted(request), initial={"as_of": read.today.isoformat()})

    def recheck(given: dict[str, Any]) -> str:
        actions.recheck_fact(read.actor, fact=fact, **given)
        return f"{fact} was checked again."

    if _carried_out(form, recheck, request):
        return redirect(home_of(fact))
    back = reverse("fact_correct", args=[kind, key])
    return _form_page(request, form, f"{fact} was looked at again and stands", "Record it", back)


@changes_things
def member_join(request: HttpRequest, key: str) -> HttpResponse:
    read = _reading(request)
    organization = _find(Organization.objects.filter(kind=Kind.AUTHORITY), key)
    initial = {"on": read.today, "as_of": read.today.isoformat()}
    form = NetworkForm(posted(request), invented=organization.invented, initial=initial)

    def join(given: dict[str, Any]) -> str:
        actions.join_network(read.actor, organization=organization, **given)
        return f"{organization} is a member from {say_day(given['on'])}. Its answers count from that day."

    if _carried_out(form, join, request):
        return _after(read, address_of(organization))
    lead = "Its mayor and officers may see what all members see from that day, and its answers count in consensus."
    return _form_page(
        request, form, f"{organization} joins the network", "Record it", address_of(organization), lead=lead
    )


@changes_things
def member_leave(request: HttpRequest, key: str) -> HttpResponse:
    read = _reading(request)
    organization = _find(Organization.objects.filter(kind=Kind.AUTHORITY), key)
    form = NetworkForm(posted(request), invented=True, initial={"on": read.today})

    def leave(given: dict[str, Any]) -> str:
        actions.leave_network(read.actor, organization=organization, on=given["on"])
        return f"{organization} is no longer a member from {say_day(given['on'])}."

    if _carried_out(form, leave, request):
        return _after(read, address_of(organization))
    lead = "From that day its people see nothing that is for members only, and its answers no longer count."
    return _form_page(
        request, form, f"{organization} leaves the network", "Record it", address_of(organization), lead=lead
    )


@changes_things
def holder_change(request: HttpRequest, key: str) -> HttpResponse:
    read = _reading(request)
    post = _find(Post.objects.select_related("organization"), key)
    form = HolderForm(posted(request), invented=post.invented, initial={"as_of": read.today.isoformat()})

    def take_over(given: dict[str, Any]) -> str:
        term = actions.record_holder(read.actor, post=post, **given)
        return f"{term.person} is {post.label} from {term.from_words}."

    if _carried_out(form, take_over, request):
        return _after(read, address_of(post.organization))
    lead = "A person or a party that is new enters the register."
    return _form_page(request, form, f"Change of {post.label}", "Record it", address_of(post.organization), lead=lead)


@changes_things
def officer_add(request: HttpRequest, key: str) -> HttpResponse:
    read = _reading(request)
    organization = _find(Organization.objects, key)
    of_government = organization.kind in (Kind.DEPARTMENT, Kind.PUBLIC_BODY)
    kinds = [PostKind.MINISTER, PostKind.OFFICIAL] if of_government else [PostKind.CHIEF_EXECUTIVE, PostKind.OFFICER]
    initial = {"as_of": read.today.isoformat(), "kind": kinds[-1]}
    form = OfficerForm(posted(request), kinds=kinds, invented=organization.invented, initial=initial)

    def add(given: dict[str, Any]) -> str:
        term = actions.record_officer(
            read.actor, organization=organization, **{**given, "kind": PostKind(given["kind"])}
        )
        return f"{term.person}, {term.title}, was added."

    if _carried_out(form, add, request):
        return redirect(address_of(organization))
    return _form_page(request, form, f"Add a person to {organization}", "Add", address_of(organization))


@changes_things
def term_end(request: HttpRequest, key: str) -> HttpResponse:
    read = _reading(request)
    term = _find(Membership.objects.select_related("person", "post__organization"), key)
    back = address_of(term.post.organization)
    form = EndForm(posted(request), initial={"valid_to": read.today.isoformat()})

    def end(given: dict[str, Any]) -> str:
        actions.end_appointment(read.actor, term=term, **given)
        return f"{term.person} is no longer {term.title} from {say(given['valid_to'])}."

    if _carried_out(form, end, request):
        return _after(read, back)
    return _form_page(request, form, f"{term.person} is no longer {term.title}", "Record it", back)


@changes_things
def body_rename(request: HttpRequest, key: str) -> HttpResponse:
    read = _reading(request)
    organization = _find(Organization.objects, key)
    initial = {"on": read.today, "as_of": read.today.isoformat()}
    form = RenameForm(posted(request), invented=organization.invented, initial=initial)

    def rename(given: dict[str, Any]) -> str:
        actions.rename_organization(read.actor, organization=organization, **given)
        return f"It is called {given['name']} from {say_day(given['on'])}. Earlier days keep the earlier name."

    if _carried_out(form, rename, request):
        return _after(read, address_of(organization))
    lead = "The same body with another name. A body that was replaced by another is a body of its own."
    return _form_page(request, form, f"Rename {organization}", "Record it", address_of(organization), lead=lead)


@changes_things
def body_add(request: HttpRequest) -> HttpResponse:
    read = _reading(request)
    invented = settings.ENVIRONMENT.demo
    form = BodyForm(posted(request), invented=invented, initial={"as_of": read.today.isoformat()})
    added: list[Organization] = []

    def add(given: dict[str, Any]) -> str:
        kind, key = Kind(given["kind"]), slugify(given["name"])[:80]
        given |= {"kind": kind, "tier": given["tier"] if kind == Kind.AUTHORITY else ""}
        added.append(actions.add_organization(read.actor, key=key, invented=invented, **given))
        return f"{added[0]} was added to the register."

    if _carried_out(form, add, request):
        return redirect(address_of(added[0]))
    return _form_page(request, form, "Add a body to the register", "Add it", reverse("members"))
