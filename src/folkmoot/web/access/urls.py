"""Addresses of the access pages."""

from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []
