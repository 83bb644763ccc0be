"""The signals room: what was put on issues for more and fewer readers, what waits to be sorted, and the sources."""

from datetime import timedelta
from typing import Any

from folkmoot.apps.signals import actions, taking
from folkmoot.apps.signals.models import Learnt, Score, Signal, Standing
from folkmoot.engines.radar import Date, Item
from tests.cast import MOMENT, TODAY
from tests.walk.address import (
    BOTH,
    GUEST,
    LOOK,
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
KNOWS: dict[str, Parts] = {
    "signal to sort": SECRETARIAT,
    "shared signal": NETWORK,
    "named signal": SECRETARIAT | frozenset({"mayor", "chief_executive", "member_officer"}),
    "private signal": SECRETARIAT,
}
ISSUES = {"shared signal": "shared issue", "named signal": "named issue"}


def build(world: World) -> None:
    """A source; one signal that nobody has sorted, and one on each issue; a watch, notes and a copy."""
    officer, hatch = world.cast.actor("officer"), world.aviary.hatch
    world["source"] = actions.add_source(
        officer,
        name=hatch("the name of a source", NETWORK),
        kind="rss",
        url="https://news.example.org/feed",
        attribution=hatch("the line that a licence wants", NETWORK),
    )
    world["paused source"] = actions.add_source(
        officer, name="Paused", kind="ical", url="https://news.example.org/calendar"
    )
    actions.pause_source(officer, source=world["paused source"])
    world["watch"] = actions.set_watch(
        officer, issue=world["shared issue"], terms=[hatch("a term that is looked out for", SECRETARIAT)]
    )
    for number, name in enumerate(KNOWS):
        world[name] = _signal(world, name, number)
    for name, issue in ISSUES.items():
        actions.accept(officer, signal=world[name], issue=world[issue], why=hatch(f"why {name} was taken", SECRETARIAT))
    # What the head alone works on tells the others of the secretariat only that it was published.
    actions.accept(world.cast.actor("head"), signal=world["private signal"], issue=world["private issue"])
    world["note"] = actions.note(
        officer, signal=world["shared signal"], side="risk", text=hatch("a risk seen in a signal", SECRETARIAT)
    )
    for name in KNOWS:
        world[name].refresh_from_db()
    world["learnt"] = _learnt(world)
    world["horizon entry"] = actions.write_entry(
        officer,
        title=hatch("the title on the horizon", SECRETARIAT),
        what=hatch("what may happen", SECRETARIAT),
        theme="social",
        distance="next",
        likelihood=1,
        impact=2,
        confidence=3,
        owner=world.cast.officer,
        review_on=TODAY + timedelta(days=30),
        signals=[world["shared signal"].key],
    )


def _signal(world: World, name: str, number: int) -> Signal:
    hatch, knows = world.aviary.hatch, KNOWS[name]
    copy = _item(number + 10, title=hatch(f"the title of the copy of the {name}", knows), text="")
    own = _item(
        number,
        title=hatch(f"the title of the {name}", knows),
        summary=hatch(f"the summary of the {name}", knows),
        text=hatch(f"the text of the {name}", knows),
        deadlines=(Date("closing", MOMENT + timedelta(days=3)),),
    )
    taking.take([own, copy], source=world["source"], at=MOMENT)
    signal, folded = (Signal.objects.get(origin_id=item.id) for item in (own, copy))
    actions.fold(world.cast.actor("officer"), signal=folded, into=signal)
    world[f"copy of the {name}"] = folded
    reason = {"part": "phrase", "words": "x", "weight": 1.0, "spans": [["title", 0, 3]]}
    reason["words"] = hatch(f"why the {name} scores", SECRETARIAT)
    Score.objects.create(signal=signal, watch=world["watch"], points=42, reasons=[reason])
    return signal


def _learnt(world: World) -> Learnt:
    """A proposed version that speaks of one watch, and of nothing else; of one set aside no words are shown."""
    key, hatch = str(world["watch"].pk), world.aviary.hatch
    said = {"bias": 0.0, "weights": [], "accepted": 12, "dismissed": 9, "speaks_against": []}
    said["speaks_for"] = [hatch("a word that was learnt", SECRETARIAT)]
    move = {"signal": world["private signal"].pk, "watch": key, "before": 40, "after": 60}
    move["why"] = hatch("why a score would rise", SECRETARIAT)
    effect = {"items": 9, "over": {key: 1}, "under": {key: 0}, "rising": [move], "falling": []}
    return Learnt.objects.create(
        made_at=MOMENT,
        made_by=world.cast.officer,
        version={"form": 1, "words": [], "letters": [], "models": {key: said}, "untaught": {}},
        fingerprint="proposed",
        labels=21,
        effect=effect,
        state=Standing.PROPOSED,
    )


def _item(number: int, **more: Any) -> Item:
    url = f"https://news.example.org/{number}"
    return Item(source="rss", id=url, url=url, type="post", published=MOMENT, **more)


def _another_signal(world: World) -> None:
    """Told, scored and dismissed, which is the secretariat’s own business."""
    officer = world.cast.actor("officer")
    taking.take([_item(99, title="Another matter", text="")], source=world["source"], at=MOMENT)
    actions.dismiss(officer, signal=Signal.objects.get(origin_id__endswith="/99"), why="It is of no use.")


def _another_on_a_private_issue(world: World) -> None:
    """One that stands on an issue which the head alone knows."""
    taking.take([_item(98, title="A matter of few", text="")], source=world["source"], at=MOMENT)
    signal = Signal.objects.get(origin_id__endswith="/98")
    actions.accept(world.cast.actor("head"), signal=signal, issue=world["private issue"])


HIDDEN = [(_another_signal, SECRETARIAT), (_another_on_a_private_issue, SECRETARIAT)]


def _key(sample: str, **more: str) -> Any:
    return lambda world: {"key": world[sample].key, **{name: world[of].key for name, of in more.items()}}


def _step(name: str, sample: str) -> Address:
    """A step of the triage, which its other readers are refused."""
    knows = KNOWS[sample]
    return Address(
        name,
        SECRETARIAT,
        others=UNKNOWN,
        refused=knows - SECRETARIAT,
        kwargs=_key(sample),
        methods=SEND,
        sample=sample,
        unknown_to=GUEST,
    )


ANYBODY = SIGNED_IN - GUEST
LISTS = [
    Address("radar", ANYBODY, unknown_to=GUEST),
    Address(
        "radar",
        ANYBODY,
        unknown_to=GUEST,
        query="?q=a&sorting=all&issue=x&source=x&mine=yes&closing=yes&sort=-new&page=9&at=x",
        sample="filtered",
    ),
    Address("radar", ANYBODY, unknown_to=GUEST, query="?sorting=all&sort=title", sample="everything"),
    Address("signals_export", ANYBODY, unknown_to=GUEST, query="?sorting=all"),
    Address("signals_many", SECRETARIAT, unknown_to=GUEST, methods=SEND),
    Address("signals_undo", SECRETARIAT, unknown_to=GUEST, methods=SEND),
    Address("watches", SECRETARIAT, unknown_to=GUEST),
    Address("learnt", SECRETARIAT, unknown_to=GUEST),
    Address("learnt_learn", SECRETARIAT, unknown_to=GUEST, methods=SEND),
    Address("learnt_none", SECRETARIAT, unknown_to=GUEST, methods=SEND),
    Address("radar_alert", SECRETARIAT, unknown_to=GUEST, methods=BOTH),
    Address("radar_alert_stop", SECRETARIAT, unknown_to=GUEST, methods=SEND),
    Address("trends", SECRETARIAT, unknown_to=GUEST),
    Address("trends", SECRETARIAT, unknown_to=GUEST, query="?week=x&kind=x&page=9", sample="of nothing"),
    Address("trends_export", SECRETARIAT, unknown_to=GUEST),
    Address("horizon", SECRETARIAT, unknown_to=GUEST),
    Address("horizon_new", SECRETARIAT, unknown_to=GUEST, methods=BOTH),
    Address("radar_digest", ANYBODY, unknown_to=GUEST),
    Address("sources", ANYBODY, unknown_to=GUEST),
    Address("source_new", SECRETARIAT, unknown_to=GUEST, methods=BOTH),
]
PAGES = [
    Address("signal", knows, others=UNKNOWN, kwargs=_key(sample), sample=sample, unknown_to=GUEST)
    for sample, knows in KNOWS.items()
]
STEPS = [
    _step(f"signal_{name}", sample)
    for sample in KNOWS
    for name in ("accept", "dismiss", "snooze", "assign", "back", "note", "lead", "star")
]
COPIES = [
    Address(
        "signal_take_out",
        SECRETARIAT,
        others=UNKNOWN,
        kwargs=_key("copy of the shared signal"),
        methods=SEND,
        unknown_to=GUEST,
    ),
    Address(
        "signal_note_remove",
        SECRETARIAT,
        others=UNKNOWN,
        refused=NETWORK - SECRETARIAT,
        kwargs=_key("shared signal", note="note"),
        methods=SEND,
        unknown_to=GUEST,
    ),
]
WATCHES = [
    Address(
        "watch",
        SECRETARIAT,
        others=UNKNOWN,
        refused=OFFICES,
        kwargs=_key("shared issue"),
        methods=BOTH,
        unknown_to=GUEST,
    ),
    Address(
        "watch",
        SECRETARIAT,
        others=UNKNOWN,
        kwargs=_key("sensitive issue"),
        methods=BOTH,
        sample="sensitive",
        unknown_to=GUEST,
    ),
]
HORIZON = [
    Address(
        f"horizon_{name}",
        SECRETARIAT,
        others=UNKNOWN,
        kwargs=_key("horizon entry"),
        methods=methods,
        unknown_to=GUEST,
    )
    for name, methods in (("entry", LOOK), ("change", BOTH), ("close", SEND))
]
LEARNT = [
    Address(f"learnt_{name}", SECRETARIAT, others=UNKNOWN, kwargs=_key("learnt"), methods=SEND, unknown_to=GUEST)
    for name in ("use", "set_aside")
]
SOURCES = [
    Address("source", NETWORK, others=UNKNOWN, kwargs=_key("source"), unknown_to=GUEST),
    *(
        Address(
            f"source_{name}",
            SECRETARIAT,
            others=UNKNOWN,
            refused=OFFICES,
            kwargs=_key("paused source" if name == "resume" else "source"),
            methods=BOTH if name == "change" else SEND,
            unknown_to=GUEST,
        )
        for name in ("change", "read", "pause", "resume")
    ),
]
ADDRESSES = [*LISTS, *PAGES, *STEPS, *COPIES, *WATCHES, *LEARNT, *HORIZON, *SOURCES]
