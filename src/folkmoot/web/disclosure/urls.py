"""Addresses of the pages for requests for information."""

from django.urls import path, reverse

from folkmoot.web.addresses import register_address
from folkmoot.web.disclosure import answer, cases, home, items, log
from folkmoot.web.shell.home import register_home_items

register_home_items(home.items)
register_address("disclosure.case", lambda key: reverse("request", args=[key]))

_item = "<str:key>/items/<str:item>/"
urlpatterns = [
    path("", cases.requests_page, name="information_requests"),
    path("new/", cases.request_new, name="request_new"),
    path("log/", log.disclosure_log, name="disclosure_log"),
    path("log/export/", log.disclosure_log_export, name="disclosure_log_export"),
    path("<str:key>/", cases.request_page, name="request"),
    path("<str:key>/requester/", cases.request_requester, name="request_requester"),
    path("<str:key>/clarify/", cases.request_clarify, name="request_clarify"),
    path("<str:key>/clarified/", cases.request_clarified, name="request_clarified"),
    path("<str:key>/extend/", cases.request_extend, name="request_extend"),
    path("<str:key>/withdraw/", cases.request_withdraw, name="request_withdraw"),
    path("<str:key>/search/", items.request_search, name="request_search"),
    path(_item, items.request_item, name="request_item"),
    path(f"{_item}name/", items.item_name, name="item_name"),
    path(f"{_item}redact/", items.item_redact, name="item_redact"),
    path(f"{_item}unredact/", items.item_unredact, name="item_unredact"),
    path(f"{_item}out/", items.item_out, name="item_out"),
    path("<str:key>/letter/", answer.request_letter, name="request_letter"),
    path("<str:key>/preview/<str:kind>/", answer.request_preview, name="request_preview"),
    path("<str:key>/prepare/", answer.request_prepare, name="request_prepare"),
    path("<str:key>/send-back/", answer.request_send_back, name="request_send_back"),
    path("<str:key>/release/", answer.request_release, name="request_release"),
    path("<str:key>/log/", answer.request_log, name="request_log"),
    path("<str:key>/files/<str:kind>/", answer.request_file, name="request_file"),
]
