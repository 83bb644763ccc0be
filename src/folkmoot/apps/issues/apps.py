"""Registers the room with Django."""

from django.apps import AppConfig


class IssuesConfig(AppConfig):
    name = "folkmoot.apps.issues"
    label = "issues"
