"""What every room holds about the person who asks, as records that can be decided one by one.

What stands on one record is one record here, and what stands on none, such as the steps of the audit trail, is one a
room. Other people are taken out of each before anybody has looked at it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from folkmoot.apps.access.models import Account
from folkmoot.apps.disclosure.exemptions import ABOUT_OTHERS
from folkmoot.apps.disclosure.redaction import Passage, merged
from folkmoot.apps.disclosure.sources import HELD
from folkmoot.apps.disclosure.third_parties import Others
from folkmoot.apps.members.models import Person
from folkmoot.apps.records.personal import Section
from folkmoot.apps.records.registry import Extract, Subject


@dataclass(frozen=True, slots=True)
class Held:
    """One record about the person, with the passages about others that are taken out of it at first."""

    kind: str
    table: str
    key: str
    title: str
    text: str
    day: date | None
    redactions: tuple[tuple[int, int, str], ...]
    files: tuple[tuple[str, int], ...] = ()

    @property
    def has_record(self) -> bool:
        return bool(self.table)


def records_about(sections: Iterable[Section], subject: Subject) -> list[Held]:
    """Everything that the rooms hold about the person, in the rooms' order."""
    others = Others.than([*subject.names, *subject.emails], _names_of_others(subject))
    return [
        _record(section, where, extracts, others)
        for section in sections
        for where, extracts in _by_record(section.extracts).items()
    ]


def _by_record(extracts: Iterable[Extract]) -> dict[tuple[str, str], list[Extract]]:
    """By table and key; what stands on no record is together by what it is called."""
    found: dict[tuple[str, str], list[Extract]] = {}
    for extract in extracts:
        where = (extract.table, extract.key) if extract.table else ("", extract.title)
        found.setdefault(where, []).append(extract)
    return found


def _record(section: Section, where: tuple[str, str], extracts: list[Extract], others: Others) -> Held:
    text = "\n\n".join("\n".join(_lines(extract)) for extract in extracts)
    out = [Passage(start, end, ABOUT_OTHERS) for start, end in others.places(text)]
    days = [day for extract in extracts if (day := _day(extract.at))]
    return Held(
        kind=f"{HELD}{section.source.name}"[:30],
        table=where[0],
        key=where[1],
        title=f"{section.source.title}: {extracts[0].title[:1].lower()}{extracts[0].title[1:]}",
        text=text,
        day=min(days, default=None),
        redactions=tuple((each.start, each.end, each.ground) for each in merged(out)),
        files=tuple(dict.fromkeys(file for extract in extracts for file in extract.files)),
    )


def _lines(extract: Extract) -> Iterator[str]:
    day = _day(extract.at)
    yield f"{extract.title}{f', {day.isoformat()}' if day else ''}"
    if extract.others or extract.text:
        yield extract.others or extract.text
    if extract.withheld and not extract.others:
        yield f"Left out: {extract.withheld}"


def _day(at: datetime | date | None) -> date | None:
    return at.date() if isinstance(at, datetime) else at


def _names_of_others(subject: Subject) -> list[str]:
    """The people whom the network knows by name: its accounts and the register."""
    own = {name.lower() for name in subject.names}
    accounts = Account.objects.filter(erased_at__isnull=True).values_list("name", flat=True)
    people = Person.objects.values_list("name", flat=True)
    return sorted({name for name in (*accounts, *people) if name.lower() not in own})
