"""Addresses of the mail pages."""

from django.urls import path, reverse

from folkmoot.web.addresses import register_address
from folkmoot.web.mail import choices, settings, tray, views
from folkmoot.web.shell.home import register_home_items

register_home_items(tray.home_items)
register_address("mail.outboxmessage", lambda key: reverse("mail_message", args=[key]))
register_address("mail.inboxmessage", lambda key: reverse("mail_in_message", args=[key]))

urlpatterns = [
    path("", views.mail, name="mail"),
    path("choices/", choices.mail_choices, name="mail_choices"),
    path("settings/", settings.mail_settings, name="mail_settings"),
    path("settings/test/", settings.mail_test, name="mail_test"),
    path("settings/plus/", settings.mail_plus_test, name="mail_plus_test"),
    path("settings/try/", settings.mailbox_try, name="mailbox_try"),
    path("in/", tray.mail_in, name="mail_in"),
    path("in/add/", tray.mail_in_add, name="mail_in_add"),
    path("in/<str:key>/", tray.mail_in_message, name="mail_in_message"),
    path("in/<str:key>/files/<int:place>/", tray.mail_in_file, name="mail_in_file"),
    path("in/<str:key>/raw/", tray.mail_in_raw, name="mail_in_raw"),
    path("in/<str:key>/aside/", tray.mail_in_aside, name="mail_in_aside"),
    path("in/<str:key>/back/", tray.mail_in_back, name="mail_in_back"),
    path("in/<str:key>/ask/", tray.mail_in_ask, name="mail_in_ask"),
    path("<str:key>/", views.mail_message, name="mail_message"),
    path("<str:key>/attachments/<int:place>/", views.mail_attachment, name="mail_attachment"),
    path("<str:key>/eml/", views.mail_eml, name="mail_eml"),
    path("<str:key>/retry/", views.mail_retry, name="mail_retry"),
]
