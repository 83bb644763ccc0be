"""Addresses of the mail pages."""

from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []
