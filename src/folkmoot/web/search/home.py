"""What of the kept searches stands on a person's home page."""

from folkmoot.apps.access.actor import Actor
from folkmoot.web.search.views import new_results
from folkmoot.web.shell.home import HomeItem
from folkmoot.web.templating import plural


def items(actor: Actor) -> list[HomeItem]:
    """Kept searches that find something that was not there when their owner last looked."""
    return [
        HomeItem(
            kind="Search",
            title=f"“{words}”",
            url=url,
            why=f"{plural(count, 'record')} new since you looked.",
            due=None,
            verb="Look",
        )
        for words, url, count in new_results(actor)
    ]
