"""What shows beside the pages themselves: a tab's address, a file of an earlier draft, a mail to who has left."""

from typing import Any

import pytest

from folkmoot.apps.access.models import AuditEntry
from folkmoot.apps.positions import actions
from folkmoot.apps.positions.models import Position, Return, SignOff
from folkmoot.engines import redline
from tests.cast import MOMENT, Cast
from tests.positions_world import CLAUSES, answer, circulate, close, draft

LATER = (*CLAUSES, redline.DraftClause(1, "Tolls", ("Nobody has been shown this clause on tolls yet.",)))


def text_of(response: Any) -> str:
    return str(response.content.decode())


@pytest.fixture
def decided(network: Cast) -> Position:
    """A position whose only round has closed."""
    position = draft(network)
    close(network, circulate(network, position), now=MOMENT)
    return Position.objects.get()


def address(position: Position) -> str:
    return f"/positions/{position.key}/sign-off/"


@pytest.mark.parametrize("part", ["mayor", "third_officer"])
def test_no_office_learns_of_sign_off_before_it_begins(
    network: Cast, sign_in_as: Any, decided: Position, part: str
) -> None:
    actions.write_draft(network.actor("officer"), position=decided, clauses=LATER)
    assert sign_in_as(part).get(address(decided)).status_code == 404
    assert "version 2" in text_of(sign_in_as("officer").get(address(decided)))


def test_offices_read_the_page_once_sign_off_has_begun(network: Cast, sign_in_as: Any, decided: Position) -> None:
    actions.ask_for_sign_off(network.actor("officer"), position=decided)
    assert "0 of 3 signed" in text_of(sign_in_as("mayor").get(address(decided)))


def test_a_guest_is_not_told_who_signs(network: Cast, sign_in_as: Any, decided: Position) -> None:
    actions.invite_guest(network.actor("officer"), position=decided, guest=network.guest)
    actions.ask_for_sign_off(network.actor("officer"), position=decided)
    guest = sign_in_as("guest")
    assert guest.get(f"/positions/{decided.key}/").status_code == 200
    assert guest.get(address(decided)).status_code == 404
    assert guest.post(f"{address(decided)}aldermere/take-back/").status_code == 404
    actions.sign(network.actor("mayor"), position=decided, office="aldermere")
    assert guest.post(f"{address(decided)}aldermere/take-back/").status_code == 404


def test_the_newest_signature_is_the_one_taken_back(network: Cast, sign_in_as: Any, decided: Position) -> None:
    officer = network.actor("officer")
    actions.ask_for_sign_off(officer, position=decided)
    actions.sign(network.actor("mayor"), position=decided, office="aldermere")
    actions.reopen_text(officer, position=decided, reason="One more word.")
    actions.write_draft(officer, position=decided, clauses=LATER)
    actions.ask_for_sign_off(officer, position=decided)
    actions.sign(network.actor("mayor"), position=decided, office="aldermere")
    answer = sign_in_as("mayor").post(f"{address(decided)}aldermere/take-back/")
    assert answer.status_code == 302
    assert list(SignOff.objects.filter(taken_back_at=None).values_list("version__number", flat=True)) == [1]


def test_a_double_click_submits_once(network: Cast, sign_in_as: Any) -> None:
    circulation = circulate(network, draft(network))
    answer(network, circulation, "aldermere", {0: "support"}, submit=False)
    officer = sign_in_as("member_officer")
    clicks = [
        officer.post(
            f"/positions/{circulation.position.key}/answer/submit/",
            {"whose_view": "officer", "cleared_by": "Pat Clear"},
        ).status_code
        for _ in range(2)
    ]
    assert clicks == [302, 409]
    assert Return.objects.count() == 1


def test_the_page_says_which_version_it_lets_one_sign(network: Cast, sign_in_as: Any, decided: Position) -> None:
    officer = network.actor("officer")
    actions.ask_for_sign_off(officer, position=decided)
    mayor = sign_in_as("mayor")
    assert '<input type="hidden" name="version" value="1">' in text_of(mayor.get(address(decided)))
    actions.reopen_text(officer, position=decided, reason="One more word.")
    actions.write_draft(officer, position=decided, clauses=LATER)
    actions.ask_for_sign_off(officer, position=decided)
    late = mayor.post(f"{address(decided)}sign/", {"office": "aldermere", "version": "1"})
    assert (late.status_code, SignOff.objects.count()) == (409, 0)


def test_the_trail_tells_who_read_a_fallback_from_who_opened_the_front_to_nobody(
    network: Cast, sign_in_as: Any
) -> None:
    position = draft(network)
    clause = position.clauses.all()[0]
    actions.note_fallback(network.actor("officer"), clause=clause, words="Two years.", people=[])
    officer = sign_in_as("officer")
    seen = []
    for path in ("", "change"):
        officer.get(f"/positions/{position.key}/{path}")
        seen.append(
            AuditEntry.objects.order_by("-number").values("verb", "record", "record_id", "account_id", "digest")[0]
        )
    assert seen[0] == seen[1]
