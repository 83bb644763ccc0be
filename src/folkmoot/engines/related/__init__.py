"""What is related to a thing, from the links that people made, and by which chain of them.

    related(Thing("issues.issue", "buses"), edges)

Pure: no text is compared and nothing is learnt. The rule, in full:

- Two things that share a linked thing are related. A thing shared by few says much and one shared by many says little:
  it counts 1 divided by the number of other things that it is linked to (the resource-allocation index of Zhou, Lü and
  Zhang, 2009, "Predicting missing links via local information").
- What stands for a linked thing (its successor, its holder, the body that it belongs to) is related, too. Each such
  step halves what follows, and there are at most two.
- A thing is told when its chains add up to at least `LEAST`.
"""

from folkmoot.engines.related._graph import Chain, Edge, Kind, Related, Step, Thing
from folkmoot.engines.related._rule import LEAST, related

__all__ = ["LEAST", "Chain", "Edge", "Kind", "Related", "Step", "Thing", "related"]
