"""Addresses of the members pages."""

from django.urls import path, reverse

from folkmoot.web.addresses import register_address
from folkmoot.web.members import home
from folkmoot.web.members.views import authorities, changes, departments, lists, reviews
from folkmoot.web.network_only import View, network_only
from folkmoot.web.shell.home import register_home_items

# A list of many kinds knows a body or a post by its key alone; which page shows it is asked when somebody goes there.
register_address("members.organization", lambda key: reverse("body", args=[key]))
register_address("members.post", lambda key: reverse("post", args=[key]))
register_address("members.person", lambda key: reverse("person", args=[key]))

register_home_items(home.items)

PAGES: list[tuple[str, View, str]] = [
    ("", authorities.members, "members"),
    ("sheet/", authorities.members_sheet, "members_sheet"),
    ("authorities/<slug:key>/", authorities.member, "member"),
    ("authorities/<slug:key>/join/", changes.member_join, "member_join"),
    ("authorities/<slug:key>/leave/", changes.member_leave, "member_leave"),
    ("departments/", departments.departments, "departments"),
    ("departments/sheet/", departments.departments_sheet, "departments_sheet"),
    ("departments/body/<slug:key>/", departments.department, "department"),
    ("structure/", departments.structure_on, "structure"),
    ("structure/sheet/", departments.structure_sheet, "structure_sheet"),
    ("people/", lists.people, "register_people"),
    ("people/sheet/", lists.people_sheet, "register_people_sheet"),
    ("people/person/<slug:key>/", lists.person, "person"),
    ("calendar/", lists.calendar, "calendar"),
    ("calendar/sheet/", lists.calendar_sheet, "calendar_sheet"),
    ("powers/", lists.powers_by_tier, "powers"),
    ("powers/sheet/", lists.powers_sheet, "powers_sheet"),
    ("corrections/", lists.corrections_made, "corrections"),
    ("reviews/", reviews.reviews, "reviews"),
    ("reviews/<slug:key>/", reviews.review, "review"),
    ("reviews/<slug:key>/<slug:item>/", reviews.review_tick, "review_tick"),
    ("bodies/add/", changes.body_add, "body_add"),
    ("bodies/<slug:key>/", lists.body, "body"),
    ("bodies/<slug:key>/rename/", changes.body_rename, "body_rename"),
    ("bodies/<slug:key>/officers/add/", changes.officer_add, "officer_add"),
    ("posts/<slug:key>/", lists.post, "post"),
    ("posts/<slug:key>/holder/", changes.holder_change, "holder_change"),
    ("terms/end/<path:key>/", changes.term_end, "term_end"),
    ("facts/<slug:kind>/correct/<path:key>/", changes.fact_correct, "fact_correct"),
    ("facts/<slug:kind>/recheck/<path:key>/", changes.fact_recheck, "fact_recheck"),
]

urlpatterns = [path(route, network_only(view), name=name) for route, view, name in PAGES]
