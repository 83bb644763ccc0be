"""A seeded slice of the fuzz that `./bench fuzz` runs in full: damaged files are read or refused, and nothing else."""

from collections.abc import Sequence
from multiprocessing import get_context

import pytest

from tests.engines.redline.test_package import REFUSED
from tests.fuzz.harness import Outcome, read_all
from tests.fuzz.mutate import mutant
from tests.fuzz.refusals import REFUSALS, listed
from tests.fuzz.seeds import seeds

pytestmark = pytest.mark.one_database

SLICES = (("redline.changes", range(550)), ("redline.flatten", range(20_000, 20_120)))
MOST_SECONDS = 10.0
MOST_MEGABYTES = 600.0


def outcomes_of(reader: str, numbers: Sequence[int]) -> list[Outcome]:
    """How the readings of these mutants end; of the sound files where no numbers are given."""
    whole = seeds()
    files = [(number, mutant(number, whole)) for number in numbers] or list(enumerate(whole))
    return list(read_all(files, reader=reader))


def in_a_fresh_process(reader: str, numbers: Sequence[int] = ()) -> list[Outcome]:
    """The same from a process that has only this to do: after a whole suite, this one takes more than a reader may."""
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(outcomes_of, (reader, numbers))


@pytest.mark.slow
@pytest.mark.parametrize(("reader", "files"), SLICES)
def test_a_damaged_file_is_read_or_refused_in_a_listed_sentence(reader: str, files: range) -> None:
    outcomes = in_a_fresh_process(reader, files)
    assert [outcome for outcome in outcomes if outcome.how not in ("read", "refused")] == []
    assert [outcome for outcome in outcomes if outcome.how == "refused" and listed(outcome.reason) is None] == []
    assert max(outcome.seconds for outcome in outcomes) < MOST_SECONDS
    assert max(outcome.megabytes for outcome in outcomes) < MOST_MEGABYTES
    # A mutator that broke every file, or none, would prove nothing.
    assert 0.3 < sum(outcome.how == "read" for outcome in outcomes) / len(files) < 0.9


def test_sound_files_are_read() -> None:
    assert {outcome.how for outcome in in_a_fresh_process("redline.changes")} == {"read"}


def test_every_listed_refusal_has_a_file_of_its_own() -> None:
    shown = {listed(f"{reason} {advice}") for _, reason, advice in REFUSED.values()}
    assert {reason for reason, _ in REFUSALS} - shown == {"The file holds the same part twice."}
    assert None not in shown


def test_a_sentence_that_nobody_listed_is_noticed() -> None:
    assert listed("The file is odd. Ask the office.") is None


def test_the_same_number_gives_the_same_file() -> None:
    assert mutant(7, seeds()) == mutant(7, seeds())
