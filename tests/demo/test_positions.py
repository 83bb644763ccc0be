"""One position in each state, and one with fourteen returned Word files."""

import json
import re
from collections import Counter
from typing import Any

import pytest

from folkmoot.apps.access.audience import Handling
from folkmoot.apps.access.audit import verify
from folkmoot.apps.positions.models import Amendment, Circulation, Decision, Position, Return, SignOff
from folkmoot.apps.positions.states import PositionState
from folkmoot.demo.positions import WORD

pytestmark = pytest.mark.django_db

TRUTH = json.loads((WORD / "truth.json").read_text(encoding="utf-8"))
BUS = "Bus franchising: a joint ask"
ANSWERS = {answer["office"]: answer for answer in TRUTH["returns"]}


def the_bus() -> Circulation:
    return Circulation.objects.get(position__title=BUS, closed_at=None)


def returned(office: str) -> Return:
    return Return.objects.get(invitation__circulation=the_bus(), invitation__office_name=office, state="submitted")


def numbers() -> dict[int, str]:
    """The number of each clause that went out, by the clause's identity."""
    return {text.clause_id: text.number.rstrip(".") for text in the_bus().version.clause_texts.all()}


def test_a_position_stands_in_each_state() -> None:
    assert set(Position.objects.values_list("state", flat=True)) == set(PositionState)
    assert all(position.invented for position in Position.objects.all())


def test_some_are_told_to_few() -> None:
    sensitive = Position.objects.get(handling=Handling.OFFICIAL_SENSITIVE)
    assert sensitive.circulations.get().invitations.count() == 4
    assert Position.objects.get(state=PositionState.DRAFTING).versions.get().narrow_marks.exists()


def test_fourteen_offices_answered_with_a_word_file() -> None:
    files = Return.objects.filter(invitation__circulation=the_bus(), state="submitted").exclude(file=None)
    assert {file.invitation.office_name for file in files} == set(ANSWERS)
    assert Counter(file.status for file in files) == Counter(answer["status"] for answer in TRUTH["returns"])
    assert Counter(file.status for file in files)["untracked"] >= 3
    assert {"mixed", "older-draft", "other-document", "unreadable"} <= {file.status for file in files}


@pytest.mark.parametrize("office", sorted(ANSWERS))
def test_each_file_has_the_status_it_was_made_with(office: str) -> None:
    assert returned(office).status == ANSWERS[office]["status"]


def test_the_locked_file_says_what_to_ask_for() -> None:
    locked = next(office for office, answer in ANSWERS.items() if answer["status"] == "unreadable")
    assert "password" in returned(locked).detail


def effect(where: str, kind: str, before: str, after: str, tracked: bool) -> tuple[str, str, str, str, bool]:
    return where, kind, before.strip(), after.strip(), tracked


def made(edit: dict[str, Any]) -> tuple[str, str, str, str, bool]:
    """An edit of the script that made the files; stances are taken on the clause at the top."""
    top = re.match(r"\d+", edit["clause"])
    where = top.group() if top and edit["placed"] else ""
    return effect(where, edit["kind"], edit["before"], edit["after"], edit["tracked"])


@pytest.mark.parametrize("office", sorted(ANSWERS))
def test_each_file_has_the_amendments_it_was_made_with(office: str) -> None:
    names = numbers()
    kept = returned(office).amendments.exclude(kind="format")
    found = Counter(effect(names.get(a.clause_id, ""), a.kind, a.before, a.after, a.tracked) for a in kept)
    assert found == Counter(made(edit) for edit in ANSWERS[office]["edits"])


def test_four_offices_ask_for_the_same_and_two_for_something_else() -> None:
    revenue = Amendment.objects.current().filter(ret__invitation__circulation=the_bus(), before="three")
    same = [a for a in revenue if a.after == "five"]
    assert (len(same), len({a.group for a in same})) == (4, 1)
    assert {a.ret.invitation.office_name for a in same[0].conflicts.all()} == {"Eastwold", "Harrowmoor"}


def test_each_kind_of_decision_can_be_seen_and_most_are_left() -> None:
    amendments = Amendment.objects.current().filter(ret__invitation__circulation=the_bus()).exclude(kind="format")
    outcomes = Counter(a.outcome for a in amendments)
    assert set(outcomes) == {"", "taken", "part", "not", "parked"}
    assert outcomes[""] > len(amendments) / 2
    assert Decision.objects.filter(undone_at=None).count() == len(amendments) - outcomes[""]


def test_two_offices_are_still_to_sign_and_one_stands_aside() -> None:
    sign_offs = SignOff.objects.filter(version__position__state=PositionState.SIGNING)
    assert Counter(sign_offs.values_list("kind", flat=True)) == {"signed": 11, "exception": 1}
    assert set(ANSWERS) - set(sign_offs.values_list("office_name", flat=True)) == {"Saltcombe", "Thornedale"}


def test_the_trail_is_whole() -> None:
    assert verify() == []
