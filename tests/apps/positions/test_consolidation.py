"""Returns become amendments with groups and conflicts, in the coordinates of the whole version."""

import pytest

from folkmoot.apps.access.audience import Audience
from folkmoot.apps.positions import actions
from folkmoot.apps.positions.consolidation import around, consolidate, keep_what_was_read
from folkmoot.apps.positions.models import Amendment, Circulation, Return, ReturnComment
from folkmoot.apps.positions.queries.amendments import amendment_table
from folkmoot.engines import redline
from tests.cast import MOMENT, Cast
from tests.positions_world import answer, circulate, draft, send_word

pytestmark = pytest.mark.usefixtures("read_here")


def of(office: str) -> Amendment:
    return Amendment.objects.current().get(ret__invitation__office=office)


@pytest.fixture
def circulation(network: Cast) -> Circulation:
    return circulate(network, draft(network))


class TestRelating:
    def test_the_same_effect_shares_a_group_whichever_way_it_came(
        self, network: Cast, circulation: Circulation
    ) -> None:
        words = "We ask that government gives each authority a revenue settlement of at least five years."
        more = f"{words}\nThe settlement should be paid in one grant."
        send_word(network, circulation, "aldermere", [("three", "five")])
        send_word(network, circulation, "harrowmoor", [("at least three", "at least five")], tracked=False)
        answer(network, circulation, "stanwold", {1: actions.GivenAnswer("if-amended", proposed_words=more)})
        consolidate(circulation, now=MOMENT)
        assert len({amendment.group for amendment in Amendment.objects.all()}) == 1
        assert not Amendment.conflicts.through.objects.exists()

    def test_what_touches_the_same_words_conflicts_both_ways(self, network: Cast, circulation: Circulation) -> None:
        send_word(network, circulation, "aldermere", [("three", "five")])
        send_word(network, circulation, "harrowmoor", [("three", "four")])
        consolidate(circulation, now=MOMENT)
        assert list(of("aldermere").conflicts.all()) == [of("harrowmoor")]
        assert list(of("harrowmoor").conflicts.all()) == [of("aldermere")]

    def test_doing_it_again_changes_nothing(self, network: Cast, circulation: Circulation) -> None:
        send_word(network, circulation, "aldermere", [("three", "five")])
        send_word(network, circulation, "harrowmoor", [("three", "four")])
        consolidate(circulation, now=MOMENT)
        before = list(Amendment.objects.order_by("pk").values_list("group", "conflicts"))
        consolidate(circulation, now=MOMENT)
        assert list(Amendment.objects.order_by("pk").values_list("group", "conflicts")) == before

    def test_a_return_that_was_withdrawn_conflicts_with_nothing(self, network: Cast, circulation: Circulation) -> None:
        send_word(network, circulation, "aldermere", [("three", "five")])
        ret = send_word(network, circulation, "harrowmoor", [("three", "four")])
        consolidate(circulation, now=MOMENT)
        actions.withdraw_return(network.actor("other_mayor"), ret=ret)
        consolidate(circulation, now=MOMENT)
        assert not of("aldermere").conflicts.exists()

    def test_an_older_run_does_not_overwrite_a_newer_one(
        self, network: Cast, circulation: Circulation, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        send_word(network, circulation, "aldermere", [("three", "five")])
        relate = redline.relate

        def another_return_comes(*args: object) -> object:
            related = relate(*args)
            send_word(network, circulation, "harrowmoor", [("three", "four")])
            return related

        monkeypatch.setattr(redline, "relate", another_return_comes)
        consolidate(circulation, now=MOMENT)
        circulation.refresh_from_db()
        assert circulation.consolidated_at is None
        assert of("aldermere").group == ""


class TestReadingAgain:
    def test_decisions_stay_on_what_was_there_already(self, network: Cast, circulation: Circulation) -> None:
        ret = send_word(network, circulation, "aldermere", [("three", "five")])
        item = of("aldermere")
        actions.decide(network.actor("officer"), items=[item], outcome="taken", serials={item.key: 0})
        from folkmoot.apps.documents.queries import content
        from folkmoot.apps.positions.consolidation import read_word_return

        assert ret.file is not None
        keep_what_was_read(ret, read_word_return(ret, content(ret.file)))
        assert (of("aldermere").pk, of("aldermere").outcome) == (item.pk, "taken")


class TestNarrowedCopies:
    def test_an_amendment_on_a_reduced_copy_stands_at_its_place_in_the_whole_text(self, network: Cast) -> None:
        position = draft(network)
        version = position.versions.get()
        kept_back = version.clause_texts.get(place=0)
        actions.narrow(
            network.actor("officer"),
            version=version,
            first=kept_back.first_paragraph,
            last=kept_back.last_paragraph,
            audience=Audience.NAMED,
            offices=["stanwold"],
        )
        circulation = circulate(network, position)
        send_word(network, circulation, "aldermere", [("ninety", "sixty")])
        send_word(network, circulation, "stanwold", [("ninety", "sixty")])
        consolidate(circulation, now=MOMENT)
        assert of("aldermere").paragraph == of("stanwold").paragraph
        assert of("aldermere").group == of("stanwold").group
        text = circulation.version.clause_texts.get(place=2)
        assert of("aldermere").clause_id == text.clause_id


class TestComments:
    def test_each_is_kept_with_its_thread_and_shown(self, network: Cast, circulation: Circulation) -> None:
        ret = send_word(network, circulation, "aldermere", [("three", "five")])
        place = circulation.version.clause_texts.get(place=2).first_paragraph
        read = redline.Consolidation((), (), (), tuple(comments_at(place)))
        keep_what_was_read(ret, read)
        assert [c.parent and c.parent.text for c in ReturnComment.objects.order_by("pk")] == [None, "Why ninety?", None]
        table = amendment_table(network.actor("officer"), circulation)
        clause = table.clauses[2]
        assert [(c.text, [r.text for r in c.replies]) for c in clause.comments] == [("Why ninety?", ["Ask the owner."])]
        assert [c.text for c in table.loose] == ["On the title."]
        assert table.progress.total == 3

    def test_a_second_return_takes_the_threads_along(self, network: Cast, circulation: Circulation) -> None:
        ret = send_word(network, circulation, "aldermere", [("three", "five")])
        keep_what_was_read(ret, redline.Consolidation((), (), (), tuple(comments_at(5))))
        copy: Return = actions.begin_return(network.actor("mayor"), invitation=ret.invitation)
        assert [c.parent and c.parent.number for c in copy.comments.order_by("pk")] == [None, "1", None]


def comments_at(place: int) -> list[redline.Comment]:
    def comment(number: str, text: str, parent: str | None, paragraph: int) -> redline.Comment:
        return redline.Comment(number, "Maya", None, "", "", text, parent, False, "aldermere", paragraph)

    return [
        comment("1", "Why ninety?", None, place),
        comment("2", "Ask the owner.", "1", place),
        comment("3", "On the title.", None, -1),
    ]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (0, 3, ("", " two three")),
        (4, 7, ("one ", " three")),
        (8, 13, ("one two ", "")),
    ],
)
def test_the_words_around_a_place(start: int, end: int, expected: tuple[str, str]) -> None:
    assert around(["one two three"], 0, start, end) == expected


def test_long_surroundings_are_cut_at_words() -> None:
    before, after = around([" ".join(["word"] * 40)], 0, 100, 104, reach=12)
    assert before == "… word word "
    assert after == " word word …"
    assert around(["one"], 5, 0, 0) == ("", "")
