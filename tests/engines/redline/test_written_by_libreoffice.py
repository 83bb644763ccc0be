"""Files that LibreOffice writes after a plan are read as the plan says, and the standard's own walk agrees."""

from pathlib import Path

import pytest

from folkmoot.engines import redline
from tests.engines.redline.reference import reading
from tests.engines.redline.walk import count_marks
from tests.office.edits import written

VIEWS: tuple[redline.View, ...] = ("accepted", "rejected")


@pytest.mark.slow
def test_both_views_are_those_of_the_plan_and_every_mark_is_told(tmp_path: Path) -> None:
    made = written(range(16), tmp_path)
    assert len(made) == 16
    for plan, data in made:
        for view, truth in zip(VIEWS, (plan.accepted, plan.rejected), strict=True):
            assert redline.text(data, view=view) == truth
            assert reading(data, view) == list(truth)
        found = redline.changes(data)
        assert sum(change.marks for change in found.changes) + found.empty == count_marks(data)
    kinds = {change.kind for _, data in made for change in redline.changes(data).changes}
    assert kinds >= {"insert", "delete", "paragraph-insert", "paragraph-delete", "row-delete", "format"}
