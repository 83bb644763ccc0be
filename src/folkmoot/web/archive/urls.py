"""Addresses of the archive room."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
