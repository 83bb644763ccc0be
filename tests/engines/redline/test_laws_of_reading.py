"""What holds for every marked document, whatever its marks: the truth is the one that the document was drawn from."""

from hypothesis import given, settings

from folkmoot.engines import redline
from folkmoot.engines.redline._reject import reject_file
from tests.engines.redline.marked import AUTHORS, Marked, documents
from tests.engines.redline.reference import reading
from tests.engines.redline.walk import count_marks


@settings(max_examples=700, deadline=None)
@given(documents)
def test_both_views_say_what_was_written(drawn: Marked) -> None:
    assert redline.text(drawn.data, view="rejected") == drawn.rejected
    assert redline.text(drawn.data, view="accepted") == drawn.accepted
    # The second reading, which the bench and the samples lean on, is held to the same truth.
    assert reading(drawn.data, "rejected") == list(drawn.rejected)
    assert reading(drawn.data, "accepted") == list(drawn.accepted)


@settings(max_examples=400, deadline=None)
@given(documents)
def test_every_mark_is_told_once(drawn: Marked) -> None:
    found = redline.changes(drawn.data)
    assert count_marks(drawn.data) == drawn.marks
    assert sum(change.marks for change in found.changes) + found.empty == drawn.marks
    assert {change.author for change in found.changes} <= set(AUTHORS)
    silent = [change for change in found.changes if not change.before and not change.after]
    # An empty line or row was added or taken; nothing else may be told without a word.
    assert {change.kind for change in silent} <= {"paragraph-insert", "paragraph-delete", "row-insert", "row-delete"}


@settings(max_examples=200, deadline=None)
@given(documents)
def test_accepting_or_rejecting_leaves_no_mark_and_the_text_of_its_view(drawn: Marked) -> None:
    for made, expected in ((redline.flatten(drawn.data), drawn.accepted), (reject_file(drawn.data), drawn.rejected)):
        assert count_marks(made) == 0
        assert redline.text(made, view="accepted") == expected
        assert redline.text(made, view="rejected") == expected
