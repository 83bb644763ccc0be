"""Addresses of the radar."""

from django.urls import path, reverse

from folkmoot.web.addresses import register_address
from folkmoot.web.network_only import network_only
from folkmoot.web.shell.home import register_changes, register_home_items, register_week
from folkmoot.web.signals import alerts, home, horizon, inbox, learnt, sorting, sources, trends, watches

register_address("signals.signal", lambda key: reverse("signal", args=[key]))
register_home_items(home.items)
register_changes(home.changes)
register_week(home.week)

_signal = [
    path("signals/<str:key>/", network_only(inbox.signal_page), name="signal"),
    path("signals/<str:key>/accept", network_only(sorting.accept), name="signal_accept"),
    path("signals/<str:key>/dismiss", network_only(sorting.dismiss), name="signal_dismiss"),
    path("signals/<str:key>/snooze", network_only(sorting.snooze), name="signal_snooze"),
    path("signals/<str:key>/assign", network_only(sorting.assign), name="signal_assign"),
    path("signals/<str:key>/back", network_only(sorting.put_back), name="signal_back"),
    path("signals/<str:key>/note", network_only(sorting.note), name="signal_note"),
    path("signals/<str:key>/note/<str:note>/remove", network_only(sorting.note_remove), name="signal_note_remove"),
    path("signals/<str:key>/star", network_only(sorting.star), name="signal_star"),
    path("signals/<str:key>/lead", network_only(sorting.lead), name="signal_lead"),
    path("signals/<str:key>/take-out", network_only(sorting.take_out), name="signal_take_out"),
]
_sources = [
    path("sources/", network_only(sources.sources_page), name="sources"),
    path("sources/new", network_only(sources.source_new), name="source_new"),
    path("sources/<str:key>/", network_only(sources.source_page), name="source"),
    path("sources/<str:key>/change", network_only(sources.source_change), name="source_change"),
    path("sources/<str:key>/read", network_only(sources.source_read), name="source_read"),
    path("sources/<str:key>/pause", network_only(sources.source_pause), name="source_pause"),
    path("sources/<str:key>/resume", network_only(sources.source_resume), name="source_resume"),
]
urlpatterns = [
    path("", network_only(inbox.inbox_page), name="radar"),
    path("export", network_only(inbox.signals_export), name="signals_export"),
    path("many", network_only(sorting.many), name="signals_many"),
    path("undo", network_only(sorting.undo), name="signals_undo"),
    path("watches/", network_only(watches.watches_page), name="watches"),
    path("watches/<str:key>/", network_only(watches.watch_page), name="watch"),
    path("learnt/", network_only(learnt.learnt_page), name="learnt"),
    path("learnt/learn", network_only(learnt.learn), name="learnt_learn"),
    path("learnt/none", network_only(learnt.use_none), name="learnt_none"),
    path("learnt/<str:key>/use", network_only(learnt.use), name="learnt_use"),
    path("learnt/<str:key>/set-aside", network_only(learnt.set_aside), name="learnt_set_aside"),
    path("alert/", network_only(alerts.alert_page), name="radar_alert"),
    path("alert/stop", network_only(alerts.alert_stop), name="radar_alert_stop"),
    path("digest/", network_only(horizon.digest_page), name="radar_digest"),
    path("trends/", network_only(trends.trends_page), name="trends"),
    path("trends/export", network_only(trends.trends_export), name="trends_export"),
    path("horizon/", network_only(horizon.horizon_page), name="horizon"),
    path("horizon/new", network_only(horizon.entry_new), name="horizon_new"),
    path("horizon/<str:key>/", network_only(horizon.entry_page), name="horizon_entry"),
    path("horizon/<str:key>/change", network_only(horizon.entry_change), name="horizon_change"),
    path("horizon/<str:key>/close", network_only(horizon.entry_close), name="horizon_close"),
    *_signal,
    *_sources,
]
