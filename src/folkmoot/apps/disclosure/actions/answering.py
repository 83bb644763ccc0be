"""The answer is written, put to a second person, sent back or released, and entered in the log."""

from collections.abc import Callable

from django.db import transaction

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audit import record
from folkmoot.apps.access.gate import Conflict, Invalid, check
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.access.queries import own_account
from folkmoot.apps.disclosure.actions.cases import live_case, open_to_change, written
from folkmoot.apps.disclosure.letter import Answer, answer_of, items_of, told_words, word_letter
from folkmoot.apps.disclosure.models import Case, CaseState, Decision, Item
from folkmoot.apps.disclosure.redaction import find_all, passages, same_words
from folkmoot.apps.disclosure.sources import readable
from folkmoot.apps.documents.actions import store
from folkmoot.apps.records.actions import lift_holds_for

# Shorter passages, such as a pronoun, stand in any letter.
SHORTEST_TELLING = 4
# Draws the letter and the pack; the door knows how they look.
MakeFile = Callable[[Answer], bytes]


@transaction.atomic
def write_letter(actor: Actor, *, case: Case, letter: str) -> Case:
    """Write what the answer says before what is attached and withheld."""
    case, by = open_to_change(actor, case)
    case.letter = written(letter, "Write what the answer says.")
    case.save(update_fields=["letter"])
    record(actor, "request.letter-written", case, by=by, letter=letter)
    return case


def _refuse_told_words(actor: Actor, case: Case, items: list[Item]) -> None:
    """What is taken out of a record must not stand in our own words about it; who signs the letter may."""
    told = told_words(case, items)
    signs = {same_words(name) for name in (actor.name, case.opened_by.name)} if case.is_own_data else set()
    for number, item in enumerate(items, start=1):
        for each in passages(item.redactions):
            words = item.text[each.start : each.end].strip()
            if len(words) >= SHORTEST_TELLING and same_words(words) not in signs and find_all(told, words):
                raise Conflict(
                    f"The letter, a reason or a record’s name holds words that are taken out of record {number}. "
                    "Write it without them."
                )


def _refuse_undecided(items: list[Item]) -> None:
    undecided = sum(item.decision == Decision.UNDECIDED for item in items)
    if undecided:
        raise Conflict(f"{undecided} of the records are undecided. Decide them first, or take them out.")
    leaving = (item for item in items if item.decision != Decision.WITHHOLD)
    files = [each.name for item in leaving for each in item.files.all() if each.leaves is None]
    if files:
        raise Conflict(f"Of {len(files)} files nobody has said whether they leave, such as {files[0]}.")


@transaction.atomic
def prepare(actor: Actor, *, case: Case) -> Case:
    """Put the answer to a second person."""
    case, by = open_to_change(actor, case)
    if case.clarifications.filter(answered_on__isnull=True).exists():
        raise Conflict("A question to the person who asked is still open.")
    if not case.letter:
        raise Conflict("Write the letter first.")
    items = items_of(case)
    _refuse_undecided(items)
    _refuse_told_words(actor, case, items)
    case.state, case.prepared_at, case.prepared_by = CaseState.PREPARED, actor.now, own_account(actor)
    case.save(update_fields=["state", "prepared_at", "prepared_by"])
    record(actor, "request.prepared", case, by=by)
    return case


@transaction.atomic
def send_back(actor: Actor, *, case: Case) -> Case:
    """Take the answer back to change it, by whoever prepared it or the second person."""
    case, by = live_case(actor, case)
    if case.state != CaseState.PREPARED:
        raise Conflict("The answer is being worked on already.")
    case.state, case.prepared_at, case.prepared_by = CaseState.OPEN, None, None
    case.save(update_fields=["state", "prepared_at", "prepared_by"])
    record(actor, "request.sent-back", case, by=by)
    return case


def _refuse_one_person(actor: Actor, items: list[Item], case: Case, principal_id: int | None) -> None:
    """Two people: neither who acts nor for whom they act may have prepared the answer or decided a record of it."""
    acting = {actor.account_id, principal_id} - {None}
    if case.prepared_by_id in acting:
        raise Conflict("You prepared this answer. Somebody else who may release answers must look at it.")
    decided = sum(item.decided_by_id in acting for item in items)
    if decided:
        raise Conflict(
            f"You decided {decided} of the records. Somebody else who may release answers must look at them, or "
            "somebody else decides them again."
        )


@transaction.atomic
def release(actor: Actor, *, case: Case, make_letter: MakeFile, make_pack: MakeFile) -> Case:
    """Release the answer that somebody else prepared: letter as PDF and Word, and everything disclosed in one PDF."""
    by = check(actor, Permission.REQUEST_RELEASE)
    case = Case.objects.select_for_update().get(pk=case.pk)
    if case.state != CaseState.PREPARED:
        raise Conflict(f"This answer does not wait to be released: {case.get_state_display().lower()}.")
    items = items_of(case)
    _refuse_one_person(actor, items, case, by.principal_id)
    if case.is_own_data and own_account(actor).email.lower() in case.requester.contact.lower():
        raise Conflict("It is about you. Somebody else who may release answers must look at it.")
    if len(readable(actor, items)) < len(items):
        raise Conflict("Some of these records you may not read, so you cannot answer for them. Ask somebody who may.")
    case.state, case.released_at, case.answered_on = CaseState.RELEASED, actor.now, actor.today
    case.released_by = own_account(actor)
    answer = answer_of(case, items)
    name, kind = f"Answer {case.key}", "disclosure"
    case.letter_pdf = store(actor, name=f"{name}.pdf", data=make_letter(answer), kind=kind)
    case.letter_word = store(actor, name=f"{name}.docx", data=word_letter(answer), kind=kind)
    if answer.disclosed:
        name = f"Records {case.key}.{answer.pack_ending}"
        case.pack = store(actor, name=name, data=make_pack(answer), kind=kind)
    case.save()
    lift_holds_for(actor, for_record=case.for_record)
    record(actor, "request.released", case, by=by, letter=case.letter)
    return case


@transaction.atomic
def log_answer(actor: Actor, *, case: Case, title: str) -> Case:
    """Enter an answered request in the log that everybody may read, under a title without a name."""
    by = check(actor, Permission.REQUEST_RELEASE)
    case = Case.objects.select_for_update().get(pk=case.pk)
    if case.state != CaseState.RELEASED:
        raise Conflict("Only an answered request stands in the log.")
    if case.is_own_data:
        raise Conflict("What somebody asked about themselves is nobody else’s business. It stands in no log.")
    title = written(title, "Write the title for the log.")[:160]
    if case.requester.name.lower() in title.lower():
        raise Invalid("The title names the person who asked. Write it without the name: everybody reads the log.")
    case.title, case.logged = title, True
    case.save(update_fields=["title", "logged"])
    record(actor, "request.logged", case, by=by, title=title)
    return case
