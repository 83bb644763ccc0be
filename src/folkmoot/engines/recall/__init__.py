"""A question and passages in, the passages that answer it out, best first.

`index` turns a passage into terms once, when it is kept; `ask` turns a question into terms; `rank` weighs the passages
that share terms with it by BM25 and leaves out those that share too little. Nothing is learnt and nothing is guessed:
the same question over the same passages always gives the same order.

    from folkmoot.engines import recall

    question = recall.ask("What did we say on bus fares?")
    hits = recall.rank(question, [recall.Candidate("p1", recall.index("Letter", "Fares", "A single fare …"))],
                       recall.Corpus(count=1, length=120))
"""

from ._rank import Candidate, Corpus, Hit, rank
from ._terms import ask, index

__all__ = ["Candidate", "Corpus", "Hit", "ask", "index", "rank"]
