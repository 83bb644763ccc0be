"""What a person said of an item."""

from dataclasses import dataclass

from ..scoring import Document


@dataclass(frozen=True, slots=True)
class Label:
    """Whether an item matters to a priority; only its words are learnt from."""

    document: Document
    priority: str
    relevant: bool

    @property
    def words(self) -> tuple[str, str, str]:
        return self.document.title, self.document.summary, self.document.text
