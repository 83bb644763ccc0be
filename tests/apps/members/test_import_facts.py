"""Importing the register's facts."""

from pathlib import Path

import pytest

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.gate import Invalid, Refused
from folkmoot.apps.access.models import AuditEntry
from folkmoot.apps.members.importing import SHIPPED, Outcome, import_at_the_terminal, import_facts
from folkmoot.apps.members.models import Organization, Power
from tests.apps.members.conftest import Network
from tests.apps.members.sheets import table
from tests.cast import MOMENT, TODAY, Cast

pytestmark = pytest.mark.django_db


def test_a_dry_run_tells_everything_and_keeps_nothing(coordinator: Actor) -> None:
    report = import_facts(coordinator, folder=SHIPPED, today=TODAY, dry_run=True)
    assert report.summary == "Would be: 717 added, 0 changed, 0 unchanged, 0 refused."
    assert not Organization.objects.exists()
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"name": ""}, "The column name is empty"),
        ({"source": " "}, "A fact needs a source"),
        ({"date_established": "May 2024"}, "In the column date_established: “May 2024” is not a date"),
        ({"as_of": "2027-01-01"}, "lies in the future"),
    ],
)
def test_a_bad_row_is_refused_with_its_number_and_the_others_are_taken(
    coordinator: Actor, tmp_path: Path, cells: dict[str, str], words: str
) -> None:
    path = table(tmp_path, "strategic_authorities.csv", {"west-midlands": cells})
    report = import_facts(coordinator, folder=path, today=TODAY)
    (refused,) = report.refused
    assert (refused.number, words in refused.words) == (4, True)
    assert report.count(Outcome.ADDED) == 22
    assert not Organization.objects.filter(key="west-midlands").exists()


def test_a_row_that_names_an_unknown_body_is_refused(coordinator: Actor) -> None:
    report = import_facts(coordinator, folder=SHIPPED / "tiers.csv", today=TODAY)
    assert len(report.refused) == len(report.rows)
    assert "is not in the register" in report.refused[0].words


def test_a_row_with_a_cell_too_many_is_refused(coordinator: Actor, tmp_path: Path) -> None:
    path = tmp_path / "tiers.csv"
    path.write_text("authority_id,tier,valid_from,valid_to,unconfirmed,source,as_of\na,b,,,,c,2026,d\n")
    report = import_facts(coordinator, folder=path, today=TODAY)
    assert "more or fewer cells" in report.refused[0].words


def test_what_is_no_table_of_the_register_is_refused_in_a_sentence(coordinator: Actor, tmp_path: Path) -> None:
    (tmp_path / "mayors.csv").write_bytes(b"\xff\xfe\x00a")
    (tmp_path / "tiers.csv").write_text("authority_id,tier\n")
    (tmp_path / "other.csv").write_text("a,b\n")
    empty = tmp_path / "empty"
    empty.mkdir()
    for place, words in (
        (tmp_path / "mayors.csv", "not a CSV file in UTF-8"),
        (tmp_path / "tiers.csv", "lacks the columns as_of"),
        (tmp_path / "other.csv", "not one of the register’s files"),
        (tmp_path / "absent.csv", "There is no file or folder"),
        (empty, "holds none of the register’s files"),
    ):
        with pytest.raises(Invalid, match=words):
            import_facts(coordinator, folder=place, today=TODAY)


def test_a_real_fact_cannot_take_the_place_of_an_invented_one(
    coordinator: Actor, network: Network, tmp_path: Path
) -> None:
    path = table(tmp_path, "strategic_authorities.csv", {"london": {"id": "aldermere"}})
    report = import_facts(coordinator, folder=path, today=TODAY)
    assert "belongs to an invented record" in report.refused[0].words
    network.authority.refresh_from_db()
    assert network.authority.name == "Aldermere Combined Authority"


def test_only_who_may_correct_the_register_may_import(cast: Cast) -> None:
    for part in ("mayor", "member_officer", "guest", "administrator", "stranger"):
        with pytest.raises(Refused):
            import_facts(cast.actor(part), folder=SHIPPED, today=TODAY)
    assert not Power.objects.exists()


def test_the_terminal_is_told_in_lines(tmp_path: Path) -> None:
    assert import_at_the_terminal(SHIPPED, now=MOMENT, today=TODAY) == (
        0,
        ["Rows: 717 added, 0 changed, 0 unchanged, 0 refused."],
    )
    status, lines = import_at_the_terminal(tmp_path / "nothing", now=MOMENT, today=TODAY)
    assert (status, len(lines)) == (3, 1)
    bad = table(tmp_path, "mayors.csv", {"andy-street": {"start_date": "soon"}})
    status, lines = import_at_the_terminal(bad, now=MOMENT, today=TODAY, dry_run=True)
    assert status == 3
    assert lines[0].startswith("mayors.csv row 16: In the column start_date")
