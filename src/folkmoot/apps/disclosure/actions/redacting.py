"""Words are taken out of a record or of all records of a request, and let stand again."""

from collections.abc import Callable, Collection, Iterable

from django.db import transaction

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audit import record
from folkmoot.apps.access.gate import Authority, Conflict, Invalid
from folkmoot.apps.access.queries import own_account
from folkmoot.apps.disclosure.actions.cases import open_to_change
from folkmoot.apps.disclosure.actions.items import ground_of, item_to_change, refuse_told_title
from folkmoot.apps.disclosure.models import Case, Decision, Item
from folkmoot.apps.disclosure.redaction import (
    MOST_PASSAGES,
    Passage,
    copy_of,
    find_all,
    merged,
    paragraphs,
    passages,
    same_words,
)
from folkmoot.apps.disclosure.sources import readable


def _lines(words: str) -> list[str]:
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    if not lines:
        raise Invalid("Write or choose the words to take out.")
    return lines


def _shown(line: str) -> str:
    return line if len(line) <= 60 else f"{line[:60]}…"


def _take_out(actor: Actor, by: Authority, item: Item, more: Iterable[Passage]) -> Item:
    """Keep what is taken out of a record with what was; it then leaves in part."""
    found = merged([*passages(item.redactions), *more])
    if len(found) > MOST_PASSAGES:
        raise Invalid(f"More than {MOST_PASSAGES} passages are too many. Withhold the whole record instead.")
    item.redactions = [[each.start, each.end, each.ground] for each in found]
    refuse_told_title(item)
    item.decision, item.exemption, item.decided_by = Decision.PART, "", own_account(actor)
    item.save(update_fields=["redactions", "decision", "exemption", "decided_by"])
    record(actor, "request.item-redacted", item, by=by, copy=copy_of(item.text, item.redactions))
    return item


def _let_stand(actor: Actor, by: Authority, item: Item, again: Callable[[Passage], bool]) -> int:
    """Let passages stand again, and say how many; the record is undecided until somebody looks at it again."""
    left = [each for each in passages(item.redactions) if not again(each)]
    gone = len(item.redactions) - len(left)
    if gone:
        item.redactions = [[each.start, each.end, each.ground] for each in left]
        item.decision, item.decided_by = Decision.UNDECIDED, own_account(actor)
        item.save(update_fields=["redactions", "decision", "decided_by"])
        record(actor, "request.item-unredacted", item, by=by, copy=copy_of(item.text, item.redactions))
    return gone


@transaction.atomic
def redact(actor: Actor, *, item: Item, words: str, exemption_key: str) -> Item:
    """Take words out of a record, wherever they stand in it; a line of `words` is one passage."""
    case, by = open_to_change(actor, item.case)
    item = item_to_change(actor, item)
    ground = ground_of(case, exemption_key)
    found = []
    for line in _lines(words):
        places = find_all(item.text, line)
        if not places:
            raise Invalid(f"“{_shown(line)}” does not stand in the record. Copy the words from its text.")
        found += [Passage(start, end, ground) for start, end in places]
    return _take_out(actor, by, item, found)


@transaction.atomic
def redact_paragraphs(actor: Actor, *, item: Item, numbers: Collection[int], exemption_key: str) -> Item:
    """Take whole paragraphs out of a record, by their numbers from 0."""
    case, by = open_to_change(actor, item.case)
    item = item_to_change(actor, item)
    ground = ground_of(case, exemption_key)
    every = paragraphs(item.text)
    if not numbers:
        raise Invalid("Tick the paragraphs to take out.")
    if not all(0 <= number < len(every) for number in numbers):
        raise Invalid("One of the paragraphs is not in the record. Look at it again.")
    return _take_out(actor, by, item, [Passage(*every[number], ground) for number in numbers])


@transaction.atomic
def unredact(actor: Actor, *, item: Item, starts: Collection[int]) -> Item:
    """Let passages stand again, by where they begin."""
    _case, by = open_to_change(actor, item.case)
    item = item_to_change(actor, item)
    if not starts:
        raise Invalid("Tick the passages that stand again.")
    if not set(starts) <= {each.start for each in passages(item.redactions)}:
        raise Conflict("One of these passages is not taken out any more. Look at the record again.")
    _let_stand(actor, by, item, lambda passage: passage.start in starts)
    return item


def _items_to_change(actor: Actor, case: Case) -> list[Item]:
    items = list(case.items.select_for_update())
    seen = readable(actor, items)
    return [item for item in items if item.pk in seen]


@transaction.atomic
def redact_everywhere(actor: Actor, *, case: Case, words: str, exemption_key: str) -> int:
    """Take words out of every record that the person may read and that holds them; says how many records."""
    case, by = open_to_change(actor, case)
    ground, lines = ground_of(case, exemption_key), _lines(words)
    changed = 0
    for item in _items_to_change(actor, case):
        found = [Passage(start, end, ground) for line in lines for start, end in find_all(item.text, line)]
        if found and item.decision != Decision.WITHHOLD:
            _take_out(actor, by, item, found)
            changed += 1
    if not changed:
        raise Invalid("No record that you may read holds these words.")
    return changed


@transaction.atomic
def let_stand_everywhere(actor: Actor, *, case: Case, words: Collection[str]) -> int:
    """Let words stand again in every record that the person may read; says in how many places."""
    case, by = open_to_change(actor, case)
    wanted = {same_words(each) for each in words if each.strip()}
    if not wanted:
        raise Invalid("Tick the words that stand again.")
    gone = 0
    for item in _items_to_change(actor, case):
        text = item.text
        gone += _let_stand(actor, by, item, lambda each, text=text: same_words(text[each.start : each.end]) in wanted)  # type: ignore[misc]
    if not gone:
        raise Conflict("These words are not taken out any more. Look again.")
    return gone
