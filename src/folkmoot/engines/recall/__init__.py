"""A question and passages in, the passages that answer it out, best first, and those that come near.

`index` turns a passage into terms once, when it is kept; `ask` turns a question into what it looks for; `wanted`
gives every term that can meet it, with the words of the trade that mean the same; `rank` weighs by BM25 the passages
that share one of them. A passage that shares too little is no answer: it is near at best, and says which words it
lacks. Nothing is learnt and nothing is guessed: the same question over the same passages always gives the same order.

    from folkmoot.engines import recall

    question = recall.ask("What did we say on bus fares?")
    ranked = recall.rank(question, [recall.Candidate("p1", recall.index("Letter", "Fares", "A single fare …"))],
                         recall.Corpus(count=1, length=120))
"""

from ._rank import Candidate, Corpus, Hit, Ranked, rank, wanted
from ._terms import Sought, ask, index

__all__ = ["Candidate", "Corpus", "Hit", "Ranked", "Sought", "ask", "index", "rank", "wanted"]
