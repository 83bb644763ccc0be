"""The jobs room: what runs by the clock and what pages asked for, for whoever looks after the installation."""

from django_tasks_db.models import DBTaskResult

from folkmoot.apps.access.clock import machine_time
from folkmoot.apps.jobs.models import Schedule
from tests.walk.address import ADMINISTRATOR, SEND, Address
from tests.walk.world import World


def build(world: World) -> None:
    """A job that ran, and a task that failed for good whose own words no page shows."""
    Schedule.objects.create(name="mail.deliver", next_at=machine_time(), last_said="No mail waited.")
    world["task"] = DBTaskResult.objects.create(
        status="FAILED",
        args_kwargs={"args": ["what a task is about"], "kwargs": {}},
        task_path="folkmoot.apps.mail.tasks.deliver_message",
        worker_ids=["a"] * 5,
        backend_name="default",
        run_after=machine_time(),
        finished_at=machine_time(),
        exception_class_path="builtins.ValueError",
        traceback="what a failure said",
    )


ADDRESSES = [
    Address("jobs", ADMINISTRATOR),
    Address("jobs", ADMINISTRATOR, query="?state=failed&page=9", sample="failed"),
    Address("task_retry", ADMINISTRATOR, kwargs=lambda world: {"key": world["task"].pk}, methods=SEND),
    Address("job_run", ADMINISTRATOR, kwargs=lambda world: {"name": "mail.deliver"}, methods=SEND),
    Address("job_pause", ADMINISTRATOR, kwargs=lambda world: {"name": "mail.deliver"}, methods=SEND),
]
