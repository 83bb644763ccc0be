"""Registers the room with Django, and tells the issues room what positions add to an issue."""

from django.apps import AppConfig


class PositionsConfig(AppConfig):
    name = "folkmoot.apps.positions"
    label = "positions"

    def ready(self) -> None:
        from folkmoot.apps.positions import affected, hub

        hub.register()
        affected.register()
