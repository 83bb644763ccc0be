"""Two versions of a paragraph are told apart word by word, and nothing of either is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.engines.redline._versions import compare_paragraphs


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", "", ()),
        ("same", "same", (("same", "same"),)),
        ("", "new", (("insert", "new"),)),
        ("old", "", (("delete", "old"),)),
        (
            "at least three years, paid",
            "at least five years, paid",
            (("same", "at least "), ("delete", "three"), ("insert", "five"), ("same", " years, paid")),
        ),
        ("its depots within", "its depots and vehicles within", None),
    ],
)
def test_words_are_compared_whole(before: str, after: str, expected: tuple[tuple[str, str], ...] | None) -> None:
    found = compare_paragraphs(before, after)
    if expected is None:
        assert [kind for kind, _ in found] == ["same", "insert", "same"]
    else:
        assert found == expected


@given(st.text(alphabet="ab ,.", max_size=30), st.text(alphabet="ab ,.", max_size=30))
def test_both_versions_can_be_read_off(before: str, after: str) -> None:
    found = compare_paragraphs(before, after)
    assert "".join(text for kind, text in found if kind != "insert") == before
    assert "".join(text for kind, text in found if kind != "delete") == after
    assert all(text for _, text in found)
