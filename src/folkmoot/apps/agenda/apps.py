"""Registers the room with Django."""

from django.apps import AppConfig


class AgendaConfig(AppConfig):
    name = "folkmoot.apps.agenda"
    label = "agenda"
