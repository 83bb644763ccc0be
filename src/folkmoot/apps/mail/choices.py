"""Which mails a person wants. What asks something of them, such as a circulation, is always sent."""

from django.db import transaction

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audit import record
from folkmoot.apps.access.gate import Invalid
from folkmoot.apps.access.models import Account
from folkmoot.apps.access.queries import own_account
from folkmoot.apps.mail.models import Digest, MailChoice


def choice_of(account: Account) -> MailChoice:
    """What a person chose; the usual where they never did."""
    return MailChoice.objects.filter(account=account).first() or MailChoice(account=account)


@transaction.atomic
def choose_mail(actor: Actor, *, digest: str, reminders: bool) -> MailChoice:
    """Say which mails one wants."""
    account = own_account(actor)
    if digest not in Digest.values:
        raise Invalid("Choose how often you want the digest: never, every working day, or weekly.")
    choice, _ = MailChoice.objects.update_or_create(
        account=account, defaults={"digest": digest, "reminders": reminders}
    )
    record(actor, "mail.chosen", choice, digest=digest, reminders=reminders)
    return choice
