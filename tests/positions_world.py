"""A position for tests: a register of three offices, a draft of a few clauses, a circulation, and what came back.

    position = draft(cast)                                   three clauses, seen by the secretariat alone
    circulation = circulate(cast, position)                  sent to Aldermere, Harrowmoor and Stanwold until 4 December
    answer(cast, circulation, "harrowmoor", {0: "object"})   submitted by form: a stance by the place of its clause
    send_word(cast, circulation, "stanwold", [("three", "five")])   submitted as a Word file with marked changes

`fill_register()` comes before `circulate`.
"""

import copy
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from lxml import etree

from folkmoot.apps.access.audience import Handling
from folkmoot.apps.documents.queries import content
from folkmoot.apps.members.models import (
    CalendarEvent,
    Kind,
    Membership,
    NetworkMembership,
    Organization,
    Party,
    Person,
    Post,
    PostKind,
)
from folkmoot.apps.positions import actions
from folkmoot.apps.positions.actions import GivenAnswer, Office
from folkmoot.apps.positions.consolidation import consolidate
from folkmoot.apps.positions.models import Circulation, Invitation, Position, Return
from folkmoot.engines import redline
from tests.cast import MOMENT, PARTS, Cast

LONDON = ZoneInfo("Europe/London")
CLOSES = datetime(2026, 12, 4, 12, tzinfo=LONDON)
AFTER_CLOSING = datetime(2026, 12, 4, 15, tzinfo=LONDON)
QUESTION = "Can your office support this text?"
LETTER = "Please read the draft with your transport team."

# An office's name, its party, and who of the cast speaks for it; the first submits.
OFFICES: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "aldermere": ("Aldermere", "Civic League", ("member_officer", "mayor", "chief_executive")),
    "harrowmoor": ("Harrowmoor", "Town and Country", ("other_officer", "other_mayor")),
    "stanwold": ("Stanwold", "Northern Independents", ("third_officer",)),
}

CLAUSES = (
    redline.DraftClause(1, "Purpose", ("This paper sets out what the network asks of government on buses.",)),
    redline.DraftClause(
        1,
        "Revenue certainty",
        (
            "We ask that government gives each authority a revenue settlement of at least three years.",
            "The settlement should be paid in one grant.",
        ),
    ),
    redline.DraftClause(1, "Depots", ("An authority should have the right to buy depots within ninety days.",)),
)


def fill_register() -> None:
    """The three offices as members of the network, their people in post, and Christmas as a bank holiday."""
    for key, (name, party, parts) in OFFICES.items():
        organization = Organization.objects.create(key=key, kind=Kind.AUTHORITY, name=name, invented=True)
        NetworkMembership.objects.create(organization=organization, valid_from="2020-01-01")
        group, _ = Party.objects.get_or_create(key=party.lower().replace(" ", "-"), name=party, invented=True)
        for part in parts:
            _put_in_post(organization, part, group)
    CalendarEvent.objects.create(
        key="christmas-2026",
        kind="bank-holiday",
        title="Christmas Day",
        starts_on="2026-12-25",
        scope="england-and-wales",
        invented=True,
    )


def _put_in_post(organization: Organization, part: str, party: Party) -> None:
    someone = PARTS[part]
    is_mayor = part in {"mayor", "other_mayor"}
    kind = PostKind.MAYOR if is_mayor else PostKind.OFFICER
    person = Person.objects.create(key=someone.person, name=someone.name, invented=True)
    post = Post.objects.create(
        key=f"{organization.key}-{part}", organization=organization, kind=kind, label=kind.label, invented=True
    )
    Membership.objects.create(
        key=f"{person.key}-{post.key}",
        person=person,
        post=post,
        party=party if is_mayor else None,
        valid_from="2024-05-03",
        current=True,
    )


def offices(cast: Cast, keys: Iterable[str] = tuple(OFFICES)) -> list[Office]:
    """The offices as a circulation asks them, with the people of the cast."""
    return [
        Office(
            key=key,
            name=OFFICES[key][0],
            party=OFFICES[key][1],
            people=tuple(account for part in OFFICES[key][2] if (account := cast.account(part))),
        )
        for key in keys
    ]


def draft(
    cast: Cast,
    clauses: Sequence[redline.DraftClause] = CLAUSES,
    *,
    title: str = "Bus franchising",
    handling: str = Handling.OFFICIAL,
    by: str = "officer",
) -> Position:
    """A position with its first version, not yet circulated."""
    actor = cast.actor(by)
    position = actions.create_position(actor, title=title, issue="Buses", handling=handling, invented=True)
    actions.write_draft(actor, position=position, clauses=clauses)
    return position


def many_clauses(count: int) -> tuple[redline.DraftClause, ...]:
    """A draft of this many clauses, each with its own words."""
    return tuple(
        redline.DraftClause(1, f"Matter {n}", (f"On matter {n} we ask for rule {n} to be kept for three years.",))
        for n in range(1, count + 1)
    )


def circulate(
    cast: Cast,
    position: Position,
    *,
    keys: Iterable[str] = tuple(OFFICES),
    disclosure: str = "secretariat",
    closes_at: datetime = CLOSES,
    by: str = "officer",
) -> Circulation:
    """Send the newest version of a position to offices; the register must be filled."""
    return actions.open_circulation(
        cast.actor(by),
        version=position.versions.order_by("-number")[0],
        offices=offices(cast, keys),
        question=QUESTION,
        letter=LETTER,
        closes_at=closes_at,
        disclosure=disclosure,
        link_address=lambda secret: f"https://folkmoot.invalid/a/{secret}",
    )


def invitation_of(circulation: Circulation, office: str) -> Invitation:
    """The invitation of an office."""
    return circulation.invitations.get(office=office)


def answer(
    cast: Cast,
    circulation: Circulation,
    office: str,
    stances: Mapping[int, str | GivenAnswer],
    *,
    submit: bool = True,
    now: datetime = MOMENT,
) -> Return:
    """An office's answer by form: a stance, or a whole answer, by the place of the clause."""
    actor = cast.actor(OFFICES[office][2][0], now=now)
    ret = actions.begin_return(actor, invitation=invitation_of(circulation, office))
    keys = list(circulation.version.clause_texts.order_by("place").values_list("clause__key", flat=True))
    given = {keys[place]: _given(stance) for place, stance in stances.items()}
    actions.save_answers(actor, ret=ret, answers=given)
    return _submitted(actor, ret) if submit else ret


def _given(stance: str | GivenAnswer) -> GivenAnswer:
    if isinstance(stance, GivenAnswer):
        return stance
    return GivenAnswer(stance, reason="It would cost too much." if stance in {"object", "red-line"} else "")


def _submitted(actor: Any, ret: Return) -> Return:
    return actions.submit_return(actor, ret=ret, whose_view="officer", cleared_by="Pat Clear")


def send_word(
    cast: Cast,
    circulation: Circulation,
    office: str,
    changes: Sequence[tuple[str, str]],
    *,
    tracked: bool = True,
    submit: bool = True,
    now: datetime = MOMENT,
) -> Return:
    """An office's answer as a Word file: its own copy with these words replaced, marked by Word's own marks or not."""
    actor = cast.actor(OFFICES[office][2][0], now=now)
    invitation = invitation_of(circulation, office)
    ret = actions.begin_return(actor, invitation=invitation, channel="upload")
    data = marked_up(content(invitation.package), changes, author=actor.name, tracked=tracked)
    actions.attach_word(actor, ret=ret, name=f"{office}.docx", data=data)
    return _submitted(actor, ret) if submit else ret


def close(cast: Cast, circulation: Circulation, *, by: str = "officer", now: datetime = AFTER_CLOSING) -> Circulation:
    """Close a circulation and work out groups and conflicts, as the worker would."""
    actions.close_circulation(cast.actor(by, now=now), circulation=circulation)
    consolidate(circulation, now=now)
    circulation.refresh_from_db()
    return circulation


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def marked_up(data: bytes, changes: Sequence[tuple[str, str]], *, author: str, tracked: bool = True) -> bytes:
    """A Word file in which these words are replaced, the first time that each stands in it."""
    files = _unzipped(data)
    document = etree.fromstring(files["word/document.xml"])
    for number, (before, after) in enumerate(changes):
        run = _run_with(document, before)
        _replace(run, before, after, author, number, tracked)
    files["word/document.xml"] = etree.tostring(document, xml_declaration=True, encoding="UTF-8", standalone=True)
    return _zipped(files)


def _unzipped(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _zipped(files: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in files.items():
            archive.writestr(name, part)
    return buffer.getvalue()


def _run_with(document: Any, words: str) -> Any:
    """The first run that holds these words and stands in no mark."""
    for run in document.iter(f"{{{W}}}r"):
        text = "".join(t.text or "" for t in run.iter(f"{{{W}}}t"))
        if words in text and run.getparent().tag == f"{{{W}}}p":
            return run
    raise AssertionError(f"“{words}” stands in no run of this file.")


def _replace(run: Any, before: str, after: str, author: str, number: int, tracked: bool) -> None:
    """Split a run at the words and put the change between its halves."""
    head, _, tail = "".join(t.text or "" for t in run.iter(f"{{{W}}}t")).partition(before)
    parent, place = run.getparent(), run.getparent().index(run)
    pieces = [_piece(run, head)]
    if tracked:
        attributes = {f"{{{W}}}author": author, f"{{{W}}}date": "2026-11-24T16:45:00Z"}
        for kind, words, tag in (("del", before, "delText"), ("ins", after, "t")):
            if words:
                mark = etree.Element(f"{{{W}}}{kind}", {f"{{{W}}}id": str(900 + 2 * number + (kind == "ins"))})
                for name, value in attributes.items():
                    mark.set(name, value)
                mark.append(_piece(run, words, tag))
                pieces.append(mark)
    elif after:
        pieces.append(_piece(run, after))
    pieces.append(_piece(run, tail))
    parent.remove(run)
    for offset, piece in enumerate(piece for piece in pieces if piece is not None):
        parent.insert(place + offset, piece)


def _piece(run: Any, words: str, tag: str = "t") -> Any:
    """A run like another one, with these words; none without words."""
    if not words:
        return None
    piece = copy.deepcopy(run)
    for text in list(piece.iter(f"{{{W}}}t")):
        text.getparent().remove(text)
    element = etree.SubElement(piece, f"{{{W}}}{tag}")
    element.text = words
    element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return piece
