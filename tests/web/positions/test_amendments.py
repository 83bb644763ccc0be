"""The table of amendments in the browser: looking, deciding, undoing, writing, placing, and taking it away."""

import io
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook
from openpyxl.cell.rich_text import TextBlock

from folkmoot.apps.access.audience import Handling
from folkmoot.apps.access.models import AuditEntry
from folkmoot.apps.positions.actions import GivenAnswer, invite_guest
from folkmoot.apps.positions.consolidation import consolidate
from folkmoot.apps.positions.models import Amendment, Circulation, Decision, ReturnComment
from folkmoot.apps.positions.queries.amendments import amendment_table
from folkmoot.apps.positions.queries.common import newest_circulation
from folkmoot.engines import redline
from tests.cast import EVERYBODY, MOMENT, Cast, make_cast
from tests.plugins.browser import sign_in
from tests.positions_world import answer, circulate, close, draft, fill_register, many_clauses, send_word

pytestmark = pytest.mark.usefixtures("read_here")

SECRETARIAT = {"head", "deputy", "officer", "coordinator"}
OFFICES = {"mayor", "chief_executive", "member_officer", "other_mayor", "other_officer", "third_officer"}


def fill(cast: Cast, circulation: Circulation) -> Circulation:
    """Two offices want five years, one four; the first sixty days as well, with a comment."""
    ret = send_word(cast, circulation, "aldermere", [("three", "five"), ("ninety", "sixty")])
    clause = circulation.version.clause_texts.get(place=2).clause
    ReturnComment.objects.create(ret=ret, clause=clause, number="1", author="Maya Osei", on="ninety", text="Too long?")
    send_word(cast, circulation, "harrowmoor", [("three", "five")], tracked=False)
    first = "We ask that government gives each authority a revenue settlement of at least four years."
    words = f"{first}\nThe settlement should be paid in one grant."
    answer(cast, circulation, "stanwold", {1: GivenAnswer("if-amended", reason="Four suits us.", proposed_words=words)})
    consolidate(circulation, now=MOMENT)
    return circulation


@pytest.fixture
def circulation(network: Cast) -> Circulation:
    return fill(network, circulate(network, draft(network)))


def address(circulation: Circulation, name: str = "amendments", *more: str) -> str:
    return reverse(name, args=[circulation.position.key, *more])


def read(response: Any) -> str:
    """The words of a page, without its markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def amendment(office: str, before: str = "three") -> Amendment:
    return Amendment.objects.current().get(ret__invitation__office=office, before=before)


def form_of(*items: Any, **fields: str) -> dict[str, Any]:
    """What the form of one proposal sends."""
    return {
        "amendment": [i.key for i in items if isinstance(i, Amendment)],
        "comment": [i.key for i in items if isinstance(i, ReturnComment)],
        "serial": [f"{i.key}:{i.serial}" for i in items],
        **fields,
    }


class TestLooking:
    @pytest.mark.parametrize("part", EVERYBODY)
    def test_who_has_the_page(self, sign_in_as: Any, circulation: Circulation, part: str) -> None:
        for name in ("amendments", "amendments_export", "amendments_word", "merged_export"):
            status = sign_in_as(part).get(address(circulation, name)).status_code
            allowed = part in SECRETARIAT | OFFICES
            # Stanwold sent no Word file, so there is nothing for it to merge.
            expected = 302 if name == "merged_export" and part == "third_officer" else 200
            assert status == (expected if allowed else 302 if part == "stranger" else 404), name

    def test_same_effects_stand_together_and_conflicts_are_named(
        self, sign_in_as: Any, circulation: Circulation
    ) -> None:
        words = read(sign_in_as("officer").get(address(circulation)))
        assert "0 of 4 decided" in words
        assert "2.1 Aldermere, Harrowmoor" in words
        assert "1 in Word, tracked · 1 in Word, not tracked: found by comparing" in words
        assert "Same as 1 other" in words and "Conflicts with 1" in words
        assert "2.2 Stanwold changes the same words." in words
        assert "“Four suits us.” Stanwold" in words
        assert "Aldermere comment by Maya Osei on “ninety”" in words
        assert "Word, not tracked: compared 1" in words and "3 of 3" in words

    def test_base_words_that_somebody_touches_are_marked(self, sign_in_as: Any, circulation: Circulation) -> None:
        page = sign_in_as("officer").get(address(circulation)).content.decode()
        assert re.findall(r'<mark class="fm-touched">([^<]*)</mark>', page) == ["three", "ninety"]

    def test_before_anybody_answers(self, network: Cast, sign_in_as: Any) -> None:
        circulation = circulate(network, draft(network))
        assert "No office has asked for a change yet." in read(sign_in_as("officer").get(address(circulation)))
        assert "nothing here that your office may see" in read(sign_in_as("mayor").get(address(circulation)))

    def test_before_circulating(self, network: Cast, sign_in_as: Any) -> None:
        page = sign_in_as("officer").get(reverse("amendments", args=[draft(network).key]))
        assert "this text has not been circulated" in read(page)

    def test_an_office_sees_its_own_and_cannot_decide(self, sign_in_as: Any, circulation: Circulation) -> None:
        page = sign_in_as("mayor").get(address(circulation))
        words = read(page)
        assert "0 of 3 of ours decided" in words
        assert "Harrowmoor" not in words and "Stanwold" not in words and "Conflicts" not in words
        assert b"amendments/decide/" not in page.content

    @pytest.mark.parametrize(
        ("query", "there", "gone"),
        [
            ("office=Stanwold", ["2.2"], ["2.1", "3.1"]),
            ("how=form", ["2.2"], ["2.1", "3.1"]),
            ("how=tracked", ["2.1", "3.1"], ["2.2"]),
            ("q=sixty", ["3.1"], ["2.1", "2.2"]),
            ("q=too+long", ["Too long?"], ["2.1", "3.1"]),
            ("free=1", ["3.1"], ["2.1", "2.2"]),
            ("outcome=undecided", ["2.1", "2.2", "3.1"], []),
            ("outcome=taken", ["Nothing fits these filters."], ["2.1", "2.2", "3.1"]),
        ],
    )
    def test_filters(
        self, sign_in_as: Any, circulation: Circulation, query: str, there: list[str], gone: list[str]
    ) -> None:
        page = sign_in_as("officer").get(f"{address(circulation)}?{query}").content.decode()
        main = page.partition('class="fm-amend__main"')[2].partition('class="fm-amend__sides"')[0]
        headings = re.findall(r'fm-proposal__number">([\d.]+)<', main)
        for words in there:
            assert words in headings or words in main
        for number in gone:
            assert number not in headings

    def test_one_clause(self, sign_in_as: Any, circulation: Circulation) -> None:
        key = circulation.version.clause_texts.get(place=2).clause.key
        page = sign_in_as("officer").get(f"{address(circulation)}?clause={key}").content.decode()
        assert page.count('class="fm-clause"') == 1
        assert "‹ Clause 2" in page and "3 of 3" in page

    def test_long_tables_have_pages_of_whole_clauses(self, network: Cast, sign_in_as: Any) -> None:
        circulation = circulate(network, draft(network, many_clauses(60)))
        send_word(network, circulation, "aldermere", [(f"rule {n} ", f"law {n} ") for n in range(1, 61)])
        consolidate(circulation, now=MOMENT)
        client = sign_in_as("officer")
        first, second = (client.get(f"{address(circulation)}?page={n}").content.decode() for n in (1, 2))
        assert [page.count("<article") for page in (first, second)] == [50, 10]
        last = Amendment.objects.order_by("paragraph").last()
        assert last is not None
        assert f'id="p-{last.key}"' in client.get(f"{address(circulation)}?pick={last.key}").content.decode()


@pytest.mark.requirement("B6")
def test_a_guest_who_may_see_the_position_finds_no_answer(network: Cast, sign_in_as: Any) -> None:
    position = draft(network)
    invite_guest(network.actor("officer"), position=position, guest=network.guest)
    circulation = close(network, fill(network, circulate(network, position, disclosure="at-once")))
    client = sign_in_as("guest")
    assert client.get(reverse("position", args=[position.key])).status_code == 200
    for name in ("amendments", "consensus"):
        words = read(client.get(address(circulation, name)))
        assert "Aldermere" not in words and "five" not in words.partition("Sections of this position")[2]
    for name in ("amendments_export", "merged_export", "consensus_export"):
        assert client.get(address(circulation, name)).status_code == 404


class TestDeciding:
    def test_one_proposal_and_on_to_the_next(self, sign_in_as: Any, circulation: Circulation) -> None:
        client = sign_in_as("officer")
        both, next_one = (amendment("aldermere"), amendment("harrowmoor")), amendment("stanwold")
        sent = form_of(*both, decision="taken", here=both[0].key, next=next_one.key)
        response = client.post(address(circulation, "amendment_decide"), sent)
        assert response.url.endswith(f"?pick={next_one.key}#p-{next_one.key}")
        words = read(client.get(response.url))
        assert "2 amendments and comments of 2 offices were decided: taken." in words
        assert "1 of 4 decided" in words
        assert amendment("harrowmoor").outcome == "taken"

    def test_without_a_reason_it_opens_again_with_what_was_chosen(
        self, sign_in_as: Any, circulation: Circulation
    ) -> None:
        client, item = sign_in_as("officer"), amendment("stanwold")
        sent = form_of(item, decision="not", here=item.key)
        response = client.post(f"{address(circulation, 'amendment_decide')}?office=Stanwold", sent, follow=True)
        page = response.content.decode()
        assert "Give the reason: the office is told why." in page
        assert re.search(r'value="not" checked', page)
        assert response.redirect_chain[-1][0].startswith(f"{address(circulation)}?office=Stanwold")

    def test_two_people_at_once(self, sign_in_as: Any, circulation: Circulation) -> None:
        seen = form_of(amendment("stanwold"), decision="taken")
        there = form_of(amendment("stanwold"), decision="parked")
        sign_in_as("deputy").post(address(circulation, "amendment_decide"), there)
        response = sign_in_as("officer").post(address(circulation, "amendment_decide"), seen)
        assert response.status_code == 409
        assert "Dev Anand decided this a moment ago." in read(response)
        assert amendment("stanwold").outcome == "parked"

    @pytest.mark.parametrize("part", [*OFFICES, "guest", "administrator", "coordinator", "stranger"])
    def test_nobody_else_decides(self, sign_in_as: Any, circulation: Circulation, part: str) -> None:
        for name, sent in (
            ("amendment_decide", form_of(amendment("aldermere"), decision="taken")),
            ("decision_undo", {"batch": "x"}),
            ("version_make", {}),
        ):
            assert sign_in_as(part).post(address(circulation, name), sent).status_code in {302, 400, 403, 404, 409}
        assert not Decision.objects.exists()

    def test_those_without_conflict_together(self, sign_in_as: Any, circulation: Circulation) -> None:
        """Without JavaScript: filter, then one tick for all that the page shows."""
        client = sign_in_as("officer")
        page = client.get(f"{address(circulation)}?free=1&outcome=undecided").content.decode()
        bulk = page.partition('id="bulk"')[2].partition("</form>")[0]
        serials = re.findall(r'name="serial" value="([^"]+)"', bulk)
        sent = {"serial": serials, "all": "1", "with_group": "1", "decision": "taken"}
        client.post(address(circulation, "amendment_decide"), sent)
        assert [a.after for a in Amendment.objects.exclude(outcome="")] == ["sixty"]

    def test_a_tick_stands_for_the_whole_proposal(self, sign_in_as: Any, circulation: Circulation) -> None:
        client = sign_in_as("officer")
        sent = form_of(amendment("aldermere"), amendment("harrowmoor"), decision="parked", with_group="1")
        sent["amendment"] = [amendment("harrowmoor").key]
        client.post(address(circulation, "amendment_decide"), sent)
        assert (amendment("aldermere").outcome, amendment("harrowmoor").outcome) == ("parked", "parked")

    def test_undo(self, sign_in_as: Any, circulation: Circulation) -> None:
        client = sign_in_as("officer")
        assert b"Undo your last step" not in client.get(address(circulation)).content
        client.post(address(circulation, "amendment_decide"), form_of(amendment("stanwold"), decision="taken"))
        assert b"Undo your last step" in client.get(address(circulation)).content
        response = client.post(address(circulation, "decision_undo"), follow=True)
        assert "1 decision undone." in read(response)
        assert amendment("stanwold").outcome == ""

    def test_a_later_return_that_asks_for_the_same_is_not_hidden_by_an_earlier_decision(
        self, network: Cast, sign_in_as: Any, circulation: Circulation
    ) -> None:
        client = sign_in_as("officer")
        sent = form_of(amendment("aldermere"), amendment("harrowmoor"), decision="taken")
        client.post(address(circulation, "amendment_decide"), sent)
        send_word(network, circulation, "stanwold", [("three", "five")])
        consolidate(circulation, now=MOMENT)
        words = read(client.get(address(circulation)))
        assert "Decided before another office asked for the same:" in words
        assert "2.1 Aldermere, Harrowmoor, Stanwold" in words

    @pytest.mark.requirement("A18")
    def test_a_comment_is_treated_and_its_office_told(self, sign_in_as: Any, circulation: Circulation) -> None:
        comment = ReturnComment.objects.get()
        sent = form_of(comment, decision="part", reason="Shorter, not short.")
        sign_in_as("officer").post(address(circulation, "amendment_decide"), sent)
        assert "Shorter, not short." in read(sign_in_as("mayor").get(address(circulation)))
        assert "Shorter, not short." not in read(sign_in_as("other_mayor").get(address(circulation)))


class TestWriting:
    def test_back_and_forth_and_no_other_office(self, sign_in_as: Any, circulation: Circulation) -> None:
        item = amendment("aldermere")
        there = address(circulation, "amendment_reply", item.key)
        response = sign_in_as("officer").post(there, {"text": "Would four do?", "here": item.key})
        assert response.url.endswith(f"#p-{item.key}")
        assert "Would four do?" in read(sign_in_as("mayor").get(address(circulation)))
        sign_in_as("mayor").post(there, {"text": "No, five.", "here": item.key})
        assert "No, five." in read(sign_in_as("head").get(address(circulation)))
        assert "Would four do?" not in read(sign_in_as("other_mayor").get(address(circulation)))

    def test_another_offices_amendment_is_not_there(self, sign_in_as: Any, circulation: Circulation) -> None:
        there = address(circulation, "amendment_reply", amendment("aldermere").key)
        assert sign_in_as("other_mayor").post(there, {"text": "Hello."}).status_code == 404

    def test_an_empty_one(self, sign_in_as: Any, circulation: Circulation) -> None:
        there = address(circulation, "amendment_reply", amendment("aldermere").key)
        assert "Write something first." in read(sign_in_as("officer").post(there, {"text": ""}, follow=True))


class TestWhatCannotBePlaced:
    @pytest.fixture
    def lost(self, circulation: Circulation) -> Amendment:
        Amendment.objects.filter(pk=amendment("aldermere", "ninety").pk).update(
            clause=None, paragraph=-1, unplaced="Made on an earlier draft."
        )
        return amendment("aldermere", "ninety")

    def test_it_is_shown_placed_and_kept(self, sign_in_as: Any, circulation: Circulation, lost: Amendment) -> None:
        client = sign_in_as("officer")
        assert "Made on an earlier draft." in read(client.get(address(circulation)))
        key = circulation.version.clause_texts.get(place=0).clause.key
        there = address(circulation, "amendment_place", lost.key)
        assert "Choose the clause" in read(client.post(there, {"clause": "no-such"}, follow=True))
        words = read(client.post(there, {"clause": key}, follow=True))
        assert "stands under that clause now" in words
        assert "1.1 Aldermere" in words and "Made on an earlier draft." in words

    def test_it_is_set_aside_with_a_reason(self, sign_in_as: Any, circulation: Circulation, lost: Amendment) -> None:
        sent = form_of(lost, decision="not", reason="The sentence is gone.")
        sign_in_as("officer").post(address(circulation, "amendment_decide"), sent)
        assert "The sentence is gone." in read(sign_in_as("mayor").get(address(circulation)))


def test_the_next_version_is_made_from_what_was_taken(network: Cast, sign_in_as: Any, circulation: Circulation) -> None:
    client = sign_in_as("officer")
    both = amendment("aldermere"), amendment("harrowmoor")
    client.post(address(circulation, "amendment_decide"), form_of(*both, decision="taken"))
    assert b"Make version 2" not in client.get(address(circulation)).content
    close(network, circulation)
    assert b"Make version 2" in client.get(address(circulation)).content
    words = read(client.post(address(circulation, "version_make"), follow=True))
    assert "Version 2 was made from what was taken." in words and "at least five years" in words


class TestExports:
    def book(self, client: Client, circulation: Circulation, **options: bool) -> Any:
        return load_workbook(io.BytesIO(client.get(address(circulation, "amendments_export")).content), **options)

    def test_a_row_an_amendment_and_a_row_a_comment(self, sign_in_as: Any, circulation: Circulation) -> None:
        client = sign_in_as("officer")
        item = amendment("stanwold")
        sent = form_of(item, decision="not", reason="Five was asked by two.")
        client.post(address(circulation, "amendment_decide"), sent)
        book = self.book(client, circulation)
        rows = [[cell or "" for cell in row] for row in book["Amendments"].values]
        assert rows[0][0] == "OFFICIAL"
        assert len(rows) == 2 + 4
        by_office = {(row[2], row[5]): row for row in rows[2:]}
        stanwold = by_office["Stanwold", "four"]
        assert stanwold[:6] == ["2", "Revenue certainty", "Stanwold", "replace", "three", "four"]
        assert stanwold[6:] == [
            "By form",
            "",
            "Four suits us.",
            "",
            "… gives each authority a revenue settlement of at least threefour years.",
            "",
            "Not taken",
            "Five was asked by two.",
            "",
            item.key,
        ]
        assert by_office["Aldermere", "five"][7] == "Harrowmoor"
        comments = [[cell or "" for cell in row] for row in book["Comments"].values]
        assert comments[2][2:8] == ["Aldermere", "Maya Osei", "ninety", "Too long?", "", "Open"]
        marked = self.book(client, circulation, rich_text=True)["Amendments"]
        [pieces] = [row[10] for row in marked.values if row[5] == "four"]
        looks = {piece.text: (piece.font.strike, piece.font.u) for piece in pieces if isinstance(piece, TextBlock)}
        assert (looks["three"], looks["four"]) == ((True, None), (None, "single"))
        assert by_office["Aldermere", "sixty"][9] == "Maya Osei: Too long?"

    def test_nothing_in_it_is_a_formula(self, network: Cast, sign_in_as: Any) -> None:
        circulation = circulate(network, draft(network))
        send_word(
            network, circulation, "aldermere", [("three", '=HYPERLINK("https://evil.invalid")'), ("ninety", "+9")]
        )
        cells = [c for row in self.book(sign_in_as("officer"), circulation)["Amendments"].iter_rows() for c in row]
        assert {cell.data_type for cell in cells if cell.value} == {"s"}
        assert '=HYPERLINK("https://evil.invalid")' in [cell.value for cell in cells]

    def test_the_word_table_says_the_same_and_an_office_takes_away_only_its_own(
        self, sign_in_as: Any, circulation: Circulation
    ) -> None:
        reply = ReturnComment.objects.get()
        reply.pk, reply.key, reply.number, reply.parent_id = None, "answer0001", "2", reply.pk
        reply.author, reply.text = "Jo Marsh", "The law says so."
        reply.save()
        response = sign_in_as("officer").get(address(circulation, "amendments_word"))
        assert "amendments.docx" in response.headers["Content-Disposition"]
        amendments, comments = redline.read_tables(response.content).tables
        office = {row[2].partition("\n")[0]: row for row in amendments[1:] if row[3] == "three"}
        assert office["Stanwold"][1] == "2 Revenue certainty" and "Reason" not in office["Stanwold"][5]
        assert "Four suits us." in office["Stanwold"][5] and "same as Harrowmoor" in office["Aldermere"][2]
        assert comments[1][3:7] == ("ninety", "Too long?", "Jo Marsh: The law says so.", "Open")
        own = redline.text(sign_in_as("mayor").get(address(circulation, "amendments_word")).content, view="accepted")
        assert "Aldermere" in own and not any("Stanwold" in said or "Harrowmoor" in said for said in own)

    def test_an_office_takes_away_only_its_own(self, sign_in_as: Any, circulation: Circulation) -> None:
        rows = list(self.book(sign_in_as("mayor"), circulation)["Amendments"].values)[2:]
        assert {row[2] for row in rows} == {"Aldermere"}
        assert "Harrowmoor" not in str(rows)

    def test_the_merged_file_holds_every_word_return(self, sign_in_as: Any, circulation: Circulation) -> None:
        response = sign_in_as("officer").get(address(circulation, "merged_export"))
        assert "2 returns merged.docx" in response.headers["Content-Disposition"]
        authors = {change.author for change in redline.changes(response.content).changes}
        assert authors == {"Aldermere: Maya Osei", "Aldermere: Maya Osei; Harrowmoor: tracking off"}
        of_one = redline.changes(sign_in_as("mayor").get(address(circulation, "merged_export")).content)
        assert {change.author for change in of_one.changes} == {"Aldermere: Maya Osei"}

    def test_without_a_word_return_there_is_nothing_to_merge(self, network: Cast, sign_in_as: Any) -> None:
        circulation = circulate(network, draft(network))
        response = sign_in_as("officer").get(address(circulation, "merged_export"), follow=True)
        assert "There is no Word file yet that can be merged." in read(response)

    def test_taking_away_a_sensitive_round_is_recorded(self, network: Cast, sign_in_as: Any) -> None:
        circulation = fill(network, circulate(network, draft(network, handling=Handling.OFFICIAL_SENSITIVE)))
        for name in ("amendments_export", "amendments_word", "merged_export"):
            response = sign_in_as("officer").get(address(circulation, name))
            assert "OFFICIAL-SENSITIVE" in response.headers["Content-Disposition"]
        assert AuditEntry.objects.filter(verb="read.export", account_id=network.officer.pk).count() == 3


def many_amendments(cast: Cast, count: int) -> Circulation:
    """On each of so many clauses three offices ask for something: two for the same, one against it."""
    circulation = circulate(cast, draft(cast, many_clauses(count)))
    for office, word in (("aldermere", "law"), ("harrowmoor", "law"), ("stanwold", "order")):
        send_word(cast, circulation, office, [(f"rule {n} ", f"{word} {n} ") for n in range(1, count + 1)])
    consolidate(circulation, now=MOMENT)
    return circulation


class TestQueries:
    @pytest.mark.parametrize("count", [3, 60])
    def test_the_table(self, network: Cast, django_assert_num_queries: Any, count: int) -> None:
        circulation = many_amendments(network, count)
        officer = network.actor("officer")
        found = newest_circulation(officer, circulation.position)
        assert found is not None
        # Marks twice (those there are, those visible), texts, amendments with their returns and offices, comments,
        # decisions, messages, reasons, conflicts, the file of the text, and the texts again for the clauses.
        with django_assert_num_queries(13):
            amendment_table(officer, found)

    def test_the_page_asks_no_more_for_many_than_for_few(self, network: Cast, sign_in_as: Any) -> None:
        client, asked = sign_in_as("officer"), []
        for count in (3, 60):
            circulation = many_amendments(network, count)
            with CaptureQueriesContext(connection) as queries:
                client.get(address(circulation))
            asked.append(len(queries))
        assert asked[0] == asked[1]


def ready(page: Any) -> Any:
    """Wait until the page listens to keys."""
    page.wait_for_function("document.querySelector('[data-govuk-button-init]')")
    return page


def in_hand(page: Any, what: str) -> str:
    return str(page.evaluate(f"document.activeElement.{what}"))


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_by_the_keyboard_alone(open_page: Any) -> None:
    """j and k walk, t p n h decide the item in hand, r opens its thread, Ctrl and Enter saves, u undoes."""
    cast = make_cast()
    fill_register()
    circulation = fill(cast, circulate(cast, draft(cast)))
    page = open_page()
    sign_in(page, cast.officer)
    page.goto(address(circulation))
    ready(page).keyboard.press("t")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(f"**pick={amendment('stanwold').key}*")
    assert (amendment("aldermere").outcome, amendment("harrowmoor").outcome) == ("taken", "taken")

    ready(page).keyboard.press("n")
    assert in_hand(page, "value") == "not"
    page.locator("[data-picked] [name=reason]").fill("Five was taken.")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(f"**pick={amendment('aldermere', 'ninety').key}*")
    assert amendment("stanwold").outcome == "not"

    ready(page).keyboard.press("u")
    page.get_by_text("1 decision undone.").wait_for()
    assert amendment("stanwold").outcome == ""

    ready(page).keyboard.press("j")
    last = in_hand(page, "id")
    page.keyboard.press("k")
    assert in_hand(page, "id") != last
    page.keyboard.press("h")
    assert in_hand(page, "value") == "parked"


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_comparing_and_replying_by_the_keyboard(open_page: Any) -> None:
    cast = make_cast()
    fill_register()
    circulation = fill(cast, circulate(cast, draft(cast)))
    page = open_page()
    sign_in(page, cast.officer)
    page.goto(f"{address(circulation)}?pick={amendment('stanwold').key}")
    ready(page).keyboard.press("c")
    assert page.locator(".fm-compare").is_visible()
    page.keyboard.press("r")
    page.locator("[data-picked] textarea").first.fill("Would five do?")
    page.keyboard.press("Control+Enter")
    page.get_by_text("Written. Stanwold sees it; no other office does.").wait_for()
