"""Where a text about one person names others: what is taken out first, and let stand only where somebody says so."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_ADDRESS = re.compile(r"[\w.+'’-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_PHONE = re.compile(r"(?<![\w.-])(?:\+\d|\(?0)[\d ()-]{8,20}\d")
_TITLED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Dame|Lord|Lady|Baroness|Cllr|Councillor|Mayor)\.? +"
    r"([A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*)"
)
# The name that a mail's head writes before an address.
_BEFORE_ADDRESS = re.compile(r"(?:\b(?:From|To|Cc):? +)?([^<>\n,;:@]{2,80}?) *<[^<>\s]+@")
_SHORTEST = 4


@dataclass(frozen=True, slots=True)
class Others:
    """How other people are recognised: the names that the network knows, and what is the person's own."""

    known: re.Pattern[str] | None
    mine: frozenset[str]

    @classmethod
    def than(cls, own: Iterable[str], known: Iterable[str]) -> "Others":
        """`own` are the names and addresses of the person whom the text is about; a surname counts in its own case."""
        mine = {words.lower() for words in own}
        mine |= {part for words in mine for part in re.split(r"[^\w’'-]+", words) if len(part) >= _SHORTEST}
        names = [name.split() for name in known if len(name) >= _SHORTEST and name.lower() not in mine]
        whole = {"(?i:" + r"\s+".join(map(re.escape, parts)) + ")" for parts in names}
        surnames = {re.escape(parts[-1]) for parts in names if len(parts) > 1 and len(parts[-1]) >= _SHORTEST}
        every = [*sorted(whole, key=len, reverse=True), *sorted(surnames)]
        return cls(re.compile(rf"(?<!\w)(?:{'|'.join(every)})(?!\w)") if every else None, frozenset(mine))

    def places(self, text: str) -> list[tuple[int, int]]:
        """The places of other people's names, mail addresses and telephone numbers, in order."""
        found = {match.span() for pattern in (_ADDRESS, _PHONE) for match in pattern.finditer(text)}
        found |= {match.span(1) for pattern in (_TITLED, _BEFORE_ADDRESS) for match in pattern.finditer(text)}
        if self.known:
            found |= {match.span() for match in self.known.finditer(text)}
        return sorted(place for place in found if text[slice(*place)].strip().lower() not in self.mine)
