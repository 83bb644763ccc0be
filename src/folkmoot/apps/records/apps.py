"""Registers the room with Django, collects what rooms keep, and has the schedule run every day."""

from datetime import timedelta
from importlib import import_module

from django.apps import AppConfig, apps
from django.utils.module_loading import module_has_submodule

ROOMS = "folkmoot.apps."


class RecordsConfig(AppConfig):
    name = "folkmoot.apps.records"
    label = "records"

    def ready(self) -> None:
        from folkmoot.apps.jobs.schedule import register_scheduled
        from folkmoot.apps.records import access_room
        from folkmoot.apps.records.retention import run_scheduled

        access_room.register()
        # A room that keeps records about people or for a time has a module `records` that registers them.
        for room in apps.get_app_configs():
            if room.name.startswith(ROOMS) and room.module and module_has_submodule(room.module, "records"):
                import_module(f"{room.name}.records").register()
        register_scheduled(
            "records.retention", "Remove records whose period is over", every=timedelta(days=1), run=run_scheduled
        )
