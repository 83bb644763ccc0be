"""What is spoken of more than it was: weekly counts of entities and phrases against weeks of the same kind.

    find_trends(seen, week=date(2026, 11, 25), recesses=recesses_of(calendar_rows))

`seen` says of each item where and when it appeared, what it names and which phrases it holds (`phrases_of` takes them
from a text). Weeks begin on Monday. A week in which Parliament is away on three of its five working days is a recess
week: it is measured against recess weeks, and never lowers what is usual for a week of sitting, so that the return
from a recess is no rise. An item counts once, in the week in which it first appeared, however often it is seen.

A trend has at least five items or three sources in the week, and more than chance makes of what is usual: more than
the mean of the weeks before and three times its square root, as counts of rare events scatter (Poisson). Each trend
carries its weekly counts, oldest first, for a sparkline, and what is new about it: phrases of its items of this week
that no item about it held before. Phrases that rose in the very same items are one trend, and
none where an entity rose in them. Fewer than three weeks to compare with make no trend.
"""

from ._find import BACK, find_trends
from ._phrases import phrases_of
from ._recess import Recess, recesses_of
from ._values import Seen, Trend, Week

__all__ = ["BACK", "Recess", "Seen", "Trend", "Week", "find_trends", "phrases_of", "recesses_of"]
