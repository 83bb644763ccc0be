"""Addresses of the agenda room."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
