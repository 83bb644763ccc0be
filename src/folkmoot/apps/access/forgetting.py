"""Erasing who a person was from what the access room keeps; the actions that call this have asked whether they may."""

from datetime import datetime

from django.db.models import Q

from folkmoot.apps.access.factors import Authenticator
from folkmoot.apps.access.models import Account, Delegation, OpenSession, Visit

ERASED_NAME = "An erased person"


def forget(account: Account, now: datetime) -> None:
    """Take away name, address, post, employer and ways in. What they did stays under the account's number."""
    account.name = ERASED_NAME
    account.email = f"{account.key}@erased.invalid"
    account.person = account.employer = ""
    account.is_active = False
    account.set_unusable_password()
    account.erased_at = now
    account.save()
    Authenticator.objects.filter(user=account).delete()
    OpenSession.objects.filter(account=account).delete()
    Visit.objects.filter(account=account).delete()
    Delegation.objects.filter(Q(principal=account) | Q(delegate=account)).update(note="")
