"""Of a sensitive record a search shows the title and the mark; its words are read on its page, which writes it down."""

from typing import Any

import pytest
from django.urls import reverse

from folkmoot.apps.access.audience import Handling
from folkmoot.apps.agenda import actions as agenda_actions
from folkmoot.apps.issues import actions as issue_actions
from folkmoot.apps.issues.models import Issue
from folkmoot.apps.positions import actions as position_actions
from folkmoot.apps.positions.actions import GivenAnswer
from folkmoot.apps.positions.models import Position
from folkmoot.apps.search import index, queries
from folkmoot.apps.search.models import Entry
from tests import positions_world
from tests.agenda_world import make_agenda
from tests.cast import TODAY, Cast
from tests.issues_world import begin, give

SENSITIVE = Handling.OFFICIAL_SENSITIVE


def found(cast: Cast, word: str) -> dict[str, tuple[str, bool]]:
    """The mark of each kind that is found, and whether words of it are shown."""
    results = queries.search(cast.actor("officer"), word).results
    return {each.kind: (each.handling, bool(each.snippet)) for each in results}


def mark_issue(cast: Cast, issue: Issue, handling: str) -> None:
    issue_actions.change_issue(
        cast.actor("officer"),
        issue=issue,
        title=issue.title,
        aim=issue.aim,
        workstream=None,
        priority=None,
        lead=cast.officer,
        handling=handling,
    )


def test_an_issue_shows_its_words_until_it_is_marked_and_so_do_its_notes_and_actions(cast: Cast) -> None:
    issue = begin(cast, "Quixotic depots", aim="A quixotic aim.")
    issue_actions.write_note(cast.actor("officer"), issue=issue, day=TODAY, text="A quixotic call.")
    give(cast, issue, title="Write a quixotic letter")
    assert found(cast, "quixotic") == dict.fromkeys(("issue", "note", "action"), (Handling.OFFICIAL, True))

    mark_issue(cast, issue, SENSITIVE)
    assert found(cast, "quixotic") == dict.fromkeys(("issue", "note", "action"), (SENSITIVE, False))


def test_a_position_gives_its_mark_to_its_clauses_and_to_what_came_back(cast: Cast) -> None:
    positions_world.fill_register()
    position = positions_world.draft(cast, title="Quixotic buses")
    circulation = positions_world.circulate(cast, position)
    amended = GivenAnswer("if-amended", reason="It costs.", proposed_words="Quixotic depots for all.")
    positions_world.answer(cast, circulation, "aldermere", {1: amended})
    kinds = ("position", "clause", "amendment")
    before = found(cast, "quixotic")
    assert {kind: before[kind][0] for kind in kinds} == dict.fromkeys(kinds, Handling.OFFICIAL)

    position = Position.objects.get()
    position_actions.change_position(
        cast.actor("officer"),
        position=position,
        title="Quixotic trams",
        issue=position.issue,
        handling=SENSITIVE,
        lead=cast.officer,
    )

    after = found(cast, "quixotic trams")
    assert {kind: after[kind] for kind in kinds} == dict.fromkeys(kinds, (SENSITIVE, False))


def test_a_minute_bears_the_mark_of_its_meeting(cast: Cast) -> None:
    meeting = make_agenda(cast).meeting
    officer = cast.actor("officer")
    agenda_actions.write_minute(officer, meeting=meeting, heading="Quixotic", outcome="noted", text="It was said.")
    assert found(cast, "quixotic") == {"minute": (Handling.OFFICIAL, True)}

    meeting.handling = SENSITIVE
    meeting.save()
    index.rebuild()
    assert found(cast, "quixotic") == {"minute": (SENSITIVE, False)}


def test_what_nobody_has_looked_at_counts_as_sensitive(cast: Cast) -> None:
    """So that an installation that is brought up to date shows nothing before the nightly job has been there."""
    entry = Entry(kind="issue", record_id=1, table="issues.issue", key="x", title="x")

    assert entry.handling == SENSITIVE


@pytest.mark.parametrize(("handling", "is_shown"), [(Handling.OFFICIAL, True), (SENSITIVE, False)])
def test_the_page_shows_the_mark_in_place_of_the_words(
    cast: Cast, sign_in_as: Any, handling: str, is_shown: bool
) -> None:
    begin(cast, "Depots", aim="Quixotic secrets stand here.", handling=handling)

    text = sign_in_as("officer").get(reverse("search"), {"words": "quixotic"}).content.decode()

    assert ("secrets" in text) is is_shown
    assert ('<strong class="fm-mark">OFFICIAL-SENSITIVE</strong>' in text) is not is_shown
    assert "Depots" in text
