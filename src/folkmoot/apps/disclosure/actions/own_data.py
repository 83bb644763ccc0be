"""What is held about the person who asks comes into their request, with other people taken out of it."""

from django.db import transaction

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audit import record
from folkmoot.apps.access.gate import Conflict, Invalid, check
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.access.queries import own_account
from folkmoot.apps.disclosure.actions.cases import open_to_change
from folkmoot.apps.disclosure.held import Held, records_about
from folkmoot.apps.disclosure.models import Case, Item, ItemFile
from folkmoot.apps.records.actions import keep_from_removal
from folkmoot.apps.records.personal import held_about, subject_of

MOST_HELD = 10_000
REASON = "A person asked for what is held about them"


@transaction.atomic
def collect_held(actor: Actor, *, case: Case, email: str = "", name: str = "", person: str = "") -> int:
    """Take everything that any room holds about the person into scope, and put it on hold; says how many records."""
    check(actor, Permission.RECORDS_MANAGE)
    case, by = open_to_change(actor, case)
    if not case.is_own_data:
        raise Conflict("This request is not about the person’s own data.")
    subject = subject_of(actor, email=email, name=name, person=person)
    if subject.account_id is not None and subject.account_id == actor.account_id:
        raise Conflict("It is about you. Somebody else who manages records must collect it.")
    here = set(case.items.values_list("kind", "table", "record_key"))
    found = [each for each in records_about(held_about(actor, subject), subject) if not _is_of(case, each)]
    new = [each for each in found if (each.kind, each.table, each.key) not in here]
    if not found:
        raise Invalid("Nothing is held about such a person. Check the address.")
    if len(here) + len(new) > MOST_HELD:
        raise Invalid(f"A request can hold {MOST_HELD} records, and these are {len(new)} more.")
    for each in new:
        _take(actor, case, each)
    record(actor, "request.held-collected", case, by=by, records=len(new))
    return len(new)


def _is_of(case: Case, held: Held) -> bool:
    """Whether it is this request itself, which is about the person, too."""
    return (held.table, held.key) == (case._meta.label_lower, case.key)


def _take(actor: Actor, case: Case, held: Held) -> None:
    item = Item.objects.create(
        case=case,
        kind=held.kind,
        table=held.table,
        record_key=held.key,
        title=held.title[:400],
        shown_title=held.title[:400],
        text=held.text,
        day=held.day,
        redactions=[list(passage) for passage in held.redactions],
        added_at=actor.now,
        added_by=own_account(actor),
    )
    ItemFile.objects.bulk_create(ItemFile(item=item, name=name, file_id=number) for name, number in held.files)
    if held.has_record:
        keep_from_removal(actor, table=held.table, key=held.key, reason=REASON, for_record=case.for_record)
