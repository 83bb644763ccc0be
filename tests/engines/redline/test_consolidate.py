"""Returns of one draft laid beside each other: what is found, at which clause, and what it means for the others."""

import pytest

from folkmoot.engines import redline
from tests.engines.redline.builders import CLAUSES, Pen, draft
from tests.engines.redline.words import p, part, word_file

BASE = draft()


def returned(office: str, data: bytes) -> redline.ReturnFile:
    return redline.ReturnFile(f"{office.lower()}.docx", office, data)


def consolidate(
    *returns: redline.ReturnFile, base: bytes = BASE, earlier: tuple[bytes, ...] = ()
) -> redline.Consolidation:
    return redline.consolidate(base, returns, earlier=earlier)


def one(pen: Pen, base: bytes = BASE) -> redline.Amendment:
    """The only amendment of a return."""
    found = consolidate(returned("Leeds", pen.save()), base=base).amendments
    assert len(found) == 1, found
    return found[0]


def paged(number: str, code: str = "NUMPAGES", before: str = "Page ") -> bytes:
    """A draft whose footer shows the number of its pages."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    field = f"{mark('begin')}<w:r><w:instrText> {code} </w:instrText></w:r>{mark('separate')}"
    said = f"<w:r><w:t xml:space='preserve'>{before}</w:t></w:r>"
    footer = part("ftr", f"<w:p>{said}{field}<w:r><w:t>{number}</w:t></w:r>{mark('end')}</w:p>")
    return word_file(p(CLAUSES[0]), parts={"word/footer1.xml": ("footer", "footer+xml", footer)})


class TestOneReturn:
    def test_a_deletion_followed_by_an_insertion_is_one_replacement(self) -> None:
        found = one(Pen(BASE).replace(0, "forty", "fifty"))
        assert (found.kind, found.before, found.after) == ("replace", "forty", "fifty")
        assert (found.paragraph, found.start, found.end) == (0, 30, 35)
        assert CLAUSES[0][found.start : found.end] == "forty"

    def test_touching_runs_of_one_author_are_one_amendment(self) -> None:
        pen = Pen(BASE).delete(0, "within ").delete(0, "forty ").insert(0, "shall meet ", "soon, in fewer than ")
        found = one(pen)
        assert (found.kind, found.before, found.after) == ("replace", "within forty ", "soon, in fewer than ")

    def test_touching_marks_of_two_authors_stay_apart(self) -> None:
        first = Pen(BASE).delete(0, "within ").save()
        found = consolidate(returned("Leeds", Pen(first, author="Bo Hall").delete(0, "forty ").save())).amendments
        assert [(a.author, a.before) for a in found] == [("Ann Lee", "within "), ("Bo Hall", "forty ")]

    def test_a_new_paragraph_bears_the_number_of_the_clause_that_it_follows(self) -> None:
        below = one(Pen(BASE).insert_paragraph(1, "A new line."))
        typed = one(Pen(BASE).insert_paragraph_by_return(1, "A new line."))
        assert (below.kind, below.after, below.clause) == ("paragraph-insert", "A new line.", "paragraph 2")
        assert (below.paragraph, below.start) == (1, len(CLAUSES[1]))
        assert (typed.kind, typed.after, typed.paragraph, typed.start) == (
            "paragraph-insert", "A new line.", 1, len(CLAUSES[1]),
        )  # fmt: skip

    @pytest.mark.parametrize("delete", [Pen.delete_paragraph, Pen.delete_paragraph_backwards])
    def test_a_deleted_paragraph_is_found_however_its_mark_went(self, delete) -> None:
        found = one(delete(Pen(BASE), 5 if delete is Pen.delete_paragraph_backwards else 2))
        at = 5 if delete is Pen.delete_paragraph_backwards else 2
        assert (found.kind, found.before, found.paragraph) == ("paragraph-delete", CLAUSES[at], at)

    def test_a_split_and_a_join_are_paragraph_marks(self) -> None:
        split = one(Pen(BASE).split(1, "officer"))
        assert (split.kind, split.after, split.start) == ("paragraph-insert", "\n", CLAUSES[1].index("officer"))
        join = one(Pen(BASE).join(1))
        assert (join.kind, join.before, join.start) == ("paragraph-delete", "\n", len(CLAUSES[1]))

    def test_a_move_is_one_amendment_at_its_old_place(self) -> None:
        found = one(Pen(BASE).move(1, 4))
        assert (found.kind, found.before, found.after, found.paragraph) == ("move", CLAUSES[1], CLAUSES[1], 1)
        assert found.target == 4

    def test_a_row_mark_governs_text_that_bears_none(self) -> None:
        base = draft(rows=(("a", "b"), ("c", "d")))
        found = one(Pen(base).mark_row(1, "del"), base)
        assert (found.kind, found.before) == ("row-delete", "c\td")

    def test_a_format_change_says_what_changed(self) -> None:
        found = one(Pen(BASE).embolden(2, "five working days"))
        assert (found.kind, found.before, found.after) == ("format", "", "bold")

    def test_undated_marks_are_kept_without_a_date(self) -> None:
        assert one(Pen(BASE, date=None).delete(0, "forty ")).date is None

    def test_an_edit_of_what_another_mark_added_counts_by_its_result(self) -> None:
        pen = Pen(BASE).insert(0, "forty ", "calendar or working ")
        undone = next(run for run in pen.body.iter() if run.text == "calendar or working ").getparent()
        pen.take_run(undone)
        assert consolidate(returned("Leeds", pen.save())).amendments == ()


class TestStatus:
    def test_tracked(self) -> None:
        status = consolidate(returned("Leeds", Pen(BASE).delete(0, "forty ").save())).returns[0]
        assert (status.status, status.office, status.file) == ("tracked", "Leeds", "leeds.docx")
        assert status.detail == "1 tracked change by 1 person."

    def test_edits_without_marks_are_whole_words(self) -> None:
        found = consolidate(returned("Leeds", Pen(BASE).rewrite(0, "forty", "fourteen").save()))
        assert found.returns[0].status == "untracked"
        assert "Ask the office to confirm" in found.returns[0].detail
        [edit] = found.amendments
        assert (edit.kind, edit.before, edit.after, edit.tracked) == ("replace", "forty", "fourteen", False)

    def test_mixed(self) -> None:
        pen = Pen(BASE).rewrite(0, "forty", "fourteen").delete(3, "half of ")
        found = consolidate(returned("Leeds", pen.save()))
        assert found.returns[0].status == "mixed"
        assert [(a.before, a.tracked) for a in found.amendments] == [("forty", False), ("half of ", True)]

    def test_paragraphs_added_and_dropped_without_marks(self) -> None:
        pen = Pen(BASE).add_paragraph(1, "Put in quietly.").drop_paragraph(4)
        found = consolidate(returned("Leeds", pen.save())).amendments
        assert [(a.kind, a.before or a.after, a.paragraph, a.tracked) for a in found] == [
            ("paragraph-insert", "Put in quietly.", 1, False),
            ("paragraph-delete", CLAUSES[4], 4, False),
        ]

    def test_an_office_that_accepted_its_own_changes_is_found(self) -> None:
        pen = Pen(BASE).rewrite(2, "five", "ten").rewrite(5, "year", "second year")
        assert consolidate(returned("Leeds", pen.save())).returns[0].status == "untracked"

    def test_numbers_and_compounds_are_whole_words(self) -> None:
        base = draft(("A levy of 3.5 per cent on cross-border fares.",))
        edits = consolidate(
            returned("Leeds", Pen(base).rewrite(0, "3.5", "3.7").save()),
            returned("York", Pen(base).rewrite(0, "cross-border", "cross-county").save()),
            base=base,
        ).amendments
        assert [(a.before, a.after) for a in edits] == [("3.5", "3.7"), ("cross-border", "cross-county")]

    def test_a_cell_that_says_something_else_is_one_replacement(self) -> None:
        base = draft(rows=(("12", "15"), ("18", "21")))
        edits = consolidate(
            returned("Leeds", Pen(base).rewrite(3, "12", "13").rewrite(4, "15", "16").save()), base=base
        )
        assert [(a.kind, a.before, a.after, a.paragraph) for a in edits.amendments] == [
            ("replace", "12", "13", 3),
            ("replace", "15", "16", 4),
        ]

    def test_a_page_number_that_changed_by_itself_is_no_edit(self) -> None:
        assert consolidate(returned("Leeds", paged("4")), base=paged("3")).returns[0].status == "unchanged"
        alone = consolidate(returned("Leeds", paged("4", before="")), base=paged("3", before=""))
        assert alone.returns[0].status == "unchanged"
        field = '<w:p><w:fldSimple w:instr=" DATE "><w:r><w:t>{} May</w:t></w:r></w:fldSimple></w:p>'
        simple = [word_file(p("Made on") + field.format(day)) for day in (3, 4)]
        assert consolidate(returned("Leeds", simple[1]), base=simple[0]).returns[0].status == "unchanged"
        assert consolidate(returned("Leeds", paged("4", "REF x")), base=paged("3", "REF x")).amendments != ()

    def test_unchanged(self) -> None:
        status = consolidate(returned("Leeds", BASE)).returns[0]
        assert (status.status, status.detail) == ("unchanged", "No amendments.")

    def test_what_the_draft_itself_marks_is_no_offices_amendment(self) -> None:
        base = Pen(BASE, author="Secretariat").replace(0, "forty", "fifty").save()
        assert consolidate(returned("Leeds", base), base=base).returns[0].status == "unchanged"
        [own] = consolidate(returned("Leeds", Pen(base).delete(1, "and one adviser ").save()), base=base).amendments
        assert (own.author, own.before) == ("Ann Lee", "and one adviser ")

    def test_another_document(self) -> None:
        other = draft(("Minutes of the autumn fair.", "Cakes were sold.", "It rained until four in the afternoon."))
        found = consolidate(returned("Leeds", other))
        assert found.returns[0].status == "other-document"
        assert found.amendments == ()

    def test_an_older_draft_gives_only_its_own_tracked_edits(self) -> None:
        older = Pen(BASE).rewrite(1, "one officer and one adviser", "two officers").rewrite(4, "record", "list").save()
        found = consolidate(returned("Leeds", Pen(older).replace(0, "forty", "fifty").save()), earlier=(older,))
        assert found.returns[0].status == "older-draft"
        assert "current draft" in found.returns[0].detail
        assert [(a.before, a.after, a.paragraph) for a in found.amendments] == [("forty", "fifty", 0)]

    def test_one_unreadable_return_does_not_stop_the_others(self) -> None:
        found = consolidate(
            returned("Leeds", b"PK\x03\x04 cut"), returned("York", Pen(BASE).delete(0, "forty ").save())
        )
        assert [status.status for status in found.returns] == ["unreadable", "tracked"]
        assert [a.office for a in found.amendments] == ["York"]


class TestTogether:
    def test_the_same_effect_shares_a_group_however_it_was_cut(self) -> None:
        found = consolidate(
            returned("Leeds", Pen(BASE).replace(0, "forty", "fifty").save()),
            returned("York", Pen(BASE).replace(0, "within forty", "within fifty").save()),
            returned("Hull", Pen(BASE).rewrite(0, "forty", "fifty").save()),
        ).amendments
        assert len({a.group for a in found}) == 1
        assert all(a.conflicts == () for a in found)

    def test_overlapping_text_without_the_same_effect_conflicts_both_ways(self) -> None:
        first, second = consolidate(
            returned("Leeds", Pen(BASE).replace(0, "forty", "fifty").save()),
            returned("York", Pen(BASE).replace(0, "within forty days", "at once").save()),
        ).amendments
        assert first.group != second.group
        assert (first.conflicts, second.conflicts) == ((second.id,), (first.id,))

    def test_neighbouring_edits_do_not_conflict(self) -> None:
        found = consolidate(
            returned("Leeds", Pen(BASE).replace(0, "forty", "fifty").save()),
            returned("York", Pen(BASE).replace(0, "days", "weeks").save()),
        ).amendments
        assert [a.conflicts for a in found] == [(), ()]

    def test_deleting_a_paragraph_conflicts_with_every_edit_inside_it(self) -> None:
        found = consolidate(
            returned("Leeds", Pen(BASE).delete_paragraph(1).save()),
            returned("York", Pen(BASE).replace(1, "one officer", "two officers").insert(1, "meeting", "s").save()),
        ).amendments
        by_office = {a.office: a for a in found}
        edits = [a.id for a in found if a.office == "York"]
        assert by_office["Leeds"].kind == "paragraph-delete"
        assert sorted(by_office["Leeds"].conflicts) == sorted(edits)
        assert len(edits) == 2

    def test_formats_and_moves_conflict_with_nothing(self) -> None:
        found = consolidate(
            returned("Leeds", Pen(BASE).move(1, 4).save()),
            returned("York", Pen(BASE).embolden(1, "one officer").save()),
            returned("Hull", Pen(BASE).replace(1, "one officer", "two officers").save()),
        ).amendments
        assert {a.kind for a in found} == {"move", "format", "replace"}
        assert all(a.conflicts == () for a in found)

    def test_a_row_taken_away_conflicts_with_an_edit_inside_it(self) -> None:
        base = draft(rows=(("alpha", "beta"), ("gamma", "delta")))
        found = consolidate(
            returned("Leeds", Pen(base).mark_row(1, "del").save()),
            returned("York", Pen(base).replace(5, "gamma", "epsilon").save()),
            base=base,
        ).amendments
        assert {a.kind: len(a.conflicts) for a in found} == {"row-delete": 1, "replace": 1}

    def test_the_same_input_gives_the_same_answer(self) -> None:
        returns = (
            returned("Leeds", Pen(BASE).move(1, 4).replace(0, "forty", "fifty").save()),
            returned("York", Pen(BASE).rewrite(0, "forty", "sixty").save()),
        )
        assert consolidate(*returns) == consolidate(*returns)


class TestComments:
    def test_comments_come_with_their_office_and_the_words_they_hang_on(self) -> None:
        found = consolidate(returned("Leeds", Pen(BASE).comment(2, "five working days", "Too short.").save()))
        [comment] = found.comments
        assert (comment.office, comment.on, comment.text) == ("Leeds", "five working days", "Too short.")
        assert (comment.clause, comment.paragraph) == ("paragraph 3", 2)
        assert found.returns[0].status == "unchanged"
        assert found.returns[0].detail == "No amendments and 1 comment."

    def test_comments_of_the_draft_itself_are_not_counted_again(self) -> None:
        base = Pen(BASE, author="Secretariat").comment(0, "forty", "Is this right?").save()
        assert consolidate(returned("Leeds", Pen(base).delete(1, "and one adviser ").save()), base=base).comments == ()
