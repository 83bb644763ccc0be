"""What the invented sources of the demonstration tell. No body, place, bill or matter in it exists."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Told:
    """One entry of a feed: how many days ago, at what hour, its title, and its paragraphs.

    `{in N}` in a text becomes the day that lies N days ahead.
    """

    days: int
    hour: int
    title: str
    text: tuple[str, ...]


TRANSPORT = "Department for Places and Transport"
PAPERS = "Papers of the Lower House"
ENERGY = "Energy regulator"
INSTITUTE = "Institute for Places"
NOTICES = "Public notices"
COUNCILS = "Kelderby council meetings"
WALL = "Saltcombe council papers"

SIMPLER = (
    "The department seeks views on shortening the steps by which an authority may make a franchising scheme. It "
    "proposes to drop the second audit and to allow one consultation where bus operators have been given notice.",
    "Evidence is invited from authorities at an early stage, among them Harrowmoor and Northmarsh, on the cost of "
    "preparing a scheme and on data held by bus operators.",
    "The department will publish a response in spring. Views must reach it by 11:45pm on {in 44}.",
)
FEEDS: dict[str, tuple[Told, ...]] = {
    TRANSPORT: (
        Told(
            0,
            7,
            "Consultation: simpler bus franchising",
            SIMPLER,
        ),
        Told(
            1,
            11,
            "Local Transport Bill: report stage dated",
            (
                "The report stage of the Local Transport Bill is expected on {in 14}. Amendments on franchising powers "
                "and on the ownership of depots have been laid.",
            ),
        ),
        Told(
            2,
            9,
            "Rail passenger board: call for members",
            (
                "The department looks for four members of the rail passenger board, two of whom will speak for the "
                "regions where local timetables are decided in a rail partnership.",
                "The closing date is {in 23}.",
            ),
        ),
        Told(
            6,
            10,
            "Guidance on open timetable data",
            ("The form in which operators publish timetable data was brought up to date.",),
        ),
        Told(12, 10, "Speech on motorway services", ("The minister spoke of motorway services and their kitchens.",)),
    ),
    PAPERS: (
        Told(
            0,
            14,
            "Oral question: adult skills funding formula",
            (
                "To ask what weight the adult skills formula gives to regions with few colleges, and when the skills "
                "budget of each region for the next three years will be known.",
            ),
        ),
        Told(
            3,
            9,
            "Committee on towns: call for evidence on visitor levies",
            (
                "The committee invites written evidence on whether a visitor levy should be open to every region, and "
                "what it could pay for, late buses among it.",
                "Written evidence should be sent by noon on {in 51}.",
            ),
        ),
        Told(
            5,
            16,
            "Debate on harbour dues",
            ("Members spoke on harbour dues and on ferry links to the outer harbours. The motion was agreed to.",),
        ),
        Told(
            9,
            15,
            "Written statement: apprentices across borders",
            (
                "The rule for apprentices who work in two regions will be looked at again. A consultation is planned "
                "by Easter.",
            ),
        ),
        Told(15, 12, "Motion on school choirs", ("That this House notes the singing of school choirs.",)),
    ),
    ENERGY: (
        Told(
            1,
            8,
            "Warm homes: second wave guidance",
            (
                "Guidance for the second wave of retrofit grants: who may apply, which homes count, and how a region "
                "shows that its retrofit plan is ready. Applications open on {in 10} and close at midday on {in 38}.",
            ),
        ),
        Told(
            3,
            8,
            "Grid queue: reform decision",
            ("Projects that are ready are connected first. Bus depots that charge at night are named as ready.",),
        ),
    ),
    INSTITUTE: (
        Told(
            2,
            6,
            "Fares and growth: what eleven regions show",
            (
                "Where one ticket joins buses and trains, more people travel to work by them. The paper compares "
                "eleven regions before and after a franchising scheme.",
            ),
        ),
        Told(8, 6, "Who uses libraries", ("A note on readers, hours and roofs.",)),
    ),
    NOTICES: (
        Told(
            0,
            12,
            "Notice: simpler bus franchising",
            SIMPLER,
        ),
        Told(4, 12, "Ferry links: tender for the outer harbours", ("Tenders for ferry links close on {in 30}.",)),
    ),
}
# The meetings of a council: how many days ahead, at what hour, and what for.
MEETINGS = (
    (6, 14, "Cabinet: lease of the bus depot, report"),
    (20, 14, "Cabinet: budget"),
    (27, 10, "Scrutiny: adult skills"),
)
# On each issue what is looked out for, and what looks like it and is not meant.
WATCHES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "Bus franchising powers": (("franchising scheme", "franchising powers", "bus operators", "bus depot"), ("coach",)),
    "Rail partnership": (("rail partnership", "rail passenger board", "local timetables"), ("model rail",)),
    "Adult skills budget": (("adult skills", "skills budget"), ()),
    "Harbour dues and ferries": (("harbour dues", "ferry links"), ()),
    "Visitor levy": (("visitor levy", "visitor levies"), ()),
    "Apprentices across borders": (("apprentices",), ()),
}
NO_MATTER = "Not a matter of the network."
RISK = "Dropping the second audit may leave the cost of a scheme unknown to those who vote on it."
