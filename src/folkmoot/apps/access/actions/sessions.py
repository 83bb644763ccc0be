"""Where a person is signed in: noted at sign-in, shown to them, and ended by them or with their account."""

from datetime import datetime

from django.contrib.sessions.models import Session
from django.db import transaction

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audit import record
from folkmoot.apps.access.gate import Conflict
from folkmoot.apps.access.models import Account, OpenSession
from folkmoot.apps.access.queries import own_account


@transaction.atomic
def note_session(
    account: Account, *, session_key: str, browser: str, by: str, now: datetime, ends_at: datetime
) -> OpenSession:
    """Note a browser that was signed in; those that are long over are forgotten."""
    OpenSession.objects.filter(ends_at__lte=now).delete()
    return OpenSession.objects.create(
        account=account, session_key=session_key, started_at=now, ends_at=ends_at, browser=browser, by=by
    )


def move_session(*, before: str, after: str) -> None:
    """A session that gets a new key when its person changes their password is the same browser still."""
    OpenSession.objects.filter(session_key=before).update(session_key=after)


def forget_session(session_key: str) -> None:
    """A browser that signed out is no longer listed."""
    OpenSession.objects.filter(session_key=session_key).delete()


def sessions_of(actor: Actor) -> list[OpenSession]:
    """Where the person who asks is signed in now."""
    found = OpenSession.objects.filter(account=actor.account_id, ends_at__gt=actor.now)
    alive = set(
        Session.objects.filter(session_key__in=[each.session_key for each in found]).values_list(
            "session_key", flat=True
        )
    )
    return [each for each in found if each.session_key in alive]


def _end(found: list[OpenSession]) -> None:
    Session.objects.filter(session_key__in=[each.session_key for each in found]).delete()
    OpenSession.objects.filter(pk__in=[each.pk for each in found]).delete()


def end_all_sessions(account: Account) -> None:
    """Sign a person out everywhere, at once."""
    _end(list(OpenSession.objects.filter(account=account)))


@transaction.atomic
def end_session(actor: Actor, *, key: str) -> OpenSession:
    """Sign oneself out of another browser."""
    account = own_account(actor)
    found = OpenSession.objects.filter(account=account, key=key).first()
    if found is None:
        raise Conflict("You are no longer signed in there. There is nothing to end.")
    _end([found])
    record(actor, "account.session-ended", account)
    return found


@transaction.atomic
def end_other_sessions(actor: Actor, *, but: str) -> int:
    """Sign oneself out everywhere but here; says in how many browsers."""
    account = own_account(actor)
    others = list(OpenSession.objects.filter(account=account).exclude(session_key=but))
    _end(others)
    record(actor, "account.sessions-ended", account)
    return len(others)
