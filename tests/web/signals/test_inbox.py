"""The inbox in pages: the list, one signal, its steps, many at once, filters, export, and who meets what."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from folkmoot.apps.access.audience import Audience, Handling
from folkmoot.apps.access.models import AuditEntry
from folkmoot.apps.signals import actions
from folkmoot.apps.signals.models import Signal, Sorting
from folkmoot.apps.signals.weighing import weigh_new
from tests.apps.signals.world import add, closing, item, tell, watch
from tests.cast import MOMENT, Cast
from tests.issues_world import begin
from tests.web.issues.test_issues import page, send

CLOSES = MOMENT + timedelta(days=44)


@pytest.fixture
def signals(cast: Cast) -> list[Signal]:
    """Three things that a feed told, of which the second is looked out for."""
    watch(cast, "franchising scheme", excluded=["ferry"])
    told = [item(number) for number in (1, 2, 3)]
    text = "A new franchising scheme is proposed.\n\nViews by 8 January 2027."
    told[1] = item(2, title="Consultation: simpler rules", text=text, deadlines=closing(CLOSES), state="open")
    tell(add(cast), *told)
    weigh_new(MOMENT)
    return list(Signal.objects.order_by("pk"))


def test_the_inbox_shows_what_matters_first_and_why(cast: Cast, sign_in_as: Any, signals: list[Signal]) -> None:
    text = page(sign_in_as("officer"), "radar")

    assert text.index("Consultation: simpler rules") < text.index("Ferry number 1")
    marked = '<span class="fm-span__letter" aria-hidden="true">a</span>franchising scheme</mark>'
    assert f'<mark class="fm-span fm-span--term">{marked}' in text
    assert "Your term" in text and "Score for Buses" in text and "Closing: 8 January 2027, 09:40" in text


def test_reasons_add_up_to_the_score(cast: Cast, signals: list[Signal]) -> None:
    signal = Signal.objects.get(pk=signals[1].pk)
    score = signal.scores.get()
    assert abs(sum(reason["weight"] for reason in score.reasons) - score.points) < 0.005 * score.points
    assert signal.points == round(score.points) > 0 and signal.suggested == score.watch.issue
    for reason in score.reasons:
        for field, start, end in reason["spans"]:
            assert getattr(signal, field)[start:end].lower() in ("franchising scheme", "franchising", "scheme")


def test_a_signal_is_accepted_dismissed_snoozed_assigned_and_taken_back(
    cast: Cast, sign_in_as: Any, signals: list[Signal]
) -> None:
    officer, key = sign_in_as("officer"), signals[1].key
    issue = signals[1].suggested
    assert issue is not None
    assert "Given to Dev Anand" in send(officer, "signal_assign", key, to=cast.deputy.key)
    assert "1 signal to sort" in page(sign_in_as("deputy"), "home")
    assert "Snoozed until 2 December" in send(officer, "signal_snooze", key, days="7")
    assert "Back in the inbox" in send(officer, "signal_back", key)
    assert "Noted on" in send(officer, "signal_note", key, side="risk", text="Two regions lose money.")
    assert "Starred" in send(officer, "signal_star", key, on="yes")
    assert "told 28 days before" in send(officer, "signal_lead", key, days="28")
    assert "stands on Buses" in send(officer, "signal_accept", key, issue=issue.key)
    text = page(officer, "signal", key)
    assert "Two regions lose money." in text and "accepted by Owen Lark" in text
    assert "Consultation: simpler rules" in page(sign_in_as("mayor"), "issue", issue.key)
    assert "stands as before" in send(officer, "signals_undo")
    assert Signal.objects.get(key=key).sorting == Sorting.INBOX


WRONG = [
    ("signal_accept", {}, "Choose the issue that it belongs to."),
    ("signal_accept", {"issue": "nothing"}, "Choose the issue that it belongs to."),
    ("signal_dismiss", {"why": "   "}, "Say why in a few words."),
    ("signal_snooze", {"days": "x"}, "Choose for how long"),
    ("signal_snooze", {"days": "-1"}, "Choose for how long"),
    ("signal_snooze", {"days": "9" * 400}, "Choose for how long"),
    ("signal_assign", {"to": "nobody"}, "Choose somebody of the secretariat."),
    ("signal_back", {}, "in the inbox already"),
    ("signal_note", {"side": "risk"}, "Say in a sentence"),
    ("signal_lead", {"days": "²"}, "Choose how long before"),
    ("signal_star", {}, "It has no star."),
    ("signals_undo", {}, "no step of yours"),
    ("signals_many", {}, "Choose what is to be done"),
    ("signals_many", {"step": "dismiss", "why": ""}, "Say why in a few words."),
    ("signals_many", {"step": "dismiss", "why": "x"}, "Tick at least one signal."),
    ("signals_many", {"step": "fold"}, "two at least"),
]


@pytest.mark.parametrize(("where", "fields", "words"), WRONG)
def test_what_a_wrong_step_gets(
    cast: Cast, sign_in_as: Any, signals: list[Signal], where: str, fields: dict[str, str], words: str
) -> None:
    keys = [] if where.startswith("signals_") else [signals[0].key]
    assert words in send(sign_in_as("officer"), where, *keys, **fields)
    assert not Signal.objects.exclude(sorting=Sorting.INBOX).exists()


def test_many_are_sorted_at_once_and_those_that_cannot_are_named(
    cast: Cast, sign_in_as: Any, signals: list[Signal]
) -> None:
    officer, keys = sign_in_as("officer"), [signal.key for signal in signals]
    actions.dismiss(cast.actor("officer"), signal=signals[0], why="Not ours.")
    text = send(officer, "signals_many", signal=keys, step="dismiss", why="Not ours.")
    assert "2 signals were sorted." in text and "This is dismissed already." in text
    issue = begin(cast, title="Trams")
    assert "3 signals were sorted." in send(officer, "signals_many", signal=keys, step="accept", issue=issue.key)
    assert issue.signals.count() == 3


def test_cards_are_folded_by_hand_and_taken_out_again(cast: Cast, sign_in_as: Any, signals: list[Signal]) -> None:
    officer = sign_in_as("officer")
    send(officer, "signals_many", signal=[signals[0].key, signals[2].key], step="fold")
    copy = Signal.objects.get(pk=signals[2].pk)
    assert copy.copy_of == signals[0] and copy.copy_why == "by hand"
    assert "1 copy folded in" in page(officer, "signal", signals[0].key)
    assert "A card of its own again" in send(officer, "signal_take_out", copy.key)
    Signal.objects.update(is_weighed=False)
    weigh_new(MOMENT)
    assert Signal.objects.get(pk=copy.pk).copy_of is None


def test_the_list_is_narrowed_sorted_and_exported(cast: Cast, sign_in_as: Any, signals: list[Signal]) -> None:
    officer = sign_in_as("officer")
    source = signals[0].sources.get()
    assert "Ferry number 3" not in page(officer, "radar", q="number 1")
    assert "No signal matches." in page(officer, "radar", sorting="dismissed")
    assert "Ferry number 1" not in page(officer, "radar", closing="yes")
    assert "No signal matches." in page(officer, "radar", mine="yes")
    assert "Ferry number 1" in page(officer, "radar", source=source.key, sort="title", at=signals[2].key)
    lines = officer.get(reverse("signals_export"), {"q": "simpler"}).content.decode()
    assert "Consultation: simpler rules" in lines and "Ferry number" not in lines


def test_the_title_of_a_sensitive_issue_bears_its_mark_wherever_a_signal_stands_on_it(
    cast: Cast, sign_in_as: Any, signals: list[Signal]
) -> None:
    officer, signal = sign_in_as("officer"), signals[0]
    issue = begin(cast, "Quiet talks", audience=Audience.SECRETARIAT, handling=Handling.OFFICIAL_SENSITIVE)
    actions.accept(cast.actor("officer"), signal=signal, issue=issue)
    for shown in (
        page(officer, "radar", sorting="accepted"),
        page(officer, "signal", signal.key),
        page(officer, "radar_digest"),
        page(officer, "watches"),
    ):
        assert re.search(r'Quiet talks(</a>)? <strong class="fm-mark">OFFICIAL-SENSITIVE', shown)
    assert 'fm-mark-bar__mark">OFFICIAL-SENSITIVE' in page(officer, "radar_digest")
    sheet = officer.get(reverse("signals_export"), {"sorting": "accepted"}).content.decode("utf-8-sig")
    assert sheet.startswith("OFFICIAL-SENSITIVE")
    assert AuditEntry.objects.filter(record="issues.issue", record_id=issue.pk, verb__startswith="read").exists()


def test_what_is_to_sort_is_the_secretariats_own_business(
    cast: Cast, sign_in_as: Any, signals: list[Signal], django_assert_max_num_queries: Any
) -> None:
    """Neither page, count, export, search, home nor time line tells an office what was not put on its issues."""
    mayor, title = sign_in_as("mayor"), signals[1].title
    told = [page(mayor, "radar"), page(mayor, "home"), page(mayor, "sources")]
    told += [page(mayor, "source", signals[1].sources.get().key), page(mayor, "search", words="simpler rules")]
    told.append(mayor.get(reverse("signals_export")).content.decode())
    assert not [text for text in told if title in text or signals[1].key in text]
    assert mayor.get(reverse("signal", args=[signals[1].key])).status_code == 404

    hidden = begin(cast, title="Hidden", audience=Audience.SECRETARIAT)
    actions.accept(cast.actor("officer"), signal=signals[1], issue=hidden)
    assert title not in page(mayor, "radar")
    assert mayor.post(reverse("signal_dismiss", args=[signals[1].key])).status_code == 404
    assert signals[1].key in page(sign_in_as("officer"), "search", words="simpler rules")

    actions.accept(cast.actor("officer"), signal=signals[1], issue=begin(cast, title="Shared"))
    text = page(mayor, "radar")
    assert title in text and "Why it scores" not in text and "Dismiss" not in text and "Score" not in text
    assert mayor.post(reverse("signal_dismiss", args=[signals[1].key])).status_code == 403


def test_a_page_of_thirty_is_made_in_few_queries(
    cast: Cast, sign_in_as: Any, django_assert_max_num_queries: Any
) -> None:
    tell(add(cast), *(item(number) for number in range(40)))
    weigh_new(MOMENT)
    officer = sign_in_as("officer")
    with django_assert_max_num_queries(30):
        page(officer, "radar")


def test_what_is_looked_out_for_is_said_on_each_issue(cast: Cast, sign_in_as: Any, signals: list[Signal]) -> None:
    officer, issue = sign_in_as("officer"), begin(cast, title="Trams")
    assert "Trams" in page(officer, "watches")
    wrong = officer.post(reverse("watch", args=[issue.key]), {}).content.decode()
    assert "Give at least one term, department or place" in wrong
    wrong = officer.post(reverse("watch", args=[issue.key]), {"terms": "\n".join(map(str, range(61)))})
    assert "too many terms" in wrong.content.decode()
    assert "scored again" in send(officer, "watch", issue.key, terms="number 3\n\nnumber 3")
    weigh_new(MOMENT)
    assert Signal.objects.get(pk=signals[2].pk).suggested == issue
    assert sign_in_as("mayor").get(reverse("watch", args=[issue.key])).status_code == 403
