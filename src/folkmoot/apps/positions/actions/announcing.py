"""Tells the people of every office that was asked what became of a position."""

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.models import Account
from folkmoot.apps.access.queries import speaks_for
from folkmoot.apps.mail.actions import About, queue
from folkmoot.apps.positions import letters
from folkmoot.apps.positions.models import PersonalLink, Position


def announce(actor: Actor, position: Position, *, happened: str, reason: str) -> int:
    """Mail everybody through whom an office was asked and who speaks for it still; gives the number of mails.

    Called inside an action.
    """
    people = _people_asked(actor, position)
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


def _people_asked(actor: Actor, position: Position) -> list[Account]:
    """Everybody once, however many rounds they were asked in."""
    links = PersonalLink.objects.filter(invitation__circulation__position=position)
    found = links.select_related("account", "invitation").order_by("account__name", "account")
    still = [link.account for link in found if speaks_for(link.account, link.invitation.office, actor.today)]
    return list({person.pk: person for person in still}.values())
