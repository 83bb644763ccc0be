"""Every address of the product: one list a room."""

from django.urls import include, path

urlpatterns = [
    path("", include("folkmoot.web.shell.urls")),
    path("", include("folkmoot.web.access.urls")),
    path("", include("folkmoot.web.beginning.urls")),
    path("members/", include("folkmoot.web.members.urls")),
    path("mail/", include("folkmoot.web.mail.urls")),
    path("radar/", include("folkmoot.web.signals.urls")),
    path("issues/", include("folkmoot.web.issues.urls")),
    path("positions/", include("folkmoot.web.positions.urls")),
    path("plan/", include("folkmoot.web.agenda.urls")),
    path("memory/", include("folkmoot.web.archive.urls")),
    path("search/", include("folkmoot.web.search.urls")),
    path("jobs/", include("folkmoot.web.jobs.urls")),
    path("records/", include("folkmoot.web.records.urls")),
    path("information-requests/", include("folkmoot.web.disclosure.urls")),
]

handler400 = "folkmoot.web.shell.views.unusable"
handler404 = "folkmoot.web.shell.views.not_found"
handler403 = "folkmoot.web.shell.views.refused"
handler500 = "folkmoot.web.shell.views.broken"
