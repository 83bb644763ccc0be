"""Addresses of the issues room."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
