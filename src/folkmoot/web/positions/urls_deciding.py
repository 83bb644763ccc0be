"""Addresses of answering, deciding, agreeing, signing and publishing."""

from django.urls import path
from django.urls.resolvers import URLPattern

from folkmoot.web.network_only import network_only
from folkmoot.web.positions import amendments, answer, consensus, decided, exports, publishing, sign_off, terms
from folkmoot.web.shell.network import register_network_name

register_network_name(terms.network_name)


def _steps(door: str, prefix: str) -> list[URLPattern]:
    """The steps of answering behind one door: the page itself, then copy, upload, save, submit and the rest."""
    return [
        path(f"{prefix}{step}/" if step else prefix, answer.view(door, step), name=f"{door}_{step}" if step else door)
        for step in answer.STEPS
    ]


urlpatterns: list[URLPattern] = [
    path("published/", publishing.publications, name="publications"),
    path("published/<slug:key>/", publishing.published, name="published"),
    path("published/<slug:key>/<slug:kind>/", publishing.published_file, name="published_file"),
    path("asks/", publishing.asks, name="asks"),
    path("terms/", network_only(terms.terms), name="terms"),
    *_steps("link", "link/<str:secret>/"),
    *_steps("answer", "<slug:key>/answer/"),
    *_steps("office_answer", "<slug:key>/offices/<slug:office>/answer/"),
    path("<slug:key>/amendments/", amendments.amendments, name="amendments"),
    path("<slug:key>/amendments/decide/", amendments.amendment_decide, name="amendment_decide"),
    path("<slug:key>/amendments/table/", decided.decided_table, name="decided_table"),
    path("<slug:key>/amendments/table/record/", decided.decided_table_record, name="decided_table_record"),
    path("<slug:key>/amendments/undo/", amendments.decision_undo, name="decision_undo"),
    path("<slug:key>/amendments/<slug:amendment>/reply/", amendments.amendment_reply, name="amendment_reply"),
    path("<slug:key>/amendments/<slug:amendment>/place/", amendments.amendment_place, name="amendment_place"),
    path("<slug:key>/amendments.xlsx", exports.amendments_export, name="amendments_export"),
    path("<slug:key>/amendments.docx", exports.amendments_word, name="amendments_word"),
    path("<slug:key>/merged.docx", exports.merged_export, name="merged_export"),
    path("<slug:key>/next-version/", amendments.version_make, name="version_make"),
    path("<slug:key>/consensus/", consensus.consensus, name="consensus"),
    path("<slug:key>/consensus/table.csv", consensus.consensus_export, name="consensus_export"),
    path("<slug:key>/sign-off/", sign_off.sign_off, name="sign_off"),
    path("<slug:key>/sign-off/ask/", sign_off.sign_off_ask, name="sign_off_ask"),
    path("<slug:key>/sign-off/sign/", sign_off.sign, name="sign"),
    path("<slug:key>/sign-off/exception/", sign_off.sign_off_exception, name="sign_off_exception"),
    path("<slug:key>/sign-off/<slug:office>/take-back/", sign_off.sign_off_take_back, name="sign_off_take_back"),
    path("<slug:key>/sign-off/reopen/", sign_off.text_reopen, name="text_reopen"),
    path("<slug:key>/publish/", sign_off.publish, name="publish"),
    path("<slug:key>/correct/", sign_off.publication_correct, name="publication_correct"),
    path("<slug:key>/asks/", sign_off.ask_draw, name="ask_draw"),
]
