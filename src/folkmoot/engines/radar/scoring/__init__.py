"""Priorities and documents in, scores with their reasons out: a score is the sum of its reasons and of nothing else.

`survey` looks at many documents at once and says how common each word of the priorities is among them and which words
keep them company; `score` weighs one document after another against that. A reason names the part that it belongs to,
the field, the characters that caused it and its weight:

- `phrase`: a term of the priority, word forms aside, weighed by field (BM25: the tenth time says less than the first);
- `words`: one word of a longer term by itself; a fraction of the phrase;
- `related`: a word that keeps company with the terms in these documents; all of them together are capped;
- `organisation`: a body that the item belongs to;
- `place`: a place of the priority that the text names, or by its links speaks of; capped, and half where nothing else
  speaks for the item;
- `learned`: what feedback taught (see `learning`); one reason, capped, for or against, with the words it rests on;
- `deadline`: how near the next closing date or meeting is; never more than the rest says;
- `exclusion`: a phrase that the priority shuts out; it takes away what the others gave.

Nothing is random and nothing is read from outside: the same input gives the same output.
"""

from ._background import Background
from ._linked import doubtful_names, linked
from ._score import Learned, score
from ._survey import survey
from ._values import Document, Due, Evidence, Link, Priority, Reason, Scored

__all__ = [
    "Background",
    "Document",
    "Due",
    "Evidence",
    "Learned",
    "Link",
    "Priority",
    "Reason",
    "Scored",
    "doubtful_names",
    "linked",
    "score",
    "survey",
]
