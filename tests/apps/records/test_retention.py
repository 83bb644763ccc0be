"""How long records are kept, what the next run would remove, and what a hold keeps."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings

from folkmoot.apps.access.actions import close_account
from folkmoot.apps.access.audience import Handling
from folkmoot.apps.access.audit import verify
from folkmoot.apps.access.gate import Conflict, Invalid, Refused
from folkmoot.apps.access.models import Account, AuditEntry, SignInFailure
from folkmoot.apps.documents import vault
from folkmoot.apps.documents.actions import store
from folkmoot.apps.documents.models import StoredFile
from folkmoot.apps.mail.actions import queue
from folkmoot.apps.mail.models import OutboxMessage
from folkmoot.apps.mail.records import REMOVED
from folkmoot.apps.records import actions
from folkmoot.apps.records.models import Hold, Removal
from folkmoot.apps.records.queries import class_lines, next_run
from folkmoot.apps.records.registry import RecordClass, record_classes
from folkmoot.apps.records.retention import due_rows, forecast, months_before, run_retention, run_scheduled
from tests.cast import MOMENT, Cast

TWO_YEARS_ON = MOMENT.replace(year=2028, month=11, day=26)


def class_named(name: str) -> RecordClass:
    return next(each for each in record_classes() if each.name == name)


def mail(cast: Cast, subject: str = "About buses", **more: object) -> OutboxMessage:
    return queue(cast.actor("head"), to=("Maya Osei", "maya@example.org"), subject=subject, body="Words", **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("months", "day"),
    [(0, "2026-03-31"), (1, "2026-02-28"), (3, "2025-12-31"), (12, "2025-03-31"), (25, "2024-02-29")],
)
def test_months_are_counted_back_to_the_same_day_or_the_last(months: int, day: str) -> None:
    assert months_before(datetime(2026, 3, 31, 12, tzinfo=UTC), months).date().isoformat() == day


def test_every_class_says_why_it_is_kept() -> None:
    classes = record_classes()
    assert {"access.sign-in-failures", "access.closed-accounts", "documents.unreferenced", "mail.sent"} <= {
        each.name for each in classes
    }
    assert all(each.basis.endswith(".") and ": " in each.basis for each in classes)
    assert "access.audit" not in {each.name for each in classes}


def test_text_and_files_of_a_mail_go_when_its_period_is_over_and_not_before(cast: Cast) -> None:
    stored = store(cast.actor("head"), name="draft.txt", data=b"draft", kind="draft")
    message = mail(cast, attachments=[(stored, "draft.txt")])
    assert run_scheduled(TWO_YEARS_ON - timedelta(days=2)) == "Nothing was due."
    message.refresh_from_db()
    assert message.body == "Words"

    run = run_retention(TWO_YEARS_ON)

    message.refresh_from_db()
    assert (message.body, message.attachments.count(), message.to_address) == (REMOVED, 0, "maya@example.org")
    [removal] = run.removals.filter(record_class="mail.sent")
    assert (removal.table, removal.record_key) == ("mail.outboxmessage", message.key)
    assert "buses" not in removal.title_hash and len(removal.title_hash) == 64
    assert AuditEntry.objects.filter(verb="retention.removed", record="mail.outboxmessage").count() == 1
    assert verify() == []
    assert not [each for each in forecast(TWO_YEARS_ON) if each.record_class.name == "mail.sent" and each.removed]


def test_what_is_on_hold_stays_and_goes_when_the_hold_is_lifted(cast: Cast) -> None:
    message, head = mail(cast), cast.actor("head")
    hold = actions.place_hold(head, table="mail.outboxmessage", key=message.key, reason="A claim is announced.")
    assert run_scheduled(TWO_YEARS_ON).endswith(" 1 more are due and on hold.")
    message.refresh_from_db()
    assert message.body == "Words"
    actions.lift_hold(head, hold=hold)
    run_retention(TWO_YEARS_ON)
    message.refresh_from_db()
    assert message.body == REMOVED


def test_a_hold_that_is_placed_after_the_row_was_found_still_keeps_it(cast: Cast) -> None:
    first, second = mail(cast, "First"), mail(cast, "Second")
    mail_class = class_named("mail.sent")
    found = list(due_rows(mail_class, TWO_YEARS_ON))
    assert [due.key for due in found] == [first.key, second.key] and not any(due.held for due in found)

    def hold_the_second(actor: object, row: OutboxMessage) -> None:
        actions.place_hold(cast.actor("head"), table="mail.outboxmessage", key=second.key, reason="A claim.")
        mail_class.remove(actor, row)  # type: ignore[arg-type]

    from folkmoot.apps.records import registry

    registry.register_record_class(
        RecordClass("mail.sent", mail_class.title, mail_class.basis, 24, mail_class.due, hold_the_second)
    )
    try:
        run = run_retention(TWO_YEARS_ON)
    finally:
        registry.register_record_class(mail_class)
    assert [removal.record_key for removal in run.removals.filter(record_class="mail.sent")] == [first.key]


def test_a_run_removes_so_many_and_leaves_the_rest_to_the_next(cast: Cast) -> None:
    held = mail(cast, "Held")
    keys = [mail(cast, f"Number {number}").key for number in range(3)]
    actions.place_hold(cast.actor("head"), table="mail.outboxmessage", key=held.key, reason="A claim.")
    run = run_retention(TWO_YEARS_ON, most=2)
    count = run.counts.get(record_class="mail.sent")
    assert (count.removed, count.held, count.is_full) == (2, 1, True)
    run_retention(TWO_YEARS_ON, most=2)
    removed = Removal.objects.filter(record_class="mail.sent").values_list("record_key", flat=True)
    assert sorted(removed) == sorted(keys)


def test_what_the_next_run_would_remove_is_what_it_removes(cast: Cast) -> None:
    mail(cast)
    SignInFailure.objects.create(address_hash="a", source="b", at=MOMENT)
    foretold = {place for each in forecast(TWO_YEARS_ON) for place in each.removed}
    run = run_retention(TWO_YEARS_ON)
    assert foretold == set(run.removals.values_list("table", "record_key")) and len(foretold) == 2
    assert not SignInFailure.objects.exists()


def test_a_closed_account_loses_its_name_two_years_after_it_was_closed(cast: Cast) -> None:
    close_account(cast.actor("administrator"), account=cast.guest)
    run_retention(TWO_YEARS_ON - timedelta(days=2))
    assert Account.objects.get(pk=cast.guest.pk).name == "Guy Stone"
    run_retention(TWO_YEARS_ON)
    guest = Account.objects.get(pk=cast.guest.pk)
    assert (guest.name, guest.person, guest.is_active) == ("An erased person", "", False)
    assert guest.email.endswith("@erased.invalid") and not guest.has_usable_password()
    assert verify() == []


@pytest.mark.django_db(transaction=True)
def test_a_file_that_nothing_holds_goes_with_its_bytes_and_one_that_a_mail_holds_stays() -> None:
    from tests.cast import make_cast

    cast = make_cast()
    head = cast.actor("head")
    lost = store(head, name="lost.txt", data=b"lost", kind="draft")
    twin = store(head, name="twin.txt", data=b"shared", kind="draft")
    kept = store(head, name="kept.txt", data=b"shared", kind="draft")
    mail(cast, attachments=[(kept, "kept.txt")])

    run_retention(MOMENT + timedelta(days=20))
    assert StoredFile.objects.filter(pk__in=[lost.pk, twin.pk]).count() == 2
    run_retention(MOMENT + timedelta(days=40))

    assert set(StoredFile.objects.values_list("pk", flat=True)) == {kept.pk}
    assert not vault.path_of(lost.sha256).exists()
    assert vault.fetch(kept.sha256, "kept.txt") == b"shared"
    assert vault.folder() == Path(settings.ENVIRONMENT.data) / "files"


def test_the_network_sets_a_period_and_says_why(cast: Cast) -> None:
    message, head = mail(cast), cast.actor("head")
    actions.set_period(head, record_class=class_named("mail.sent"), months=6, reason="Agreed in May.")
    [line] = [line for line in class_lines(head) if line.record_class.name == "mail.sent"]
    assert (line.months, line.is_default) == (6, False)
    run_retention(MOMENT + timedelta(days=200))
    message.refresh_from_db()
    assert message.body == REMOVED


@pytest.mark.parametrize(
    ("name", "months", "reason", "sentence"),
    [
        ("mail.sent", 0, "Why", "Write a number of months"),
        ("mail.sent", -3, "Why", "Write a number of months"),
        ("mail.sent", 1201, "Why", "Write a number of months"),
        ("mail.sent", 12, "  ", "Say where the network decided this"),
        ("access.sign-in-failures", 12, "Why", "is fixed"),
    ],
)
def test_a_wrong_period_is_refused_in_a_sentence(
    cast: Cast, name: str, months: int, reason: str, sentence: str
) -> None:
    with pytest.raises(Invalid, match=sentence):
        actions.set_period(cast.actor("head"), record_class=class_named(name), months=months, reason=reason)


@pytest.mark.parametrize(
    ("table", "key", "reason", "sentence"),
    [
        ("", "abc", "Why", "Say which record"),
        ("mail.outboxmessage", " ", "Why", "Say which record"),
        ("mail.outboxmessage", "abc", "", "Say why"),
        ("no.such", "abc", "Why", "no record"),
        ("mail.outboxmessage", "abc", "Why", "no record"),
    ],
)
def test_a_wrong_hold_is_refused_in_a_sentence(cast: Cast, table: str, key: str, reason: str, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        actions.place_hold(cast.actor("head"), table=table, key=key, reason=reason)


def test_a_hold_is_placed_once_and_lifted_once(cast: Cast) -> None:
    head, message = cast.actor("head"), mail(cast, handling=Handling.OFFICIAL)
    first = actions.place_hold(head, table="mail.outboxmessage", key=message.key, reason="A claim.")
    again = actions.place_hold(head, table="mail.outboxmessage", key=message.key, reason="Another word.")
    assert first == again
    actions.lift_hold(head, hold=first)
    with pytest.raises(Conflict, match="lifted already"):
        actions.lift_hold(head, hold=first)


def test_a_hold_for_a_case_ends_with_the_case_alone(cast: Cast) -> None:
    head, message = cast.actor("head"), mail(cast)
    hold = actions.keep_from_removal(
        head, table="mail.outboxmessage", key=message.key, reason="A request.", for_record="case:1"
    )
    with pytest.raises(Conflict, match="belongs to a request"):
        actions.lift_hold(head, hold=hold)
    assert actions.lift_holds_for(head, for_record="case:2") == 0
    assert actions.lift_holds_for(head, for_record="case:1") == 1
    assert not Hold.objects.standing().exists()


@pytest.mark.parametrize("part", ["administrator", "deputy", "officer", "coordinator", "mayor", "guest", "stranger"])
def test_only_whoever_manages_records_sets_and_sees_periods(cast: Cast, part: str) -> None:
    actor = cast.actor(part)
    with pytest.raises(Refused):
        actions.set_period(actor, record_class=class_named("mail.sent"), months=6, reason="Why")
    with pytest.raises(Refused):
        actions.place_hold(actor, table="mail.outboxmessage", key="abc", reason="Why")
    with pytest.raises(Refused):
        next_run(actor)
