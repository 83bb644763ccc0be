"""What of the issues is found by words, by whom, and where it leads."""

from folkmoot.apps.access.audience import Audience
from folkmoot.apps.issues import actions
from folkmoot.apps.search.queries import search
from tests.cast import TODAY, Cast
from tests.issues_world import begin, give


def found(cast: Cast, part: str, words: str) -> set[tuple[str, str, str]]:
    """The kinds that a part finds, each with the record to whose page it leads."""
    return {(result.kind, result.table, result.key) for result in search(cast.actor(part), words).results}


def test_an_issue_its_notes_and_its_actions_are_found_by_whoever_may_see_them(network: Cast) -> None:
    issue, officer = begin(network, "Marigold ferries", aim="They run."), network.actor("officer")
    actions.write_note(officer, issue=issue, day=TODAY, text="Marigold called", audience=Audience.NETWORK)
    actions.write_note(officer, issue=issue, day=TODAY, text="Marigold would pay")
    action = give(network, issue, "third_officer", title="Write to Marigold")
    the_issue = ("issue", "issues.issue", issue.key)
    a_note = ("note", "issues.issue", issue.key)
    the_action = ("action", "issues.action", action.key)

    assert found(network, "head", "marigold") == {the_issue, a_note, the_action}
    assert search(network.actor("head"), "marigold").total == 4
    assert found(network, "mayor", "marigold") == {the_issue, a_note}
    assert search(network.actor("mayor"), "marigold").total == 2
    assert found(network, "third_officer", "marigold") == {the_issue, a_note, the_action}
    assert found(network, "guest", "marigold") == found(network, "administrator", "marigold") == set()


def test_an_owner_finds_their_action_and_not_by_the_words_of_its_issue(network: Cast) -> None:
    issue = begin(network, "Marigold ferries", audience=Audience.SECRETARIAT)
    action = give(network, issue, "third_officer", title="Write the letter")

    assert found(network, "third_officer", "marigold") == set()
    assert found(network, "third_officer", "letter") == {("action", "issues.action", action.key)}


def test_what_is_changed_or_taken_off_is_found_so(network: Cast) -> None:
    issue, officer = begin(network, "Ferries"), network.actor("officer")
    note = actions.write_note(officer, issue=issue, day=TODAY, text="Marigold called")
    actions.set_state(officer, issue=issue, state="watching", why="Tulip asked for time.")

    assert len(found(network, "head", "marigold")) == len(found(network, "head", "tulip")) == 1
    actions.remove_note(officer, note=note)
    assert found(network, "head", "marigold") == set()
