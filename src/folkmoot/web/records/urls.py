"""Addresses of the records pages."""

from django.urls import path

from folkmoot.web.records import people, retention

urlpatterns = [
    path("", retention.records, name="records"),
    path("next/", retention.records_next, name="records_next"),
    path("classes/<str:name>/", retention.records_period, name="records_period"),
    path("runs/<str:key>/", retention.records_run, name="records_run"),
    path("holds/new/", retention.hold_new, name="hold_new"),
    path("holds/<str:key>/lift/", retention.hold_lift, name="hold_lift"),
    path("people/", people.records_person, name="records_person"),
    path("people/erase/", people.records_erase, name="records_erase"),
    path("erasures/<str:key>/", people.records_erasure, name="records_erasure"),
]
