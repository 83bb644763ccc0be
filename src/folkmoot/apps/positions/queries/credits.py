"""Who made a text and who approved it, as it stands under the final version."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.gate import may
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.positions.models import Amendment, Invitation, Position, SignOff, Version
from folkmoot.apps.positions.states import PositionState

SETTLED = {PositionState.AGREED, PositionState.PUBLISHED}


@dataclass(frozen=True, slots=True)
class Contributor:
    """A person or an office, and what they did."""

    name: str
    what: str


@dataclass(frozen=True, slots=True)
class Approval:
    """An office's signature, or its words where it stands aside."""

    office: str
    signatory: str
    signed: bool
    note: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Credits:
    """Everybody who had a part in a text."""

    writers: tuple[Contributor, ...]
    offices: tuple[Contributor, ...]
    approvals: tuple[Approval, ...]


def credits_for(actor: Actor, position: Position, version: Version) -> Credits | None:
    """Contributors and approvals: of a settled text for its readers, of any circulated text for the secretariat."""
    is_settled = position.state in SETTLED
    if not is_settled and not may(actor, Permission.CONSENSUS_READ):
        return None
    offices = _offices(actor, position)
    if not offices and not is_settled:
        return None
    return Credits(_writers(actor, position, version), offices, _approvals(version))


def _writers(actor: Actor, position: Position, version: Version) -> tuple[Contributor, ...]:
    """Who made which version, up to this one, among those that the reader may see."""
    made: dict[str, list[str]] = defaultdict(list)
    found = Version.objects.visible_to(actor).filter(position=position, number__lte=version.number)
    for each in found.select_related("made_by").order_by("number"):
        made[each.made_by.name].append(f"version {each.number} ({each.get_source_display()})")
    return tuple(Contributor(name, ", ".join(what)) for name, what in made.items())


def _offices(actor: Actor, position: Position) -> tuple[Contributor, ...]:
    """The offices asked; what each brought in is told to the secretariat alone."""
    asked = dict(
        Invitation.objects.filter(circulation__position=position)
        .order_by("office_name")
        .values_list("office", "office_name")
    )
    if not may(actor, Permission.CONSENSUS_READ):
        return tuple(Contributor(name, "asked") for name in asked.values())
    answered = set(
        Invitation.objects.filter(circulation__position=position, returns__state="submitted").values_list(
            "office", flat=True
        )
    )
    given: dict[str, int] = defaultdict(int)
    taken: dict[str, int] = defaultdict(int)
    rows = Amendment.objects.visible_to(actor).current().filter(ret__invitation__circulation__position=position)
    for office, outcome in rows.exclude(kind="format").values_list("ret__invitation__office", "outcome"):
        given[office] += 1
        taken[office] += outcome in {"taken", "part"}
    return tuple(
        Contributor(name, _brought(office in answered, given[office], taken[office])) for office, name in asked.items()
    )


def _brought(answered: bool, given: int, taken: int) -> str:
    if not answered:
        return "asked, no answer"
    if not given:
        return "answered, no amendment"
    noun = "amendment" if given == 1 else "amendments"
    return f"{given} {noun}, {taken} taken"


def _approvals(version: Version) -> tuple[Approval, ...]:
    standing = SignOff.objects.filter(version=version, taken_back_at__isnull=True).order_by("office_name")
    return tuple(Approval(s.office_name, s.signatory, s.kind == "signed", s.note, s.at) for s in standing)
