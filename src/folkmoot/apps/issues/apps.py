"""Registers the room with Django, and tells the registries what it holds."""

from datetime import timedelta

from django.apps import AppConfig


class IssuesConfig(AppConfig):
    name = "folkmoot.apps.issues"
    label = "issues"

    def ready(self) -> None:
        from folkmoot.apps.access.holdings import register_holding
        from folkmoot.apps.issues import affected, finding, neighbours, own, records
        from folkmoot.apps.issues.holding import holdings
        from folkmoot.apps.issues.reminders import remind
        from folkmoot.apps.jobs.schedule import register_scheduled

        own.register()
        neighbours.register()
        affected.register()
        finding.register()
        records.register()
        register_holding(holdings)
        register_scheduled("issues.remind", "Remind people of their actions", every=timedelta(minutes=30), run=remind)
