"""Addresses of the issues pages."""

from django.urls import path, reverse

from folkmoot.web.addresses import register_address
from folkmoot.web.issues import adding, held, home, issue, listing, news, plan, related, tasks
from folkmoot.web.network_only import network_only
from folkmoot.web.shell.home import register_changes, register_home_items, register_waiting, register_week

register_home_items(home.items)
register_changes(news.changes)
register_week(news.week)
register_waiting(news.waiting)
register_address("issues.issue", lambda key: reverse("issue", args=[key]))
register_address("issues.action", lambda key: reverse("action", args=[key]))
for table in ("issues.workstream", "issues.priority"):
    register_address(table, lambda _key: reverse("workstreams"))

_actions = [
    path("actions/", network_only(tasks.actions_page), name="actions"),
    path("actions/export", network_only(tasks.actions_export), name="actions_export"),
    path("actions/new", network_only(tasks.action_new), name="action_new"),
    path("actions/<str:key>/", tasks.action_page, name="action"),
    path("actions/<str:key>/change", tasks.action_change, name="action_change"),
    path("actions/<str:key>/close", tasks.action_close, name="action_close"),
    path("actions/<str:key>/drop", tasks.action_drop, name="action_drop"),
    path("actions/<str:key>/reopen", tasks.action_reopen, name="action_reopen"),
    path("actions/<str:key>/file", tasks.action_file, name="action_file"),
]
_plan = [
    path("workstreams/", network_only(plan.workstreams_page), name="workstreams"),
    path("workstreams/new", network_only(plan.workstream_new), name="workstream_new"),
    path("workstreams/<str:key>/change", plan.workstream_change, name="workstream_change"),
    path("priorities/new", network_only(plan.priority_new), name="priority_new"),
    path("priorities/<str:key>/change", plan.priority_change, name="priority_change"),
]
_issue = [
    path("held/<str:kind>/<str:key>/", network_only(held.held), name="held"),
    path("<str:key>/", issue.issue_page, name="issue"),
    path("<str:key>/change", issue.issue_change, name="issue_change"),
    path("<str:key>/state", issue.issue_state, name="issue_state"),
    path("<str:key>/next", issue.issue_next, name="issue_next"),
    path("<str:key>/readers", issue.issue_readers, name="issue_readers"),
    path("<str:key>/actions/new", tasks.issue_action_new, name="issue_action_new"),
    path("<str:key>/notes/new", adding.issue_note, name="issue_note"),
    path("<str:key>/notes/<str:note>/remove", adding.note_remove, name="note_remove"),
    path("<str:key>/related/take", related.related_take, name="related_take"),
    path("<str:key>/related/aside", related.related_aside, name="related_aside"),
    path("<str:key>/related/restore", related.related_restore, name="related_restore"),
    path("<str:key>/links/new", adding.link_add, name="link_add"),
    path("<str:key>/links/<str:link>/remove", adding.link_remove, name="link_remove"),
]

urlpatterns = [
    path("", listing.issues_page, name="issues"),
    path("export", listing.issues_export, name="issues_export"),
    path("new", network_only(issue.issue_new), name="issue_new"),
    *_actions,
    *_plan,
    *_issue,
]
