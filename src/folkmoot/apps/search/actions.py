"""What a person may do with searches: keep one, look at it again, and drop it."""

from collections.abc import Collection

from django.db import transaction

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audit import record
from folkmoot.apps.access.gate import Conflict, Invalid
from folkmoot.apps.access.queries import own_account
from folkmoot.apps.search.models import SavedSearch
from folkmoot.apps.search.queries import LONGEST_WORDS, saved_searches
from folkmoot.apps.search.registry import search_sources
from folkmoot.apps.search.words import read_words

MOST_SAVED = 30


@transaction.atomic
def save_search(actor: Actor, *, words: str, kinds: Collection[str] = ()) -> SavedSearch:
    """Keep a search; its owner's home page says when there is something new."""
    account = own_account(actor)
    words = " ".join(words.split())[:LONGEST_WORDS]
    if not read_words(words):
        raise Invalid("There is nothing to look for in these words. Type at least one, then keep the search.")
    known = {source.kind for source in search_sources()}
    chosen = sorted(set(kinds) & known)
    if saved_searches(actor).count() >= MOST_SAVED:
        raise Conflict(f"You keep {MOST_SAVED} searches already. Drop one first.")
    saved, is_new = SavedSearch.objects.get_or_create(
        account=account, words=words, kinds=chosen, defaults={"looked_at": actor.now}
    )
    if is_new:
        record(actor, "search.saved", saved)
    return saved


@transaction.atomic
def look_again(actor: Actor, *, saved: SavedSearch) -> None:
    """Note that its owner has seen what it finds."""
    saved_searches(actor).filter(pk=saved.pk).update(looked_at=actor.now)


@transaction.atomic
def drop_search(actor: Actor, *, saved: SavedSearch) -> None:
    """Keep a search no more."""
    mine = saved_searches(actor).filter(pk=saved.pk).first()
    if mine is None:
        raise Conflict("This search is not kept any more.")
    record(actor, "search.dropped", mine)
    mine.delete()
