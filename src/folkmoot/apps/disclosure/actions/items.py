"""Records come into scope, are put on hold, and for each is decided what leaves; `redacting` takes words out."""

from collections.abc import Collection

from django.db import IntegrityError, transaction

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audit import record
from folkmoot.apps.access.gate import Conflict, Invalid
from folkmoot.apps.access.queries import own_account
from folkmoot.apps.disclosure.actions.cases import open_to_change, written
from folkmoot.apps.disclosure.exemptions import exemption
from folkmoot.apps.disclosure.models import Case, Decision, Item, ItemFile
from folkmoot.apps.disclosure.redaction import find_all, passages
from folkmoot.apps.disclosure.sources import Candidate, candidate, is_readable, readable
from folkmoot.apps.records.actions import keep_from_removal, lift_holds_for

MOST_ITEMS = 2000


@transaction.atomic
def collect(actor: Actor, *, case: Case, places: Collection[tuple[str, str, str]]) -> int:
    """Take records (kind, table, key) into scope with their words as they are now, and put them on hold."""
    case, by = open_to_change(actor, case)
    if case.is_own_data:
        raise Conflict("For a person’s own data, everything that is held about them is collected in one step.")
    if not places:
        raise Invalid("Choose at least one record.")
    if case.items.count() + len(places) > MOST_ITEMS:
        raise Invalid(f"A request can hold {MOST_ITEMS} records. Narrow what is searched for.")
    taken = 0
    for kind, table, key in places:
        found = candidate(actor, kind, table, key)
        if found is None:
            raise Invalid("One of the records is no longer there for you. Search again.")
        taken += _take(actor, case, found)
    record(actor, "request.items-collected", case, by=by, places=sorted(places))
    return taken


def _take(actor: Actor, case: Case, found: Candidate) -> bool:
    if case.items.filter(kind=found.kind, table=found.table, record_key=found.key).exists():
        return False
    try:
        with transaction.atomic():
            Item.objects.create(
                case=case,
                kind=found.kind,
                table=found.table,
                record_key=found.key,
                title=found.title[:400],
                shown_title=found.title[:400],
                text=found.text,
                day=found.day,
                added_at=actor.now,
                added_by=own_account(actor),
            )
    except IntegrityError:
        return False
    reason = "A request for information"
    keep_from_removal(actor, table=found.table, key=found.key, reason=reason, for_record=case.for_record)
    return True


def item_to_change(actor: Actor, item: Item) -> Item:
    """The item under a lock, for whoever may read the record behind it."""
    if not is_readable(actor, item):
        raise Conflict("You may not read the record behind this item. Ask somebody who may.")
    return Item.objects.select_for_update().get(pk=item.pk)


@transaction.atomic
def take_out(actor: Actor, *, item: Item) -> None:
    """Take a record out of scope; its hold for this request ends."""
    case, by = open_to_change(actor, item.case)
    lift_holds_for(actor, for_record=case.for_record, table=item.table, key=item.record_key)
    record(actor, "request.item-out", item, by=by)
    item.delete()


def ground_of(case: Case, key: str) -> str:
    found = exemption(key)
    if found is None or found.regime != case.regime:
        raise Invalid("Choose the ground under the law of this request.")
    return found.key


@transaction.atomic
def decide(
    actor: Actor, *, item: Item, decision: str, exemption_key: str = "", reason: str = "", public_interest: str = ""
) -> Item:
    """Disclose a record or withhold it; what is withheld needs its ground, why, and the weighing where the law asks."""
    case, by = open_to_change(actor, item.case)
    item = item_to_change(actor, item)
    if decision not in (Decision.DISCLOSE, Decision.WITHHOLD):
        raise Invalid("Say whether the record is disclosed or withheld.")
    item.exemption = item.reason = item.public_interest = ""
    if decision == Decision.WITHHOLD:
        item.exemption = ground_of(case, exemption_key)
        item.reason = written(reason, "Say why this ground holds here.")
        found = exemption(item.exemption)
        if found and found.is_weighed:
            item.public_interest = written(public_interest, "Say how the public interest was weighed.")
    elif item.redactions:
        decision = Decision.PART
        item.reason = reason.strip()
        item.public_interest = public_interest.strip()
    item.decision, item.decided_by = decision, own_account(actor)
    item.save(update_fields=["decision", "exemption", "reason", "public_interest", "decided_by"])
    record(actor, "request.item-decided", item, by=by, decision=decision, exemption=item.exemption, reason=reason)
    return item


@transaction.atomic
def name_item(actor: Actor, *, item: Item, shown_title: str) -> Item:
    """Say how the answer calls a record; no word that is taken out of it may stand there."""
    _case, by = open_to_change(actor, item.case)
    item = item_to_change(actor, item)
    item.shown_title = written(shown_title, "Write how the answer calls the record.")[:400]
    refuse_told_title(item)
    item.save(update_fields=["shown_title"])
    record(actor, "request.item-named", item, by=by, title=shown_title)
    return item


def refuse_told_title(item: Item) -> None:
    for each in passages(item.redactions):
        if find_all(item.shown_title, item.text[each.start : each.end]):
            shown = item.shown_title if len(item.shown_title) <= 80 else f"{item.shown_title[:80]}…"
            raise Invalid(
                f"The record’s name in the answer holds words that are taken out: “{shown}”. Name it otherwise first."
            )


@transaction.atomic
def disclose_rest(actor: Actor, *, case: Case) -> int:
    """Disclose every undecided record that the person may read, without what is taken out; says how many."""
    case, by = open_to_change(actor, case)
    undecided = list(case.items.select_for_update().filter(decision=Decision.UNDECIDED))
    seen = readable(actor, undecided)
    found = [item for item in undecided if item.pk in seen]
    if not found:
        raise Conflict("No record that you may read is undecided.")
    for item in found:
        item.decision = Decision.PART if item.redactions else Decision.DISCLOSE
        item.decided_by = own_account(actor)
        item.save(update_fields=["decision", "decided_by"])
        record(actor, "request.item-decided", item, by=by, decision=item.decision)
    return len(found)


@transaction.atomic
def decide_file(actor: Actor, *, file: ItemFile, leaves: bool) -> ItemFile:
    """Say whether a file of a record leaves as it is, or stays."""
    _case, by = open_to_change(actor, file.item.case)
    item = item_to_change(actor, file.item)
    file.leaves = leaves
    file.save(update_fields=["leaves"])
    item.decided_by = own_account(actor)
    item.save(update_fields=["decided_by"])
    record(actor, "request.file-decided", item, by=by, file=file.name, leaves=leaves)
    return file
