"""What a text is made of, for learning: stems, pairs of stems, and pieces of three and four letters of its words.

Pieces of words let a model know a word that it met only in other forms, or only inside a longer one.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TypeVar

from ..scoring._terms import FIELD_WEIGHTS, Read
from ..scoring._values import Document

_PIECES = (3, 4)
Key = TypeVar("Key")


@lru_cache(maxsize=10_000)
def pieces(surface: str) -> tuple[str, ...]:
    """The runs of three and four letters of a word between its borders."""
    padded = f" {surface} "
    return tuple(padded[at : at + size] for size in _PIECES for at in range(len(padded) - size + 1))


def counted(
    document: Document,
    fields: Read,
    of_stems: Callable[[str], Key | None],
    of_word: Callable[[str], tuple[Key, ...]],
) -> tuple[dict[Key, float], dict[Key, float]]:
    """How often a text holds each stem or pair of stems, and each piece of a word, by the weight of the field.

    What stands for an entry is the caller's: the text itself while a vocabulary is made, its place in it afterwards.
    """
    by_stems: dict[Key, float] = {}
    by_pieces: dict[Key, float] = {}
    for name, row in fields.items():
        text, weight = getattr(document, name), FIELD_WEIGHTS[name]
        before = ""
        for word in row:
            for gram in (word.stem, f"{before} {word.stem}") if before else (word.stem,):
                if (key := of_stems(gram)) is not None:
                    by_stems[key] = by_stems.get(key, 0.0) + weight
            before = word.stem
            for piece in of_word(text[word.start : word.end].lower()):
                by_pieces[piece] = by_pieces.get(piece, 0.0) + weight
    return by_stems, by_pieces


def grams(document: Document, fields: Read) -> tuple[Mapping[str, float], Mapping[str, float]]:
    """The entries of a document by themselves, whatever the vocabulary."""
    return counted(document, fields, lambda gram: gram, pieces)
