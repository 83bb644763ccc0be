"""Registers the room with Django."""

from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    name = "folkmoot.apps.disclosure"
    label = "disclosure"
