"""Addresses of the plan, the meetings, the groups and the hand-over packs."""

from django.urls import path, reverse

from folkmoot.web.addresses import register_address
from folkmoot.web.agenda import groups, handover, home, meetings, plan, versions
from folkmoot.web.network_only import network_only
from folkmoot.web.shell.home import register_changes, register_home_items, register_waiting, register_week

register_address("agenda.planentry", lambda key: reverse("plan_item", args=[key]))
register_address("agenda.meeting", lambda key: reverse("meeting", args=[key]))
register_address("agenda.group", lambda key: reverse("group", args=[key]))
register_home_items(home.items)
register_changes(home.changes)
register_week(home.week)
register_waiting(home.waiting)

PAGES = (
    ("", plan.plan, "plan"),
    ("sheet/", plan.plan_sheet, "plan_sheet"),
    ("items/new/", plan.plan_item_new, "plan_item_new"),
    ("items/<str:key>/", plan.plan_item, "plan_item"),
    ("items/<str:key>/drop/", plan.plan_item_drop, "plan_item_drop"),
    ("items/<str:key>/restore/", plan.plan_item_restore, "plan_item_restore"),
    ("versions/", versions.plan_versions, "plan_versions"),
    ("versions/put/", versions.plan_put, "plan_put"),
    ("versions/<int:number>/", versions.plan_version, "plan_version"),
    ("versions/<int:number>/approve/", versions.plan_approve, "plan_approve"),
    ("versions/<int:number>/send-back/", versions.plan_send_back, "plan_send_back"),
    ("meetings/", meetings.meetings, "meetings"),
    ("meetings/new/", meetings.meeting_new, "meeting_new"),
    ("meetings/<str:key>/", meetings.meeting, "meeting"),
    ("meetings/<str:key>/change/", meetings.meeting_change, "meeting_change"),
    ("meetings/<str:key>/cancel/", meetings.meeting_cancel, "meeting_cancel"),
    ("meetings/<str:key>/minutes/<int:number>/", meetings.meeting_minute, "meeting_minute"),
    ("meetings/<str:key>/hold/", meetings.meeting_hold, "meeting_hold"),
    ("meetings/<str:key>/reopen/", meetings.meeting_reopen, "meeting_reopen"),
    ("groups/", groups.groups, "groups"),
    ("groups/new/", groups.group_new, "group_new"),
    ("groups/<str:key>/", groups.group, "group"),
    ("groups/<str:key>/change/", groups.group_change, "group_change"),
    ("groups/<str:key>/seats/", groups.seat_new, "seat_new"),
    ("groups/<str:key>/seats/<str:seat>/end/", groups.seat_end, "seat_end"),
    ("groups/<str:key>/standing/", groups.standing_items, "standing_items"),
    ("handover/", handover.handovers, "handovers"),
    ("handover/<str:key>/", handover.handover, "handover"),
    ("handover/<str:key>/pdf/", handover.handover_pdf, "handover_pdf"),
)
# For a guest, who was asked to named items, none of these exists.
urlpatterns = [path(route, network_only(view), name=name) for route, view, name in PAGES]
