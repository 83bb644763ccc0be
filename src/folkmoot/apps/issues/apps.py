"""Registers the room with Django, and tells the registries what it holds."""

from django.apps import AppConfig


class IssuesConfig(AppConfig):
    name = "folkmoot.apps.issues"
    label = "issues"

    def ready(self) -> None:
        from folkmoot.apps.access.holdings import register_holding
        from folkmoot.apps.issues import affected, neighbours, own, records
        from folkmoot.apps.issues.holding import holdings

        own.register()
        neighbours.register()
        affected.register()
        records.register()
        register_holding(holdings)
