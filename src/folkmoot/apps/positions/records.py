"""Tells the records room how long drafts and returns are kept, and what positions hold about a person."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.forgetting import ERASED_NAME
from folkmoot.apps.positions.models import Amendment, Circulation, Message, Publication, Return, SignOff, Version
from folkmoot.apps.positions.models.amendments import ReturnComment
from folkmoot.apps.records.registry import (
    Extract,
    PersonalSource,
    RecordClass,
    Subject,
    register_personal_source,
    register_record_class,
)

POSITION = "positions.position"
IN_CONFIDENCE = "These words are an office’s answer, given to the network in confidence, and not the person’s own data."


def _published(position: str, before: datetime) -> Exists:
    return Exists(Publication.objects.filter(version__position=OuterRef(position), published_at__lte=before))


def _old_returns(before: datetime) -> "QuerySet[Return]":
    """Returns of closed rounds on positions that were published before a moment."""
    return Return.objects.filter(
        _published("invitation__circulation__position", before), invitation__circulation__closed_at__isnull=False
    ).order_by("pk")


def _old_drafts(before: datetime) -> "QuerySet[Version]":
    """Versions of positions published before a moment that were neither circulated, nor signed, nor published."""
    return (
        Version.objects.filter(_published("position", before), publication__isnull=True)
        .exclude(Exists(Circulation.objects.filter(version=OuterRef("pk"))))
        .exclude(Exists(SignOff.objects.filter(version=OuterRef("pk"))))
        .exclude(clause_texts__asks__isnull=False)
        .order_by("pk")
    )


def _return_stands_on(row: Return) -> list[tuple[str, str]]:
    circulation = row.invitation.circulation
    return [("positions.circulation", circulation.key), (POSITION, circulation.position.key)]


def _version_stands_on(row: Version) -> list[tuple[str, str]]:
    return [(POSITION, row.position.key)]


def _delete(_actor: Actor, row: Any) -> None:
    row.delete()


def _own_returns(subject: Subject) -> "QuerySet[Return]":
    which = Q(pk__in=[])
    if subject.account_id is not None:
        which |= Q(started_by=subject.account_id)
    if subject.names:
        which |= Q(cleared_by__in=subject.names)
    return Return.objects.filter(which).select_related("invitation__circulation__position")


def _held(subject: Subject) -> list[Extract]:
    return [
        *(_return(each) for each in _own_returns(subject).order_by("started_at", "pk")),
        *(_marked("A change marked with the person’s name", each) for each in _by_name(Amendment, subject)),
        *(_marked("A comment under the person’s name", each) for each in _by_name(ReturnComment, subject)),
        *_messages(subject),
        *_signatures(subject),
    ]


def _return(ret: Return) -> Extract:
    circulation = ret.invitation.circulation
    lines = [
        f"{ret.get_state_display()}, {ret.get_channel_display()}",
        f"Cleared by: {ret.cleared_by or 'nobody named'}",
    ]
    title = f"An answer that the person prepared or cleared for {ret.invitation.office_name}"
    return Extract(title, "\n".join(lines), ret.started_at, POSITION, circulation.position.key, IN_CONFIDENCE)


def _by_name(model: Any, subject: Subject) -> Any:
    found = model.objects.filter(author__in=subject.names) if subject.names else model.objects.none()
    return found.select_related("ret__invitation__circulation__position").order_by("pk")


def _marked(title: str, row: Any) -> Extract:
    position = row.ret.invitation.circulation.position
    return Extract(title, f"Author: {row.author}", row.ret.started_at, POSITION, position.key, IN_CONFIDENCE)


def _messages(subject: Subject) -> list[Extract]:
    if subject.account_id is None:
        return []
    found = Message.objects.filter(author=subject.account_id).order_by("at", "pk")
    return [Extract("A message that the person wrote", each.text, each.at, "", str(each.pk)) for each in found]


def _signatures(subject: Subject) -> list[Extract]:
    if subject.account_id is None:
        return []
    found = SignOff.objects.filter(Q(account=subject.account_id) | Q(principal=subject.account_id)).order_by("at", "pk")
    return [
        Extract("A signature", f"{each.get_kind_display()} for {each.office_name}: {each.signatory}", each.at, "", "")
        for each in found
    ]


def _erase(_actor: Actor, subject: Subject) -> int:
    """The names in Word marks and the name of who cleared an answer go; the answer stays the office's."""
    if not subject.names:
        return 0
    changed = Return.objects.filter(cleared_by__in=subject.names).update(cleared_by=ERASED_NAME)
    changed += Amendment.objects.filter(author__in=subject.names).update(author=ERASED_NAME)
    return changed + ReturnComment.objects.filter(author__in=subject.names).update(author=ERASED_NAME)


def register() -> None:
    """Tell the registries; called when the installation starts."""
    basis = "Public task: to show how a published text came to be, while it is questioned."
    register_record_class(
        RecordClass("positions.returns", "Offices’ answers", basis, 24, _old_returns, _delete, _return_stands_on)
    )
    register_record_class(
        RecordClass(
            "positions.drafts", "Drafts of a published text", basis, 24, _old_drafts, _delete, _version_stands_on
        )
    )
    register_personal_source(
        PersonalSource(
            name="positions",
            title="Positions, answers and signatures",
            find=_held,
            erase=_erase,
            kept="Signatures of published texts and what was said in a decision stay: they are the network’s record.",
        )
    )
