"""Addresses of the background work."""

from django.urls import path

from folkmoot.web.jobs import home, views
from folkmoot.web.shell.home import register_home_items

register_home_items(home.items)

urlpatterns = [
    path("", views.jobs, name="jobs"),
    path("tasks/<uuid:key>/retry/", views.task_retry, name="task_retry"),
    path("<str:name>/run/", views.job_run, name="job_run"),
    path("<str:name>/pause/", views.job_pause, name="job_pause"),
]
