"""The issues room: issues for more and fewer readers, and who meets which of their notes, links and actions."""

from dataclasses import replace
from datetime import date
from typing import Any

from folkmoot.apps.access.audience import Audience, Handling
from folkmoot.apps.issues import actions
from folkmoot.apps.issues.models import Issue
from folkmoot.apps.members.models import Organization
from tests.cast import TODAY
from tests.positions_world import draft
from tests.walk.address import (
    ALDERMERE,
    BOTH,
    GUEST,
    LOOK,
    NOBODY,
    OFFICES,
    SECRETARIAT,
    SEND,
    SIGNED_IN,
    UNKNOWN,
    Address,
    Parts,
)
from tests.walk.world import World

NETWORK: Parts = SECRETARIAT | OFFICES
PRIVATE: Parts = frozenset({"head", "deputy"})
OWNER: Parts = frozenset({"third_officer"})
# Who knows of each sample issue at all.
KNOWS: dict[str, Parts] = {
    "shared issue": NETWORK | GUEST,
    "named issue": SECRETARIAT | ALDERMERE,
    "sensitive issue": SECRETARIAT,
    "private issue": PRIVATE,
}


def build(world: World) -> None:
    """A workstream with its priority, one issue for each group of readers, and an action whose owner sees no issue."""
    officer = world.cast.actor("officer")
    hatch = world.aviary.hatch
    world["priority"] = actions.add_priority(
        officer,
        name=hatch("the name of the priority", NETWORK),
        place=1,
        begins=TODAY,
        agreed_on=hatch("where the priority was agreed", NETWORK),
    )
    world["workstream"] = actions.add_workstream(
        officer,
        name=hatch("the name of the workstream", NETWORK),
        aim=hatch("the aim of the workstream", NETWORK),
        lead=world.cast.officer,
        priority=world["priority"],
    )
    for name in KNOWS:
        world[name] = _issue(world, name)
    _let_in(world)
    world["open action"] = world["the action on the shared issue"]
    world["own action"] = _action_for(world, "sensitive issue")
    world["closed action"] = _closed_action(world)


def _let_in(world: World) -> None:
    """Each issue is begun for the secretariat or the network; then its readers are named."""
    officer, head = world.cast.actor("officer"), world.cast.actor("head")
    guest = [world.cast.guest]
    actions.set_readers(officer, issue=world["shared issue"], audience=Audience.NETWORK, people=guest)
    actions.set_readers(officer, issue=world["named issue"], audience=Audience.NAMED, offices=["aldermere"])
    people = [world.cast.deputy]
    actions.set_readers(head, issue=world["private issue"], audience=Audience.PRIVATE, people=people)
    for name in KNOWS:
        world[name].refresh_from_db()


def _issue(world: World, name: str) -> Issue:
    """An issue with a canary in each of its texts; its note for the secretariat has fewer readers than it has."""
    officer, hatch, knows = world.cast.actor("officer"), world.aviary.hatch, KNOWS[name]
    sensitive = name == "sensitive issue"
    inner: Parts = knows & SECRETARIAT
    issue = actions.begin_issue(
        officer,
        title=f"Issue {hatch(f'the title of the {name}', knows, sensitive=sensitive)}",
        aim=hatch(f"the aim of the {name}", knows, sensitive=sensitive),
        workstream=world["workstream"],
        priority=world["priority"],
        lead=world.cast.officer,
        handling=Handling.OFFICIAL_SENSITIVE if sensitive else Handling.OFFICIAL,
    )
    what = hatch(f"the next step of the {name}", knows, sensitive=sensitive)
    actions.set_next(officer, issue=issue, on=date(2026, 12, 8), what=what)
    why = hatch(f"the state of the {name}", knows, sensitive=sensitive)
    actions.set_state(officer, issue=issue, state="watching", why=why)
    for audience, readers in ((Audience.NETWORK, knows), (Audience.SECRETARIAT, inner)):
        text = hatch(f"the note for {audience} of the {name}", readers, sensitive=sensitive)
        note = actions.write_note(officer, issue=issue, day=TODAY, text=text, audience=audience)
        world[f"the note for {audience} on the {name}"] = note
    _links(world, name, issue, knows)
    world[f"the action on the {name}"] = actions.open_action(
        officer,
        issue=issue,
        title=hatch(f"the action of the {name}", inner | {"officer"}, sensitive=sensitive),
        owner=world.cast.officer,
        due=TODAY,
    )
    return issue


def _links(world: World, name: str, issue: Issue, knows: Parts) -> None:
    """A link to a body of the register, and one to a draft that only the secretariat may see."""
    officer, hatch = world.cast.actor("officer"), world.aviary.hatch
    body = Organization.objects.get(key="harrowmoor")
    why = hatch(f"why the {name} is linked to a body", knows - GUEST)
    world[f"the link on the {name}"] = actions.link(
        officer, issue=issue, table="members.organization", key=body.key, why=why
    )
    secret = knows & SECRETARIAT
    position = draft(world.cast, title=f"Position {hatch(f'the draft linked to the {name}', SECRETARIAT)}")
    actions.link(
        officer,
        issue=issue,
        table="positions.position",
        key=position.key,
        why=hatch(f"why the {name} is linked to a draft", secret),
    )


def _action_for(world: World, name: str) -> Any:
    """An action that an office's officer has, on an issue that she does not see."""
    return actions.open_action(
        world.cast.actor("officer"),
        issue=world[name],
        title=world.aviary.hatch(f"the action of an officer on the {name}", SECRETARIAT | OWNER, sensitive=True),
        owner=world.cast.third_officer,
        due=TODAY,
    )


def _closed_action(world: World) -> Any:
    """One that ended, with words and a file as evidence."""
    officer, hatch = world.cast.actor("officer"), world.aviary.hatch
    action = actions.open_action(
        officer, title=hatch("an action of no issue", SECRETARIAT), owner=world.cast.officer, due=TODAY
    )
    words = hatch("the file of evidence", SECRETARIAT)
    return actions.close_action(
        officer,
        action=action,
        evidence=hatch("the words of evidence", SECRETARIAT),
        file=(f"{hatch('the name of the file of evidence', SECRETARIAT)}.txt", words.encode()),
    )


def _another_private_issue(world: World) -> None:
    """With everything that an issue holds, known to the head alone and to nobody else."""
    head = world.cast.actor("head")
    issue = actions.begin_issue(
        head, title="Another matter", aim="Known to few.", workstream=world["workstream"], priority=world["priority"]
    )
    actions.set_readers(head, issue=issue, audience=Audience.PRIVATE)
    actions.write_note(head, issue=issue, day=TODAY, text="Something", audience=Audience.NETWORK)
    key = world["shared issue"].key
    actions.link(head, issue=issue, table="issues.issue", key=key, why="It names a shared one.")
    actions.open_action(head, issue=issue, title="Do it", owner=world.cast.head, due=TODAY, audience=Audience.NETWORK)


def _a_note_of_the_secretariat(world: World) -> None:
    """On an issue that others see, too: a note, a draft linked to it, and an action."""
    head, issue = world.cast.actor("head"), world["shared issue"]
    actions.write_note(head, issue=issue, day=TODAY, text="Not for them", handling=Handling.OFFICIAL_SENSITIVE)
    position = draft(world.cast, title="Not for them either")
    actions.link(head, issue=issue, table="positions.position", key=position.key, why="It is begun.")
    actions.open_action(head, issue=issue, title="Keep it close", owner=world.cast.head, due=TODAY)


HIDDEN = [(_another_private_issue, frozenset({"head"})), (_a_note_of_the_secretariat, SECRETARIAT)]


def _key(sample: str, **more: str) -> Any:
    return lambda world: {"key": world[sample].key, **{name: world[of].key for name, of in more.items()}}


def _of(name: str, sample: str, methods: frozenset[str], **more: str) -> Address:
    """An address of an issue that only those who keep it may use; its other readers are refused."""
    knows = KNOWS[sample]
    return Address(
        name,
        knows & SECRETARIAT,
        others=UNKNOWN,
        refused=knows - SECRETARIAT,
        kwargs=_key(sample, **more),
        methods=methods,
        sample=sample,
        reads=(lambda world: world[sample]) if sample == "sensitive issue" and methods == BOTH else None,
    )


LISTS = [
    Address("issues", SIGNED_IN),
    Address(
        "issues",
        SIGNED_IN,
        query="?q=issue&state=all&workstream=x&priority=x&mine=yes&lacking=yes&sort=-next&page=9",
        sample="filtered",
    ),
    Address("issues", SIGNED_IN, query="?state=all&sort=priority", sample="by priority"),
    Address("issues_export", SIGNED_IN),
    Address("actions", SIGNED_IN, unknown_to=GUEST),
    Address("actions", SIGNED_IN, query="?whose=all&state=all&q=a&sort=-owner&page=9", sample="all", unknown_to=GUEST),
    Address("actions_export", SIGNED_IN, query="?whose=all&state=all", unknown_to=GUEST),
    Address("workstreams", SIGNED_IN, unknown_to=GUEST),
]
NEW = [
    replace(Address(name, SECRETARIAT, methods=BOTH), unknown_to=GUEST)
    for name in ("issue_new", "action_new", "workstream_new", "priority_new")
]
PLAN = [
    Address(
        f"{name}_change",
        SECRETARIAT,
        others=UNKNOWN,
        refused=OFFICES,
        kwargs=_key(name),
        methods=BOTH,
    )
    for name in ("workstream", "priority")
]
PAGES = [
    Address(
        "issue",
        knows,
        others=UNKNOWN,
        kwargs=_key(sample),
        sample=sample,
        reads=(lambda world: world["sensitive issue"]) if sample == "sensitive issue" else None,
    )
    for sample, knows in KNOWS.items()
]
KEEPING = [
    _of(name, sample, BOTH)
    for sample in KNOWS
    for name in (
        "issue_change",
        "issue_state",
        "issue_next",
        "issue_readers",
        "issue_note",
        "issue_action_new",
        "link_add",
    )
]
SEARCHING = [replace(_of("link_add", "named issue", BOTH), query="?words=&table=", sample="with what is found")]
TAKING_OFF = [
    address
    for sample in KNOWS
    for address in (
        _of("note_remove", sample, SEND, note=f"the note for secretariat on the {sample}"),
        _of("link_remove", sample, SEND, link=f"the link on the {sample}"),
    )
]


def _held(kind: str, sample: str) -> Any:
    return lambda world: {"kind": kind, "key": world[sample].key}


RELATED = [_of(name, sample, SEND) for sample in KNOWS for name in ("related_take", "related_aside", "related_restore")]
OWN: Parts = SECRETARIAT | OWNER
ACTIONS = [
    Address("action", SECRETARIAT, others=UNKNOWN, kwargs=_key("open action")),
    Address("action", SECRETARIAT, others=UNKNOWN, kwargs=_key("closed action"), sample="closed"),
    Address(
        "action",
        OWN,
        others=UNKNOWN,
        kwargs=_key("own action"),
        sample="an officer’s own",
        reads=lambda world: world["own action"],
    ),
    Address("action_close", SECRETARIAT, others=UNKNOWN, kwargs=_key("open action"), methods=BOTH),
    Address("action_close", OWN, others=UNKNOWN, kwargs=_key("own action"), methods=BOTH, sample="an officer’s own"),
    Address("action_change", SECRETARIAT, others=UNKNOWN, kwargs=_key("open action"), methods=BOTH),
    Address(
        "action_change",
        SECRETARIAT,
        others=UNKNOWN,
        refused=OWNER,
        kwargs=_key("own action"),
        methods=BOTH,
        sample="an officer’s own",
    ),
    Address("action_drop", SECRETARIAT, others=UNKNOWN, kwargs=_key("open action"), methods=BOTH),
    Address("action_reopen", SECRETARIAT, others=UNKNOWN, kwargs=_key("closed action"), methods=SEND),
    Address("action_file", SECRETARIAT, others=UNKNOWN, kwargs=_key("closed action"), methods=LOOK),
    Address("action_file", NOBODY, others=UNKNOWN, kwargs=_key("open action"), methods=LOOK, sample="without a file"),
]
HELD = [
    Address("held", SIGNED_IN, others=UNKNOWN, kwargs=_held(kind, sample), sample=kind, unknown_to=GUEST)
    for kind, sample in (("body", "department"), ("post", "post"), ("person", "person"))
]
ADDRESSES = [*HELD, *LISTS, *NEW, *PLAN, *PAGES, *KEEPING, *SEARCHING, *TAKING_OFF, *RELATED, *ACTIONS]
