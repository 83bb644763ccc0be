"""Addresses of the search."""

from django.urls import path

from folkmoot.web.search import home, views
from folkmoot.web.shell.home import register_home_items

register_home_items(home.items)

urlpatterns = [
    path("", views.search, name="search"),
    path("sheet/", views.search_sheet, name="search_sheet"),
    path("save/", views.search_save, name="search_save"),
    path("saved/<str:key>/drop/", views.search_drop, name="search_drop"),
]
