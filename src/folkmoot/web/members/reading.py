"""How a page of the register is read: by whom, as of which day, and after how many months a fact is old."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.urls import reverse

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.gate import Invalid, may
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.members.actions import FACT_KINDS
from folkmoot.apps.members.provenance import Fact, Flag

_KIND_SLUGS = {kind.model: slug for slug, kind in FACT_KINDS.items()}


@dataclass(frozen=True, slots=True)
class Reading:
    """What the templates ask while they show facts."""

    actor: Actor
    on: date
    months: int

    @property
    def today(self) -> date:
        return self.actor.today

    @property
    def is_today(self) -> bool:
        return self.on == self.today

    @property
    def may_correct(self) -> bool:
        return may(self.actor, Permission.REGISTER_CORRECT)

    @property
    def query(self) -> str:
        """What links add to their address so that the chosen day stays chosen."""
        return "" if self.is_today else f"?on={self.on.isoformat()}"

    def flags(self, fact: Fact) -> list[Flag]:
        return fact.flags(self.today, self.months)

    def correction_address(self, fact: Any) -> str:
        """Where this fact is corrected; empty for who may not, and for what cannot be."""
        slug = _KIND_SLUGS.get(type(fact))
        return reverse("fact_correct", args=[slug, fact.key]) if slug and self.may_correct else ""


def reading(request: HttpRequest) -> Reading:
    """The reading of a request. A personal link opens one record and never the register."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if actor.confined:
        raise Http404
    return Reading(actor, chosen_day(request.GET.get("on", ""), actor.today), settings.ENVIRONMENT.fact_months)


def chosen_day(text: str, today: date) -> date:
    """The day in the address; today when there is none."""
    if not text.strip():
        return today
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise Invalid(
            f"“{text[:40]}” is not a day. Write one such as {today.isoformat()}, or leave it empty for today."
        ) from None
