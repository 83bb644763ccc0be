"""Addresses of the access pages."""

from django.urls import path

from folkmoot.web.access import home
from folkmoot.web.access.views import (
    account,
    audit,
    delegations,
    factors,
    handing_over,
    many,
    passwords,
    people,
    sign_in,
)
from folkmoot.web.shell.home import register_home_items, register_week

register_home_items(home.items)
register_home_items(home.left_behind)
register_week(home.week)

urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="sign_in"),
    path("sign-in/demonstration/", sign_in.demonstration, name="sign_in_demonstration"),
    path("sign-out/", sign_in.sign_out, name="sign_out"),
    path("sign-in/second-step/", sign_in.second_step, name="second_step"),
    path("sign-in/passkey/", sign_in.passkey_sign_in, name="passkey_sign_in"),
    path("set-password/<slug:key>/<slug:token>/", passwords.set_password, name="set_password"),
    path("forgotten-password/", passwords.forgotten_password, name="forgotten_password"),
    path("reset-password/<slug:key>/<slug:token>/", passwords.reset_password, name="reset_password"),
    path("account/", account.account, name="account"),
    path("account/authenticator-app/", factors.app_add, name="app_add"),
    path("account/passkey/", factors.passkey_add, name="passkey_add"),
    path("account/recovery-codes/", factors.recovery_codes, name="recovery_codes"),
    path("account/second-factors/<slug:key>/remove/", factors.factor_remove, name="factor_remove"),
    path("account/sessions/end/", factors.sessions_end, name="sessions_end"),
    path("account/sessions/<slug:key>/end/", factors.session_end, name="session_end"),
    path("permissions/", account.permissions, name="permissions"),
    path("people/", people.people, name="people"),
    path("people/add/", people.person_add, name="person_add"),
    path("people/add-many/", many.people_add_many, name="people_add_many"),
    path("people/invitations/", people.invitations, name="invitations"),
    path("people/second-factors/", people.second_factor_rule, name="second_factor_rule"),
    path("people/hand-over/", handing_over.hand_overs, name="hand_overs"),
    path("people/<slug:key>/hand-over/", handing_over.hand_over_from, name="hand_over_from"),
    path("people/<slug:key>/", people.person_change, name="person_change"),
    path("people/<slug:key>/invite/", people.person_invite, name="person_invite"),
    path("people/<slug:key>/second-factors/", people.person_reset_factors, name="person_reset_factors"),
    path("people/<slug:key>/close/", people.person_close, name="person_close"),
    path("people/<slug:key>/reopen/", people.person_reopen, name="person_reopen"),
    path("people/<slug:key>/erase/", people.person_erase, name="person_erase"),
    path("delegations/", delegations.delegations, name="delegations"),
    path("delegations/<slug:key>/end/", delegations.delegation_end, name="delegation_end"),
    path("audit/", audit.audit, name="audit"),
    path("audit/export/", audit.audit_export, name="audit_export"),
    path("audit/verify/", audit.audit_verify, name="audit_verify"),
]
