"""Registers the room with Django, and follows the tables of which the rooms tell."""

from datetime import timedelta

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "folkmoot.apps.search"
    label = "search"

    def ready(self) -> None:
        from folkmoot.apps.jobs.schedule import register_scheduled
        from folkmoot.apps.search.index import mend, watch

        watch()
        register_scheduled("search.mend", "Compare the search with the records", every=timedelta(days=1), run=mend)
