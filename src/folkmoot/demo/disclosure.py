"""Makes two invented requests: one for information, half way through its days, and one for a person's own data."""

from datetime import date

from folkmoot.apps.archive.models import ArchiveDocument
from folkmoot.apps.archive.queries.listing import PAPER
from folkmoot.apps.disclosure import actions
from folkmoot.apps.members.queries import add_working_days
from folkmoot.demo.network import People, at

KEEPER, HEAD = "Wren Halloran", "Rosalind Theakstone"
WHOSE = "Oswin Barrow"
TITLE = "What the network told government about bus depots"
OWN_TITLE = "What is held about an officer of an office"


def make_disclosure(people: People, today: date) -> None:
    """The one received eight working days ago, the other six; what is held is collected, and nothing decided."""
    _about_depots(people, today)
    _about_themselves(people, today)


def _about_depots(people: People, today: date) -> None:
    keeper = people.actor(KEEPER, at(add_working_days(today, -7), 11))
    case = actions.open_case(
        keeper,
        title=TITLE,
        regime="foi",
        asked="Please send me what you told government about bus depots in the last three years.",
        received_on=add_working_days(today, -8),
        requester="An invented journalist",
        contact="journalist@example.invalid",
    )
    papers = ArchiveDocument.objects.visible_to(keeper).filter(title__icontains="bus grant").order_by("day")
    places = [("paper", PAPER, paper.key) for paper in papers]
    actions.collect(keeper, case=case, places=places)


def _about_themselves(people: People, today: date) -> None:
    email = people.accounts[WHOSE].email
    case = actions.open_case(
        people.actor(KEEPER, at(add_working_days(today, -5), 10)),
        title=OWN_TITLE,
        regime="own",
        asked="Please send me everything that you hold about me.",
        received_on=add_working_days(today, -6),
        requester=WHOSE,
        contact=email,
    )
    head = people.actor(HEAD, at(add_working_days(today, -4), 10))
    actions.collect_held(head, case=case, email=email, name=WHOSE)
