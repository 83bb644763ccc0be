"""Registers the room with Django."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "folkmoot.apps.jobs"
    label = "jobs"
