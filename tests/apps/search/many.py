"""Fifty thousand records of every kind, as a network of fourteen offices has after some years, for measuring.

The language is made up, its words as unevenly spread as in a real one: the first of VOCABULARY is nearly
everywhere, the last next to nowhere.
"""

import itertools
import math
import random
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from django.db import models

from folkmoot.apps.access.audience import AudienceEntry
from folkmoot.apps.agenda.models import Group, Meeting, Minute, PlanEntry
from folkmoot.apps.archive.models import ArchiveDocument, ArchivePassage
from folkmoot.apps.documents.models import StoredFile
from folkmoot.apps.issues.models import Action, Issue, IssueNote
from folkmoot.apps.mail.inbox import InboxMessage
from folkmoot.apps.mail.models import OutboxMessage
from folkmoot.apps.mail.states import State
from folkmoot.apps.members.models import Kind, Organization
from folkmoot.apps.positions.models import (
    Amendment,
    Circulation,
    Clause,
    ClauseText,
    Invitation,
    Position,
    Return,
    Version,
)
from folkmoot.apps.search.index import rebuild
from tests.cast import MOMENT, TODAY, Cast


def _vocabulary(how_many: int) -> list[str]:
    """Words of two to four syllables, in a fixed order, so that beginnings are shared as in a language."""
    chance = random.Random(11)
    syllables = [
        first + vowel + last for first in "bdfgklmnprstv" for vowel in "aeiou" for last in ("", "", "l", "n", "r")
    ]
    words: dict[str, None] = {}
    while len(words) < how_many:
        words["".join(chance.choices(syllables, k=chance.choice((2, 3, 3, 4))))] = None
    return list(words)


VOCABULARY = _vocabulary(8_000)
OFFICES = ("aldermere", "harrowmoor", "stanwold", *(f"office-{number}" for number in range(11)))
# How often each audience stands, of a hundred records.
AUDIENCES = {"network": 50, "secretariat": 35, "named": 10, "private": 5}
HOW_MANY = {
    "issues": 400,
    "notes": 6_000,
    "actions": 2_500,
    "sent": 12_000,
    "came in": 4_000,
    "papers": 600,
    "passages": 9_000,
    "positions": 60,
    "clauses": 60 * 40,
    "amendments": 60 * 14 * 10,
    "meetings": 300,
    "items": 900,
    "minutes": 2_500,
    "bodies": 500,
}


class _Maker:
    """Makes rows of made-up words, the same ones in each run."""

    def __init__(self, cast: Cast, times: float) -> None:
        self.cast = cast
        self.counts = {what: math.ceil(count * times) for what, count in HOW_MANY.items()}
        self.chance = random.Random(7 + OutboxMessage.objects.count())
        self._weights = list(itertools.accumulate(1 / (rank + 1) for rank in range(len(VOCABULARY))))
        self._audiences = self.chance.choices(list(AUDIENCES), list(AUDIENCES.values()), k=10_000)
        self._turn = itertools.cycle(self._audiences)
        self._number = itertools.count(OutboxMessage.objects.count() * 100)  # so that it can be filled again

    def text(self, words: int) -> str:
        return " ".join(self.chance.choices(VOCABULARY, cum_weights=self._weights, k=words))

    def audience(self) -> str:
        return next(self._turn)

    def number(self) -> int:
        return next(self._number)

    def rows(self, model: Any, how_many: int, make: Callable[[], models.Model]) -> list[Any]:
        return list(model.objects.bulk_create([make() for _ in range(how_many)], batch_size=500))


def fill(cast: Cast, *, times: float = 1) -> None:
    """All of it so many times over, and the index over it."""
    maker = _Maker(cast, times)
    file = StoredFile.objects.create(
        name="x.docx", media_type="text/plain", size=1, sha256="0" * 64, kind="x", created_at=MOMENT
    )
    _issues(maker)
    _mail(maker, file)
    _papers(maker, file)
    _positions(maker, file)
    _meetings(maker)
    maker.rows(
        Organization,
        maker.counts["bodies"],
        lambda: Organization(
            key=f"body-{maker.number()}", kind=Kind.AUTHORITY, name=maker.text(4), relevance=maker.text(30)
        ),
    )
    _list_offices(maker)
    rebuild()


def _issues(maker: _Maker) -> None:
    officer, now = maker.cast.officer, MOMENT
    issues = maker.rows(
        Issue,
        maker.counts["issues"],
        lambda: Issue(
            title=maker.text(6)[:160],
            aim=maker.text(30)[:300],
            lead=officer,
            audience=maker.audience(),
            started_on=TODAY,
            created_at=now,
        ),
    )
    maker.rows(
        IssueNote,
        maker.counts["notes"],
        lambda: IssueNote(
            issue=maker.chance.choice(issues),
            day=TODAY,
            text=maker.text(60),
            written_by=officer,
            written_at=now,
            audience=maker.audience(),
        ),
    )
    maker.rows(
        Action,
        maker.counts["actions"],
        lambda: Action(
            title=maker.text(8)[:200],
            issue=maker.chance.choice(issues),
            owner=officer,
            due=TODAY,
            created_at=now,
            audience=maker.audience(),
        ),
    )


def _mail(maker: _Maker, file: StoredFile) -> None:
    maker.rows(
        OutboxMessage,
        maker.counts["sent"],
        lambda: OutboxMessage(
            to_name="Rowan Pike",
            to_address="rowan@folkmoot.invalid",
            subject=maker.text(6)[:200],
            body=maker.text(90),
            created_at=MOMENT,
            sent_at=MOMENT,
            state=State.SENT,
            message_id=f"sent-{maker.number()}",
            audience=maker.audience(),
        ),
    )
    maker.rows(
        InboxMessage,
        maker.counts["came in"],
        lambda: InboxMessage(
            raw=file,
            sha256=f"{maker.number():064}",
            source="imap",
            from_name="Rowan Pike",
            subject=maker.text(6)[:300],
            text=maker.text(70),
            received_at=MOMENT,
            state="filed",
            audience=maker.audience(),
        ),
    )


def _papers(maker: _Maker, file: StoredFile) -> None:
    papers = maker.rows(
        ArchiveDocument,
        maker.counts["papers"],
        lambda: ArchiveDocument(
            title=maker.text(6)[:200], day=TODAY, file=file, added_at=MOMENT, audience=maker.audience()
        ),
    )
    place = itertools.count()
    maker.rows(
        ArchivePassage,
        maker.counts["passages"],
        lambda: ArchivePassage(
            document=maker.chance.choice(papers), place=next(place), text=maker.text(100), terms="", length=0
        ),
    )


def _positions(maker: _Maker, file: StoredFile) -> None:
    officer = maker.cast.officer
    positions = maker.rows(
        Position,
        maker.counts["positions"],
        lambda: Position(title=maker.text(6)[:160], lead=officer, created_at=MOMENT, audience=maker.audience()),
    )
    versions, rounds = [], []
    for position in positions:
        version = Version.objects.create(
            position=position,
            number=1,
            source="written",
            package=file,
            made_by=officer,
            made_at=MOMENT,
            shared_at=MOMENT,
        )
        versions.append(version)
        rounds.append(
            Circulation.objects.create(
                position=position,
                version=version,
                question=maker.text(8),
                letter=maker.text(40),
                opened_at=MOMENT,
                opened_by=officer,
                closes_at=MOMENT + timedelta(days=9),
            )
        )
    each = maker.counts["clauses"] // len(positions)
    clauses = Clause.objects.bulk_create([Clause(position=position) for position in positions for _ in range(each)])
    by_position = dict(zip(positions, versions, strict=True))
    ClauseText.objects.bulk_create(
        ClauseText(
            version=by_position[clause.position],
            clause=clause,
            place=number % each,
            heading=maker.text(4),
            text=maker.text(80),
            first_paragraph=number % each,
            last_paragraph=number % each,
        )
        for number, clause in enumerate(clauses)
    )
    returns = list(_returns(maker, rounds))
    maker.rows(
        Amendment,
        maker.counts["amendments"],
        lambda: Amendment(
            ret=maker.chance.choice(returns),
            signature=str(maker.number()),
            kind="replace",
            paragraph=0,
            start=0,
            end=0,
            before=maker.text(15),
            after=maker.text(25),
        ),
    )


def _returns(maker: _Maker, rounds: list[Circulation]) -> Iterator[Return]:
    for circulation in rounds:
        for office in OFFICES:
            invitation = Invitation.objects.create(
                circulation=circulation,
                office=office,
                office_name=office.title(),
                token=f"token-{maker.number()}",
                package_id=circulation.version.package_id,
            )
            yield Return.objects.create(
                invitation=invitation,
                state="submitted",
                whose_view="officer",
                started_by=maker.cast.officer,
                started_at=MOMENT,
                submitted_at=MOMENT,
            )


def _meetings(maker: _Maker) -> None:
    officer = maker.cast.officer
    group = Group.objects.create(name=f"Officers of many meetings {maker.number()}", audience="network")
    meetings = maker.rows(
        Meeting,
        maker.counts["meetings"],
        lambda: Meeting(
            group=group,
            starts_at=MOMENT + timedelta(hours=maker.number()),
            where=maker.text(3)[:200],
            audience=maker.audience(),
        ),
    )
    maker.rows(
        PlanEntry,
        maker.counts["items"],
        lambda: PlanEntry(title=maker.text(8)[:160], owner=officer, created_at=MOMENT, audience=maker.audience()),
    )
    maker.rows(
        Minute,
        maker.counts["minutes"],
        lambda: Minute(
            meeting=maker.chance.choice(meetings),
            heading=f"{maker.text(4)} {maker.number()}"[-160:],
            text=maker.text(80),
            by=officer,
            at=MOMENT,
        ),
    )


def _list_offices(maker: _Maker) -> None:
    """Two offices on each record for named ones, by turns."""
    turn = itertools.cycle(OFFICES)
    for model in (Issue, IssueNote, Action, OutboxMessage, InboxMessage, ArchiveDocument, Position, Meeting, PlanEntry):
        named = model._default_manager.filter(audience="named").values_list("pk", flat=True)
        AudienceEntry.objects.bulk_create(
            [
                AudienceEntry(record=model._meta.label_lower, record_id=pk, key=f"org:{next(turn)}")
                for pk in named
                for _ in range(2)
            ],
            batch_size=500,
            ignore_conflicts=True,  # listed already, where it is filled again
        )
