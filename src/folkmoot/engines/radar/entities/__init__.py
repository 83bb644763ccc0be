"""Entities as of a day: which departments, authorities, mayoralties, bills, people and places a text names, and why.

register = entities_of(tables)                  # rows of the files of facts, by the files' names
linker = Linker(register)
linker.link("DLUHC wrote to the Mayor of London.", on=date(2026, 11, 25)).links

The day is the text's own: departments are renamed, names and initials are used again, people change office. A sentence
that tells a time of its own ("in 2019") means the body and the holder of that time. A name out of use gives the body
that it was and, as successors, what came of it by the day; a name used at a time when no such body was is no link but a
doubt. Ordinary words, surnames, months and towns elsewhere need words near them that say they are meant; each link
carries the rule and the cue that allowed it and a word of confidence. Bills need not be in the register: a title in
capitals that ends in "Bill" is one, by a key made of its title.

For scoring, `linker.mentions(links)` gives where a text speaks of which places, councils, areas and authorities, with
every name that this satisfies: a priority's place counts where a mention holds it.
"""

from ._link import Linker
from ._mentions import Mention
from ._register import TABLES, entities_of
from ._values import Confidence, Doubt, Entity, Kind, Link, Linked, Name, Period, Role, Term

__all__ = [
    "TABLES",
    "Confidence",
    "Doubt",
    "Entity",
    "Kind",
    "Link",
    "Linked",
    "Linker",
    "Mention",
    "Name",
    "Period",
    "Role",
    "Term",
    "entities_of",
]
