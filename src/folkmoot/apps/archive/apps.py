"""Registers the room with Django, and tells the registries what it holds."""

from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    name = "folkmoot.apps.archive"
    label = "archive"

    def ready(self) -> None:
        from folkmoot.apps.archive import hub, searching

        hub.register()
        searching.register()
