"""Tells the people of every office that was asked what became of a position."""

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.models import Account
from folkmoot.apps.mail.actions import About, queue
from folkmoot.apps.positions import letters
from folkmoot.apps.positions.models import PersonalLink, Position


def announce(actor: Actor, position: Position, *, happened: str, reason: str) -> int:
    """Mail everybody through whom an office was asked; gives the number of mails. Called inside an action."""
    asked = PersonalLink.objects.filter(invitation__circulation__position=position).values("account")
    people = Account.objects.filter(pk__in=asked, is_active=True).order_by("name", "pk")
    for person in people:
        queue(
            actor,
            to=(person.name, person.email),
            subject=letters.news_subject(position, happened),
            body=letters.news(position, person.name, happened, reason),
            handling=position.handling,
            about=About(str(position), position._meta.label_lower, position.pk),
            link_only=True,
        )
    return len(people)
