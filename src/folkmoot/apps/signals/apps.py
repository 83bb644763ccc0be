"""Registers the room with Django, and tells the registries what it holds."""

from django.apps import AppConfig


class SignalsConfig(AppConfig):
    name = "folkmoot.apps.signals"
    label = "signals"

    def ready(self) -> None:
        from folkmoot.apps.signals import finding, hub, scheduled

        finding.register()
        hub.register()
        scheduled.register()
