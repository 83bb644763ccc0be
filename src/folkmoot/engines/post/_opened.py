"""A mail taken apart, before anybody asks what it means: the same for a raw mail and for Outlook's own file."""

from dataclasses import dataclass, field

from ._headers import Headers
from ._values import Encryption


@dataclass(frozen=True, slots=True)
class RawFile:
    """One attached file as it came."""

    name: str
    media_type: str
    data: bytes
    inline: bool = False


@dataclass(slots=True)
class Opened:
    """The parts of one mail. `report` holds the field groups of a delivery report, `original` the header it returns."""

    headers: Headers
    plain: list[str] = field(default_factory=list)
    html: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    files: list[RawFile] = field(default_factory=list)
    report_type: str = ""
    report: list[Headers] = field(default_factory=list)
    original: Headers = field(default_factory=Headers)
    method: str = ""
    encryption: Encryption = Encryption.NONE
    signed: bool = False
    message_class: str = ""
    notes: list[str] = field(default_factory=list)

    def note(self, words: str) -> None:
        """Say once what was odd."""
        if words not in self.notes:
            self.notes.append(words)
