"""One issue as its reader sees it: the time line, what it is linked to and why, and its actions."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audience import Audience, Handling, listed_keys
from folkmoot.apps.access.gate import may
from folkmoot.apps.access.models import Account
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.access.roles import SECRETARIAT, Role
from folkmoot.apps.issues.linkables import Group, linkable_of, linkables, titles_of
from folkmoot.apps.issues.models import OTHER_WAY, Action, Issue, IssueLink, IssueNote, Relation
from folkmoot.apps.issues.own import ISSUE, NOTE
from folkmoot.apps.issues.timeline import TimelineEntry, timeline
from folkmoot.apps.members.models import Organization
from folkmoot.apps.members.queries import network_members

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of entry: how many the reader sees, and whether it is shown."""

    slug: str
    word: str
    count: int
    shown: bool


@dataclass(frozen=True, slots=True)
class Line:
    """The time line as it is shown: what is ahead, what was, and how much more there is."""

    kinds: tuple[Kind, ...]
    ahead: tuple[TimelineEntry, ...]
    past: tuple[TimelineEntry, ...]
    earlier: int

    @property
    def is_sensitive(self) -> bool:
        return any(entry.handling == Handling.OFFICIAL_SENSITIVE for entry in (*self.ahead, *self.past))


@dataclass(frozen=True, slots=True)
class ShownLink:
    """A record that the issue is linked to, as the reader sees it; `other_way` where the record names this issue."""

    link: IssueLink
    table: str
    key: str
    title: str
    kind: str
    group: Group
    other_way: bool = False

    @property
    def relation(self) -> str:
        if self.other_way:
            return OTHER_WAY.get(Relation(self.link.relation), "It names this issue")
        return Relation(self.link.relation).label if self.link.relation else ""


def line_for(actor: Actor, issue: Issue, *, kinds: Collection[str] = (), whole: bool = False) -> Line:
    """The time line, of some kinds only where any are chosen. Counts hold only what the reader may see."""
    found = timeline(actor, issue)
    counts = Counter((entry.slug, entry.kind) for entry in found)
    chosen = set(kinds) & {slug for slug, _ in counts}
    shown = [entry for entry in found if not chosen or entry.slug in chosen]
    past = [entry for entry in shown if entry.day <= actor.today]
    kept = past if whole else past[:SHOWN]
    return Line(
        kinds=tuple(
            Kind(slug, word, count, not chosen or slug in chosen) for (slug, word), count in sorted(counts.items())
        ),
        ahead=tuple(entry for entry in shown if entry.day > actor.today),
        past=tuple(kept),
        earlier=len(past) - len(kept),
    )


def sensitive_notes(actor: Actor, issue: Issue, line: Line) -> list[IssueNote]:
    """The notes on a time line that are marked: showing them is recorded."""
    keys = [
        entry.key
        for entry in (*line.ahead, *line.past)
        if entry.table == NOTE and entry.handling == Handling.OFFICIAL_SENSITIVE
    ]
    return list(IssueNote.objects.visible_to(actor).filter(issue=issue, key__in=keys)) if keys else []


def links_for(actor: Actor, issue: Issue) -> list[ShownLink]:
    """What an issue is linked to, and the issues that name it; of each only what the reader may see."""
    own = list(issue.links.all())
    visible = Issue.objects.visible_to(actor)
    naming = list(
        IssueLink.objects.filter(table=ISSUE, record_key=issue.key, issue__in=visible).select_related("issue")
    )
    titles = titles_of(actor, [(link.table, link.record_key) for link in own])
    groups = groups_of(titles)
    named = {link.record_key for link in own if link.table == ISSUE}
    shown = [
        ShownLink(link, link.table, link.record_key, title, _label(link.table), groups[link.table, link.record_key])
        for link in own
        if (title := titles.get((link.table, link.record_key)))
    ]
    return shown + [
        ShownLink(link, ISSUE, link.issue.key, link.issue.title, _label(ISSUE), Group.WORK, other_way=True)
        for link in naming
        if link.issue.key not in named
    ]


def _label(table: str) -> str:
    kind = linkable_of(table)
    return kind.label if kind else ""


def groups_of(titles: Collection[tuple[str, str]]) -> dict[tuple[str, str], Group]:
    """Under which heading each record stands."""
    found: dict[tuple[str, str], Group] = {}
    for kind in linkables():
        keys = [key for table, key in titles if table == kind.table]
        groups = kind.groups(keys) if kind.groups and keys else {}
        found |= {(kind.table, key): groups.get(key, kind.group) for key in keys}
    return found


def actions_of(actor: Actor, issue: Issue) -> QuerySet[Action]:
    """The open actions of an issue that the reader may see, the earliest first."""
    found = Action.objects.visible_to(actor).open().filter(issue=issue).select_related("owner", "issue")
    return found.order_by("due", "pk")


def link_on(actor: Actor, issue: Issue, key: str) -> IssueLink | None:
    """One of an issue's own links, if the reader may see the record that it names."""
    link = issue.links.filter(key=key).first()
    if link is None or (link.table, link.record_key) not in titles_of(actor, [(link.table, link.record_key)]):
        return None
    return link


def note_on(actor: Actor, issue: Issue, key: str) -> IssueNote | None:
    """A note on an issue, if the reader may see it."""
    return IssueNote.objects.visible_to(actor).filter(issue=issue, key=key).first()


AUDIENCES = {
    Audience.PUBLIC: "Everyone.",
    Audience.NETWORK: "All member offices and the secretariat.",
    Audience.NAMED: "The secretariat and the offices listed on it.",
    Audience.SECRETARIAT: "The secretariat.",
    Audience.PRIVATE: "Only the people listed on it.",
}


def who_may_see(actor: Actor, issue: Issue) -> str:
    """Who sees an issue, as a sentence; who is listed on it, only to whoever keeps it."""
    sentence = AUDIENCES[Audience(issue.audience)]
    names = _listed_names(issue) if keeps(actor) else []
    return f"{sentence} Listed on it: {', '.join(names)}." if names else sentence


def _listed_names(issue: Issue) -> list[str]:
    keys = listed_keys(issue)
    offices = [key.removeprefix("org:") for key in keys if key.startswith("org:")]
    people = [key.removeprefix("account:") for key in keys if key.startswith("account:")]
    names = [
        *(Organization.objects.filter(key__in=offices).values_list("name", flat=True) if offices else ()),
        *(Account.objects.filter(pk__in=people).values_list("name", flat=True) if people else ()),
    ]
    return sorted(names)


@dataclass(frozen=True, slots=True)
class Readers:
    """Who can be listed on an issue, by key and name, and who is."""

    offices: tuple[tuple[str, str], ...]
    people: QuerySet[Account]
    listed_offices: tuple[str, ...]
    listed_people: tuple[str, ...]


def readers_for(issue: Issue, day: date) -> Readers:
    """For the page that says who may see it: member offices, the secretariat, guests, and whoever is listed."""
    keys = listed_keys(issue)
    listed_offices = [key.removeprefix("org:") for key in keys if key.startswith("org:")]
    listed = Account.objects.filter(pk__in=[k.removeprefix("account:") for k in keys if k.startswith("account:")])
    offices = {member.key: member.name for member in network_members(day)}
    gone = Organization.objects.filter(key__in=listed_offices).exclude(key__in=offices)
    offices |= dict(gone.values_list("key", "name"))
    roles = [role.value for role in (*SECRETARIAT, Role.GUEST)]
    people = Account.objects.filter(is_active=True, role__in=roles) | listed
    return Readers(
        offices=tuple(sorted(offices.items(), key=lambda item: item[1])),
        people=people.distinct().order_by("name", "pk"),
        listed_offices=tuple(listed_offices),
        listed_people=tuple(listed.values_list("key", flat=True)),
    )


def keeps(actor: Actor) -> bool:
    """Whether somebody keeps issues, so that the page offers what only they may do."""
    return may(actor, Permission.ISSUE_KEEP)
