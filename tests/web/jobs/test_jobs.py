"""The page of the background work: what it shows, what it keeps to itself, and its buttons."""

from datetime import timedelta
from typing import Any

from django.urls import reverse

from folkmoot.apps.access.clock import machine_time
from folkmoot.apps.jobs import running
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
