"""Sign-off: each mayor or a named delegate signs, exceptions are noted, and nothing shows as agreed before its time."""

from dataclasses import replace

import pytest

from folkmoot.apps.access.gate import Conflict, Invalid, Refused, may
from folkmoot.apps.access.models import AuditEntry
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.positions import actions
from folkmoot.apps.positions.models import Position, SignOff
from folkmoot.apps.positions.states import PositionState
from tests.cast import EVERYBODY, Cast
from tests.positions_world import AFTER_CLOSING, CLAUSES, circulate, close, draft, fill_register


@pytest.fixture
def before_the_mayors(cast: Cast) -> Position:
    """A position whose round has closed, put before the three offices' mayors."""
    fill_register()
    position = draft(cast)
    close(cast, circulate(cast, position))
    actions.ask_for_sign_off(cast.actor("officer", now=AFTER_CLOSING), position=Position.objects.get())
    return Position.objects.get()


def _sign(cast: Cast, position: Position, part: str, office: str) -> SignOff:
    return actions.sign(cast.actor(part, now=AFTER_CLOSING), position=position, office=office)


def _aside(cast: Cast, position: Position, office: str = "stanwold") -> SignOff:
    officer = cast.actor("officer", now=AFTER_CLOSING)
    return actions.note_exception(officer, position=position, office=office, words="Stanwold stands aside.")


@pytest.mark.requirement("A23")
def test_a_position_is_agreed_only_when_every_office_is_recorded_or_excepted(
    cast: Cast, before_the_mayors: Position
) -> None:
    states = []
    for step in (
        lambda: _sign(cast, before_the_mayors, "mayor", "aldermere"),
        lambda: _sign(cast, before_the_mayors, "other_mayor", "harrowmoor"),
        lambda: _aside(cast, before_the_mayors),
    ):
        step()
        states.append(Position.objects.get().state)
    assert states == [PositionState.SIGNING, PositionState.SIGNING, PositionState.AGREED]


@pytest.mark.parametrize("part", EVERYBODY)
def test_only_the_mayor_and_the_named_delegate_sign_for_an_office(
    cast: Cast, before_the_mayors: Position, part: str
) -> None:
    # The chief executive of Aldermere holds the mayor's delegation in the cast.
    may = part in {"mayor", "chief_executive"}
    if may:
        _sign(cast, before_the_mayors, part, "aldermere")
    else:
        with pytest.raises(Refused):
            _sign(cast, before_the_mayors, part, "aldermere")
    assert SignOff.objects.exists() == may


def test_a_delegate_signs_under_both_names_and_the_trail_says_for_whom(cast: Cast, before_the_mayors: Position) -> None:
    signed = _sign(cast, before_the_mayors, "chief_executive", "aldermere")
    assert signed.signatory == f"{cast.chief_executive.name} for {cast.mayor.name}"
    entry = AuditEntry.objects.get(verb="position.signed")
    assert (entry.account_id, entry.principal_id) == (cast.chief_executive.pk, cast.mayor.pk)


def test_a_personal_link_never_signs(cast: Cast, before_the_mayors: Position) -> None:
    circulation = before_the_mayors.circulations.get()
    by_link = replace(cast.actor("mayor", now=AFTER_CLOSING), confined=f"circulation:{circulation.pk}")
    # The gate itself says no: that signing also asks for an account that signed in is a second lock.
    assert not may(by_link, Permission.SIGN_OFF, office="aldermere")
    with pytest.raises(Refused, match="Your role does not allow this"):
        actions.sign(by_link, position=before_the_mayors, office="aldermere")


def test_an_office_signs_once(cast: Cast, before_the_mayors: Position) -> None:
    _sign(cast, before_the_mayors, "mayor", "aldermere")
    with pytest.raises(Conflict, match="recorded already"):
        _sign(cast, before_the_mayors, "mayor", "aldermere")


def test_an_exception_needs_words_and_an_office_that_was_asked(cast: Cast, before_the_mayors: Position) -> None:
    officer = cast.actor("officer", now=AFTER_CLOSING)
    with pytest.raises(Invalid, match="Write what the office says"):
        actions.note_exception(officer, position=before_the_mayors, office="stanwold", words=" ")
    with pytest.raises(Invalid, match="not asked"):
        actions.note_exception(officer, position=before_the_mayors, office="nowhere", words="Aside.")


def test_a_signature_may_be_taken_back_before_publication_and_the_agreement_goes_with_it(
    cast: Cast, before_the_mayors: Position
) -> None:
    signed = _sign(cast, before_the_mayors, "mayor", "aldermere")
    _sign(cast, before_the_mayors, "other_mayor", "harrowmoor")
    _aside(cast, before_the_mayors)
    actions.take_back(cast.actor("mayor", now=AFTER_CLOSING), sign_off=signed)
    assert Position.objects.get().state == PositionState.SIGNING
    signed.refresh_from_db()
    assert signed.taken_back_at is not None, "what was taken back stays in the record"
    _sign(cast, before_the_mayors, "mayor", "aldermere")
    assert Position.objects.get().state == PositionState.AGREED


@pytest.mark.parametrize("part", ["other_mayor", "officer", "head", "member_officer"])
def test_nobody_else_takes_a_signature_back(cast: Cast, before_the_mayors: Position, part: str) -> None:
    signed = _sign(cast, before_the_mayors, "mayor", "aldermere")
    with pytest.raises(Refused):
        actions.take_back(cast.actor(part, now=AFTER_CLOSING), sign_off=signed)


def test_reopening_keeps_signatures_with_their_version(cast: Cast, before_the_mayors: Position) -> None:
    _sign(cast, before_the_mayors, "mayor", "aldermere")
    officer = cast.actor("officer", now=AFTER_CLOSING)
    with pytest.raises(Invalid, match="Say why"):
        actions.reopen_text(officer, position=before_the_mayors, reason="")
    actions.reopen_text(officer, position=before_the_mayors, reason="A figure was wrong.")
    assert Position.objects.get().state == PositionState.DECIDING
    assert SignOff.objects.get().version.number == 1


def test_nobody_is_asked_to_sign_what_no_office_has_seen(cast: Cast) -> None:
    position = draft(cast)
    with pytest.raises(Invalid, match="Circulate the text first"):
        actions.ask_for_sign_off(cast.actor("officer"), position=position)


def test_nobody_signs_a_version_that_their_page_did_not_show(cast: Cast, before_the_mayors: Position) -> None:
    officer = cast.actor("officer", now=AFTER_CLOSING)
    actions.reopen_text(officer, position=before_the_mayors, reason="One more word.")
    actions.write_draft(officer, position=before_the_mayors, clauses=CLAUSES)
    actions.ask_for_sign_off(officer, position=before_the_mayors)
    mayor = cast.actor("mayor", now=AFTER_CLOSING)
    with pytest.raises(Conflict, match="Version 2 is before the mayors now"):
        actions.sign(mayor, position=before_the_mayors, office="aldermere", version=1)
    assert not SignOff.objects.exists()
    actions.sign(mayor, position=before_the_mayors, office="aldermere", version=2)


@pytest.mark.parametrize("state", [PositionState.SIGNING, PositionState.AGREED, PositionState.PUBLISHED])
def test_the_title_that_is_signed_stays(cast: Cast, before_the_mayors: Position, state: str) -> None:
    Position.objects.update(state=state)
    officer = cast.actor("officer", now=AFTER_CLOSING)
    front = {"issue": "Buses", "handling": before_the_mayors.handling, "lead": cast.deputy}
    with pytest.raises(Invalid, match="The title stands on the text"):
        actions.change_position(officer, position=before_the_mayors, title="Trams", **front)
    actions.change_position(officer, position=before_the_mayors, title=before_the_mayors.title, **front)
    assert Position.objects.get().lead == cast.deputy
