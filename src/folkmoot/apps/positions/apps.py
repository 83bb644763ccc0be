"""Registers the room with Django, and tells other rooms what positions add to theirs."""

from django.apps import AppConfig


class PositionsConfig(AppConfig):
    name = "folkmoot.apps.positions"
    label = "positions"

    def ready(self) -> None:
        from folkmoot.apps.jobs.titles import describe
        from folkmoot.apps.positions import affected, by_mail, finding, hub

        hub.register()
        by_mail.register()
        describe("folkmoot.apps.positions.tasks.consolidate_circulation", "Bring the returns of a round together")
        affected.register()
        finding.register()
