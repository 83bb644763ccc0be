"""The invented network's groups, their meetings, and a forward plan that its chair has approved once."""

from datetime import date, datetime, timedelta

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audience import Audience
from folkmoot.apps.agenda import actions
from folkmoot.apps.agenda.models import Group, Meeting, PlanEntry
from folkmoot.apps.positions.models import Position
from folkmoot.demo.network import People, at

HEAD, DEPUTY, OFFICER, KEEPER = "Rosalind Theakstone", "Imran Wetherby", "Bea Colquitt", "Wren Halloran"
MAYORS = ("Cora Penhale", "Giles Harbottle-Roe", "Juno Farthingale", "Thea Quayle-Morrow")
CHIEF_EXECUTIVES = ("Freya Lockhaven", "Ellis Wainbridge", "Owen Stallbridge", "Miles Hartsop")
OFFICERS = ("Maud Ketteridge", "Ines Thorley", "Petra Vane", "Ruth Amberley", "Nerys Colbeck")
STANDING = [("Matters arising", 10), ("Forward plan", 10), ("What ministers were told", 10)]


def make_agenda(people: People, today: date) -> None:
    """Three groups of the network and the secretariat's own, each with meetings, and the plan with its versions."""
    begun = at(today - timedelta(days=60))
    keeper = people.actor(KEEPER, begun)
    mayors = _group(people, keeper, "Mayors", "Settle what the network says.", MAYORS)
    executives = _group(people, keeper, "Chief executives", "Prepare what the Mayors settle.", CHIEF_EXECUTIVES, True)
    officers = _group(people, keeper, "Policy officers", "Draft, and compare notes.", OFFICERS)
    team = _group(
        people,
        keeper,
        "Secretariat",
        "The week’s work.",
        (HEAD, DEPUTY, OFFICER, KEEPER),
        audience=Audience.SECRETARIAT,
    )
    monday = today - timedelta(days=today.weekday())
    coming = {
        "officers": _meeting(keeper, officers, at(monday + timedelta(days=10), 10, 0), 90),
        "executives": _meeting(keeper, executives, at(monday + timedelta(days=15), 14, 0), 60),
        "mayors": _meeting(keeper, mayors, at(monday + timedelta(days=23), 16, 0), 60),
        "later": _meeting(keeper, executives, at(monday + timedelta(days=43), 14, 0), 60),
        "team": _meeting(keeper, team, at(monday + timedelta(days=7), 9, 30), 45, Audience.SECRETARIAT),
    }
    _plan(people, coming, today)


def _group(
    people: People,
    keeper: Actor,
    name: str,
    purpose: str,
    sit: tuple[str, ...],
    approves_plan: bool = False,
    audience: Audience = Audience.NETWORK,
) -> Group:
    """A group whose first named is in the chair."""
    group = actions.add_group(keeper, name=name, purpose=purpose, approves_plan=approves_plan, audience=audience)
    for place, who in enumerate(sit):
        actions.seat(keeper, group=group, account=people.accounts[who], begins=keeper.today, is_chair=place == 0)
    actions.set_standing_items(keeper, group=group, items=STANDING)
    return group


def _meeting(
    keeper: Actor, group: Group, starts_at: datetime, minutes: int, audience: Audience = Audience.NETWORK
) -> Meeting:
    where = "Town Hall, Aldermere, and by video" if audience == Audience.NETWORK else "By video"
    return actions.add_meeting(
        keeper, group=group, starts_at=starts_at, minutes=minutes, where=where, audience=audience
    )


# Each item: title, what the group is asked, minutes, owner, meeting, and the position that is its paper.
ITEMS = (
    ("Bus franchising: settle the joint ask", "decide", 20, OFFICER, "mayors", "Bus franchising: a joint ask"),
    ("Adult skills: what each region can sign", "discuss", 20, "Joss Tamwell", "executives", ""),
    ("Retrofit: notes on each region’s figures", "note", 10, "Joss Tamwell", "officers", ""),
    ("What the network puts first next year", "discuss", 30, DEPUTY, "mayors", ""),
    ("Dates for the summer", "note", 5, KEEPER, "", ""),
)


def _plan(people: People, coming: dict[str, Meeting], today: date) -> None:
    """The items, the chair's approval, one change since, and one item that is the secretariat's own."""
    officer = people.actor(OFFICER, at(today - timedelta(days=20)))
    papers = {position.title: position for position in Position.objects.visible_to(officer)}
    items = [
        actions.add_entry(
            officer,
            title=title,
            purpose=purpose,
            minutes=minutes,
            owner=people.accounts[owner],
            meeting=coming.get(meeting),
            position=papers.get(paper),
        )
        for title, purpose, minutes, owner, meeting, paper in ITEMS
    ]
    actions.add_entry(
        officer,
        title="Budget of the secretariat",
        purpose="note",
        minutes=10,
        owner=people.accounts[HEAD],
        meeting=coming["team"],
        audience=Audience.SECRETARIAT,
    )
    version = actions.put_to_chair(people.actor(DEPUTY, at(today - timedelta(days=14))), note="For the winter.")
    actions.approve_version(people.actor(CHIEF_EXECUTIVES[0], at(today - timedelta(days=12))), version=version)
    _move_on(people.actor(OFFICER, at(today - timedelta(days=2))), items[1], coming["later"])


def _move_on(officer: Actor, item: PlanEntry, meeting: Meeting) -> None:
    """What the chair approved, and what became of it since."""
    actions.change_entry(
        officer,
        entry=item,
        title=item.title,
        purpose=item.purpose,
        minutes=item.minutes,
        owner=item.owner,
        meeting=meeting,
        why="Two regions asked for another month.",
    )
