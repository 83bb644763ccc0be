"""Addresses of the positions pages."""

from django.urls import path, reverse

from folkmoot.web.addresses import register_address
from folkmoot.web.mail.tray import register_tray_notes, register_tray_steps
from folkmoot.web.positions import by_mail, circulation, draft, files, home, listing, text, urls_deciding
from folkmoot.web.shell.home import register_changes, register_home_items, register_waiting, register_week

register_home_items(home.items)
register_home_items(by_mail.home_items)
register_tray_steps(by_mail.steps)
register_tray_notes(by_mail.notes)
register_changes(home.changes)
register_week(home.week)
register_waiting(home.waiting)
register_address("positions.position", lambda key: reverse("position", args=[key]))
register_address("positions.publication", lambda key: reverse("published", args=[key]))

_text = [
    path("<str:key>/", text.position, name="position"),
    path("<str:key>/change", draft.position_change, name="position_change"),
    path("<str:key>/withdraw", draft.position_withdraw, name="position_withdraw"),
    path("<str:key>/import", draft.draft_import, name="draft_import"),
    path("<str:key>/write", draft.draft_write, name="draft_write"),
    path("<str:key>/compare", text.version_compare, name="version_compare"),
    path("<str:key>/guests", text.position_guests, name="position_guests"),
    path("<str:key>/versions/<int:number>/restore", draft.version_restore, name="version_restore"),
    path("<str:key>/versions/<int:number>/word", text.version_word, name="version_word"),
    path("<str:key>/clauses/<str:clause>/narrow", text.narrow_add, name="narrow_add"),
    path("<str:key>/clauses/<str:clause>/fallback", text.fallback_add, name="fallback_add"),
    path("<str:key>/marks/remove", text.narrow_remove, name="narrow_remove"),
]
_circulation = [
    path("<str:key>/circulate", circulation.circulate, name="circulate"),
    path("<str:key>/offices", circulation.offices, name="offices"),
    path("<str:key>/rounds/<str:circulation>/remind", circulation.remind, name="remind"),
    path("<str:key>/rounds/<str:circulation>/extend", circulation.circulation_extend, name="circulation_extend"),
    path("<str:key>/rounds/<str:circulation>/close", circulation.circulation_close, name="circulation_close"),
    path("<str:key>/rounds/<str:circulation>/returns.zip", files.returns_zip, name="returns_zip"),
    path("<str:key>/rounds/<str:circulation>/copies/<str:office>", files.invitation_copy, name="invitation_copy"),
    path("returns/<str:key>/file", files.return_file, name="return_file"),
]

urlpatterns = [
    path("", listing.positions_page, name="positions"),
    path("export", listing.positions_export, name="positions_export"),
    path("mail/<str:key>/word", by_mail.mail_to_word, name="mail_to_word"),
    path("mail/<str:key>/words", by_mail.mail_to_stance, name="mail_to_stance"),
    path("new", draft.position_new, name="position_new"),
    *urls_deciding.urlpatterns,
    *_circulation,
    *_text,
]
