"""One department or public body as of a day, with the chain of bodies before and after it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from folkmoot.apps.members.models import Kind, Organization, OrganizationName, Succession
from folkmoot.apps.members.provenance import Fact
from folkmoot.apps.members.queries._corrections import CorrectionOf, corrections_of
from folkmoot.apps.members.queries._holders import Holding, officers_of
from folkmoot.apps.members.queries._names import NameOn, name_on
from folkmoot.apps.members.queries._structure import doubt_of_existence


@dataclass(frozen=True, slots=True)
class Step:
    """One body in the chain: how many changes away it is (before: negative), and by what change."""

    distance: int
    name: str
    key: str
    from_words: str
    to_words: str
    change: str
    part: str


@dataclass(frozen=True, slots=True)
class DepartmentPage:
    """One department or public body on a day."""

    day: date
    organization: Organization
    name: NameOn
    exists: bool
    doubt: str
    chain: list[Step]
    names: list[OrganizationName]
    units: list[Organization]
    holders: list[Holding]
    corrections: list[CorrectionOf]


def department_page(key: str, day: date) -> DepartmentPage | None:
    """A department or a public body as of a day; None when the register has none by this key."""
    organization = (
        Organization.objects.filter(key=key, kind__in=[Kind.DEPARTMENT, Kind.PUBLIC_BODY, Kind.OTHER])
        .select_related("parent")
        .prefetch_related("names")
        .first()
    )
    if organization is None:
        return None
    names = list(organization.names.all())
    facts: list[Fact] = [organization, *names]
    exists = organization.is_true_on(day)
    return DepartmentPage(
        day=day,
        organization=organization,
        name=name_on(organization, day),
        exists=exists,
        doubt=doubt_of_existence(organization, day) if exists else "",
        chain=chain_of(organization),
        names=names,
        units=list(organization.units.all()),
        holders=officers_of(organization, day),
        corrections=corrections_of(facts),
    )


def chain_of(organization: Organization) -> list[Step]:
    """The bodies that led here and those that followed, oldest first; one query."""
    before: dict[str, list[Succession]] = defaultdict(list)
    after: dict[str, list[Succession]] = defaultdict(list)
    for link in Succession.objects.select_related("predecessor", "successor"):
        before[link.successor.key if link.successor else ""].append(link)
        after[link.predecessor.key if link.predecessor else ""].append(link)
    earlier = _walk(organization.key, before, -1)
    later = _walk(organization.key, after, 1)
    if not earlier and not later:
        return []
    here = Step(0, organization.name, organization.key, organization.from_words, organization.to_words, "", "")
    return [*earlier[::-1], here, *later]


def _walk(start: str, links: dict[str, list[Succession]], direction: int) -> list[Step]:
    """Every body reached one way, nearest first; each body once, and a part only of the next one is not followed on."""
    steps: list[Step] = []
    seen, edge = {start}, [start]
    distance = 0
    while edge:
        distance, following = distance + direction, []
        for link in (link for key in edge for link in links.get(key, [])):
            body = link.predecessor if direction < 0 else link.successor
            name = link.predecessor_name if direction < 0 else link.successor_name
            key = body.key if body else ""
            if (key or name) in seen:
                continue
            seen.add(key or name)
            steps.append(_step(distance, body, name, link))
            if key and not link.part:
                following.append(key)
        edge = following
    return steps


def _step(distance: int, body: Organization | None, name: str, link: Succession) -> Step:
    if body is None:
        return Step(distance, name[:1].upper() + name[1:], "", "", "", link.change, link.part)
    return Step(distance, body.name, body.key, body.from_words, body.to_words, link.change, link.part)
