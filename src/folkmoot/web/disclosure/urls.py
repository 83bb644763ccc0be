"""Addresses of the pages for requests for information."""

from django.urls import path, reverse

from folkmoot.web.addresses import register_address
from folkmoot.web.disclosure import answer, by_mail, cases, home, items, log, own_data, words
from folkmoot.web.mail.tray import register_tray_steps
from folkmoot.web.shell.home import register_home_items, register_waiting, register_week

register_home_items(home.items)
register_tray_steps(by_mail.steps)
register_week(home.week)
register_waiting(home.waiting)
register_address("disclosure.case", lambda key: reverse("request", args=[key]))

_item = "<str:key>/items/<str:item>/"
urlpatterns = [
    path("", cases.requests_page, name="information_requests"),
    path("new/", cases.request_new, name="request_new"),
    path("from-mail/<str:key>/", by_mail.request_from_mail, name="request_from_mail"),
    path("log/", log.disclosure_log, name="disclosure_log"),
    path("log/export/", log.disclosure_log_export, name="disclosure_log_export"),
    path("<str:key>/", cases.request_page, name="request"),
    path("<str:key>/requester/", cases.request_requester, name="request_requester"),
    path("<str:key>/clarify/", cases.request_clarify, name="request_clarify"),
    path("<str:key>/clarified/", cases.request_clarified, name="request_clarified"),
    path("<str:key>/extend/", cases.request_extend, name="request_extend"),
    path("<str:key>/notice/", cases.request_notice, name="request_notice"),
    path("<str:key>/law/", cases.request_law, name="request_law"),
    path("<str:key>/held/", own_data.request_held, name="request_held"),
    path("<str:key>/words/", words.request_words, name="request_words"),
    path("<str:key>/words/let-stand/", words.request_let_stand, name="request_let_stand"),
    path("<str:key>/rest/", words.request_rest, name="request_rest"),
    path("<str:key>/item-files/<str:file>/", words.item_file, name="item_file"),
    path("<str:key>/item-files/<str:file>/decide/", words.item_file_decide, name="item_file_decide"),
    path("<str:key>/withdraw/", cases.request_withdraw, name="request_withdraw"),
    path("<str:key>/search/", items.request_search, name="request_search"),
    path(_item, items.request_item, name="request_item"),
    path(f"{_item}name/", items.item_name, name="item_name"),
    path(f"{_item}redact/", items.item_redact, name="item_redact"),
    path(f"{_item}paragraphs/", items.item_paragraphs, name="item_paragraphs"),
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
