"""Mails of the radar: one line a signal with all its reasons, a cap, quiet hours, and the volume before it is saved."""

from datetime import timedelta
from typing import Any

import pytest

from folkmoot.apps.access.audience import Audience, Handling
from folkmoot.apps.mail.models import OutboxMessage
from folkmoot.apps.signals import actions
from folkmoot.apps.signals.alerting import MOST_LINES, send
from folkmoot.apps.signals.models import Alert, Score, Signal
from folkmoot.apps.signals.weighing import weigh_new
from tests.apps.signals.world import add, closing, item, tell, watch
from tests.cast import MOMENT, Cast
from tests.issues_world import begin
from tests.web.issues.test_issues import page
from tests.web.issues.test_issues import send as post
from tests.web.signals.test_sources import refused

LATER = MOMENT + timedelta(hours=1)
CLOSES = MOMENT + timedelta(days=44)


def told(cast: Cast, count: int = 1, *, at: Any = LATER, first: int = 0) -> list[Signal]:
    """Signals that two issues look out for."""
    source = Signal.sources.through.objects.first()
    tell(source.source if source else add(cast), *(item(first + number) for number in range(count)), at=at)
    weigh_new(at)
    return list(Signal.objects.order_by("pk"))


@pytest.fixture
def watched(cast: Cast) -> None:
    watch(cast, "Marrow Sound", issue=begin(cast))
    watch(cast, "ferry", issue=begin(cast, title="Boats"))
    actions.set_alert(cast.actor("officer"), least_points=1)


def test_one_line_a_signal_with_all_its_reasons_once(cast: Cast, watched: None) -> None:
    told(cast, 2)
    assert send(LATER) == "Wrote 1 mails."
    assert send(LATER + timedelta(hours=1)) == "Nothing was to be told."
    mail = OutboxMessage.objects.get()
    assert (mail.subject, mail.to_address, mail.audience) == ("New on the radar", cast.officer.email, Audience.PRIVATE)
    assert mail.body.count("- Ferry number") == 2
    assert mail.body.count("Buses: “Marrow Sound”") == 2 and mail.body.count("Boats: “ferry”") == 2


def test_a_mail_names_so_many_and_says_how_many_more(cast: Cast, watched: None) -> None:
    told(cast, MOST_LINES + 3)
    Score.objects.update(points=60)  # what nearly all signals say scores next to nothing
    send(LATER)
    body = OutboxMessage.objects.get().body
    assert body.count("- Ferry number") == MOST_LINES and "and 3 more: " in body


def test_nobody_is_written_to_in_the_night_or_told_twice(cast: Cast, watched: None) -> None:
    told(cast)
    assert send(MOMENT.replace(hour=22)) == "Nobody is written to in the night."
    assert send(MOMENT.replace(hour=6) + timedelta(days=1)) == "Nobody is written to in the night."
    assert send(MOMENT.replace(hour=8) + timedelta(days=1)) == "Wrote 1 mails."
    saturday = MOMENT + timedelta(days=3)
    told(cast, first=5, at=saturday - timedelta(hours=1))
    assert send(saturday) == "Nothing was to be told."


def test_a_moved_date_is_told_at_once_and_a_new_word_only_of_what_is_starred(cast: Cast, watched: None) -> None:
    source = add(cast)
    one, other = tell(source, item(1, deadlines=closing(CLOSES)), item(2), at=MOMENT - timedelta(hours=1))
    actions.accept(cast.actor("officer"), signal=one, issue=begin(cast, title="Trams"))
    moved = item(1, deadlines=closing(CLOSES + timedelta(days=7)), updated=MOMENT)
    tell(source, moved, item(2, text="Other words.", updated=MOMENT), at=LATER)
    send(LATER)
    body = OutboxMessage.objects.get(subject="Changed on the radar").body
    assert "extended from 8 January 2027" in body and "number 2" not in body

    actions.star(cast.actor("officer"), signal=other, on=True)
    tell(source, item(2, text="Again other words.", updated=LATER), at=LATER + timedelta(hours=1))
    send(LATER + timedelta(hours=2))
    assert "The text was changed." in OutboxMessage.objects.filter(subject="Changed on the radar").latest("pk").body


def test_nothing_of_a_marked_issue_stands_in_a_mail(cast: Cast) -> None:
    secret = begin(cast, title="Quiet talks", audience=Audience.SECRETARIAT, handling=Handling.OFFICIAL_SENSITIVE)
    watch(cast, "Marrow Sound", issue=secret)
    actions.set_alert(cast.actor("officer"), least_points=1)
    told(cast)
    send(LATER)
    body = OutboxMessage.objects.get().body
    assert "an issue that is marked OFFICIAL-SENSITIVE" in body and "Quiet talks" not in body and "“" not in body


def test_the_volume_is_shown_before_it_is_saved_and_it_can_be_stopped(cast: Cast, sign_in_as: Any) -> None:
    issue = begin(cast)
    watch(cast, "Marrow Sound", issue=issue)
    told(cast, 3, at=MOMENT - timedelta(days=2))
    officer = sign_in_as("officer")
    assert "none ticked" in page(officer, "radar_alert").lower()
    fields = {"least_points": "1", "issues": [issue.key], "at_once": "on"}
    seen = officer.post("/radar/alert/", fields).content.decode()
    assert "<strong>3 lines</strong> in 1 mail, 3 at most on one day" in seen and not Alert.objects.exists()
    assert "You are told of what comes from now on" in post(officer, "radar_alert", **fields, step="save")
    assert "told of nothing any more" in post(officer, "radar_alert_stop")
    assert "told of nothing already" in post(officer, "radar_alert_stop")
    for wrong in ("", "0", "101", "much"):
        assert "Choose a score from 1 to 100." in refused(officer, "radar_alert", least_points=wrong)
    assert sign_in_as("mayor").get("/radar/alert/").status_code == 403
