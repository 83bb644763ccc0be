"""Tells the records room how long it is kept who asked, and what is held about a person who asked."""

from datetime import datetime

from django.db.models import Q, QuerySet

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.forgetting import ERASED_NAME
from folkmoot.apps.disclosure.models import LIVE, Case, ItemFile, Requester
from folkmoot.apps.records.registry import (
    Extract,
    PersonalSource,
    RecordClass,
    Subject,
    register_personal_source,
    register_record_class,
)


def _answered(before: datetime) -> "QuerySet[Case]":
    """Requests that ended before a moment and still say who asked."""
    return (
        Case.objects.exclude(state__in=LIVE)
        .filter(answered_on__lte=before.date())
        .exclude(requester__name=ERASED_NAME)
        .order_by("answered_on", "pk")
    )


def _remove(_actor: Actor, case: Case) -> None:
    """Who asked goes, and the working copies and letters that name them; what the log says stays."""
    Requester.objects.filter(case=case).update(name=ERASED_NAME, contact=ERASED_NAME)
    ItemFile.objects.filter(item__case=case).delete()
    case.items.update(text="", title="", reason="", public_interest="", redactions=[])
    case.clarifications.update(question="")
    case.extension_reason = ""
    case.letter_pdf = case.letter_word = case.pack = None
    case.asked = case.letter = ""
    case.save(update_fields=["letter_pdf", "letter_word", "pack", "asked", "letter", "extension_reason"])


def _requesters(subject: Subject) -> "QuerySet[Requester]":
    which = Q(pk__in=[])
    for text in subject.emails:
        which |= Q(contact__icontains=text)
    return Requester.objects.filter(which).select_related("case")


def _held(subject: Subject) -> list[Extract]:
    return [
        Extract(
            "A request for information that the person made",
            f"{each.name}, {each.contact}\n{each.case.asked}",
            each.case.received_on,
            each.case._meta.label_lower,
            each.case.key,
        )
        for each in _requesters(subject)
    ]


def _erase(actor: Actor, subject: Subject) -> int:
    """Their requests lose name, letter and copies; a live one needs somebody to answer to, so that one stays."""
    closed = list(_requesters(subject).exclude(case__state__in=LIVE))
    for each in closed:
        _remove(actor, each.case)
    return len(closed)


def register() -> None:
    """Tell the registries; called when the installation starts."""
    register_record_class(
        RecordClass(
            name="disclosure.cases",
            title="Requests for information: who asked, and the working copies",
            basis="Legal obligation: to answer a review or a complaint about the answer.",
            months=36,
            due=_answered,
            remove=_remove,
        )
    )
    register_personal_source(
        PersonalSource(
            name="disclosure",
            title="Requests for information",
            find=_held,
            erase=_erase,
            kept="A request that is not answered yet stays, since the law asks for an answer to the person. Of an "
            "answered one title, law, days and outcome stay, without who asked, the letter and the copies.",
        )
    )
