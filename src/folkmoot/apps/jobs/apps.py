"""Registers the room with Django."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "folkmoot.apps.jobs"
    label = "jobs"

    def ready(self) -> None:
        from django.conf import settings

        from folkmoot.apps.jobs.backups import register_backup

        if settings.ENVIRONMENT.backups and not settings.ENVIRONMENT.demo:
            register_backup(settings.ENVIRONMENT.backups)
