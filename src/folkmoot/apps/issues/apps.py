"""Registers the room with Django, and tells the registries what it holds."""

from datetime import timedelta

from django.apps import AppConfig


class IssuesConfig(AppConfig):
    name = "folkmoot.apps.issues"
    label = "issues"

    def ready(self) -> None:
        from folkmoot.apps.issues import affected, finding, holding, neighbours, own, records
        from folkmoot.apps.issues.reminders import remind
        from folkmoot.apps.jobs.schedule import register_scheduled

        own.register()
        neighbours.register()
        affected.register()
        finding.register()
        records.register()
        holding.register()
        register_scheduled("issues.remind", "Remind people of their actions", every=timedelta(minutes=30), run=remind)
