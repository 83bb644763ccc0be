"""Registers the room with Django."""

from django.apps import AppConfig


class PositionsConfig(AppConfig):
    name = "folkmoot.apps.positions"
    label = "positions"
