"""Registers the room with Django, and tells whoever sees people leave what it has put in their hands."""

from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    name = "folkmoot.apps.disclosure"
    label = "disclosure"

    def ready(self) -> None:
        from folkmoot.apps.access.holdings import register_holding
        from folkmoot.apps.disclosure import finding
        from folkmoot.apps.disclosure.holding import holdings

        register_holding(holdings)
        finding.register()
