"""The page of the background work: what it shows, what it keeps to itself, and its buttons."""

import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.urls import reverse

from folkmoot.apps.access.clock import machine_time
from folkmoot.apps.jobs import running
from folkmoot.apps.jobs.backups import note_backup
from folkmoot.apps.jobs.models import Schedule
from tests.apps.jobs.test_running import task
from tests.cast import MOMENT, Cast


def page(client: Any, **query: str) -> str:
    text: str = client.get(reverse("jobs"), query).content.decode()
    return text


def test_it_says_that_no_worker_runs_and_is_quiet_when_one_does(sign_in_as: Any) -> None:
    administrator = sign_in_as("administrator")
    assert "No worker runs, so mail waits" in page(administrator)

    running.say_alive("a", now=machine_time())

    assert "No worker runs" not in page(administrator)


def test_it_shows_each_job_and_the_buttons_do_what_they_say(sign_in_as: Any) -> None:
    administrator = sign_in_as("administrator")
    Schedule.objects.create(name="mail.deliver", next_at=MOMENT, last_at=MOMENT, last_said="No mail waited.")
    assert "No mail waited." in page(administrator)

    administrator.post(reverse("job_pause", args=["mail.deliver"]), {"paused": "yes"})
    assert "Paused" in page(administrator)
    administrator.post(reverse("job_pause", args=["mail.deliver"]), {"paused": "no"})
    administrator.post(reverse("job_run", args=["mail.deliver"]))

    row = Schedule.objects.get(name="mail.deliver")
    assert (row.paused, row.next_at) == (False, MOMENT)


def test_a_failure_is_shown_in_plain_words_with_nothing_of_what_it_was_about(sign_in_as: Any, cast: Cast) -> None:
    failed = task("FAILED", 5, finished_at=MOMENT, exception_class_path="smtplib.SMTPDataError", traceback="a secret")
    failed.args_kwargs = {"args": ["another secret"], "kwargs": {}}
    failed.save()
    administrator = sign_in_as("administrator")

    shown = page(administrator, state="failed")

    assert "Send one mail" in shown
    assert "The mail server did not take it." in shown
    assert "secret" not in shown
    assert "1 piece of background work failed" in administrator.get(reverse("home")).content.decode()
    administrator.post(reverse("task_retry", args=[failed.pk]))
    failed.refresh_from_db()
    assert failed.status == "READY"


def test_what_waits_for_another_attempt_says_when(sign_in_as: Any) -> None:
    task("FAILED", 1, finished_at=MOMENT, exception_class_path="builtins.TimeoutError")
    running.retry_failed(now=MOMENT)

    shown = page(sign_in_as("administrator"))

    assert "A server did not answer in time." in shown
    assert "Tried again 25 Nov, 09:41." in shown


def test_fifty_a_page_and_as_many_queries_however_long(sign_in_as: Any, django_assert_num_queries: Any) -> None:
    for number in range(51):
        task("SUCCESSFUL", 1, finished_at=MOMENT - timedelta(minutes=number))
    administrator = sign_in_as("administrator")

    with django_assert_num_queries(9):
        shown = page(administrator)
    assert shown.count("Send one mail") == 50
    assert "Send one mail" in page(administrator, page="2")


def test_an_empty_list_says_so(sign_in_as: Any) -> None:
    assert "Pages have asked for nothing" in page(sign_in_as("administrator"))
    assert "Nothing is in this state." in page(sign_in_as("administrator"), state="failed")


def test_a_job_that_failed_says_when_it_is_tried_again_and_can_be_at_once(sign_in_as: Any) -> None:
    administrator = sign_in_as("administrator")
    later = MOMENT + timedelta(days=3650)
    Schedule.objects.create(name="mail.fetch", next_at=later, last_at=MOMENT, last_said="No answer.", failures=7)
    shown = page(administrator)
    assert "Failed 7 times" in shown
    assert "the wait doubles to an hour" in shown
    assert "Try again now" in shown

    administrator.post(reverse("job_run", args=["mail.fetch"]))

    row = Schedule.objects.get(name="mail.fetch")
    assert (row.failures, row.next_at) == (0, MOMENT)
    assert "Failed 7 times" not in page(administrator)


def test_a_job_that_runs_says_since_when_and_how_long_it_may(sign_in_as: Any) -> None:
    Schedule.objects.create(name="mail.fetch", next_at=MOMENT, claimed_at=MOMENT, claimed_by="a")
    assert "Since 25 Nov, 09:40; 30 minutes at most." in page(sign_in_as("administrator"))


def test_it_says_when_the_last_backup_was_made(sign_in_as: Any, settings: Any, tmp_path: Path) -> None:
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, data=tmp_path)
    administrator = sign_in_as("administrator")
    assert "No backup was made yet. Run folkmoot backup every night" in page(administrator)

    note_backup(tmp_path)
    os.utime(tmp_path / "backup.done", (MOMENT.timestamp(), MOMENT.timestamp()))

    assert "The last backup was made on 25 November 2026." in page(administrator)
