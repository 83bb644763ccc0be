"""Addresses of the access pages."""

from django.urls import path

from folkmoot.web.access import home
from folkmoot.web.access.views import account, audit, delegations, people, sign_in
from folkmoot.web.shell.home import register_week

register_week(home.week)

urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="sign_in"),
    path("sign-in/demonstration/", sign_in.demonstration, name="sign_in_demonstration"),
    path("sign-out/", sign_in.sign_out, name="sign_out"),
    path("set-password/<slug:key>/<slug:token>/", sign_in.set_password, name="set_password"),
    path("account/", account.account, name="account"),
    path("permissions/", account.permissions, name="permissions"),
    path("people/", people.people, name="people"),
    path("people/add/", people.person_add, name="person_add"),
    path("people/<slug:key>/", people.person_change, name="person_change"),
    path("people/<slug:key>/invite/", people.person_invite, name="person_invite"),
    path("people/<slug:key>/close/", people.person_close, name="person_close"),
    path("people/<slug:key>/reopen/", people.person_reopen, name="person_reopen"),
    path("people/<slug:key>/erase/", people.person_erase, name="person_erase"),
    path("delegations/", delegations.delegations, name="delegations"),
    path("delegations/<slug:key>/end/", delegations.delegation_end, name="delegation_end"),
    path("audit/", audit.audit, name="audit"),
    path("audit/export/", audit.audit_export, name="audit_export"),
    path("audit/verify/", audit.audit_verify, name="audit_verify"),
]
