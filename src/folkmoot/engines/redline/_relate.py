"""Tells of amendments that were read one by one which say the same and which stand against each other."""

from collections.abc import Sequence
from dataclasses import replace

from ._amendments import Wish, settle
from ._drafts import Draft
from ._values import Amendment


def relate(paragraphs: Sequence[str], amendments: Sequence[Amendment]) -> tuple[Amendment, ...]:
    """The same amendments in the same order, with `group` and `conflicts` worked out over all of them.

    `paragraphs` are the base's in the rejected view. Amendments of one `office` never conflict with each other; those
    outside the body are told apart by their `clause`.
    """
    offices = {office: place for place, office in enumerate(dict.fromkeys(a.office for a in amendments))}
    wishes = [_wish(amendment, place, offices[amendment.office]) for place, amendment in enumerate(amendments)]
    groups, conflicts = settle(wishes, paragraphs)
    return tuple(
        replace(
            amendment,
            group=f"g{groups[place] + 1}",
            conflicts=tuple(amendments[other].id for other in sorted(conflicts[place])),
        )
        for place, amendment in enumerate(amendments)
    )


def _wish(amendment: Amendment, order: int, source: int) -> Wish:
    in_body = amendment.paragraph >= 0 or amendment.kind == "paragraph-insert"
    draft = Draft(
        kind=amendment.kind,
        paragraph=amendment.paragraph,
        start=amendment.start,
        end=amendment.end,
        before=amendment.before,
        after=amendment.after,
        author=amendment.author,
        date=amendment.date,
        tracked=amendment.tracked,
        order=order,
        target=(amendment.target, 1) if amendment.target is not None else None,
    )
    return Wish(draft, source, "body" if in_body else amendment.clause)
