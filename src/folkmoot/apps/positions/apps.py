"""Registers the room with Django, and tells other rooms what positions add to theirs."""

from django.apps import AppConfig


class PositionsConfig(AppConfig):
    name = "folkmoot.apps.positions"
    label = "positions"

    def ready(self) -> None:
        from folkmoot.apps.positions import affected, by_mail, finding, holding, hub, scheduled

        hub.register()
        by_mail.register()
        scheduled.register()
        affected.register()
        finding.register()
        holding.register()
