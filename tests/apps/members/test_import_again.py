"""Importing the register again: nothing is doubled, and what people corrected stays."""

from datetime import date
from pathlib import Path

import pytest

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.models import AuditEntry
from folkmoot.apps.members.actions import correct_fact, recheck_fact
from folkmoot.apps.members.importing import SHIPPED, ImportReport, Outcome, import_facts
from folkmoot.apps.members.models import FactImport, Membership, Organization
from tests.apps.members.sheets import table
from tests.cast import TODAY

pytestmark = pytest.mark.django_db


def test_every_shipped_row_is_taken(shipped: ImportReport) -> None:
    assert shipped.refused == []
    assert shipped.count(Outcome.ADDED) == len(shipped.rows) == 717
    assert Organization.objects.filter(kind="authority").count() == 23
    assert Membership.objects.count() == 57
    assert AuditEntry.objects.filter(verb="register.imported").count() == 1


def test_a_second_run_changes_nothing(coordinator: Actor, shipped: ImportReport) -> None:
    again = import_facts(coordinator, folder=SHIPPED, today=TODAY)
    assert again.count(Outcome.UNCHANGED) == len(again.rows)
    assert FactImport.objects.count() == 1


def test_a_changed_cell_changes_one_row(coordinator: Actor, shipped: ImportReport, tmp_path: Path) -> None:
    path = table(tmp_path, "strategic_authorities.csv", {"cumbria": {"website": "https://cumbria.invalid/"}})
    report = import_facts(coordinator, folder=path, today=TODAY)
    assert [row.outcome for row in report.rows].count(Outcome.CHANGED) == 1
    assert Organization.objects.get(key="cumbria").website == "https://cumbria.invalid/"


def test_a_correction_survives_the_next_import(coordinator: Actor, shipped: ImportReport, tmp_path: Path) -> None:
    authority = Organization.objects.get(key="cumbria")
    correct_fact(
        coordinator,
        fact=authority,
        field="website",
        value="https://cumbria.invalid/",
        reason="The authority has opened its site.",
        source="Letter from the authority",
        as_of="2026-11-20",
    )
    term = Membership.objects.get(key="mayor-greater-manchester/2026-07-30")
    correct_fact(
        coordinator,
        fact=term,
        field="valid_from",
        value="2026-08-03",
        reason="The authority told us the day.",
        source="Letter from the authority",
        as_of="2026-11-20",
    )
    again = import_facts(coordinator, folder=SHIPPED, today=TODAY)
    assert not again.changes_anything
    path = table(tmp_path, "strategic_authorities.csv", {"cumbria": {"website": "https://other.invalid/"}})
    report = import_facts(coordinator, folder=path, today=TODAY)
    assert Organization.objects.get(key="cumbria").website == "https://cumbria.invalid/"
    assert Membership.objects.get(pk=term.pk).begins == date(2026, 8, 3)
    assert any("A correction was kept" in line and "https://other.invalid/" in line for line in report.lines)


def test_a_second_look_survives_until_the_file_is_newer(
    coordinator: Actor, shipped: ImportReport, tmp_path: Path
) -> None:
    authority = Organization.objects.get(key="cumbria")
    recheck_fact(
        coordinator,
        fact=authority,
        reason="The order was read.",
        source="SI 2026/158 on legislation.gov.uk",
        as_of="2026-11-20",
    )
    assert not import_facts(coordinator, folder=SHIPPED, today=TODAY).changes_anything
    authority.refresh_from_db()
    assert (authority.as_of, authority.unconfirmed) == ("2026-11-20", "")
    assert authority.sources[-1] == "SI 2026/158 on legislation.gov.uk"
    path = table(tmp_path, "strategic_authorities.csv", {"cumbria": {"as_of": "2026-11-24"}})
    import_facts(coordinator, folder=path, today=TODAY)
    authority.refresh_from_db()
    assert authority.as_of == "2026-11-24"
