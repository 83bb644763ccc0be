"""What the actions of this room check alike."""

from datetime import date
from typing import TypeVar

from django.db import models

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audience import Audience, Handling
from folkmoot.apps.access.gate import Invalid
from folkmoot.apps.archive.models import ImportBatch, PaperKind
from folkmoot.engines import paper

M = TypeVar("M", bound=models.Model)

AUDIENCES = (Audience.SECRETARIAT, Audience.NETWORK)


def held(record: M) -> M:
    """The record as it stands now, kept from everybody else until this action is over."""
    record.refresh_from_db(from_queryset=type(record)._default_manager.select_for_update())
    return record


def seen(actor: Actor, batch: ImportBatch) -> None:
    """Refuse whoever may keep the archive in another's place and yet may not read what comes in."""
    if not ImportBatch.objects.visible_to(actor).filter(pk=batch.pk).exists():
        raise Invalid("There is no such import that you may see.")


def one_line(text: str, longest: int = 200) -> str:
    text = " ".join(text.split())
    if len(text) > longest:
        raise Invalid(f"This is too long: {text[:40]}… Write at most {longest} characters.")
    return text


def day_of(words: str, today: date) -> paper.Day:
    """The day that a person typed; Invalid where there is none such or it is still to come."""
    day = paper.read_day(words)
    if day is None:
        raise Invalid("Write the date as 5 March 2024, 2024-03-05, March 2024 or 2024.")
    if day.day > today:
        raise Invalid("This date lies in the future. Write the date of the paper.")
    return day


def known(kind: str, audience: str, handling: str) -> None:
    if kind not in PaperKind.values:
        raise Invalid("There is no such kind of paper. Choose one of the list.")
    if audience not in AUDIENCES:
        raise Invalid("A paper is for the secretariat, for all member offices or for everyone. Choose one.")
    if handling not in Handling.values:
        raise Invalid("There is no such handling mark. Choose OFFICIAL or OFFICIAL-SENSITIVE.")
