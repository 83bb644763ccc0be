"""The trail is append-only, sealed row by row, and says who acted for whom without a confidential word."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from folkmoot.apps.access.audit import faults, record, verify
from folkmoot.apps.access.gate import Refused, check
from folkmoot.apps.access.models import AuditEntry, AuditHead
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.access.trail import TrailFilter, deed_text, export_trail, rows, trail, verify_trail
from tests.cast import EVERYBODY, Cast


@pytest.fixture
def three_deeds(cast: Cast) -> list[AuditEntry]:
    with transaction.atomic():
        return [record(cast.actor("head"), f"thing.{verb}", cast.officer) for verb in ("made", "changed", "sent")]


def whole() -> list[AuditEntry]:
    return list(AuditEntry.objects.order_by("number"))


def head() -> tuple[int, str]:
    return AuditHead.objects.values_list("number", "hash").get()


def test_an_untouched_trail_is_whole(three_deeds: list[AuditEntry]) -> None:
    assert verify() == []


def test_a_changed_row_is_found(three_deeds: list[AuditEntry]) -> None:
    entries = whole()
    entries[1].account_id = 999
    assert faults(entries, head()) == ["Row 2 was changed after it was written."]


def test_a_missing_row_in_the_middle_is_found(three_deeds: list[AuditEntry]) -> None:
    entries = whole()
    assert faults([entries[0], entries[2]], head())[0] == "Row 2 is missing: row 3 follows row 1."


def test_a_trail_cut_short_is_found(three_deeds: list[AuditEntry]) -> None:
    assert faults(whole()[:2], head()) == ["The trail should end at row 3 and ends at row 2."]


@pytest.mark.parametrize("statement", ["UPDATE access_auditentry SET verb = 'x'", "DELETE FROM access_auditentry"])
def test_the_database_itself_refuses_to_rewrite_the_trail(three_deeds: list[AuditEntry], statement: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert verify() == []


def test_the_trail_names_both_who_acted_and_for_whom(cast: Cast) -> None:
    actor = cast.actor("chief_executive")
    by = check(actor, Permission.SIGN_OFF, office="aldermere")
    with transaction.atomic():
        record(actor, "position.signed", cast.officer, by=by)
    row = next(rows(trail(cast.actor("head"), TrailFilter())))
    assert (row.who, row.for_whom, row.deed) == ("Idris Vale", "Gwen Tarrant", "Position signed")
    assert row.record == f"Account {cast.officer.pk}"


def test_what_is_looked_for_is_found(cast: Cast, three_deeds: list[AuditEntry]) -> None:
    reader = cast.actor("head")
    wanted = {
        TrailFilter(): 3,
        TrailFilter(verb="thing.made"): 1,
        TrailFilter(person=cast.head.key): 3,
        TrailFilter(person=cast.officer.key): 0,
        TrailFilter(record=f"access.account-{cast.officer.pk}"): 3,
        TrailFilter(record="access.account-nonsense"): 0,
        TrailFilter(since=date(2026, 11, 25), until=date(2026, 11, 25)): 3,
        TrailFilter(since=date(2026, 11, 26)): 0,
        TrailFilter(until=date(2026, 11, 24)): 0,
    }
    assert {wish: trail(reader, wish).count() for wish in wanted} == wanted


def test_taking_the_trail_away_is_itself_in_the_trail(cast: Cast, three_deeds: list[AuditEntry]) -> None:
    assert len(export_trail(cast.actor("head"), TrailFilter())) == 3
    assert AuditEntry.objects.latest("number").verb == "audit.exported"


@pytest.mark.parametrize("part", EVERYBODY)
def test_only_three_roles_read_the_trail(cast: Cast, part: str) -> None:
    actor = cast.actor(part)
    if part in {"administrator", "head", "deputy"}:
        assert verify_trail(actor) == []
        return
    with pytest.raises(Refused):
        verify_trail(actor)
    for read in (trail, export_trail):
        with pytest.raises(Refused):
            read(actor, TrailFilter())


@pytest.mark.django_db(transaction=True)
def test_the_trail_is_written_in_the_actions_own_transaction(cast: Cast) -> None:
    with pytest.raises(RuntimeError, match="own transaction"):
        record(cast.actor("head"), "thing.made", cast.officer)


def test_verbs_read_as_words() -> None:
    assert deed_text("circulation.opened") == "Circulation opened"
    assert deed_text("account.role-changed") == "Account role changed"
    assert deed_text("read.export") == "Exported"
