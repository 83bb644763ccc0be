"""The disclosure room: requests for information at each step, and the log that everybody reads."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from folkmoot.apps.disclosure import actions
from folkmoot.apps.disclosure.models import Case, Item, ItemFile
from folkmoot.apps.documents.actions import store
from folkmoot.web.disclosure.answer import make_letter, make_pack
from tests.cast import MOMENT, TODAY
from tests.disclosure_world import scope
from tests.positions_world import draft
from tests.walk.address import ALL, BOTH, HEAD, LOOK, SECRETARIAT, SEND, UNKNOWN, Address, Parts
from tests.walk.world import World

RELEASERS: Parts = frozenset({"head", "deputy"})


def _case(world: World, sample: str) -> Case:
    """A request with one record, decided; each of its texts is a canary."""
    officer, hatch = world.cast.actor("officer"), world.aviary.hatch
    case = actions.open_case(
        officer,
        # The log gives an answered request a title of its own.
        title="A request" if sample == "answered request" else hatch(f"the title of the {sample}", SECRETARIAT),
        regime="foi",
        asked=hatch(f"what was asked in the {sample}", SECRETARIAT),
        received_on=TODAY - timedelta(days=24),
        requester=hatch(f"who asked in the {sample}", SECRETARIAT),
        contact=hatch(f"where the answer of the {sample} goes", SECRETARIAT),
    )
    record = draft(world.cast, title=hatch(f"the record in scope of the {sample}", SECRETARIAT))
    item = scope(world.cast, case, record, text=hatch(f"the words in scope of the {sample}", SECRETARIAT))
    reason = hatch(f"why the record of the {sample} is withheld", SECRETARIAT)
    actions.decide(officer, item=item, decision="withhold", exemption_key="foi:41", reason=reason)
    actions.write_letter(officer, case=case, letter=hatch(f"the letter of the {sample}", SECRETARIAT))
    world[sample], world[f"item of the {sample}"] = case, item
    return case


def build(world: World) -> None:
    """A request that is worked on, one that waits for a second person, and one in the log."""
    officer, head = world.cast.actor("officer"), world.cast.actor("head")
    question = world.aviary.hatch("a question to the person who asked", SECRETARIAT)
    case = _case(world, "request")
    actions.ask_clarification(officer, case=case, question=question)
    prepared = _case(world, "prepared request")
    reason = world.aviary.hatch("why a request takes more time", SECRETARIAT)
    actions.extend(officer, case=prepared, reason=reason, grounds="foi:36")
    actions.prepare(officer, case=prepared)
    released = actions.prepare(officer, case=_case(world, "answered request"))
    released = actions.release(head, case=released, make_letter=make_letter, make_pack=make_pack)
    title = world.aviary.hatch("a title in the disclosure log", ALL)
    world["answered request"] = actions.log_answer(head, case=released, title=title)
    _own_data(world)


def _own_data(world: World) -> None:
    """A request for a person's own data; what is held about them is read by those alone who may release it."""
    officer, head, hatch = world.cast.actor("officer"), world.cast.actor("head"), world.aviary.hatch
    case = actions.open_case(
        officer,
        title=hatch("the title of a request for own data", SECRETARIAT),
        regime="own",
        asked=hatch("what was asked of own data", SECRETARIAT),
        received_on=TODAY - timedelta(days=3),
        requester=hatch("who asked for own data", SECRETARIAT),
        contact=hatch("where own data goes", SECRETARIAT),
    )
    text = hatch("the words of another about a person", RELEASERS)
    item = Item.objects.create(
        case=case,
        kind="held:mail",
        title=hatch("what is held about a person", RELEASERS),
        shown_title="A mail",
        text=text,
        redactions=[[0, len(text), "own:16"]],
        added_at=MOMENT,
        added_by=world.cast.head,
    )
    stored = store(head, name="a.txt", data=b"a file", kind="mail")
    name = hatch("the name of a file about a person", RELEASERS)
    file = ItemFile.objects.create(item=item, name=f"{name}.txt", file=stored)
    world["request for own data"], world["item of the request for own data"] = case, item
    world["file of the request for own data"] = file


def _key(sample: str, item: bool = False, **more: str) -> Any:
    def of(world: World) -> Mapping[str, Any]:
        items = {"item": world[f"item of the {sample}"].key} if item else {}
        return {"key": world[sample].key, **items, **more}

    return of


def _of(name: str, methods: frozenset[str], sample: str = "request", **more: str | bool) -> Address:
    """An address of a request: for whoever works on requests; for everybody else there is none."""
    return Address(
        name,
        SECRETARIAT,
        others=UNKNOWN,
        kwargs=_key(sample, **more),  # type: ignore[arg-type]
        methods=methods,
        sample=" ".join([sample, *(str(each) for each in more.values() if isinstance(each, str))]),
        reads=(lambda world: world[sample]) if "GET" in methods else None,
    )


def _release(name: str, sample: str) -> Address:
    """An address that only a second person may use; who works on requests is refused."""
    return replace(_of(name, BOTH, sample), may=RELEASERS, refused=SECRETARIAT - RELEASERS)


LISTS = [
    Address(
        "request_from_mail",
        SECRETARIAT,
        others=UNKNOWN,
        kwargs=lambda world: {"key": world["letter"].key},
        methods=BOTH,
    ),
    Address(
        "request_from_mail",
        SECRETARIAT,
        others=UNKNOWN,
        kwargs=lambda world: {"key": world["sensitive letter"].key},
        sample="sensitive letter",
        reads=lambda world: world["sensitive letter"],
        methods=BOTH,
    ),
    Address("information_requests", SECRETARIAT),
    Address("information_requests", SECRETARIAT, query="?state=all&q=a&sort=-title&page=9", sample="filtered"),
    Address("request_new", SECRETARIAT, methods=BOTH),
    Address("disclosure_log", ALL, open_door=True),
    Address("disclosure_log_export", ALL, open_door=True),
]
CASES = [
    *(_of("request", LOOK, sample) for sample in ("request", "prepared request", "answered request")),
    *(_of("request_requester", LOOK, sample) for sample in ("request", "prepared request", "answered request")),
    *(_of(f"request_{name}", BOTH) for name in ("clarify", "clarified", "extend", "withdraw", "search", "letter")),
    replace(_of("request_search", BOTH), query="?words=words&page=x", sample="with what is found"),
    _of("request_prepare", SEND),
    _of("request_send_back", SEND, "prepared request"),
    *(_of(f"request_{name}", BOTH) for name in ("law", "words")),
    *(_of(f"request_{name}", SEND) for name in ("let_stand", "rest")),
    _of("request_notice", LOOK, "prepared request"),
    _release("request_release", "prepared request"),
    _release("request_log", "answered request"),
]
ITEMS = [
    *(_of("request_item", BOTH, sample, item=True) for sample in ("request", "prepared request", "answered request")),
    *(_of(f"item_{name}", SEND, item=True) for name in ("name", "redact", "paragraphs", "unredact", "out")),
]
FILES = [
    *(_of("request_preview", LOOK, kind=kind) for kind in ("letter", "pack")),
    *(_of("request_file", LOOK, "answered request", kind=kind) for kind in ("letter", "word")),
]
OWN = "request for own data"


def _file(world: World) -> Mapping[str, Any]:
    return {"key": world[OWN].key, "file": world[f"file of the {OWN}"].key}


OWN_DATA = [
    *(_of(name, LOOK, OWN) for name in ("request", "request_requester")),
    replace(_of("request_held", BOTH, OWN), may=HEAD, refused=SECRETARIAT - HEAD),
    _of("request_item", BOTH, OWN, item=True),
    _of("request_words", BOTH, OWN),
    replace(_of("item_file", LOOK, OWN), kwargs=_file, may=RELEASERS),
    replace(_of("item_file_decide", SEND, OWN), kwargs=_file, may=RELEASERS),
]
ADDRESSES: list[Address] = [*LISTS, *CASES, *ITEMS, *FILES, *OWN_DATA]
