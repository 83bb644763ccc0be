"""A version of what was learnt, as plain data: a vocabulary with its weights, and nothing that runs."""

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .._errors import RadarError

FORM = 1
# However sure the model is, it moves a score by less than one rare phrase in a title does.
CEILING = 6.0
# With so few labels half of the ceiling is open; with two hundred, nine tenths.
_HALF = 20
# How many decimals of a weight are kept: more would only tell one machine from another.
DECIMALS = 4


class NoVersion(RadarError):
    """Data that is no version of what was learnt; the sentence says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Model:
    """What was learnt for one priority: a weight for each entry of the vocabulary, words first, then letters.

    For whoever reviews it: how many items were accepted and dismissed, and the words and pairs of words that now speak
    most for an item and most against it.
    """

    bias: float
    weights: tuple[float, ...]
    accepted: int
    dismissed: int
    speaks_for: tuple[str, ...] = ()
    speaks_against: tuple[str, ...] = ()

    @property
    def ceiling(self) -> float:
        """How far it may move a score at most: the fewer labels, the less."""
        labels = self.accepted + self.dismissed
        return CEILING * labels / (labels + _HALF)


@dataclass(frozen=True, slots=True)
class Version:
    """A vocabulary with how telling each entry is, a model a priority, and why other priorities have none."""

    words: tuple[tuple[str, float], ...] = ()
    letters: tuple[tuple[str, float], ...] = ()
    models: Mapping[str, Model] = field(default_factory=dict)
    untaught: Mapping[str, str] = field(default_factory=dict)

    @property
    def fingerprint(self) -> str:
        """The same for versions that say the same of every document."""
        return hashlib.sha256(json.dumps(to_json(self), sort_keys=True).encode()).hexdigest()


def to_json(version: Version) -> dict[str, Any]:
    return {
        "form": FORM,
        "words": [list(entry) for entry in version.words],
        "letters": [list(entry) for entry in version.letters],
        "models": {
            key: {
                "bias": model.bias,
                "weights": list(model.weights),
                "accepted": model.accepted,
                "dismissed": model.dismissed,
                "speaks_for": list(model.speaks_for),
                "speaks_against": list(model.speaks_against),
            }
            for key, model in version.models.items()
        },
        "untaught": dict(version.untaught),
    }


def from_json(value: Any) -> Version:
    """The version that `to_json` wrote; raises NoVersion where it did not."""
    if not isinstance(value, dict) or value.get("form") != FORM:
        raise NoVersion(f"This is not what was learnt, in form {FORM}; train a new version.")
    words, letters = _vocabulary(value.get("words")), _vocabulary(value.get("letters"))
    models = _texts(value.get("models"), dict)
    size = len(words) + len(letters)
    return Version(
        words,
        letters,
        {key: _model(key, model, size) for key, model in models.items()},
        _texts(value.get("untaught"), str),
    )


def _vocabulary(value: Any) -> tuple[tuple[str, float], ...]:
    if not isinstance(value, list) or not all(
        isinstance(entry, list) and len(entry) == 2 and isinstance(entry[0], str) and _is_number(entry[1])
        for entry in value
    ):
        raise NoVersion("What was learnt has no vocabulary that can be read; train a new version.")
    return tuple((gram, float(telling)) for gram, telling in value)


def _model(key: str, value: Mapping[str, Any], size: int) -> Model:
    weights = value.get("weights")
    counts = [value.get("accepted"), value.get("dismissed")]
    spoken = [value.get("speaks_for"), value.get("speaks_against")]
    if (
        not isinstance(weights, list)
        or len(weights) != size
        or not all(map(_is_number, (*weights, value.get("bias"))))
        or not all(type(count) is int and count >= 0 for count in counts)
        or not all(isinstance(words, list) and all(isinstance(word, str) for word in words) for words in spoken)
    ):
        raise NoVersion(f"What was learnt for “{key}” does not fit its vocabulary; train a new version.")
    return Model(
        float(value["bias"]),
        tuple(map(float, weights)),
        value["accepted"],
        value["dismissed"],
        tuple(value["speaks_for"]),
        tuple(value["speaks_against"]),
    )


def _texts(value: Any, kind: type) -> dict[str, Any]:
    if not isinstance(value, dict) or not all(isinstance(k, str) and isinstance(v, kind) for k, v in value.items()):
        raise NoVersion("What was learnt is not told by priority; train a new version.")
    return dict(value)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
