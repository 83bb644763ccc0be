"""Positions at every stage of their life, with a canary in each text, and who may meet it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from folkmoot.apps.access.audience import Audience, Handling
from folkmoot.apps.mail.models import OutboxMessage
from folkmoot.apps.positions import actions
from folkmoot.apps.positions.actions import GivenAnswer
from folkmoot.apps.positions.models import Position, Return
from folkmoot.engines.redline import DraftClause
from tests.cast import MOMENT
from tests.positions_world import answer, circulate, close, draft, send_word
from tests.walk.address import ALDERMERE, ALL, GUEST, HARROWMOOR, OFFICES, SECRETARIAT, STANWOLD, Parts
from tests.walk.world import World

FALLBACK_READERS: Parts = frozenset({"head", "deputy"})
ASKED_IN_CONFIDENCE: Parts = SECRETARIAT | ALDERMERE | HARROWMOOR
LATER = MOMENT + timedelta(days=10)


@dataclass(frozen=True, slots=True)
class Nest:
    """Lays canaries for one position: its own readers unless a text has fewer."""

    world: World
    what: str
    readers: Parts
    sensitive: bool = False

    def words(self, where: str, readers: Parts | None = None) -> str:
        may_see = self.readers if readers is None else readers
        return self.world.aviary.hatch(f"{where} of {self.what}", may_see, sensitive=self.sensitive)

    def clauses(self, *readers: Parts | None) -> list[DraftClause]:
        """One clause for each group of readers; none of its own means those of the position."""
        return [
            DraftClause(
                1,
                f"Matter {number} {self.words(f'the heading of clause {number}', group)}",
                (f"On matter {number} we ask for {self.words(f'the text of clause {number}', group)} in three years.",),
            )
            for number, group in enumerate(readers, 1)
        ]


def _position(nest: Nest, *readers: Parts | None) -> Position:
    return draft(
        nest.world.cast,
        nest.clauses(*readers),
        title=f"Position {nest.words('the title')}",
        handling=Handling.OFFICIAL_SENSITIVE if nest.sensitive else Handling.OFFICIAL,
    )


def _clause(position: Position, place: int) -> Any:
    return position.versions.latest("number").clause_texts.get(place=place)


def build_draft(world: World) -> Position:
    """A draft that only the secretariat sees, with a fallback that only two of them see."""
    nest = Nest(world, "the draft", SECRETARIAT)
    position = _position(nest, None, None)
    actions.note_fallback(
        world.cast.actor("head"),
        clause=_clause(position, 0).clause,
        words=nest.words("the fallback", FALLBACK_READERS),
        people=[world.cast.deputy],
    )
    kept_back = _clause(position, 1)
    world["narrow mark"] = actions.narrow(
        world.cast.actor("officer"),
        version=position.versions.latest("number"),
        first=kept_back.first_paragraph,
        last=kept_back.last_paragraph,
        audience=Audience.SECRETARIAT,
    )
    return position


def build_confidential(world: World) -> Position:
    """A sensitive draft before two offices, one clause of it before one office only, with an answer and a half."""
    nest = Nest(world, "the confidential position", ASKED_IN_CONFIDENCE, sensitive=True)
    position = _position(nest, None, None, SECRETARIAT | HARROWMOOR)
    kept_back = _clause(position, 2)
    actions.narrow(
        world.cast.actor("officer"),
        version=position.versions.latest("number"),
        first=kept_back.first_paragraph,
        last=kept_back.last_paragraph,
        audience=Audience.NAMED,
        offices=["harrowmoor"],
    )
    circulation = circulate(world.cast, position, keys=("aldermere", "harrowmoor"))
    world["confidential circulation"] = circulation
    world["return of harrowmoor"] = _objection(nest, circulation, "harrowmoor", SECRETARIAT | HARROWMOOR)
    world["answer in preparation"] = _objection(nest, circulation, "aldermere", ALDERMERE, submit=False)
    return position


def build_open(world: World) -> Position:
    """A draft before two offices, one of which has answered while the other prepares; its personal links work."""
    nest = Nest(world, "the open position", ASKED_IN_CONFIDENCE)
    position = _position(nest, None, None)
    circulation = circulate(world.cast, position, keys=("aldermere", "harrowmoor"))
    _objection(nest, circulation, "aldermere", SECRETARIAT | ALDERMERE)
    _objection(nest, circulation, "harrowmoor", HARROWMOOR, submit=False)
    return position


def _objection(nest: Nest, circulation: Any, office: str, readers: Parts, *, submit: bool = True) -> Return:
    """An answer that objects to the first clause and offers other words for the second."""
    objection = GivenAnswer("object", reason=nest.words(f"the reason of {office}", readers))
    wish = GivenAnswer(
        "if-amended",
        reason=nest.words(f"the wish of {office}", readers),
        proposed_words=f"We ask for {nest.words(f'the words proposed by {office}', readers)} in five years.",
    )
    return answer(nest.world.cast, circulation, office, {0: objection, 1: wish}, submit=submit)


def build_decided(world: World) -> Position:
    """A closed round with decisions; one office released its answer but for one clause, and a guest looks on."""
    nest = Nest(world, "the decided position", SECRETARIAT | OFFICES | GUEST)
    position = _position(nest, None, None)
    actions.invite_guest(world.cast.actor("officer"), position=position, guest=world.cast.guest)
    circulation = circulate(world.cast, position)
    _objection(nest, circulation, "aldermere", SECRETARIAT | ALDERMERE)
    inserted = nest.words("the words inserted by harrowmoor", SECRETARIAT | HARROWMOOR)
    world["word return"] = send_word(world.cast, circulation, "harrowmoor", [("three years", f"{inserted} years")])
    world["released return"] = _half_released(nest, circulation)
    close(world.cast, circulation, now=LATER)
    world["decided circulation"] = circulation
    world["amendment"] = _decide(nest, circulation)
    return position


def _half_released(nest: Nest, circulation: Any) -> Return:
    shown = GivenAnswer("object", reason=nest.words("the reason that stanwold released", SECRETARIAT | OFFICES))
    secret = nest.words("the reason that stanwold kept back", SECRETARIAT | STANWOLD)
    kept = GivenAnswer("object", reason=secret, visibility="secretariat")
    ret = answer(nest.world.cast, circulation, "stanwold", {0: shown, 1: kept})
    Return.objects.filter(pk=ret.pk).update(released_at=MOMENT)  # nobody of the cast may release for Stanwold
    return ret


def _decide(nest: Nest, circulation: Any) -> Any:
    from folkmoot.apps.positions.models import Amendment

    officer = nest.world.cast.actor("officer", now=LATER)
    of_harrowmoor = Amendment.objects.filter(
        ret__invitation__circulation=circulation, ret__invitation__office="harrowmoor"
    ).earliest("pk")
    readers = SECRETARIAT | HARROWMOOR
    actions.decide(
        officer,
        items=[of_harrowmoor],
        outcome="not",
        reason=nest.words("the reason of the decision", readers),
        serials={of_harrowmoor.key: of_harrowmoor.serial},
    )
    actions.reply(officer, amendment=of_harrowmoor, text=nest.words("the message to harrowmoor", readers))
    return of_harrowmoor


def build_signing(world: World) -> Position:
    """A position before the mayors: one has signed, and one office stands aside."""
    nest = Nest(world, "the position for sign-off", SECRETARIAT | OFFICES)
    position = _position(nest, None)
    close(world.cast, circulate(world.cast, position), now=LATER)
    position.refresh_from_db()
    officer = world.cast.actor("officer", now=LATER)
    actions.ask_for_sign_off(officer, position=position)
    mayor = world.cast.actor("mayor", now=LATER)
    note, words = nest.words("the note of a mayor"), nest.words("the words of the office that stands aside")
    world["signature"] = actions.sign(mayor, position=position, office="aldermere", note=note)
    world["exception"] = actions.note_exception(officer, position=position, office="stanwold", words=words)
    return position


def build_agreed(world: World) -> Position:
    """A position on which every office is recorded, not yet published."""
    nest = Nest(world, "the agreed position", SECRETARIAT | OFFICES)
    return _agreed(world, nest, _position(nest, None))


def _agreed(world: World, nest: Nest, position: Position) -> Position:
    """Two mayors sign and the third office stands aside."""
    circulation = circulate(world.cast, position)
    reason = GivenAnswer("support", reason=nest.words("the reason of aldermere", SECRETARIAT | ALDERMERE))
    answer(world.cast, circulation, "aldermere", {0: reason})
    close(world.cast, circulation, now=LATER)
    position.refresh_from_db()
    officer = world.cast.actor("officer", now=LATER)
    actions.ask_for_sign_off(officer, position=position)
    for part, office in (("mayor", "aldermere"), ("other_mayor", "harrowmoor")):
        actions.sign(world.cast.actor(part, now=LATER), position=position, office=office)
    actions.note_exception(officer, position=position, office="stanwold", words="Stanwold has no buses.")
    position.refresh_from_db()
    return position


def build_published(world: World, *, make_pdf: Callable[[Any], bytes]) -> Position:
    """A published position: its text is everybody's, its answers are not."""
    nest = Nest(world, "the published position", ALL)
    position = _agreed(world, nest, _position(nest, None))
    world["publication"] = actions.publish(
        world.cast.actor("head"), position=position, embargo_until=None, make_pdf=make_pdf
    )
    position.refresh_from_db()
    return position


def link_of(world: World, position: Position) -> str:
    """The secret of the link that an officer of Aldermere was sent for a position."""
    circulation = position.circulations.latest("opened_at")
    mail = OutboxMessage.objects.get(
        about_record=circulation._meta.label_lower, about_id=circulation.pk, to_address=world.cast.member_officer.email
    )
    found = re.search(r"/a/([\w-]+)", mail.body)
    assert found
    return found[1]


def hide_another_draft(world: World) -> None:
    """One more draft, of which only the secretariat may know."""
    _position(Nest(world, "another draft", SECRETARIAT), None)


def hide_another_answer(world: World) -> None:
    """One more answer, of which only that office may know while it is in preparation."""
    circulation = world["confidential circulation"]
    nest = Nest(world, "another answer", HARROWMOOR, sensitive=True)
    _objection(nest, circulation, "harrowmoor", HARROWMOOR, submit=False)
