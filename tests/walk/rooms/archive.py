"""The archive room: papers for more and fewer readers, an import to be looked through, and one that was taken in."""

from typing import Any

from folkmoot.apps.access.audience import Audience, Handling
from folkmoot.apps.archive import actions
from folkmoot.apps.archive.models import ArchiveDocument
from folkmoot.apps.issues.actions import link
from tests.walk.address import (
    BOTH,
    GUEST,
    OFFICES,
    SECRETARIAT,
    SEND,
    SIGNED_IN,
    UNKNOWN,
    Address,
    Parts,
)
from tests.walk.world import World

# Who knows of each sample paper at all.
KNOWS: dict[str, Parts] = {
    "network paper": SECRETARIAT | OFFICES,
    "inner paper": SECRETARIAT,
    "sensitive paper": SECRETARIAT,
}
AUDIENCES = {
    "network paper": Audience.NETWORK,
    "inner paper": Audience.SECRETARIAT,
    "sensitive paper": Audience.SECRETARIAT,
}


def build(world: World) -> None:
    """One paper for each group of readers, with a canary in each of its texts; and an import not taken in yet."""
    officer = world.cast.actor("officer")
    for name in KNOWS:
        world[name] = _paper(world, name)
    world["taken import"] = world["inner paper"].batch
    words = world.aviary.hatch("the words of a paper that is looked through", SECRETARIAT).encode()
    name = world.aviary.hatch("the name of a file that is looked through", SECRETARIAT)
    world["open import"] = actions.stage(officer, name="Papers", files=[(f"2020 {name}.txt", words)])
    world["open row"] = world["open import"].rows.get()
    world["row left out"] = _left_out(world)


def _paper(world: World, name: str) -> ArchiveDocument:
    """Taken in with everything that a paper can have: both sides, an issue, a correction."""
    officer, knows, hatch = world.cast.actor("officer"), KNOWS[name], world.aviary.hatch
    sensitive = name == "sensitive paper"

    def canary(what: str, who: Parts = knows) -> str:
        return hatch(f"the {what} of the {name}", who, sensitive=sensitive)

    text = f"{canary('text')} was asked of the department.".encode()
    batch = actions.stage(
        officer,
        name=hatch(f"the name of the import of the {name}", SECRETARIAT),
        files=[(f"2021-03-04 {canary('file name')}.txt", text)],
    )
    facts: dict[str, Any] = {
        "title": f"Paper {canary('title')}",
        "kind": "letter",
        "day": "4 March 2021",
        "audience": AUDIENCES[name],
        "handling": Handling.OFFICIAL_SENSITIVE if sensitive else Handling.OFFICIAL,
        "sent_from": canary("sender"),
        "sent_to": canary("receiver"),
    }
    actions.correct_row(officer, row=batch.rows.get(), **facts)
    actions.take_in(officer, batch=batch)
    paper = ArchiveDocument.objects.get(batch=batch)
    why = hatch(f"the correction of the {name}", SECRETARIAT)
    actions.correct_paper(officer, document=paper, why=why, **(facts | {"day": "5 March 2021"}))
    shared, why = world["shared issue"], hatch(f"why the {name} is linked", knows)
    link(officer, issue=shared, table="archive.archivedocument", key=paper.key, why=why)
    paper.refresh_from_db()
    return paper


def _left_out(world: World) -> Any:
    officer = world.cast.actor("officer")
    batch = actions.stage(officer, name="Left out", files=[("2020 note.txt", b"A note of the network on something.")])
    row = batch.rows.get()
    actions.leave_out(officer, row=row)
    world["import with a row left out"] = batch
    return row


def _another_paper(world: World) -> None:
    """Of an issue that everybody sees, from a year and a kind that no other paper has; and its import."""
    officer = world.cast.actor("officer")
    batch = actions.stage(officer, name="More", files=[("1999 report.txt", b"A report on something else altogether.")])
    actions.take_in(officer, batch=batch)
    paper = ArchiveDocument.objects.get(batch=batch)
    link(officer, issue=world["shared issue"], table="archive.archivedocument", key=paper.key, why="It is on it.")


HIDDEN = [(_another_paper, SECRETARIAT)]


def _key(sample: str, **more: str) -> Any:
    return lambda world: {"key": world[sample].key, **{name: world[of].key for name, of in more.items()}}


def _reads(sample: str) -> Any:
    return (lambda world: world[sample]) if sample == "sensitive paper" else None


LISTS = [
    Address("memory", SIGNED_IN, unknown_to=GUEST),
    Address(
        "memory",
        SIGNED_IN,
        query="?q=what+was+asked+of+the+department&kind=letter&since=2020&until=2022&issue=x",
        sample="asked",
        unknown_to=GUEST,
    ),
    Address("papers", SIGNED_IN, unknown_to=GUEST),
    Address(
        "papers",
        SIGNED_IN,
        query="?q=paper&kind=letter&year=2021&issue=x&audience=network&sort=title&page=9",
        sample="filtered",
        unknown_to=GUEST,
    ),
    Address("papers_export", SIGNED_IN, unknown_to=GUEST),
]
PAPERS = [
    address
    for sample, knows in KNOWS.items()
    for address in (
        Address("paper", knows, others=UNKNOWN, kwargs=_key(sample), sample=sample, reads=_reads(sample)),
        Address("paper_file", knows, others=UNKNOWN, kwargs=_key(sample), sample=sample, reads=_reads(sample)),
        Address(
            "paper_correct",
            knows & SECRETARIAT,
            others=UNKNOWN,
            refused=knows - SECRETARIAT,
            kwargs=_key(sample),
            methods=BOTH,
            sample=sample,
            reads=_reads(sample),
        ),
    )
]


def _import(name: str, sample: str, methods: frozenset[str] = frozenset({"GET"}), **more: str) -> Address:
    return Address(name, SECRETARIAT, others=UNKNOWN, kwargs=_key(sample, **more), methods=methods, sample=sample)


IMPORTS = [
    Address("imports", SECRETARIAT, unknown_to=GUEST),
    Address("import_new", SECRETARIAT, methods=BOTH, unknown_to=GUEST),
    _import("import", "open import"),
    _import("import", "taken import"),
    _import("import_take", "open import", SEND),
    _import("import_drop", "open import", SEND),
    _import("import_undo", "taken import", BOTH),
    _import("row_correct", "open import", BOTH, row="open row"),
    _import("row_out", "open import", SEND, row="open row"),
    _import("row_back", "import with a row left out", SEND, row="row left out"),
]
ADDRESSES = [*LISTS, *PAPERS, *IMPORTS]
