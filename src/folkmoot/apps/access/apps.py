"""Registers the room with Django, and tells what people hold in it."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "folkmoot.apps.access"
    label = "access"

    def ready(self) -> None:
        from folkmoot.apps.access.held import held
        from folkmoot.apps.access.holdings import register_holding

        register_holding(held)
