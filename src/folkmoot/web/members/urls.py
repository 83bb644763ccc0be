"""Addresses of the members pages."""

from django.urls import path

from folkmoot.web.members.views import authorities, changes, departments, lists

urlpatterns = [
    path("", authorities.members, name="members"),
    path("sheet/", authorities.members_sheet, name="members_sheet"),
    path("authorities/<slug:key>/", authorities.member, name="member"),
    path("authorities/<slug:key>/join/", changes.member_join, name="member_join"),
    path("authorities/<slug:key>/leave/", changes.member_leave, name="member_leave"),
    path("departments/", departments.departments, name="departments"),
    path("departments/sheet/", departments.departments_sheet, name="departments_sheet"),
    path("departments/body/<slug:key>/", departments.department, name="department"),
    path("structure/", departments.structure_on, name="structure"),
    path("structure/sheet/", departments.structure_sheet, name="structure_sheet"),
    path("people/", lists.people, name="register_people"),
    path("people/sheet/", lists.people_sheet, name="register_people_sheet"),
    path("people/person/<slug:key>/", lists.person, name="person"),
    path("calendar/", lists.calendar, name="calendar"),
    path("calendar/sheet/", lists.calendar_sheet, name="calendar_sheet"),
    path("powers/", lists.powers_by_tier, name="powers"),
    path("powers/sheet/", lists.powers_sheet, name="powers_sheet"),
    path("corrections/", lists.corrections_made, name="corrections"),
    path("bodies/add/", changes.body_add, name="body_add"),
    path("bodies/<slug:key>/rename/", changes.body_rename, name="body_rename"),
    path("bodies/<slug:key>/officers/add/", changes.officer_add, name="officer_add"),
    path("posts/<slug:key>/holder/", changes.holder_change, name="holder_change"),
    path("terms/end/<path:key>/", changes.term_end, name="term_end"),
    path("facts/<slug:kind>/correct/<path:key>/", changes.fact_correct, name="fact_correct"),
    path("facts/<slug:kind>/recheck/<path:key>/", changes.fact_recheck, name="fact_recheck"),
]
