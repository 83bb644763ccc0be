"""What may happen to past papers: they are looked through, taken in, put right, and taken out again."""

from folkmoot.apps.archive.actions.correcting import correct_paper
from folkmoot.apps.archive.actions.staging import correct_row, discard, leave_out, put_back, stage
from folkmoot.apps.archive.actions.taking import take_in, undo

__all__ = ["correct_paper", "correct_row", "discard", "leave_out", "put_back", "stage", "take_in", "undo"]
