"""Addresses of the pages of a new installation."""

from django.urls import path

from folkmoot.web.beginning import home, views
from folkmoot.web.shell.home import register_home_items

register_home_items(home.items)

urlpatterns = [
    path("begin/<str:secret>/", views.begin, name="begin"),
    path("setting-up/", views.setting_up, name="setting_up"),
    path("setting-up/terms/", views.setting_up_terms, name="setting_up_terms"),
    path("setting-up/periods/", views.setting_up_periods, name="setting_up_periods"),
    path("setting-up/members/", views.setting_up_members, name="setting_up_members"),
]
