"""The worker's own rules: one claim a job, back-off after failures, and what a dead worker left behind."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django_tasks_db.models import DBTaskResult

from folkmoot.apps.access.gate import Conflict, Refused
from folkmoot.apps.jobs import actions, limits, queries, running
from folkmoot.apps.jobs import schedule as registry
from folkmoot.apps.jobs.models import Schedule, WorkerSign
from folkmoot.apps.jobs.schedule import register_scheduled
from folkmoot.apps.jobs.titles import UNFORESEEN, in_plain_words
from tests.cast import MOMENT, Cast

HOUR = timedelta(hours=1)
LONG_AGO = MOMENT - running.LONGEST_SILENCE - timedelta(seconds=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def only(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """The registry with the jobs of the test and no other."""
    monkeypatch.setattr(registry, "_jobs", {})

    def register(run: Callable[[datetime], str], every: timedelta = HOUR) -> None:
        register_scheduled("sample", "A sample", every=every, run=run)

    yield register


def tick(after: timedelta = timedelta(0)) -> int:
    running.rescue_jobs(now=MOMENT + after)
    return running.run_due("this", now=MOMENT + after, moment=MOMENT, watch=limits.Watch())


def test_a_job_runs_when_its_time_has_come_and_says_what_it_did(only: Any) -> None:
    told: list[datetime] = []
    only(lambda moment: told.append(moment) or "Did it.")  # type: ignore[func-returns-value]

    assert [tick(), tick(HOUR - timedelta(seconds=1)), tick(HOUR)] == [1, 0, 1]

    row = Schedule.objects.get()
    assert told == [MOMENT, MOMENT]
    assert (row.last_said, row.last_at, row.next_at) == ("Did it.", MOMENT + HOUR, MOMENT + 2 * HOUR)


def test_a_job_of_a_worker_that_lives_is_left_alone_however_long_it_takes(only: Any) -> None:
    only(lambda moment: "Did it.")
    Schedule.objects.create(name="sample", next_at=MOMENT, claimed_at=MOMENT, claimed_by="other")
    running.say_alive("other", now=MOMENT + 5 * HOUR)

    assert tick(5 * HOUR) == 0
    assert tick(5 * HOUR + running.LONGEST_SILENCE + timedelta(seconds=1)) == 1


def test_a_job_of_a_worker_that_has_not_said_yet_that_it_lives_is_left_alone(only: Any) -> None:
    only(lambda moment: "Did it.")
    Schedule.objects.create(name="sample", next_at=MOMENT, claimed_at=MOMENT, claimed_by="other")

    assert tick(running.LONGEST_SILENCE) == 0
    assert tick(running.LONGEST_SILENCE + timedelta(seconds=1)) == 1


def test_a_worker_that_was_taken_for_dead_does_not_give_back_what_another_has(only: Any) -> None:
    only(lambda moment: str(Schedule.objects.update(claimed_by="other")))

    tick()

    row = Schedule.objects.get()
    assert (row.claimed_by, row.claimed_at, row.last_said) == ("other", MOMENT, "")


def test_a_job_claimed_while_it_runs_is_not_run_by_a_second_worker(only: Any) -> None:
    ran: list[int] = []

    def job(moment: datetime) -> str:
        ran.append(1)
        assert tick() == 0  # the other worker's round, in the middle
        return "Did it."

    only(job)

    assert tick() == 1
    assert ran == [1]


@pytest.mark.parametrize("every", [timedelta(seconds=20), timedelta(days=1)])
def test_a_job_that_fails_waits_twice_as_long_each_time_and_an_hour_at_most(only: Any, every: timedelta) -> None:
    def fail(moment: datetime) -> str:
        raise ConnectionRefusedError("the confidential name of a server")

    only(fail, every=every)
    waits, after = [], timedelta(0)
    for _ in range(9):
        assert tick(after) == 1
        row = Schedule.objects.get()
        waits.append(row.next_at - (MOMENT + after))
        after += waits[-1]

    assert [wait / timedelta(minutes=1) for wait in waits] == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert (row.failures, row.last_said) == (9, "A server could not be reached.")


def test_trying_again_by_hand_lets_the_waits_begin_anew(only: Any, cast: Cast) -> None:
    def fail(moment: datetime) -> str:
        raise ConnectionRefusedError

    only(fail)
    Schedule.objects.create(name="sample", next_at=MOMENT + HOUR, failures=8)

    actions.run_now(cast.actor("administrator"), name="sample", now=MOMENT)

    assert tick() == 1
    row = Schedule.objects.get()
    assert (row.failures, row.next_at) == (1, MOMENT + timedelta(minutes=1))


def test_a_job_that_kills_every_worker_waits_from_the_second_time_on(only: Any) -> None:
    only(lambda moment: "Did it.")
    next_at = []
    for failures in range(3):
        Schedule.objects.update_or_create(
            name="sample",
            defaults={"next_at": MOMENT, "claimed_at": LONG_AGO, "claimed_by": "dead", "failures": failures},
        )
        assert running.rescue_jobs(now=MOMENT) == 1
        row = Schedule.objects.get()
        next_at.append(row.next_at - MOMENT)
        assert (row.failures, row.claimed_by) == (failures + 1, "")
        assert row.last_said == "Its worker stopped in the middle."

    assert next_at == [timedelta(0), timedelta(minutes=1), timedelta(minutes=2)]


def test_a_job_that_takes_too_long_is_given_back_in_plain_words(only: Any) -> None:
    watch = limits.Watch()
    overdue: list[limits.InHand] = []

    def hang(moment: datetime) -> str:
        held = watch.overdue()
        assert held is not None
        overdue.append(held)
        assert limits.note_overdue(held, now=MOMENT)
        return "Did it, too late."

    register_scheduled("sample", "A sample", every=HOUR, run=hang, limit=timedelta(minutes=-1))
    running.run_due("this", now=MOMENT, moment=MOMENT, watch=watch)

    row = Schedule.objects.get()
    assert row.last_said == "It took longer than 1 minute and was ended."
    assert (row.failures, row.next_at, row.claimed_by) == (1, MOMENT + timedelta(minutes=1), "")
    assert not limits.note_overdue(overdue[0], now=MOMENT)  # what ended meanwhile keeps its own words
    assert watch.overdue() is None


def test_a_task_that_takes_too_long_failed_and_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("folkmoot.apps.jobs.limits.LIMIT", timedelta(0))
    watch, hung = limits.Watch(), task("RUNNING", 1, started_at=MOMENT)

    with watch.over_task(hung):
        held = watch.overdue()
        assert held is not None
        assert limits.note_overdue(held, now=MOMENT)

    hung.refresh_from_db()
    assert (hung.status, hung.finished_at) == ("FAILED", MOMENT)
    assert in_plain_words(hung.exception_class_path) == "It took longer than it may and was ended."
    assert running.retry_failed(now=MOMENT) == 1
    assert not limits.note_overdue(held, now=MOMENT)


def test_what_keeps_to_its_limit_is_not_overdue() -> None:
    watch = limits.Watch()
    with watch.over_task(task("RUNNING", 1, started_at=MOMENT)):
        assert watch.overdue() is None
    assert timedelta(minutes=30) == registry.LIMIT


def test_one_failing_job_does_not_stop_the_others(only: Any) -> None:
    def fail(moment: datetime) -> str:
        raise ValueError

    only(fail)
    register_scheduled("another", "Another", every=HOUR, run=lambda moment: "Did it.")

    assert tick() == 2
    assert Schedule.objects.get(name="another").last_said == "Did it."
    assert Schedule.objects.get(name="sample").last_said == UNFORESEEN


def test_a_job_that_worked_again_has_failed_no_more(only: Any) -> None:
    only(lambda moment: "Did it.")
    Schedule.objects.create(name="sample", next_at=MOMENT, failures=3)

    tick()

    assert Schedule.objects.get().failures == 0


def test_a_paused_job_waits_and_goes_on(only: Any, cast: Cast) -> None:
    only(lambda moment: "Did it.")
    administrator = cast.actor("administrator")
    actions.pause_job(administrator, name="sample", paused=True, now=MOMENT)

    assert tick(HOUR) == 0
    with pytest.raises(Conflict, match="is paused"):
        actions.run_now(administrator, name="sample", now=MOMENT)
    actions.pause_job(administrator, name="sample", paused=False, now=MOMENT)
    assert tick(HOUR) == 1


def test_a_job_runs_now_when_somebody_asks(only: Any, cast: Cast) -> None:
    only(lambda moment: "Did it.")
    tick()

    actions.run_now(cast.actor("administrator"), name="sample", now=MOMENT + timedelta(seconds=1))

    assert tick(timedelta(seconds=1)) == 1


def task(status: str, starts: int, **fields: Any) -> "DBTaskResult[Any, Any]":
    made: DBTaskResult[Any, Any] = DBTaskResult.objects.create(
        status=status,
        args_kwargs={"args": [], "kwargs": {}},
        task_path="folkmoot.apps.mail.tasks.deliver_message",
        worker_ids=[f"worker {number}" for number in range(starts)],
        backend_name="default",
        run_after=MOMENT,
        **fields,
    )
    return made


@pytest.mark.parametrize(("starts", "wait"), list(enumerate(running.WAITS, start=1)))
def test_a_task_that_failed_waits_longer_each_time(starts: int, wait: timedelta) -> None:
    failed = task("FAILED", starts, finished_at=MOMENT)

    assert running.retry_failed(now=MOMENT) == 1

    failed.refresh_from_db()
    assert (failed.status, failed.run_after, failed.finished_at) == ("READY", MOMENT + wait, None)


def test_after_the_fifth_start_a_task_has_failed_for_good_until_somebody_asks(cast: Cast) -> None:
    failed = task("FAILED", running.MOST_STARTS, finished_at=MOMENT)

    assert running.retry_failed(now=MOMENT) == 0
    assert queries.failed_for_good(cast.actor("administrator")) == 1
    actions.retry_task(cast.actor("administrator"), task=failed, now=MOMENT)

    failed.refresh_from_db()
    assert (failed.status, failed.worker_ids) == ("READY", [])
    with pytest.raises(Conflict, match="tried again already"):
        actions.retry_task(cast.actor("administrator"), task=failed, now=MOMENT)


def test_the_task_of_a_worker_that_is_silent_is_started_again() -> None:
    lost = task("RUNNING", 1, started_at=LONG_AGO)
    WorkerSign.objects.create(worker="worker 0", started_at=LONG_AGO, seen_at=LONG_AGO)

    assert running.rescue_tasks(now=MOMENT) == 1
    lost.refresh_from_db()
    assert lost.status == "READY"


def test_a_long_task_of_a_worker_that_lives_is_left_alone() -> None:
    task("RUNNING", 1, started_at=MOMENT - timedelta(hours=5))
    running.say_alive("worker 0", now=MOMENT - timedelta(hours=5))
    running.say_alive("worker 0", now=MOMENT)

    assert running.rescue_tasks(now=MOMENT) == 0


def test_a_task_that_kills_every_worker_is_given_up() -> None:
    lost = task("RUNNING", running.MOST_STARTS, started_at=LONG_AGO)

    running.rescue_tasks(now=MOMENT)

    lost.refresh_from_db()
    assert (lost.status, lost.finished_at) == ("FAILED", MOMENT)


def test_what_ended_long_ago_is_forgotten() -> None:
    task("SUCCESSFUL", 1, finished_at=MOMENT - running.KEPT_FOR)
    task("FAILED", 5, finished_at=MOMENT)

    assert running.forget(now=MOMENT) == 0
    assert running.forget(now=MOMENT + timedelta(seconds=1)) == 1


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("smtplib.SMTPServerDisconnected", "The mail server did not take it."),
        ("django.db.utils.OperationalError", "The database could not be reached or was busy."),
        ("builtins.ConnectionResetError", "A server broke off the connection."),
        ("folkmoot.apps.access.gate.Conflict", "no longer in a state that allows it"),
        ("", "Its worker stopped in the middle"),
        ("builtins.KeyError", "nobody foresaw"),
    ],
)
def test_what_went_wrong_is_said_in_plain_words(path: str, words: str) -> None:
    assert words in in_plain_words(path)


@pytest.mark.parametrize("part", ["head", "officer", "mayor", "guest"])
def test_only_who_looks_after_the_installation_sees_or_does_anything(cast: Cast, part: str) -> None:
    actor, failed = cast.actor(part), task("FAILED", 5, finished_at=MOMENT)

    for deed in (
        lambda: actions.retry_task(actor, task=failed, now=MOMENT),
        lambda: actions.run_now(actor, name="mail.deliver", now=MOMENT),
        lambda: actions.pause_job(actor, name="mail.deliver", paused=True, now=MOMENT),
        lambda: queries.jobs(actor),
        lambda: queries.tasks(actor),
    ):
        with pytest.raises(Refused):
            deed()
    assert queries.failed_for_good(actor) == 0


def test_a_job_that_this_version_does_not_know_is_refused(cast: Cast) -> None:
    administrator = cast.actor("administrator")
    with pytest.raises(Conflict, match="no such job"):
        actions.run_now(administrator, name="no.such", now=MOMENT)
    with pytest.raises(Conflict, match="no such job"):
        actions.pause_job(administrator, name="no.such", paused=True, now=MOMENT)
