"""Registers the room with Django, and tells the access room for whom people stand."""

from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "folkmoot.apps.members"
    label = "members"

    def ready(self) -> None:
        from folkmoot.apps.access.actor import register_office_resolver
        from folkmoot.apps.members import accounts, finding
        from folkmoot.apps.members.queries import offices_of_person

        register_office_resolver(offices_of_person)
        accounts.register()
        finding.register()
