"""The paragraphs of a clause as one reader's copy shows them: sub-clauses with their numbers, tables as tables."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from folkmoot.apps.documents import vault
from folkmoot.apps.positions.editions import ClauseView
from folkmoot.apps.positions.models import Version
from folkmoot.engines import redline


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, with the number of a sub-clause that begins with it, such as 4.1 or (b).

    `kept_to` says for how few it is; empty where the document's readers all see it.
    """

    place: int
    text: str
    kept_to: str = ""
    label: str = ""
    cell: redline.Cell | None = None

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """A paragraph has none; see Table."""
        return ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a clause; where cells of it are for fewer readers, `place` is the first of these."""

    place: int
    kept_to: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class _Copy:
    """What one copy of a version says: its paragraphs, the numbers that begin at them, and where tables stand."""

    words: tuple[str, ...]
    labels: Mapping[int, str]
    cells: tuple[redline.Cell | None, ...]


@lru_cache(maxsize=64)
def _copy(sha256: str, name: str, hidden: tuple[int, ...]) -> _Copy:
    """Kept under the hash of the file, which never changes."""
    data = vault.fetch(sha256, name)
    if hidden:
        data = redline.drop_paragraphs(data, hidden)
    numbered = (clause for clause in redline.clauses(data) if clause.number != clause.heading)
    labels = {clause.first_paragraph: _own_number(clause.number) for clause in numbered}
    return _Copy(redline.text(data, view="rejected"), labels, redline.cells(data))


def _own_number(number: str) -> str:
    """What a sub-clause adds to the number above it where it is a letter: (b) of 4(b); else its number: 4.1."""
    return number[number.rindex("(") :] if number.endswith(")") else number


def paragraphs_in(
    version: Version, hidden: tuple[int, ...], view: ClauseView, kept_to: Mapping[int, str]
) -> list[Paragraph]:
    """The paragraphs of a clause in the copy without `hidden`, without its heading unless that itself is kept back."""
    copy = _copy(version.package.sha256, version.package.name, hidden)
    first = view.first
    if view.heading and copy.words[first].strip() == view.heading.strip() and first not in kept_to:
        first += 1
    return [
        Paragraph(
            place=place,
            text=copy.words[place],
            kept_to=kept_to.get(place, ""),
            label=copy.labels.get(place, "") if place > view.first else "",
            cell=copy.cells[place],
        )
        for place in range(first, view.last + 1)
        if copy.words[place].strip()
    ]


def blocks(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph | Table]:
    """The same, with the paragraphs of one table made into that table."""
    for number, group in groupby(paragraphs, key=lambda paragraph: paragraph.cell.table if paragraph.cell else None):
        if number is None:
            yield from group
        else:
            yield _table(list(group))


def _table(paragraphs: Sequence[Paragraph]) -> Table:
    """A cell with several paragraphs shows them one after another; one that says nothing stays empty."""
    said: dict[tuple[int, int], list[str]] = {}
    for paragraph in paragraphs:
        assert paragraph.cell is not None
        said.setdefault((paragraph.cell.row, paragraph.cell.column), []).append(paragraph.text)
    rows = sorted({row for row, _ in said})
    columns = range(max(column for _, column in said) + 1)
    kept = next((paragraph for paragraph in paragraphs if paragraph.kept_to), None)
    return Table(
        place=kept.place if kept else paragraphs[0].place,
        kept_to=kept.kept_to if kept else "",
        rows=tuple(tuple(" ".join(said.get((row, column), ())) for column in columns) for row in rows),
    )
