"""Requests are opened, wait for a clarification, get more time, and are withdrawn."""

from datetime import date, timedelta

from django.db import transaction

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audience import Handling
from folkmoot.apps.access.audit import record
from folkmoot.apps.access.gate import Authority, Conflict, Invalid, check
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.access.queries import own_account
from folkmoot.apps.disclosure.days import Calendar, clock
from folkmoot.apps.disclosure.exemptions import FOI, OWN, REGIMES, exemption
from folkmoot.apps.disclosure.models import LIVE, Case, CaseState, Clarification, Decision, Requester, Waits
from folkmoot.apps.records.actions import lift_holds_for

LONGEST_AGO = timedelta(days=3 * 365)


def written(text: str, missing: str) -> str:
    """The text without white space around it, or Invalid where there is none."""
    if not text.strip():
        raise Invalid(missing)
    return text.strip()


def live_case(actor: Actor, case: Case) -> tuple[Case, Authority]:
    """The request under a lock, for whoever works on it while it is live."""
    by = check(actor, Permission.REQUEST_HANDLE)
    locked: Case = Case.objects.select_for_update().get(pk=case.pk)
    if locked.state not in LIVE:
        raise Conflict(f"This request is closed: {locked.get_state_display().lower()}.")
    return locked, by


def open_to_change(actor: Actor, case: Case) -> tuple[Case, Authority]:
    """The same, and not waiting for a second person: what that person reads must not change under them."""
    locked, by = live_case(actor, case)
    if locked.state != CaseState.OPEN:
        raise Conflict("The answer waits for a second person. Take it back first.")
    return locked, by


def _not_after_today(actor: Actor, day: date) -> date:
    if day > actor.today:
        raise Invalid("This day has not come yet. Write today or a day before.")
    return day


@transaction.atomic
def open_case(
    actor: Actor, *, title: str, regime: str, asked: str, received_on: date, requester: str, contact: str
) -> Case:
    """Begin a request; who asked and their address are kept apart from it."""
    by = check(actor, Permission.REQUEST_HANDLE)
    if regime not in dict(REGIMES):
        raise Invalid("Say under which law it was asked.")
    if _not_after_today(actor, received_on) < actor.today - LONGEST_AGO:
        raise Invalid("This was received more than three years ago. Check the year.")
    case = Case.objects.create(
        title=written(title, "Give the request a title without the name of who asked.")[:160],
        regime=regime,
        asked=written(asked, "Write what was asked, in the words of the request."),
        received_on=received_on,
        opened_at=actor.now,
        opened_by=own_account(actor),
        # It holds what may be withheld, so that each reading of it is written down.
        handling=Handling.OFFICIAL_SENSITIVE,
    )
    Requester.objects.create(
        case=case,
        name=written(requester, "Write who asked.")[:160],
        contact=written(contact, "Write where the answer goes.")[:500],
    )
    record(actor, "request.opened", case, by=by, title=title, asked=asked, received_on=received_on)
    return case


def refuse_late(actor: Actor, case: Case, why: str) -> None:
    """Refuse a step that gives more time, once the time is over."""
    if clock(
        case, list(case.clarifications.all()), actor.today, Calendar.around(case.received_on, actor.today)
    ).is_overdue:
        raise Conflict(f"The time for an answer is over, and {why}. Answer as soon as you can.")


@transaction.atomic
def ask_clarification(
    actor: Actor, *, case: Case, question: str, kind: str = Waits.CLARIFICATION.value
) -> Clarification:
    """Ask back for what is missing; the days stop until it comes."""
    case, by = open_to_change(actor, case)
    if case.clarifications.filter(answered_on__isnull=True).exists():
        raise Conflict("A question is open already. Note its answer first.")
    if kind not in kinds_of(case):
        raise Invalid("Under this law nobody is asked who they are. Choose what is asked for.")
    refuse_late(actor, case, "a question does not give it back")
    asked = Clarification.objects.create(
        case=case, kind=kind, question=written(question, "Write what you ask back."), asked_on=actor.today
    )
    record(actor, "request.clarification-asked", case, by=by, question=question, asked_for=kind)
    return asked


def kinds_of(case: Case) -> list[str]:
    """What may be asked for under the law of a request: an information act does not ask who somebody is."""
    return [kind.value for kind in Waits if case.is_own_data or kind != Waits.IDENTITY]


@transaction.atomic
def answer_clarification(actor: Actor, *, case: Case, answered_on: date) -> Clarification:
    """Note that what was asked for came; the days go on or begin anew, as the law of the request says."""
    case, by = open_to_change(actor, case)
    waiting = case.clarifications.filter(answered_on__isnull=True).first()
    if waiting is None:
        raise Conflict("No question is open.")
    if _not_after_today(actor, answered_on) < waiting.asked_on:
        raise Invalid("The answer cannot have come before the question.")
    waiting.answered_on = answered_on
    waiting.save(update_fields=["answered_on"])
    record(actor, "request.clarification-answered", case, by=by, answered_on=answered_on)
    return waiting


@transaction.atomic
def extend(actor: Actor, *, case: Case, reason: str, grounds: str = "") -> Case:
    """Take 40 working days, for what is complex and much (EIR) or to weigh a public interest (FOI), or three months."""
    case, by = open_to_change(actor, case)
    if case.extended_on:
        raise Conflict("This request has been given more time already.")
    reason = written(reason, "Say why more time is needed; the person who asked is told.")[:500]
    refuse_late(actor, case, "the law gives more only to whoever tells the person before that")
    if case.regime == FOI:
        found = exemption(grounds)
        if found is None or found.regime != case.regime or not found.is_weighed:
            raise Invalid("Under the Freedom of Information Act, name the section whose public interest is weighed.")
        case.extension_grounds = found.key
    case.extension_reason, case.extended_on = reason, actor.today
    case.save(update_fields=["extension_reason", "extension_grounds", "extended_on"])
    record(actor, "request.extended", case, by=by, reason=reason, grounds=case.extension_grounds)
    return case


@transaction.atomic
def withdraw(actor: Actor, *, case: Case) -> Case:
    """End a request that the person took back; what was on hold for it goes by its period again."""
    case, by = live_case(actor, case)
    case.state, case.answered_on = CaseState.WITHDRAWN, actor.today
    case.save(update_fields=["state", "answered_on"])
    lift_holds_for(actor, for_record=case.for_record)
    record(actor, "request.withdrawn", case, by=by)
    return case


@transaction.atomic
def change_law(actor: Actor, *, case: Case, regime: str) -> Case:
    """Treat a request under another law; what was decided by the grounds of the first one is decided anew."""
    case, by = open_to_change(actor, case)
    if regime not in dict(REGIMES) or regime == case.regime:
        raise Invalid("Choose the other law.")
    if case.extended_on:
        raise Conflict(
            "More time was taken under the law of this request, and the person was told so. It stays with it."
        )
    if case.is_own_data or (regime == OWN and case.items.exists()):
        raise Conflict("A request for a person’s own data is worked on apart from others. Take it in as a new one.")
    case.regime = regime
    case.save(update_fields=["regime"])
    for item in case.items.exclude(decision=Decision.DISCLOSE):
        item.decision, item.exemption, item.redactions = Decision.UNDECIDED, "", []
        item.save(update_fields=["decision", "exemption", "redactions"])
    record(actor, "request.law-changed", case, by=by, regime=regime)
    return case
