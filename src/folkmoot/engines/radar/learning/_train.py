"""From labels to a version: a vocabulary of all labelled texts, and a linear model a priority."""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from .._words import STOP
from ..scoring import Document
from ..scoring._terms import read
from ._features import grams
from ._labels import Label
from ._version import DECIMALS, Model, Version

# An entry that only one text holds says nothing of another; beyond so many the rarest are left out.
_HELD_BY = 2
_ENTRIES = 10_000
# How closely the model follows the labels.
_CLOSENESS = 10.0
# What was accepted for another priority and never shown for this one is probably not for it.
_ELSEWHERE = 0.3
# So many words and pairs are named to whoever reviews a version, out of so many that are looked at.
_NAMED = 12
_LOOKED_AT = 60

Words = tuple[str, str, str]
Grams = tuple[Mapping[str, float], Mapping[str, float]]


class _Example(NamedTuple):
    """A text, whether it is relevant, and how much it counts."""

    words: Words
    relevant: bool
    weight: float


def train(labels: Iterable[Label], *, seed: int = 0) -> Version:
    """What the labels teach. A priority with only one kind of label, and nothing to set against it, is not taught."""
    told: dict[str, dict[Words, int]] = {}
    for label in labels:
        sums = told.setdefault(label.priority, {})
        sums[label.words] = sums.get(label.words, 0) + (1 if label.relevant else -1)
    texts = sorted({words for sums in told.values() for words in sums})
    rows = [_grams(words) for words in texts]
    words, letters = _vocabulary([row[0] for row in rows]), _vocabulary([row[1] for row in rows])
    models: dict[str, Model] = {}
    untaught: dict[str, str] = {}
    matrix = _matrix(rows, words, letters) if words or letters else None
    places = {text: place for place, text in enumerate(texts)}
    for key in sorted(told):
        examples = _examples(key, told)
        if matrix is None or len({each.relevant for each in examples}) < 2:
            untaught[key] = _why_not(told[key])
        else:
            models[key] = _fit(matrix[[places[each.words] for each in examples]], examples, told[key], seed)
    return Version(tuple(words.items()), tuple(letters.items()), _with_words(models, words, texts), untaught)


def _grams(words: Words) -> Grams:
    document = Document("", title=words[0], summary=words[1], text=words[2])
    return grams(document, read(document))


def _vocabulary(rows: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """The entries that several texts hold, in the order of the alphabet, each with how telling it is."""
    holders = Counter(gram for row in rows for gram in row)
    kept = sorted((gram for gram, count in holders.items() if count >= _HELD_BY), key=lambda g: (-holders[g], g))
    return {
        gram: round(1 + math.log((1 + len(rows)) / (1 + holders[gram])), DECIMALS) for gram in sorted(kept[:_ENTRIES])
    }


def _examples(key: str, told: Mapping[str, Mapping[Words, int]]) -> list[_Example]:
    """What was said for this priority, then what was accepted for others. Two who disagree cancel each other."""
    own = told[key]
    said = [_Example(text, total > 0, 1.0) for text, total in sorted(own.items()) if total]
    elsewhere = {text for other, sums in told.items() if other != key for text, total in sums.items() if total > 0}
    return said + [_Example(text, False, _ELSEWHERE) for text in sorted(elsewhere - own.keys())]


def _fit(rows: Any, examples: Sequence[_Example], said: Mapping[Words, int], seed: int) -> Model:
    """Both kinds of example weigh the same together, however many there are of each."""
    # Imported here: a product that teaches nothing starts without it.
    from sklearn.linear_model import LogisticRegression
    from threadpoolctl import threadpool_limits

    total = {kind: sum(each.weight for each in examples if each.relevant == kind) for kind in (True, False)}
    shares = [len(examples) / 2 * each.weight / total[each.relevant] for each in examples]
    model = LogisticRegression(C=_CLOSENESS, solver="liblinear", random_state=seed)
    # One thread: several spend their time waiting for one another over rows as short as these.
    with threadpool_limits(limits=1):
        model.fit(rows, [each.relevant for each in examples], sample_weight=shares)
    return Model(
        round(float(model.intercept_[0]), DECIMALS),
        tuple(round(float(weight), DECIMALS) for weight in model.coef_[0]),
        sum(sign > 0 for sign in said.values()),
        sum(sign < 0 for sign in said.values()),
    )


def _with_words(models: Mapping[str, Model], words: Mapping[str, float], texts: Sequence[Words]) -> dict[str, Model]:
    """The models, each with what speaks most for and against an item, as people write it."""
    ranked: dict[str, tuple[list[str], list[str]]] = {}
    for key, model in models.items():
        weighed = [
            (telling * weight, gram) for (gram, telling), weight in zip(words.items(), model.weights, strict=False)
        ]
        rising = sorted((pair for pair in weighed if pair[0] > 0), key=lambda pair: (-pair[0], pair[1]))
        falling = sorted(pair for pair in weighed if pair[0] < 0)
        ranked[key] = [gram for _, gram in rising[:_LOOKED_AT]], [gram for _, gram in falling[:_LOOKED_AT]]
    written = _as_written({gram for both in ranked.values() for side in both for gram in side}, texts)

    def named(grams: Iterable[str]) -> tuple[str, ...]:
        return tuple(written[gram] for gram in grams if _says_something(written[gram]))[:_NAMED]

    return {
        key: replace(models[key], speaks_for=named(rising), speaks_against=named(falling))
        for key, (rising, falling) in ranked.items()
    }


def _as_written(wanted: Collection[str], texts: Iterable[Words]) -> dict[str, str]:
    """The commonest way in which the texts write each of these stems and pairs of stems."""
    ways: dict[str, Counter[str]] = {gram: Counter() for gram in wanted}
    for title, summary, text in texts:
        document = Document("", title=title, summary=summary, text=text)
        for name, row in read(document).items():
            field = getattr(document, name)
            for before, word in zip((None, *row), row, strict=False):
                if word.stem in ways:
                    ways[word.stem][field[word.start : word.end].lower()] += 1
                if before and (pair := f"{before.stem} {word.stem}") in ways:
                    ways[pair][f"{field[before.start : before.end]} {field[word.start : word.end]}".lower()] += 1
    return {gram: min(counts, key=lambda way: (-counts[way], way)) for gram, counts in ways.items()}


def _says_something(words: str) -> bool:
    """Whether a word or pair tells a person anything: at each end a word that is more than grammar or a number."""
    first, last = words.split()[0], words.split()[-1]
    return not {first, last} & STOP and first.isalpha() and last.isalpha()


def _matrix(rows: Sequence[Grams], *vocabularies: Mapping[str, float]) -> Any:
    """TF-IDF, each kind of entry at length one, as scoring counts it."""
    from scipy.sparse import csr_matrix, hstack

    blocks = []
    for kind, vocabulary in enumerate(vocabularies):
        place = {gram: at for at, gram in enumerate(vocabulary)}
        values: list[float] = []
        columns: list[int] = []
        ends = [0]
        for row in rows:
            known = {gram: 1 + math.log(times) for gram, times in row[kind].items() if gram in place}
            weighed = [often * vocabulary[gram] for gram, often in known.items()]
            length = math.sqrt(sum(value * value for value in weighed))
            values += [value / length for value in weighed]
            columns += [place[gram] for gram in known]
            ends.append(len(columns))
        blocks.append(csr_matrix((values, columns, ends), shape=(len(rows), len(vocabulary))))
    return hstack(blocks).tocsr()


def _why_not(said: Mapping[Words, int]) -> str:
    accepted, dismissed = (sum(sign * way > 0 for sign in said.values()) for way in (1, -1))
    if accepted and dismissed:
        return "No word stands in two of the items; accept and dismiss more."
    if accepted:
        return "Everything was accepted; dismiss what does not belong, so that there is something to tell it from."
    return "Nothing was accepted; accept what belongs, so that there is something to learn."
