"""Addresses of the mail pages."""

from django.urls import path

from folkmoot.web.mail import settings, views

urlpatterns = [
    path("", views.mail, name="mail"),
    path("settings/", settings.mail_settings, name="mail_settings"),
    path("settings/test/", settings.mail_test, name="mail_test"),
    path("settings/try/", settings.mailbox_try, name="mailbox_try"),
    path("<str:key>/", views.mail_message, name="mail_message"),
    path("<str:key>/attachments/<int:place>/", views.mail_attachment, name="mail_attachment"),
    path("<str:key>/eml/", views.mail_eml, name="mail_eml"),
    path("<str:key>/retry/", views.mail_retry, name="mail_retry"),
]
