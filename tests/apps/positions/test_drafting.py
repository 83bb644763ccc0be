"""Starting a position and working on its text: who may, in which state, and what follows."""

import pytest

from folkmoot.apps.access.audience import Audience, Handling, listed_keys
from folkmoot.apps.access.gate import Conflict, Invalid, Refused
from folkmoot.apps.access.models import AuditEntry
from folkmoot.apps.documents.queries import content
from folkmoot.apps.positions import actions, editions
from folkmoot.apps.positions.models import Fallback, NarrowMark, Position, Version
from folkmoot.apps.positions.queries.common import fallbacks_for, position_for
from folkmoot.engines import redline
from tests.cast import Cast
from tests.positions_world import CLAUSES, circulate, close, draft

DRAFTERS = ("head", "deputy", "officer")
OTHERS = ("administrator", "coordinator", "mayor", "chief_executive", "member_officer", "guest", "stranger")
SECRET = "Between ourselves, a year less would do."


def numbers(version: Version) -> list[str]:
    return [text.number.rstrip(".") for text in version.clause_texts.order_by("place")]


@pytest.mark.parametrize("part", DRAFTERS)
def test_a_drafter_begins_a_position_that_the_secretariat_alone_sees(cast: Cast, part: str) -> None:
    position = actions.create_position(cast.actor(part), title=" Bus franchising ", issue="Buses")

    assert (position.title, position.lead) == ("Bus franchising", cast.account(part))
    assert position_for(cast.actor("coordinator"), position.key) == position
    assert position_for(cast.actor("mayor"), position.key) is None


@pytest.mark.parametrize("part", OTHERS)
def test_nobody_else_may_draft(cast: Cast, part: str) -> None:
    position = draft(cast)
    actor, version = cast.actor(part), position.versions.get()

    for attempt in (
        lambda: actions.create_position(actor, title="Mine"),
        lambda: actions.write_draft(actor, position=position, clauses=CLAUSES),
        lambda: actions.import_draft(actor, position=position, name="a.docx", data=content(version.package)),
        lambda: actions.restore_version(actor, version=version),
        lambda: actions.narrow(actor, version=version, first=2, last=2, audience=Audience.SECRETARIAT),
        lambda: actions.note_fallback(actor, clause=position.clauses.all()[0], words=SECRET, people=[]),
        lambda: actions.invite_guest(actor, position=position, guest=cast.guest),
        lambda: actions.dismiss_guest(actor, position=position, guest=cast.guest),
        lambda: actions.change_position(
            actor, position=position, title="Mine", issue="", handling=Handling.OFFICIAL, lead=cast.officer
        ),
    ):
        with pytest.raises(Refused):
            attempt()
    assert Position.objects.count() == Version.objects.count() == 1


@pytest.mark.parametrize("state", ["circulating", "signing", "agreed", "published", "withdrawn"])
def test_the_text_is_not_changed_while_others_rely_on_it(cast: Cast, state: str) -> None:
    position = draft(cast)
    version = position.versions.get()
    Position.objects.update(state=state)
    position.refresh_from_db()
    version.refresh_from_db()
    officer = cast.actor("officer")

    for attempt in (
        lambda: actions.write_draft(officer, position=position, clauses=CLAUSES),
        lambda: actions.import_draft(officer, position=position, name="a.docx", data=content(version.package)),
        lambda: actions.restore_version(officer, version=version),
        lambda: actions.narrow(officer, version=version, first=2, last=2, audience=Audience.SECRETARIAT),
    ):
        with pytest.raises(Conflict):
            attempt()


def test_a_title_is_needed(cast: Cast) -> None:
    with pytest.raises(Invalid, match="title"):
        actions.create_position(cast.actor("officer"), title="  ")


def test_a_text_written_here_becomes_a_word_file_with_numbers(cast: Cast) -> None:
    version = draft(cast).versions.get()

    assert numbers(version) == ["1", "2", "3"]
    assert redline.text(content(version.package), view="accepted")[1:3] == (CLAUSES[0].heading, *CLAUSES[0].paragraphs)


def test_an_empty_text_is_not_kept(cast: Cast) -> None:
    with pytest.raises(Invalid, match="at least one clause"):
        actions.write_draft(cast.actor("officer"), position=draft(cast), clauses=[redline.DraftClause(1, " ", (" ",))])


def test_a_word_file_is_imported_with_its_clauses(cast: Cast) -> None:
    position = draft(cast)
    data = content(position.versions.get().package)

    version = actions.import_draft(cast.actor("officer"), position=position, name="draft.docx", data=data)

    assert (version.number, version.source, numbers(version)) == (2, "import", ["1", "2", "3"])


def test_what_is_no_word_file_is_refused_in_plain_words(cast: Cast) -> None:
    with pytest.raises(Invalid) as told:
        actions.import_draft(cast.actor("officer"), position=draft(cast), name="notes.docx", data=b"Dear all,")

    assert str(told.value).endswith(".")
    assert Version.objects.count() == 1


def test_a_clause_keeps_its_identity_when_it_moves_and_its_words_change(cast: Cast) -> None:
    position = draft(cast)
    before = {t.heading: t.clause_id for t in position.versions.get().clause_texts.all()}
    changed = redline.DraftClause(1, "Depots", ("An authority should have the right to buy depots within sixty days.",))

    actions.write_draft(cast.actor("officer"), position=position, clauses=[changed, *CLAUSES[:2]])

    after = {t.heading: t.clause_id for t in position.versions.get(number=2).clause_texts.all()}
    assert after == before


@pytest.mark.requirement("B12")
def test_an_earlier_version_becomes_the_newest_again_and_nothing_is_lost(cast: Cast) -> None:
    position = draft(cast)
    actions.write_draft(cast.actor("deputy"), position=position, clauses=CLAUSES[:1])

    restored = actions.restore_version(cast.actor("officer"), version=position.versions.get(number=1))

    assert (restored.number, restored.source, restored.note) == (3, "restored", "Version 1 again.")
    assert [v.clause_texts.count() for v in position.versions.order_by("number")] == [3, 1, 3]
    assert content(restored.package) == content(position.versions.get(number=1).package)


def test_the_mark_is_never_lowered_once_offices_have_the_text(network: Cast) -> None:
    officer = network.actor("officer")
    position = draft(network, handling=Handling.OFFICIAL_SENSITIVE)
    facts = {"title": "Buses", "issue": "", "lead": network.deputy}
    actions.change_position(officer, position=position, handling=Handling.OFFICIAL, **facts)
    actions.change_position(officer, position=position, handling=Handling.OFFICIAL_SENSITIVE, **facts)
    circulate(network, position)

    with pytest.raises(Invalid, match="cannot be lowered"):
        actions.change_position(officer, position=position, handling=Handling.OFFICIAL, **facts)
    assert Position.objects.get().handling == Handling.OFFICIAL_SENSITIVE
    assert Position.objects.get().lead == network.deputy


class TestNarrowMarks:
    def paragraph(self, version: Version, words: str) -> int:
        lines = redline.text(content(version.package), view="accepted")
        return next(place for place, line in enumerate(lines) if words in line)

    def test_a_clause_for_fewer_readers_is_gone_and_no_number_shows_a_gap(self, cast: Cast) -> None:
        version = draft(cast).versions.get()
        text = version.clause_texts.get(place=1)
        actions.narrow(
            cast.actor("officer"),
            version=version,
            first=text.first_paragraph,
            last=text.last_paragraph,
            audience=Audience.NAMED,
            offices=["aldermere"],
        )

        seen = {
            office: [
                (c.number.rstrip("."), c.heading)
                for c in editions.clauses_without(version, editions.hidden_from_office(version, office))
            ]
            for office in ("aldermere", "harrowmoor")
        }

        assert seen["aldermere"] == [("1", "Purpose"), ("2", "Revenue certainty"), ("3", "Depots")]
        assert seen["harrowmoor"] == [("1", "Purpose"), ("2", "Depots")]

    def test_a_mark_says_who_may_read(self, cast: Cast) -> None:
        version = draft(cast).versions.get()

        with pytest.raises(Invalid, match="offices that may read"):
            actions.narrow(cast.actor("officer"), version=version, first=2, last=2, audience=Audience.NAMED)
        with pytest.raises(Invalid, match="Choose the secretariat or named offices"):
            actions.narrow(cast.actor("officer"), version=version, first=2, last=2, audience=Audience.PUBLIC)

    def test_a_mark_neither_comes_nor_goes_once_offices_have_the_version(self, network: Cast) -> None:
        position = draft(network)
        version = position.versions.get()
        officer = network.actor("officer")
        mark = actions.narrow(officer, version=version, first=2, last=2, audience=Audience.SECRETARIAT)
        close(network, circulate(network, position))
        mark.version.refresh_from_db()
        mark.version.position.refresh_from_db()

        with pytest.raises(Invalid, match="already have this version"):
            actions.widen(officer, mark=mark)
        with pytest.raises(Invalid, match="already have this version"):
            actions.narrow(officer, version=mark.version, first=4, last=4, audience=Audience.SECRETARIAT)

    def test_several_runs_are_marked_in_one_step(self, cast: Cast) -> None:
        version = draft(cast).versions.get()

        actions.narrow_paragraphs(
            cast.actor("officer"), version=version, runs=[(2, 2), (4, 5)], audience=Audience.SECRETARIAT
        )

        assert editions.hidden_from_office(version, "aldermere") == (2, 4, 5)

    def test_a_mark_is_taken_off_again(self, cast: Cast) -> None:
        version = draft(cast).versions.get()
        mark = actions.narrow(cast.actor("officer"), version=version, first=2, last=2, audience=Audience.SECRETARIAT)

        actions.widen(cast.actor("officer"), mark=mark)

        assert not NarrowMark.objects.exists()
        assert editions.hidden_from_office(version, "aldermere") == ()

    def test_marks_follow_their_paragraphs_into_the_next_version(self, cast: Cast) -> None:
        position = draft(cast)
        version = position.versions.get()
        officer = cast.actor("officer")
        place = self.paragraph(version, "paid in one grant")
        mark = actions.narrow(
            officer, version=version, first=place, last=place, audience=Audience.NAMED, offices=["stanwold"]
        )
        moved = [redline.DraftClause(1, "New", ("Something new.",)), *CLAUSES]

        newer = actions.write_draft(officer, position=position, clauses=moved)

        copy = newer.narrow_marks.get()
        wanted = self.paragraph(newer, "paid in one grant")
        assert (copy.first_paragraph, copy.last_paragraph, copy.audience) == (wanted, wanted, "named")
        assert listed_keys(copy) == listed_keys(mark) == ["org:stanwold"]

    def test_a_marked_paragraph_that_cannot_be_found_again_keeps_its_whole_clause_back(self, cast: Cast) -> None:
        position = draft(cast)
        version = position.versions.get()
        officer = cast.actor("officer")
        place = self.paragraph(version, "paid in one grant")
        actions.narrow(officer, version=version, first=place, last=place, audience=Audience.SECRETARIAT)
        swapped = redline.DraftClause(1, CLAUSES[1].heading, (CLAUSES[1].paragraphs[1], CLAUSES[1].paragraphs[0]))

        newer = actions.write_draft(officer, position=position, clauses=[CLAUSES[0], swapped, CLAUSES[2]])

        hidden = editions.hidden_from_office(newer, "aldermere")
        assert [c.heading for c in editions.clauses_without(newer, hidden)] == ["Purpose", "Depots"]

    def test_marks_come_back_with_a_restored_version(self, cast: Cast) -> None:
        position = draft(cast)
        version = position.versions.get()
        officer = cast.actor("officer")
        actions.narrow(officer, version=version, first=2, last=2, audience=Audience.NAMED, offices=["stanwold"])
        actions.write_draft(officer, position=position, clauses=CLAUSES[1:])

        restored = actions.restore_version(officer, version=version)

        assert editions.hidden_from_office(restored, "aldermere") == (2,)
        assert editions.hidden_from_office(restored, "stanwold") == ()


class TestFallbacks:
    @pytest.mark.requirement("A6")
    def test_a_fallback_exists_for_the_people_named_and_for_nobody_else(self, cast: Cast) -> None:
        position = draft(cast)
        clause = position.versions.get().clause_texts.get(place=1).clause
        actions.note_fallback(cast.actor("officer"), clause=clause, words=SECRET, people=[cast.deputy])
        everybody = {part: list(fallbacks_for(cast.actor(part), position)) for part in (*DRAFTERS, *OTHERS)}

        assert {part for part, found in everybody.items() if found} == {"officer", "deputy"}
        assert Fallback.objects.get().handling == Handling.OFFICIAL_SENSITIVE

    def test_the_trail_tells_a_fallback_from_no_other_change(self, cast: Cast) -> None:
        position = draft(cast)
        actions.note_fallback(cast.actor("officer"), clause=position.clauses.all()[0], words=SECRET, people=[])

        assert (
            AuditEntry.objects.filter(verb="position.front-or-notes-seen-or-changed", record_id=position.pk).count()
            == 1
        )
        assert not AuditEntry.objects.filter(record="positions.fallback").exists()
        assert not AuditEntry.objects.filter(verb__contains="fallback").exists()

    def test_a_fallback_has_words(self, cast: Cast) -> None:
        clause = draft(cast).clauses.all()[0]

        with pytest.raises(Invalid, match="what we would settle for"):
            actions.note_fallback(cast.actor("officer"), clause=clause, words=" ", people=[])


class TestGuests:
    def test_a_guest_sees_the_position_they_were_asked_to_and_no_other(self, cast: Cast) -> None:
        shown, other = draft(cast), draft(cast, title="Skills")
        officer, guest = cast.actor("officer"), cast.actor("guest")

        actions.invite_guest(officer, position=shown, guest=cast.guest)
        invited = list(Position.objects.visible_to(guest))
        actions.dismiss_guest(officer, position=shown, guest=cast.guest)

        assert invited == [shown]
        assert not Position.objects.visible_to(guest).exists()
        assert Position.objects.visible_to(officer).filter(pk=other.pk).exists()

    def test_only_guests_are_guests(self, cast: Cast) -> None:
        with pytest.raises(Invalid, match="is not a guest"):
            actions.invite_guest(cast.actor("officer"), position=draft(cast), guest=cast.mayor)
