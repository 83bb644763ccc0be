"""The page of the background work: what runs by the clock, what was asked for, what failed, and trying again."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from folkmoot.apps.access.clock import machine_time
from folkmoot.apps.jobs import actions, queries
from folkmoot.apps.jobs.backups import how_it_stands
from folkmoot.web.middleware import ActorRequest

PAGE = 50


def backup_sentence() -> tuple[bool, str]:
    """Whether the last backup is new enough, and when it was made."""
    if settings.ENVIRONMENT.demo:
        return True, "A demonstration needs no backup."
    return how_it_stands(settings.ENVIRONMENT.data, machine_time())


@require_safe
def jobs(request: ActorRequest) -> HttpResponse:
    state = request.GET.get("state", "")
    lines = queries.jobs(request.actor)
    page = Paginator(queries.tasks(request.actor, state), PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "jobs/jobs.html",
        {
            "lines": lines,
            "page": page,
            "tasks": [queries.line(task) for task in page.object_list],
            "state": state,
            "states": [("", "All"), *((name, title) for name, (_status, title) in queries.STATES.items())],
            "counts": queries.counts(request.actor),
            "now": machine_time(),
            "backup": backup_sentence(),
            "alive": queries.a_worker_lives(machine_time()),
        },
    )


@require_POST
def task_retry(request: ActorRequest, key: UUID) -> HttpResponse:
    task = get_object_or_404(queries.tasks(request.actor), pk=key)
    actions.retry_task(request.actor, task=task, now=machine_time())
    messages.success(request, "It is tried again at the worker’s next round.")
    return redirect("jobs")


@require_POST
def job_run(request: ActorRequest, name: str) -> HttpResponse:
    actions.run_now(request.actor, name=name, now=machine_time())
    messages.success(request, "It runs at the worker’s next round.")
    return redirect("jobs")


@require_POST
def job_pause(request: ActorRequest, name: str) -> HttpResponse:
    paused = request.POST.get("paused") == "yes"
    actions.pause_job(request.actor, name=name, paused=paused, now=machine_time())
    messages.success(request, "It is paused." if paused else "It goes on.")
    return redirect("jobs")
