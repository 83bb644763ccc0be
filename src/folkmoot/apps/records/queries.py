"""What the records pages show, for whoever manages records."""

from dataclasses import dataclass

from django.db.models import QuerySet, Sum

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.gate import check
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.records.models import Hold, PersonalRequest, RetentionRun
from folkmoot.apps.records.registry import RecordClass, record_classes
from folkmoot.apps.records.retention import Forecast, forecast, set_periods


@dataclass(frozen=True, slots=True)
class ClassLine:
    """A class with the period that holds."""

    record_class: RecordClass
    months: int
    is_default: bool


def class_lines(actor: Actor) -> list[ClassLine]:
    """Every class of records that the installation keeps."""
    check(actor, Permission.RECORDS_MANAGE)
    periods = set_periods()
    return [ClassLine(each, periods.get(each.name, each.months), each.name not in periods) for each in record_classes()]


def next_run(actor: Actor) -> list[Forecast]:
    """What the next run would remove."""
    check(actor, Permission.RECORDS_MANAGE)
    return forecast(actor.now)


def runs(actor: Actor) -> QuerySet[RetentionRun]:
    """The runs, the latest first, each with how many it removed."""
    check(actor, Permission.RECORDS_MANAGE)
    sums = {"removed": Sum("counts__removed", default=0), "held": Sum("counts__held", default=0)}
    return RetentionRun.objects.annotate(**sums).order_by("-at", "-pk")


def holds(actor: Actor) -> QuerySet[Hold]:
    """The holds that stand."""
    check(actor, Permission.RECORDS_MANAGE)
    return Hold.objects.standing().select_related("placed_by")


def personal_requests(actor: Actor) -> QuerySet[PersonalRequest]:
    """What was handed out and erased."""
    check(actor, Permission.RECORDS_MANAGE)
    return PersonalRequest.objects.select_related("made_by")
