"""Makes one invented request for information, half way through its days, with two records taken into it."""

from datetime import date

from folkmoot.apps.archive.models import ArchiveDocument
from folkmoot.apps.archive.queries.listing import PAPER
from folkmoot.apps.disclosure import actions
from folkmoot.apps.members.queries import add_working_days
from folkmoot.demo.network import People, at

KEEPER = "Wren Halloran"
TITLE = "What the network told government about bus depots"


def make_disclosure(people: People, today: date) -> None:
    """Received eight working days ago."""
    received = add_working_days(today, -8)
    keeper = people.actor(KEEPER, at(add_working_days(today, -7), 11))
    case = actions.open_case(
        keeper,
        title=TITLE,
        regime="foi",
        asked="Please send me what you told government about bus depots in the last three years.",
        received_on=received,
        requester="An invented journalist",
        contact="journalist@example.invalid",
    )
    papers = ArchiveDocument.objects.visible_to(keeper).filter(title__icontains="bus grant").order_by("day")
    places = [("paper", PAPER, paper.key) for paper in papers]
    actions.collect(keeper, case=case, places=places)
