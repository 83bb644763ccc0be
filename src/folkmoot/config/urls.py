"""Every address of the product: one list a room."""

from django.urls import include, path

urlpatterns = [
    path("", include("folkmoot.web.shell.urls")),
    path("", include("folkmoot.web.access.urls")),
    path("members/", include("folkmoot.web.members.urls")),
    path("mail/", include("folkmoot.web.mail.urls")),
    path("positions/", include("folkmoot.web.positions.urls")),
]

handler400 = "folkmoot.web.shell.views.unusable"
handler404 = "folkmoot.web.shell.views.not_found"
handler403 = "folkmoot.web.shell.views.refused"
handler500 = "folkmoot.web.shell.views.broken"
