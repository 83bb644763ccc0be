"""Addresses of the positions pages."""

from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []
