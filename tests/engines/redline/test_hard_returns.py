"""Hard returns that LibreOffice makes after a script: told as the script says, merged, and counted by LibreOffice."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from folkmoot.engines import redline
from tests.engines.redline.builders import keep_only
from tests.office import ask, hard

pytestmark = pytest.mark.slow

NAMES = tuple(hard.returns(Path()))
# LibreOffice sees more in the merged file where an edit without a mark got one, and less where words that one person
# added and another took away again are not asked for by the office.
MARKED_HERE = {"tracking off for a part"}
UNDONE = {"two people"}
# Each kind of mark once: to load every file twice takes LibreOffice too long for every run of the tests.
COUNTED = (
    *("a text box", "a new footnote", "the margins", "a moved paragraph", "joined paragraphs", "across paragraphs"),
    *("a list numbered anew", "a row gone", "a row more", "two people", "tracking off for a part", "an older draft"),
)
# Returns that touch no paragraph in common, so that no mark of one is another's as well.
APART = (
    *("words", "a table in a table", "a text box", "a footnote", "a new endnote", "the margins"),
    *("a parted paragraph", "a row gone", "bold words", "two comments on the same words"),
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> hard.Made:
    return hard.made(tmp_path_factory.mktemp("hard"))


def merged(made: hard.Made, *names: str) -> tuple[redline.Consolidation, redline.Merged]:
    returns = [redline.ReturnFile(f"{name}.docx", name, made.returns[name][1]) for name in names]
    return redline.consolidate_and_merge(made.draft, returns, earlier=[made.earlier])


def told(found: redline.Consolidation) -> list[hard.Asked]:
    amendments: list[hard.Asked] = [
        (a.kind, a.clause, "", "", a.tracked)
        if a.kind == "format"
        else (a.kind, a.clause, a.before, a.after, a.tracked)
        for a in found.amendments
    ]
    return sorted([*amendments, *((hard.COMMENT, c.clause, c.on, c.text, True) for c in found.comments)])


@pytest.mark.parametrize("name", NAMES)
def test_it_is_told_as_the_script_says(made: hard.Made, name: str) -> None:
    truth, data = made.returns[name]
    found, carried = merged(made, name)
    assert told(found) == sorted(truth.asked)
    assert found.returns[0].status == truth.status
    assert carried.data is not None
    assert redline.text(carried.data, view="rejected") == redline.text(made.draft, view="rejected")
    if not truth.older:
        kept = redline.text(keep_only(carried.data, name), view="accepted")
        assert kept == redline.text(data, view="accepted")


def test_what_is_settled_is_told_as_settled_and_two_remarks_are_no_thread(made: hard.Made) -> None:
    [settled] = merged(made, "a settled comment")[0].comments
    assert settled.resolved
    assert [c.parent for c in merged(made, "two comments on the same words")[0].comments] == [None, None]


def test_only_what_no_merged_file_can_hold_is_left_out_of_it(made: hard.Made) -> None:
    _, carried = merged(made, *NAMES)
    assert carried.data is not None
    assert {one.office for one in carried.not_carried} == {"a text box without a mark"}


def test_libreoffice_loads_each_merged_file_with_as_many_changes(made: hard.Made, tmp_path: Path) -> None:
    files: dict[str, bytes] = {}
    for name in (*COUNTED, *APART):
        files[f"{name} returned"] = made.returns[name][1]
    for name in COUNTED:
        files[f"{name} merged"] = merged(made, name)[1].data or b""
    files["apart"] = merged(made, *APART)[1].data or b""
    counts = counted(files, tmp_path)
    for name in COUNTED:
        before, after = counts[f"{name} returned"], counts[f"{name} merged"]
        if name in MARKED_HERE:
            assert before < after, name
        elif name in UNDONE:
            assert before > after, name
        else:
            assert before == after, name
    assert counts["apart"] == sum((counts[f"{name} returned"] for name in APART), Counter())


def counted(files: dict[str, bytes], folder: Path) -> dict[str, Counter[str]]:
    """The changes of each kind that LibreOffice holds after loading a file."""
    paths: Sequence[Path] = [folder / f"{number}.docx" for number in range(len(files))]
    for path, data in zip(paths, files.values(), strict=True):
        path.write_bytes(data)
    answers = ask("tracked", paths)
    return {name: Counter(kind for kind, _ in said["value"]) for name, said in zip(files, answers, strict=True)}
