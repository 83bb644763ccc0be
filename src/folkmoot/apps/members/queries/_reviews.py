"""What to look at after changes in the register, as far as the reader may see each record."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.gate import may
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.members.affected import sources
from folkmoot.apps.members.models import Review, ReviewItem


@dataclass(frozen=True, slots=True)
class ShownItem:
    """One record of a review as its reader sees it."""

    item: ReviewItem
    title: str
    kind: str


@dataclass(frozen=True, slots=True)
class ShownReview:
    """A review with the records that its reader may see."""

    review: Review
    items: tuple[ShownItem, ...]

    @property
    def left(self) -> int:
        """How many are still to be looked at."""
        return sum(each.item.state == "open" for each in self.items)


def reviews(actor: Actor) -> QuerySet[Review]:
    """The reviews, for whoever keeps the register; nobody else finds any."""
    found = Review.objects.select_related("organization")
    return found if may(actor, Permission.REGISTER_CORRECT) else found.none()


def shown_reviews(actor: Actor, found: Iterable[Review]) -> list[ShownReview]:
    """These reviews as the actor sees them; one query for the items and one a kind for their titles."""
    listed = list(found)
    items = list(ReviewItem.objects.filter(review__in=listed))
    keys: dict[str, set[str]] = defaultdict(set)
    for item in items:
        keys[item.table].add(item.record_key)
    kinds = sources()
    titles = {table: kinds[table].titles(actor, sorted(keys[table])) for table in keys if table in kinds}
    by_review: dict[int, list[ShownItem]] = defaultdict(list)
    for item in items:
        title = titles.get(item.table, {}).get(item.record_key)
        if title:
            by_review[item.review_id].append(ShownItem(item, title, kinds[item.table].label))
    return [ShownReview(review, tuple(by_review[review.pk])) for review in listed]


def latest_review(actor: Actor) -> Review | None:
    """The review that the actor's own change has begun at this moment, if it touched anything."""
    return reviews(actor).filter(recorded_by_id=actor.account_id, recorded_at=actor.now).first()


def open_reviews(actor: Actor) -> list[ShownReview]:
    """The reviews of which something is left."""
    waiting = reviews(actor).filter(items__state="open").distinct()
    return [shown for shown in shown_reviews(actor, waiting) if shown.left]
