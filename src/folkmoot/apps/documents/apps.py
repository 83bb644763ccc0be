"""Registers the room with Django."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "folkmoot.apps.documents"
    label = "documents"
