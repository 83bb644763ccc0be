"""Makes the invented issues: priorities, workstreams, links with their why, notes, and actions around the day."""

from collections.abc import Iterable
from datetime import date

from folkmoot.apps.access.audience import Audience, Handling
from folkmoot.apps.issues import actions
from folkmoot.apps.issues.models import Issue, IssueState, Priority, Workstream
from folkmoot.apps.members.queries import add_working_days
from folkmoot.apps.positions.models import Position
from folkmoot.demo.network import People, at
from folkmoot.demo.positions import BEA, HEAD, JOSS

IMRAN = "Imran Wetherby"
WREN = "Wren Halloran"
DEPARTMENT = ("members.organization", "department-for-places-and-transport")
MINISTER = ("members.person", "rufus-alderbrook")
POST = ("members.post", "minister-for-local-transport-invented")
POSITION = "positions.position"
BODY = "members.organization"


class _Making:
    """The people and the day, for every step that makes an issue."""

    def __init__(self, people: People, today: date) -> None:
        self.people = people
        self.today = today

    def day(self, working_days: int) -> date:
        return add_working_days(self.today, working_days)

    def link(self, issue: Issue, record: tuple[str, str], why: str, relation: str = "") -> None:
        officer = self.people.actor(BEA, at(self.day(-20), 10))
        actions.link(officer, issue=issue, table=record[0], key=record[1], why=why, relation=relation)

    def positions(self, issue: Issue, titles: Iterable[str]) -> None:
        """Link the network's own positions, each as it was begun."""
        officer = self.people.actor(BEA, at(self.day(-1), 10))
        for position in Position.objects.filter(title__in=titles).order_by("title"):
            why = "What the network says on it."
            actions.link(officer, issue=issue, table=POSITION, key=position.key, why=why, relation="part-of")

    def note(
        self, issue: Issue, day: int, text: str, *, by: str = JOSS, secret: bool = False, shared: bool = False
    ) -> None:
        actions.write_note(
            self.people.actor(by, at(self.day(day), 16)),
            issue=issue,
            day=self.day(day),
            text=text,
            audience=Audience.NETWORK if shared else Audience.SECRETARIAT,
            handling=Handling.OFFICIAL_SENSITIVE if secret else Handling.OFFICIAL,
        )

    def action(
        self, issue: Issue | None, title: str, owner: str, due: int, *, given: int = -9, shared: bool = False
    ) -> None:
        actions.open_action(
            self.people.actor(IMRAN, at(self.day(given), 11)),
            issue=issue,
            title=title,
            owner=self.people.accounts[owner],
            due=self.day(due),
            audience=Audience.NETWORK if shared else Audience.SECRETARIAT,
        )


def make_issues(people: People, today: date) -> None:
    """Everything that the issues pages of the demonstration show."""
    making = _Making(people, today)
    transport, skills, coast = _plan(making)
    _bus(making, transport)
    _rail(making, transport)
    _skills(making, skills)
    _harbours(making, coast)
    _others(making, transport, skills)


def _plan(making: _Making) -> tuple[Workstream, Workstream, Workstream]:
    """Three priorities, one of them past, and three workstreams."""
    head = making.people.actor(HEAD, at(making.day(-120)))
    agreed = "Mayors’ group, spring meeting"
    begun = making.day(-120)

    def priority(name: str, place: int, ends: date | None = None) -> Priority:
        return actions.add_priority(head, name=name, place=place, begins=begun, ends=ends, agreed_on=agreed)

    first = priority("Transport that people can plan on", 1)
    second = priority("Work and skills nearer to home", 2)
    priority("A common voice in the spending round", 3, ends=making.day(-30))

    def workstream(name: str, aim: str, lead: str, serves: Priority | None, place: int) -> Workstream:
        account = making.people.accounts[lead]
        return actions.add_workstream(head, name=name, aim=aim, lead=account, priority=serves, place=place)

    return (
        workstream("Transport", "Buses, trains and ferries that one ticket joins.", BEA, first, 1),
        workstream("Skills", "Adult training decided where the jobs are.", JOSS, second, 2),
        workstream("Coast and rivers", "What harbours and flood plains need from government.", JOSS, None, 3),
    )


def _begin(
    making: _Making,
    on: int,
    workstream: Workstream,
    title: str,
    aim: str,
    lead: str | None,
    *,
    audience: str = Audience.NETWORK,
    handling: str = Handling.OFFICIAL,
    state: str = IssueState.ACTIVE,
) -> Issue:
    return actions.begin_issue(
        making.people.actor(IMRAN, at(making.day(on))),
        title=title,
        aim=aim,
        workstream=workstream,
        priority=workstream.priority,
        lead=making.people.accounts[lead] if lead else None,
        invented=True,
        audience=audience,
        handling=handling,
        state=state,
    )


def _bus(making: _Making, transport: Workstream) -> None:
    """The issue of the demonstration's main position, with a long time line."""
    issue = _begin(
        making,
        -80,
        transport,
        "Bus franchising powers",
        "Give every mayor who wants it a franchising scheme within eighteen months of deciding, at a cost known before "
        "they start.",
        BEA,
    )
    making.positions(issue, ["Bus franchising: a joint ask"])
    making.link(issue, DEPARTMENT, "It would bring the bill and pay the grant.", "asked")
    making.link(issue, MINISTER, "The minister who decides.", "asked")
    making.link(issue, POST, "The post with which the network writes, whoever holds it.")
    for region, why in (
        ("aldermere", "Leads for the mayors; took on two depots itself."),
        ("kelderby", "Has its scheme half way."),
        ("northmarsh", "Its operators left two routes this year."),
    ):
        making.link(issue, (BODY, region), why, "leads" if region == "aldermere" else "")
    making.note(
        issue, -62, "Nine regions sent what a scheme costs them\nBetween two and seven million a year.", shared=True
    )
    making.note(
        issue,
        -12,
        "Call with the department’s deputy director\nOpen to one consultation in place of two, where data is shared.",
        secret=True,
    )
    making.note(issue, -5, "The officers’ group asked for one joint ask, not fourteen.", by=BEA, shared=True)
    making.action(issue, "Send the department the cost table", BEA, -4, given=-10)
    making.action(issue, "Check the depot figures with your finance team", "Maud Ketteridge", 2, shared=True)
    making.action(issue, "Draft the letter to the minister", JOSS, 6)
    _next(making, issue, 6, "Transport officers look at the amendments")


def _next(making: _Making, issue: Issue, on: int, what: str) -> None:
    actions.set_next(making.people.actor(BEA, at(making.day(-1), 15)), issue=issue, on=making.day(on), what=what)


def _rail(making: _Making, transport: Workstream) -> None:
    issue = _begin(
        making, -60, transport, "Rail partnership", "A seat for each region where local timetables are decided.", JOSS
    )
    bus = Issue.objects.get(title="Bus franchising powers")
    making.link(issue, ("issues.issue", bus.key), "Both need one ticket: clause on fares.", "waits-for")
    making.link(issue, DEPARTMENT, "It signs the partnership.", "asked")
    making.note(issue, -15, "Two regions want to wait for the timetable review.", shared=True)
    making.action(issue, "Ask the stations’ owner for the footfall figures", WREN, 0)
    _next(making, issue, 12, "Working group on fares meets")


def _skills(making: _Making, skills: Workstream) -> None:
    issue = _begin(
        making,
        -45,
        skills,
        "Adult skills budget",
        "One settlement for three years in place of yearly grants with twelve conditions.",
        JOSS,
    )
    making.link(issue, (BODY, "calderwick"), "Runs the pilot.", "evidence")
    making.note(issue, -8, "The pilot’s first year: 640 learners, 71 of 100 in work after it.", shared=True)
    making.action(issue, "Write up the pilot as one page", JOSS, 9)


def _harbours(making: _Making, coast: Workstream) -> None:
    """A sensitive issue that the secretariat alone sees."""
    issue = _begin(
        making,
        -30,
        coast,
        "Harbour dues and ferries",
        "Keep the ferry links open while the harbours’ dues are settled.",
        JOSS,
        audience=Audience.SECRETARIAT,
        handling=Handling.OFFICIAL_SENSITIVE,
    )
    making.positions(issue, ["Ferry links"])
    making.note(issue, -7, "An operator would leave the eastern route next winter, it says.", secret=True)
    making.action(issue, "Ask the harbour masters for their figures, by telephone", JOSS, 1)
    _next(making, issue, 9, "Answers of the four harbour regions are due")


def _others(making: _Making, transport: Workstream, skills: Workstream) -> None:
    """One that nobody leads yet, one that is only watched, one that is settled; and an action of no issue."""
    _begin(making, -6, transport, "Visitor levy", "Know whether a levy could pay for late buses.", None)
    watched = _begin(
        making,
        -50,
        skills,
        "Apprentices across borders",
        "One rule for apprentices who work in two regions.",
        JOSS,
        state=IssueState.WATCHING,
    )
    making.note(watched, -22, "The consultation closed without a date for the answer.", shared=True)
    settled = _begin(
        making, -90, transport, "Open timetable data", "Every operator publishes its timetable in one form.", BEA
    )
    actions.set_state(
        making.people.actor(BEA, at(making.day(-10))),
        issue=settled,
        state=IssueState.SETTLED,
        why="The last operator publishes since this month.",
    )
    making.action(None, "Collect the regions’ winter closing days", WREN, 4)
    _done(making, settled)


def _done(making: _Making, issue: Issue) -> None:
    """An action closed with its evidence."""
    joss = making.people.actor(JOSS, at(making.day(-11), 15))
    task = actions.open_action(
        making.people.actor(IMRAN, at(making.day(-20))),
        issue=issue,
        title="Ask the last operator when it will publish",
        owner=making.people.accounts[JOSS],
        due=making.day(-11),
        audience=Audience.NETWORK,
    )
    actions.close_action(joss, action=task, evidence="It answered by letter: from the first of the month.")
