"""The positions room: each position at its stage, and who may open which of its pages."""

from collections.abc import Callable
from typing import Any

from folkmoot.web.positions.publishing import make_pdf
from tests.walk.address import (
    ALDERMERE,
    ALL,
    BOTH,
    DRAFTERS,
    GUEST,
    HARROWMOOR,
    HEAD,
    LOOK,
    NOBODY,
    OFFICES,
    SECRETARIAT,
    SEND,
    SIGNED_IN,
    STANWOLD,
    UNKNOWN,
    Address,
    Parts,
)
from tests.walk.rooms import positions_samples as samples
from tests.walk.world import World

# Who knows of each sample position at all.
KNOWS: dict[str, Parts] = {
    "draft": SECRETARIAT,
    "confidential": samples.ASKED_IN_CONFIDENCE,
    "open": samples.ASKED_IN_CONFIDENCE,
    "decided": SECRETARIAT | OFFICES | GUEST,
    "signing": SECRETARIAT | OFFICES,
    "agreed": SECRETARIAT | OFFICES,
    "published": SECRETARIAT | OFFICES,
}
IN_THE_ADDRESS = {"number", "clause", "circulation", "office", "amendment"}
SIGNS: Parts = frozenset({"mayor", "chief_executive"})


def build(world: World) -> None:
    world["draft"] = samples.build_draft(world)
    world["confidential"] = samples.build_confidential(world)
    world["open"] = samples.build_open(world)
    world["decided"] = samples.build_decided(world)
    world["signing"] = samples.build_signing(world)
    world["agreed"] = samples.build_agreed(world)
    world["published"] = samples.build_published(world, make_pdf=make_pdf)
    for sample in ("open", "decided", "confidential"):
        world[f"link of {sample}"] = samples.link_of(world, world[sample])


HIDDEN = [(samples.hide_another_draft, SECRETARIAT), (samples.hide_another_answer, HARROWMOOR)]


def _key(sample: str, **more: Any) -> Callable[[World], dict[str, Any]]:
    def filled(world: World) -> dict[str, Any]:
        found = {name: value(world) if callable(value) else value for name, value in more.items()}
        return {"key": world[sample].key, **found}

    return filled


def page(name: str, sample: str, may: Parts = ALL, *, unknown_to: Parts = NOBODY, **more: Any) -> Address:
    """A page of one position: whoever does not know of the position meets 404.

    Whoever knows of it but may not open this page meets 403, or 404 where the page itself is `unknown_to` them.
    """
    knows = KNOWS[sample]
    keys = {key: more.pop(key) for key in list(more) if key in IN_THE_ADDRESS}
    reads = (lambda world: world[sample]) if sample == "confidential" and "GET" in more.get("methods", LOOK) else None
    return Address(
        name,
        may & knows,
        others=UNKNOWN,
        refused=knows - may - unknown_to,
        kwargs=_key(sample, **keys),
        sample=more.pop("called", sample),
        reads=more.pop("reads", reads),
        **more,
    )


def _round(sample: str) -> Callable[[World], str]:
    return lambda world: str(world[sample].circulations.latest("opened_at").key)


def _clause(sample: str) -> Callable[[World], str]:
    return lambda world: str(world[sample].versions.latest("number").clause_texts.earliest("place").clause.key)


def _amendment(world: World) -> str:
    return str(world["amendment"].key)


def _decision(world: World) -> dict[str, str]:
    amendment = world["amendment"]
    amendment.refresh_from_db()
    return {"amendment": amendment.key, "serial": f"{amendment.key}:{amendment.serial}", "decision": "taken"}


def _place(world: World) -> dict[str, str]:
    return {"clause": _clause("decided")(world)}


def _message(world: World) -> dict[str, str]:
    return {"text": "Could you say more?"}


def _exception(world: World) -> dict[str, str]:
    return {"office": "harrowmoor", "words": "Harrowmoor stands aside."}


def _ask(world: World) -> dict[str, str]:
    return {"clause": _clause("published")(world), "words": "Three years, please."}


def _mark(world: World) -> dict[str, Any]:
    return {"mark": world["narrow mark"].pk}


LISTS = [
    Address("positions", SIGNED_IN),
    Address("positions", SIGNED_IN, query="?state=drafting&q=a&mine=yes&sort=-title&page=9", sample="filtered"),
    Address("positions_export", SIGNED_IN),
    Address("position_new", DRAFTERS, methods=BOTH),
    Address("publications", SIGNED_IN),
    Address("asks", SIGNED_IN),
    Address("terms", SIGNED_IN, methods=BOTH, unknown_to=GUEST),
]
TEXT = [
    *(page("position", sample) for sample in KNOWS),
    page("position", "draft", query="?as=aldermere", called="draft seen as an office"),
    page("position_change", "draft", DRAFTERS, methods=BOTH),
    page("position_change", "confidential", DRAFTERS, methods=BOTH),
    page("position_withdraw", "draft", DRAFTERS, methods=BOTH),
    page("draft_import", "draft", DRAFTERS, methods=BOTH),
    page("draft_write", "draft", DRAFTERS, methods=BOTH),
    page("version_compare", "draft"),
    page("version_compare", "confidential"),
    page("version_compare", "decided"),
    page("position_guests", "decided", DRAFTERS, methods=BOTH),
    page("version_restore", "draft", DRAFTERS, number=1, methods=BOTH),
    page("version_word", "draft", number=1),
    page("version_word", "confidential", number=1),
    page("version_word", "decided", number=1),
    page("version_word", "published", number=1),
    page("narrow_add", "draft", DRAFTERS, clause=_clause("draft"), methods=BOTH),
    page("fallback_add", "draft", DRAFTERS, clause=_clause("draft"), methods=BOTH),
    page("narrow_remove", "draft", DRAFTERS, body=_mark, methods=SEND),
]
CIRCULATION = [
    page("circulate", "draft", DRAFTERS, methods=BOTH),
    page("offices", "draft", SECRETARIAT),
    page("offices", "confidential", SECRETARIAT),
    page("offices", "decided", SECRETARIAT),
    page("remind", "open", DRAFTERS, circulation=_round("open"), methods=SEND),
    page("circulation_extend", "open", DRAFTERS, circulation=_round("open"), methods=BOTH),
    page("circulation_close", "open", DRAFTERS, circulation=_round("open"), methods=BOTH),
    page("returns_zip", "decided", SECRETARIAT, circulation=_round("decided"), unknown_to=GUEST),
    page("returns_zip", "confidential", SECRETARIAT, circulation=_round("confidential")),
    *(
        page(
            "invitation_copy",
            sample,
            SECRETARIAT | ALDERMERE,
            unknown_to=ALL,
            circulation=_round(sample),
            office="aldermere",
        )
        for sample in ("confidential", "decided")
    ),
    Address("return_file", SECRETARIAT | HARROWMOOR, others=UNKNOWN, kwargs=_key("word return")),
]


STEPS = {"copy": LOOK, "upload": SEND, "save": SEND, "submit": SEND, "replace": SEND}
ENDS = {"withdraw": SEND, "release": SEND}  # what is done with an answer that was submitted, as Aldermere's was
RELEASE: Parts = frozenset({"mayor", "chief_executive"})


def _secret(sample: str) -> Callable[[World], dict[str, str]]:
    return lambda world: {"secret": world[f"link of {sample}"]}


def _made_up(world: World) -> dict[str, str]:
    return {"secret": "made-up"}


def _by_link(step: str, may: Parts, methods: frozenset[str]) -> Address:
    """One step behind the link of an officer of Aldermere: whoever holds it sees what she sees, and never more."""
    return Address(
        f"link_{step}" if step else "link",
        may,
        kwargs=_secret("open"),
        methods=methods,
        open_door=True,
        seen_as="member_officer",
    )


ASKED = ("open", "confidential", "decided", "agreed", "published")
ANSWERING = [
    *(page("answer", sample, OFFICES, unknown_to=ALL) for sample in ASKED),
    *(page(f"answer_{step}", "open", OFFICES, unknown_to=ALL, methods=way) for step, way in STEPS.items()),
    page("answer_withdraw", "open", ALDERMERE, unknown_to=ALL, methods=SEND),
    page("answer_release", "open", RELEASE, unknown_to=ALL - ALDERMERE, methods=SEND),
    page("office_answer", "open", SECRETARIAT, unknown_to=ALL, office="aldermere"),
    *(
        page(f"office_answer_{step}", "open", SECRETARIAT, unknown_to=ALL, office="aldermere", methods=way)
        for step, way in STEPS.items()
    ),
    *(
        page(f"office_answer_{step}", "open", NOBODY, unknown_to=OFFICES, office="aldermere", methods=way)
        for step, way in ENDS.items()
    ),
    *(_by_link(step, ALL, way) for step, way in {"": LOOK, **STEPS, "withdraw": SEND}.items()),
    _by_link("release", NOBODY, SEND),
    Address("link", ALL, kwargs=_secret("decided"), looks=frozenset({410}), open_door=True, sample="ended"),
    Address("link", ALL, kwargs=_secret("confidential"), looks=frozenset({302}), open_door=True, sample="sensitive"),
    Address("link", NOBODY, others=UNKNOWN, kwargs=_made_up, open_door=True, sample="made up"),
]


DECIDING = [
    *(page("amendments", sample) for sample in ("confidential", "decided", "agreed")),
    page("amendment_decide", "decided", DRAFTERS, body=_decision, unknown_to=GUEST, methods=SEND),
    page("decision_undo", "decided", DRAFTERS, unknown_to=GUEST, methods=SEND),
    page("decided_table", "decided", DRAFTERS, unknown_to=GUEST, methods=BOTH),
    page("decided_table_record", "decided", DRAFTERS, unknown_to=GUEST, methods=SEND),
    page(
        "amendment_reply",
        "decided",
        DRAFTERS | HARROWMOOR,
        body=_message,
        unknown_to=OFFICES | GUEST,
        amendment=_amendment,
        methods=SEND,
    ),
    page(
        "amendment_place",
        "decided",
        DRAFTERS,
        body=_place,
        unknown_to=ALDERMERE | STANWOLD | GUEST,
        amendment=_amendment,
        methods=SEND,
    ),
    page("version_make", "decided", DRAFTERS, unknown_to=GUEST, methods=SEND),
    *(page("consensus", sample) for sample in ("confidential", "decided", "agreed", "published")),
    *(
        page(export, sample, SECRETARIAT | OFFICES, unknown_to=GUEST)
        for export in ("amendments_export", "amendments_word")
        for sample in ("confidential", "decided")
    ),
    # Whoever may see no Word return whole is sent back with a sentence.
    *(
        page("merged_export", sample, SECRETARIAT | OFFICES, unknown_to=GUEST, looks=frozenset({200, 302}))
        for sample in ("confidential", "decided")
    ),
    page("consensus_export", "decided", SECRETARIAT, unknown_to=ALL),
    page("consensus_export", "confidential", SECRETARIAT, unknown_to=ALL),
]
SETTLING = [
    page("sign_off", "signing"),
    page("sign_off", "agreed"),
    page("sign_off_ask", "decided", DRAFTERS, methods=SEND),
    page("sign", "signing", SIGNS | {"other_mayor"}, methods=SEND),
    page("sign_off_exception", "signing", DRAFTERS, body=_exception, methods=SEND),
    page("sign_off_take_back", "signing", SIGNS, office="aldermere", methods=SEND),
    page("text_reopen", "signing", DRAFTERS, methods=SEND),
    page("publish", "agreed", HEAD, methods=SEND),
    page("publication_correct", "published", HEAD, methods=SEND),
    page("ask_draw", "published", DRAFTERS, body=_ask, methods=SEND),
    Address("published", ALL, kwargs=lambda world: {"key": world["publication"].key}, open_door=True),
    *(
        Address(
            "published_file",
            ALL,
            kwargs=lambda world, kind=kind: {"key": world["publication"].key, "kind": kind},
            open_door=True,
            sample=kind,
        )
        for kind in ("word", "pdf")
    ),
]
ADDRESSES = [*LISTS, *TEXT, *CIRCULATION, *ANSWERING, *DECIDING, *SETTLING]
