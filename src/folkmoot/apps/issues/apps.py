"""Registers the room with Django, and tells the registries what can be linked and what stands on a time line."""

from django.apps import AppConfig


class IssuesConfig(AppConfig):
    name = "folkmoot.apps.issues"
    label = "issues"

    def ready(self) -> None:
        from folkmoot.apps.issues import neighbours, own

        own.register()
        neighbours.register()
