"""Addresses of the members pages."""

from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []
