"""The one time line: what each room adds, in order, and to each reader only what is theirs."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audience import Audience, Handling
from folkmoot.apps.issues import actions, timeline
from folkmoot.apps.issues.models import Issue
from folkmoot.apps.issues.queries.page import line_for, sensitive_notes
from folkmoot.apps.issues.timeline import TimelineEntry, register_timeline
from folkmoot.apps.mail.actions import queue
from tests.cast import TODAY, Cast
from tests.issues_world import begin, give


def told(cast: Cast, issue: Issue, part: str = "head") -> list[tuple[str, str]]:
    """The kinds and titles that a part reads, newest first."""
    return [(entry.kind, entry.title) for entry in timeline.timeline(cast.actor(part), issue)]


@pytest.fixture
def other_sources(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test registers is forgotten after it."""
    monkeypatch.setattr(timeline, "_sources", list(timeline._sources))


def test_everything_stands_in_one_column_newest_first(network: Cast) -> None:
    officer = network.actor("officer")
    issue = begin(network, started_on=TODAY - timedelta(days=30))
    actions.set_next(officer, issue=issue, on=TODAY + timedelta(days=9), what="We meet")
    actions.write_note(officer, issue=issue, day=TODAY - timedelta(days=3), text="A call\nIt was short.")
    give(network, issue, due=TODAY + timedelta(days=2))
    done = give(network, issue, title="Sent", due=TODAY - timedelta(days=2))
    actions.close_action(officer, action=done, evidence="By post.")
    dropped = give(network, issue, title="Given up")
    actions.drop_action(officer, action=dropped, why="Too late.")
    actions.set_state(officer, issue=issue, state="watching", why="We wait.")
    mail = queue(officer, to=("Gwen Tarrant", "gwen@folkmoot.invalid"), subject="Dates", body="…")
    actions.link(officer, issue=issue, table="mail.outboxmessage", key=mail.key, why="It asks.")

    found = timeline.timeline(network.actor("head"), issue)

    assert [(entry.kind, entry.title) for entry in found[:2]] == [("Next", "We meet"), ("Action", "Write the letter")]
    assert {(e.kind, e.title, e.detail) for e in found[2:6]} == {
        ("Action", "Sent", "Done by Owen Lark. By post."),
        ("Action", "Given up", "Dropped by Owen Lark: Too late."),
        ("State", "Watching", "We wait. By Owen Lark."),
        ("Mail", "Dates", "To Gwen Tarrant."),
    }
    assert [(e.kind, e.title, e.detail) for e in found[6:]] == [
        ("Note", "A call", "It was short. – Owen Lark"),
        ("State", "Begun: active", "By Owen Lark."),
    ]


def test_each_reader_meets_only_what_is_theirs(network: Cast) -> None:
    officer, issue = network.actor("officer"), begin(network)
    actions.write_note(officer, issue=issue, day=TODAY, text="For all", audience=Audience.NETWORK)
    actions.write_note(officer, issue=issue, day=TODAY, text="For us", handling=Handling.OFFICIAL_SENSITIVE)
    give(network, issue)

    assert ("Note", "For us") in told(network, issue)
    assert told(network, issue, "mayor") == [("Note", "For all"), ("State", "Begun: active")]
    line = line_for(network.actor("mayor"), issue)
    assert [(kind.word, kind.count) for kind in line.kinds] == [("Note", 1), ("State", 1)]
    assert not line.is_sensitive and sensitive_notes(network.actor("mayor"), issue, line) == []
    head = network.actor("head")
    assert [note.text for note in sensitive_notes(head, issue, line_for(head, issue))] == ["For us"]


def test_a_note_for_all_reaches_no_further_than_its_issue(network: Cast) -> None:
    issue = begin(network, audience=Audience.SECRETARIAT)
    actions.write_note(network.actor("head"), issue=issue, day=TODAY, text="So", audience=Audience.NETWORK)

    assert told(network, issue, "mayor") == [("State", "Begun: active")]


def test_a_note_is_taken_off(network: Cast) -> None:
    issue = begin(network)
    note = actions.write_note(network.actor("officer"), issue=issue, day=TODAY, text="A slip")

    actions.remove_note(network.actor("coordinator"), note=note)

    assert told(network, issue) == [("State", "Begun: active")]


def test_a_long_first_line_becomes_a_title_and_loses_no_word(network: Cast) -> None:
    issue, words = begin(network), " ".join(f"word{number}" for number in range(60))
    actions.write_note(network.actor("head"), issue=issue, day=TODAY, text=f"{words}\nlast line")

    [entry] = [entry for entry in timeline.timeline(network.actor("head"), issue) if entry.kind == "Note"]

    assert len(entry.title) <= 121 and entry.title.endswith("…")
    assert f"{entry.title}{entry.detail}".replace("…", " ").split()[:62] == [*words.split(), "last", "line"]


def test_a_room_adds_its_entries_at_times_and_on_days(network: Cast, other_sources: None) -> None:
    """A moment shortly before midnight in winter time is that day's in London, whatever the clock of the server."""
    late = datetime(2026, 11, 20, 23, 30, tzinfo=ZoneInfo("Europe/London"))

    def source(actor: Actor, issue: Issue) -> Iterator[TimelineEntry]:
        yield TimelineEntry(late.date(), "Meeting", "On a day")
        yield TimelineEntry(late - timedelta(hours=9), "Meeting", "In the afternoon")
        yield TimelineEntry(late.astimezone(ZoneInfo("Asia/Tokyo")), "Meeting", "At night")

    register_timeline(source)
    register_timeline(source)
    issue = begin(network, started_on=TODAY - timedelta(days=30))

    found = [entry for entry in timeline.timeline(network.actor("head"), issue) if entry.kind == "Meeting"]

    assert [entry.title for entry in found] == ["On a day", "At night", "In the afternoon"]
    assert {entry.day for entry in found} == {late.date()}


def test_the_line_is_narrowed_to_kinds_and_folds_what_is_old(network: Cast, other_sources: None) -> None:
    def source(actor: Actor, issue: Issue) -> Iterator[TimelineEntry]:
        for days in range(60):
            yield TimelineEntry(TODAY - timedelta(days=days), "Paper", f"Paper {days}")
        yield TimelineEntry(TODAY + timedelta(days=1), "Paper", "To come")

    register_timeline(source)
    issue, head = begin(network), network.actor("head")

    folded = line_for(head, issue, kinds=["paper"])
    whole = line_for(head, issue, kinds=["paper", "no-such-kind"], whole=True)

    assert (len(folded.ahead), len(folded.past), folded.earlier) == (1, 50, 10)
    assert (len(whole.past), whole.earlier) == (60, 0)
    assert [(kind.word, kind.shown) for kind in folded.kinds] == [("Paper", True), ("State", False)]
    assert all(kind.shown for kind in line_for(head, issue, kinds=["no-such-kind"]).kinds)
