"""What stands around each page of a position: the facts, the sections and who may see it."""

from typing import Any

from django.urls import reverse

from folkmoot.apps.positions.consolidation import consolidate
from folkmoot.apps.positions.models import Position
from folkmoot.apps.positions.queries.amendments import amendment_table
from folkmoot.apps.positions.queries.counts import proposals
from folkmoot.apps.positions.queries.frame import frame_for
from folkmoot.web.positions.frame import _tabs, facts_of
from tests.cast import MOMENT, Cast
from tests.positions_world import AFTER_CLOSING, answer, circulate, close, draft, send_word


def facts(cast: Cast, part: str, position: Position) -> dict[str, str]:
    position.refresh_from_db()
    rows = facts_of(frame_for(cast.actor(part), position))
    return {label: f"{value} {note}".strip() for label, value, note in rows}


def sections(cast: Cast, part: str, position: Position) -> list[tuple[str, int | None]]:
    position.refresh_from_db()
    actor = cast.actor(part)
    return [(title, count) for title, _, count in _tabs(actor, frame_for(actor, position))]


def test_a_draft_has_a_version_and_a_lead(network: Cast) -> None:
    assert facts(network, "officer", draft(network)) == {"Version": "1, drafting", "Lead": "Owen Lark"}


def test_the_secretariat_sees_how_the_round_stands(network: Cast) -> None:
    position = draft(network)
    circulation = circulate(network, position)
    answer(network, circulation, "harrowmoor", {0: "support", 1: "object"})
    answer(network, circulation, "aldermere", {0: "support"})
    answer(network, circulation, "stanwold", {0: "accept"})

    assert facts(network, "coordinator", position) == {
        "Version": "1, in circulation",
        "Answered": "3 of 3 offices",
        "Clauses": "1 agreed, 1 open, 1 blocked",
        "Returns close": "Fri 4 Dec 2026, 12:00 (7 working days)",
        "Lead": "Owen Lark",
    }
    assert sections(network, "coordinator", position) == [
        ("Text", 3),
        ("Offices", 3),
        ("Amendments", 0),
        ("Consensus", None),
        ("Sign-off", None),
    ]


def test_an_office_sees_its_own_answer_and_no_count(network: Cast) -> None:
    position = draft(network)
    circulation = circulate(network, position)
    answer(network, circulation, "harrowmoor", {0: "support"})
    send_word(network, circulation, "stanwold", [("ninety", "sixty")])

    assert facts(network, "other_mayor", position) == {
        "Version": "1, in circulation",
        "Our answer": "Submitted (Wed 25 Nov 2026)",
        "Returns close": "Fri 4 Dec 2026, 12:00 (7 working days)",
        "Lead": "Owen Lark",
    }
    assert facts(network, "mayor", position)["Our answer"] == "Not begun"
    assert sections(network, "mayor", position) == [("Text", None), ("Our answer", None), ("Amendments", None)]


def test_after_closing_an_office_finds_what_it_may_be_told(network: Cast) -> None:
    position = draft(network)
    close(network, circulate(network, position, keys=["aldermere"]))
    Position.objects.update(state="signing")

    assert ("Consensus", None) in sections(network, "mayor", position)
    assert ("Sign-off", None) in sections(network, "mayor", position)
    assert facts(network, "mayor", position)["Returns closed"] == "Fri 4 Dec 2026"


def test_a_guest_finds_the_text_alone(network: Cast) -> None:
    position = draft(network)
    circulate(network, position)

    assert sections(network, "guest", position) == [("Text", None)]
    assert "Answered" not in facts(network, "guest", position)


def test_the_sections_count_proposals_as_the_table_of_amendments_does(network: Cast) -> None:
    position = draft(network)
    circulation = circulate(network, position)
    send_word(network, circulation, "stanwold", [("ninety", "sixty"), ("three", "five")])
    send_word(network, circulation, "harrowmoor", [("ninety", "sixty")])
    send_word(network, circulation, "aldermere", [("ninety", "thirty")])
    consolidate(circulation, now=MOMENT)
    officer = network.actor("officer")

    counted = proposals(officer, circulation)

    progress = amendment_table(officer, circulation).progress
    assert counted.total == progress.total == 3
    assert counted.undecided == progress.total - progress.decided == 3
    assert ("Amendments", 3) in sections(network, "officer", position)


def test_the_line_beside_the_mark_says_who_may_see_the_page(network: Cast, sign_in_as: Any) -> None:
    position = draft(network)
    address = reverse("position", args=[position.key])

    before = sign_in_as("officer").get(address).content.decode()
    circulate(network, position, keys=["aldermere"])
    after = sign_in_as("mayor").get(address).content.decode()

    assert "The secretariat and the guests whom it asked, until the text is circulated." in before
    assert "The secretariat and the offices asked." in after


def test_time_that_is_over_is_no_working_day_left(network: Cast) -> None:
    position = draft(network)
    circulate(network, position)
    position.refresh_from_db()

    rows = facts_of(frame_for(network.actor("officer", now=AFTER_CLOSING), position))

    assert ("Returns close", "Fri 4 Dec 2026, 12:00", "(0 working days)") in rows
