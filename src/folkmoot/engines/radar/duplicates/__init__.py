"""Texts in, every pair that is nearly the same out, with how alike they are.

Likeness is the exact Jaccard of three-word shingles: words are runs of letters, digits and underscore in lower case,
and of the runs of three words that either text has, what share do both have? Every pair at or above the threshold is
found, once, and none below it: candidates come from an exact join on sets, not from a sketch, so nothing is missed. A
text of fewer than three words has no shingle, so there is nothing to compare: it is like no other text, not even one
that reads the same.

    from folkmoot.engines.radar import duplicates

    duplicates.pairs([("a", first), ("b", second)], threshold=0.5)     # (Pair(a="a", b="b", similarity=0.82),)
    duplicates.pairs(all_texts, threshold=0.5, new={"b"})              # only the pairs that have one of these in them
"""

from ._join import Pair, pairs
from ._shingles import shingles, similarity

__all__ = ["Pair", "pairs", "shingles", "similarity"]
