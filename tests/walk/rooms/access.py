"""The access room: accounts, delegations, the trail."""

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.db import transaction

from folkmoot.apps.access.actions import forget_password, invitation_token, note_session
from folkmoot.apps.access.audit import record
from folkmoot.apps.access.factors import PURPOSE, Authenticator, generate_totp_secret
from folkmoot.apps.access.models import SignInFailure
from folkmoot.apps.access.secrets import encrypt
from tests.cast import MOMENT
from tests.walk.address import (
    ADMINISTRATOR,
    ALL,
    BOTH,
    GUEST,
    NOBODY,
    SECRETARIAT,
    SEND,
    SIGNED_IN,
    STRANGER,
    TRAIL_READERS,
    UNKNOWN,
    Address,
)
from tests.walk.world import World

FACTOR, SESSION = "factorwalk", "session-of-the-walk"

# Who knows of the delegation that the mayor of Aldermere gave, and who may end it.
PARTIES = frozenset({"mayor", "chief_executive"})
KNOW_OF_IT = PARTIES | SECRETARIAT | ADMINISTRATOR


def build(world: World) -> None:
    delegation = world.cast.delegation
    delegation.note = world.aviary.hatch("the reason of a delegation", KNOW_OF_IT)
    delegation.save()
    guest = world.cast.guest
    name = world.aviary.hatch("the name of the guest’s own second factor", GUEST)
    data = {"name": name, "key": FACTOR, "secret": encrypt(generate_totp_secret(), PURPOSE), "last_step": 0}
    Authenticator.objects.create(user=guest, type="totp", data=data, created_at=MOMENT)
    tomorrow = MOMENT + timedelta(days=1)
    Session.objects.create(session_key=SESSION, session_data="", expire_date=tomorrow)
    browser = world.aviary.hatch("the browser of the guest’s own session", GUEST)
    note_session(guest, session_key=SESSION, browser=browser, by="a password", now=MOMENT, ends_at=tomorrow)
    with transaction.atomic():
        record(world.cast.actor("head"), "circulation.opened", world.cast.officer)


def _person(world: World) -> dict[str, str]:
    return {"key": world.cast.guest.key}


def _delegation(world: World) -> dict[str, str]:
    return {"key": world.cast.delegation.key}


def _link(world: World) -> dict[str, str]:
    return {"key": world.cast.guest.key, "token": invitation_token(world.cast.guest)}


def _spent_link(world: World) -> dict[str, str]:
    return {"key": world.cast.guest.key, "token": "made-up"}


def _forgotten_link(world: World) -> dict[str, str]:
    email = world.cast.guest.email
    SignInFailure.objects.all().delete()  # asked for at every visit, it would be asked for too often
    found = forget_password(email=email, source="the walk", now=MOMENT)
    assert found is not None
    return {"key": world.cast.guest.key, "token": found[1]}


def _factor(world: World) -> dict[str, str]:
    return {"key": FACTOR}


def _session(world: World) -> dict[str, str]:
    return {"key": world.cast.guest.open_sessions.get().key}


def _nobody(world: World) -> dict[str, str]:
    return {"key": "nobodyhere"}


ADDRESSES = [
    Address("sign_in", STRANGER, others=302, methods=BOTH, open_door=True),
    Address("sign_in_demonstration", NOBODY, others=UNKNOWN, methods=SEND, open_door=True),
    Address("sign_out", SIGNED_IN, methods=SEND),
    Address("set_password", ALL, kwargs=_link, methods=BOTH, open_door=True),
    Address("set_password", NOBODY, others=400, kwargs=_spent_link, methods=BOTH, open_door=True, sample="spent"),
    Address("second_step", NOBODY, others=302, methods=BOTH, open_door=True),
    Address("passkey_sign_in", STRANGER, others=302, methods=BOTH, open_door=True),
    Address("forgotten_password", ALL, methods=BOTH, open_door=True),
    Address("reset_password", ALL, kwargs=_forgotten_link, methods=BOTH, open_door=True),
    Address("reset_password", NOBODY, others=400, kwargs=_spent_link, methods=BOTH, open_door=True, sample="spent"),
    Address("account", SIGNED_IN, methods=BOTH),
    Address("app_add", SIGNED_IN, methods=BOTH),
    Address("passkey_add", SIGNED_IN, methods=BOTH),
    Address("recovery_codes", SIGNED_IN, methods=BOTH),
    Address("factor_remove", GUEST, others=UNKNOWN, kwargs=_factor, methods=BOTH),
    Address("session_end", SIGNED_IN, kwargs=_session, methods=SEND),
    Address("sessions_end", SIGNED_IN, methods=SEND),
    Address("permissions", SIGNED_IN),
    Address("people", ADMINISTRATOR),
    Address("people", ADMINISTRATOR, query="?text=a&role=mayor&state=all&sort=-name&page=9", sample="filtered"),
    Address("person_add", ADMINISTRATOR, methods=BOTH),
    Address("person_change", ADMINISTRATOR, kwargs=_person, methods=BOTH),
    Address(
        "person_change",
        NOBODY,
        refused=SIGNED_IN - ADMINISTRATOR,
        others=UNKNOWN,
        kwargs=_nobody,
        methods=BOTH,
        sample="of nobody",
    ),
    Address("person_invite", ADMINISTRATOR, kwargs=_person, methods=SEND),
    Address("people_add_many", ADMINISTRATOR, methods=BOTH),
    Address("invitations", ADMINISTRATOR),
    Address("invitations", ADMINISTRATOR, query="?text=guy&page=7", sample="filtered"),
    Address("second_factor_rule", ADMINISTRATOR, methods=BOTH),
    Address("person_reset_factors", ADMINISTRATOR, kwargs=_person, methods=SEND),
    Address("person_close", ADMINISTRATOR, kwargs=_person, methods=BOTH),
    Address("hand_overs", SECRETARIAT),
    Address("hand_overs", SECRETARIAT, query="?state=closed&page=7", sample="filtered"),
    Address("hand_over_from", SECRETARIAT, kwargs=_person, methods=BOTH),
    Address("person_reopen", ADMINISTRATOR, kwargs=_person, methods=SEND),
    Address("person_erase", ADMINISTRATOR, kwargs=_person, methods=SEND),
    Address("delegations", SIGNED_IN, methods=BOTH),
    Address(
        "delegation_end",
        PARTIES | ADMINISTRATOR,
        refused=SECRETARIAT,
        others=UNKNOWN,
        kwargs=_delegation,
        methods=SEND,
    ),
    Address("audit", TRAIL_READERS, shows_trail=True),
    Address("audit", TRAIL_READERS, query="?verb=read.&since=2026-02-31", shows_trail=True, sample="filtered"),
    Address("audit_export", TRAIL_READERS, shows_trail=True),
    Address("audit_verify", TRAIL_READERS, shows_trail=True),
]
