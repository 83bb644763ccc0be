"""An address of the product with a sample behind it, and what each part of the cast should meet there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.cast import EVERYBODY

if TYPE_CHECKING:
    from tests.walk.world import World

Parts = frozenset[str]

ALL: Parts = frozenset(EVERYBODY)
STRANGER: Parts = frozenset({"stranger"})
SIGNED_IN: Parts = ALL - STRANGER
ADMINISTRATOR: Parts = frozenset({"administrator"})
HEAD: Parts = frozenset({"head"})
DRAFTERS: Parts = frozenset({"head", "deputy", "officer"})
SECRETARIAT: Parts = DRAFTERS | {"coordinator"}
TRAIL_READERS: Parts = frozenset({"administrator", "head", "deputy"})
ALDERMERE: Parts = frozenset({"mayor", "chief_executive", "member_officer"})
HARROWMOOR: Parts = frozenset({"other_mayor", "other_officer"})
STANWOLD: Parts = frozenset({"third_officer"})
OFFICES: Parts = ALDERMERE | HARROWMOOR | STANWOLD
GUEST: Parts = frozenset({"guest"})
NOBODY: Parts = frozenset()

REFUSED, UNKNOWN = 403, 404
TO_SIGN_IN = frozenset({302})
NOT_THIS_WAY = frozenset({405})
# What a person who may do something meets when they send nothing: the form again, a sentence, or that it was done.
AFTER_POST = frozenset({200, 302, 400, 409})


def _nothing(world: "World") -> dict[str, Any]:
    return {}


@dataclass(frozen=True, slots=True)
class Address:
    """One address by its name, with the sample that fills it and who may open it.

    `may` are those who get in. Everybody else signed in meets `others`: 403 where the page is no secret, 404 where the
    record is; `refused` are those who know of the record and meet 403 all the same. Whoever may `send` differs
    sometimes from whoever may look; absent, the same people may.
    """

    name: str
    may: Parts
    others: int = REFUSED
    kwargs: Callable[["World"], Mapping[str, Any]] = _nothing
    methods: frozenset[str] = frozenset({"GET"})
    send: Parts | None = None
    refused: Parts = NOBODY
    unknown_to: Parts = NOBODY  # those for whom the page does not exist, whatever they send
    open_door: bool = False  # without signing in
    query: str = ""
    looks: frozenset[int] = frozenset({200})  # what a look brings; a redirect where that is meant
    sample: str = ""  # which sample, where an address has several
    reads: Callable[["World"], Any] | None = None  # the OFFICIAL-SENSITIVE record that a look reads
    seen_as: str = ""  # whose link it is: whoever comes by it sees what that person sees
    shows_trail: bool = False  # what it shows grows with everything that anybody does
    body: Callable[["World"], Mapping[str, Any]] = _nothing  # what is sent; mostly nothing

    @property
    def label(self) -> str:
        return f"{self.name} ({self.sample})" if self.sample else self.name

    def expected(self, part: str, method: str) -> frozenset[int]:
        """The statuses that a part may meet."""
        if part == "stranger" and not self.open_door:
            return TO_SIGN_IN
        if part in self.unknown_to:
            return frozenset({UNKNOWN})
        if method not in self.methods:
            return NOT_THIS_WAY
        allowed = self.may if method == "GET" or self.send is None else self.send
        if part in allowed:
            return self.looks if method == "GET" else AFTER_POST
        return frozenset({REFUSED if part in self.refused or part in self.may else self.others})


LOOK = frozenset({"GET"})
SEND = frozenset({"POST"})
BOTH = LOOK | SEND
