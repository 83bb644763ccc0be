"""Registers the room with Django, and tells the jobs room what it does by the clock."""

from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "folkmoot.apps.mail"
    label = "mail"

    def ready(self) -> None:
        from folkmoot.apps.mail import finding, plus, scheduled

        scheduled.register()
        finding.register()
        plus.register()
