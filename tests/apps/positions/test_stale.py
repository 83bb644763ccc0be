"""Two people on one position: whoever acts on what their page showed a moment ago is told, and nothing is undone."""

from collections.abc import Callable

import pytest

from folkmoot.apps.access.gate import Conflict
from folkmoot.apps.positions import actions
from folkmoot.apps.positions.models import Position, SignOff
from folkmoot.apps.positions.states import PositionState
from tests.cast import Cast
from tests.positions_world import AFTER_CLOSING, CLAUSES, circulate, close, draft, offices

Step = Callable[[Cast, Position], object]


def ask(cast: Cast, position: Position) -> None:
    actions.ask_for_sign_off(cast.actor("officer", now=AFTER_CLOSING), position=position)


def sign_for_all(cast: Cast, position: Position) -> None:
    for part, office in (("mayor", "aldermere"), ("other_mayor", "harrowmoor")):
        actions.sign(cast.actor(part, now=AFTER_CLOSING), position=position, office=office)
    officer = cast.actor("officer", now=AFTER_CLOSING)
    actions.note_exception(officer, position=position, office="stanwold", words="Stanwold stands aside.")


def publish(cast: Cast, position: Position) -> None:
    head = cast.actor("head", now=AFTER_CLOSING)
    actions.publish(head, position=position, embargo_until=None, make_pdf=lambda version: b"%PDF-1.7")


def reopen(cast: Cast, position: Position) -> None:
    actions.reopen_text(cast.actor("officer", now=AFTER_CLOSING), position=position, reason="One more word.")


def withdraw(cast: Cast, position: Position) -> None:
    actions.withdraw(cast.actor("officer", now=AFTER_CLOSING), position=position, reason="It is settled elsewhere.")


def write(cast: Cast, position: Position) -> None:
    actions.write_draft(cast.actor("officer", now=AFTER_CLOSING), position=position, clauses=CLAUSES)


def restore(cast: Cast, position: Position) -> None:
    version = position.versions.get(number=1)
    version.position = position
    actions.restore_version(cast.actor("officer", now=AFTER_CLOSING), version=version)


def keep_back(cast: Cast, position: Position) -> None:
    version = position.versions.get(number=1)
    version.position = position
    version.shared_at = None
    officer = cast.actor("officer", now=AFTER_CLOSING)
    actions.narrow(officer, version=version, first=1, last=1, audience="secretariat")


@pytest.fixture
def deciding(network: Cast) -> Position:
    position = draft(network)
    close(network, circulate(network, position))
    return Position.objects.get()


@pytest.fixture
def agreed(network: Cast, deciding: Position) -> Position:
    ask(network, deciding)
    sign_for_all(network, deciding)
    return Position.objects.get()


@pytest.mark.parametrize("late", [reopen, withdraw])
def test_what_was_published_meanwhile_is_not_opened_again(network: Cast, agreed: Position, late: Step) -> None:
    seen_before = Position.objects.get()
    publish(network, agreed)
    with pytest.raises(Conflict, match="published"):
        late(network, seen_before)
    assert Position.objects.get().state == PositionState.PUBLISHED


@pytest.mark.parametrize("late", [ask, withdraw, write, restore, keep_back])
def test_a_round_that_was_opened_meanwhile_stays(network: Cast, deciding: Position, late: Step) -> None:
    seen_before = Position.objects.get()
    again = deciding.versions.get()
    actions.open_circulation(
        network.actor("officer", now=AFTER_CLOSING),
        version=again,
        offices=offices(network),
        question="And now?",
        letter="A second round.",
        closes_at=AFTER_CLOSING.replace(day=11, hour=12),
        disclosure="secretariat",
        link_address=lambda secret: f"https://folkmoot.invalid/a/{secret}",
    )
    with pytest.raises(Conflict):
        late(network, seen_before)
    assert Position.objects.get().state == PositionState.CIRCULATING
    assert deciding.versions.count() == 1


def test_nothing_is_decided_once_the_text_is_before_the_mayors(network: Cast, deciding: Position) -> None:
    circulation = deciding.circulations.select_related("position", "version").get()
    ask(network, Position.objects.get())
    with pytest.raises(Conflict, match="for sign-off"):
        actions.make_next_version(network.actor("officer", now=AFTER_CLOSING), circulation=circulation)


def test_a_signature_taken_back_twice_ends_no_later_one(network: Cast, deciding: Position) -> None:
    ask(network, deciding)
    sign_for_all(network, deciding)
    mayor = network.actor("mayor", now=AFTER_CLOSING)
    seen_before = SignOff.objects.get(office="aldermere")
    actions.take_back(mayor, sign_off=SignOff.objects.get(office="aldermere"))
    actions.sign(mayor, position=deciding, office="aldermere")
    with pytest.raises(Conflict, match="taken back already"):
        actions.take_back(mayor, sign_off=seen_before)
    assert Position.objects.get().state == PositionState.AGREED


def test_a_signature_on_an_earlier_version_stays_there(network: Cast, deciding: Position) -> None:
    ask(network, deciding)
    mayor = network.actor("mayor", now=AFTER_CLOSING)
    on_the_first = actions.sign(mayor, position=deciding, office="aldermere")
    reopen(network, deciding)
    write(network, deciding)
    ask(network, deciding)
    sign_for_all(network, deciding)
    with pytest.raises(Conflict, match="earlier version"):
        actions.take_back(mayor, sign_off=SignOff.objects.get(pk=on_the_first.pk))
    assert Position.objects.get().state == PositionState.AGREED
