"""The deadlines that a text states, by a small grammar of how British notices say them.

    find_deadlines("Responses by noon on Friday 5 March 2027.", published=date(2026, 11, 25))

A date is a deadline only by the words around it. What is not named to the day is marked as approximate.
"""

from ._easter import bank_holidays, easter, published_holidays
from ._find import find_deadlines
from ._values import Deadline, Kind

__all__ = ["Deadline", "Kind", "bank_holidays", "easter", "find_deadlines", "published_holidays"]
