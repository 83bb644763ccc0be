"""Addresses of the memory: asking, past papers, and taking them in."""

from django.urls import path, reverse

from folkmoot.apps.archive.memory import register_memory
from folkmoot.web.addresses import register_address
from folkmoot.web.archive import home, imports, listing, paper, published
from folkmoot.web.network_only import network_only
from folkmoot.web.shell.home import register_changes

register_address("archive.archivedocument", lambda key: reverse("paper", args=[key]))
register_memory(published.remembered)
register_changes(home.changes)

_imports = [
    path("imports/", network_only(imports.imports_page), name="imports"),
    path("imports/new", network_only(imports.import_new), name="import_new"),
    path("imports/<str:key>/", imports.import_page, name="import"),
    path("imports/<str:key>/take", imports.import_take, name="import_take"),
    path("imports/<str:key>/undo", imports.import_undo, name="import_undo"),
    path("imports/<str:key>/drop", imports.import_drop, name="import_drop"),
    path("imports/<str:key>/rows/<str:row>/", imports.row_correct, name="row_correct"),
    path("imports/<str:key>/rows/<str:row>/out", imports.row_out, name="row_out"),
    path("imports/<str:key>/rows/<str:row>/back", imports.row_back, name="row_back"),
]

urlpatterns = [
    path("", network_only(listing.memory), name="memory"),
    path("papers/", network_only(listing.papers_page), name="papers"),
    path("papers/export", network_only(listing.papers_export), name="papers_export"),
    *_imports,
    path("papers/<str:key>/", paper.paper_page, name="paper"),
    path("papers/<str:key>/file", paper.paper_file, name="paper_file"),
    path("papers/<str:key>/correct", paper.paper_correct, name="paper_correct"),
]
