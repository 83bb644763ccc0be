"""Registers the room with Django, and tells other rooms what it has put in people's hands and made from mails."""

from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    name = "folkmoot.apps.disclosure"
    label = "disclosure"

    def ready(self) -> None:
        from folkmoot.apps.access.holdings import register_holding
        from folkmoot.apps.disclosure import finding
        from folkmoot.apps.disclosure.actions.arriving import drop_unused
        from folkmoot.apps.disclosure.holding import holdings
        from folkmoot.apps.disclosure.models import Case
        from folkmoot.apps.mail.tray import register_undo

        register_holding(holdings)
        register_undo(Case._meta.label_lower, drop_unused)
        finding.register()
