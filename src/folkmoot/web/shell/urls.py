"""Addresses of the shell: the home page and the pages about the product itself."""

from django.urls import path

from folkmoot.web.shell import digest, views

digest.register()

urlpatterns = [
    path("", views.home, name="home"),
    path("changed/", views.changed, name="changed"),
    path("waiting/", views.waited_for, name="waited_for"),
    path("settings/", views.settings_hub, name="settings_hub"),
    path("help/", views.help_page, name="help"),
    path("keyboard/", views.keyboard, name="keyboard"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("who-sees/", views.who_sees, name="who_sees"),
    path("robots.txt", views.robots, name="robots"),
]
