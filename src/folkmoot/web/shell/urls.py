"""Addresses of the shell pages."""

from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []
