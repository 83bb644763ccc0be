"""Registers the room with Django, and tells the issues room what it adds."""

from django.apps import AppConfig


class AgendaConfig(AppConfig):
    name = "folkmoot.apps.agenda"
    label = "agenda"

    def ready(self) -> None:
        from folkmoot.apps.agenda import finding, holding, hub, proposing

        hub.register()
        finding.register()
        holding.register()
        proposing.register()
