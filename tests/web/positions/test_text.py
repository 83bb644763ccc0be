"""The Text tab: reading, comparing, downloading, marks, fallbacks, guests, contributors and approvals."""

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from folkmoot import demo
from folkmoot.apps.access.audience import Audience, Handling
from folkmoot.apps.access.models import Account, AuditEntry
from folkmoot.apps.documents.queries import content
from folkmoot.apps.positions import actions
from folkmoot.apps.positions.models import Fallback, NarrowMark, Position, SignOff
from folkmoot.engines import redline
from tests.cast import MOMENT, Cast
from tests.positions_world import CLAUSES, answer, circulate, close, draft, many_clauses, send_word

CANARY = "qzheronqz"
CHANGED = (
    CLAUSES[0],
    redline.DraftClause(
        1, "Revenue certainty", ("We ask that government gives each authority a revenue settlement of five years.",)
    ),
    redline.DraftClause(1, "Review", ("The network looks again in a year.",)),
)


def text_of(client: Client, position: Position, query: str = "") -> str:
    response = client.get(reverse("position", args=[position.key]) + query)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def words_in(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "\n".join(archive.read(name).decode("utf-8", errors="replace") for name in archive.namelist())


def with_a_narrow_clause(cast: Cast, *, offices: tuple[str, ...] = ("aldermere",)) -> Position:
    """A position whose second clause is for the secretariat and one office."""
    clauses = [CLAUSES[0], redline.DraftClause(1, f"On {CANARY}", (f"The {CANARY} stays.",)), CLAUSES[2]]
    position = draft(cast, clauses)
    version = position.versions.get()
    text = version.clause_texts.get(place=1)
    actions.narrow(
        cast.actor("officer"),
        version=version,
        first=text.first_paragraph,
        last=text.last_paragraph,
        audience=Audience.NAMED if offices else Audience.SECRETARIAT,
        offices=offices,
    )
    return position


class TestReading:
    def test_whoever_may_not_see_the_position_finds_nothing(self, network: Cast, sign_in_as: Any) -> None:
        position = draft(network)
        address = reverse("position", args=[position.key])

        statuses = {
            part: sign_in_as(part).get(address).status_code for part in ("coordinator", "mayor", "guest", "stranger")
        }

        assert statuses == {"coordinator": 200, "mayor": 404, "guest": 404, "stranger": 302}

    def test_an_office_finds_the_versions_that_were_shared_with_it(self, network: Cast, sign_in_as: Any) -> None:
        position = draft(network)
        close(network, circulate(network, position))
        position.refresh_from_db()
        actions.write_draft(network.actor("officer"), position=position, clauses=CHANGED)

        office, secretariat = text_of(sign_in_as("mayor"), position), text_of(sign_in_as("officer"), position)

        assert "Depots" in office and "The network looks again" not in office
        assert "The network looks again" in secretariat
        assert sign_in_as("mayor").get(reverse("position", args=[position.key]) + "?version=2").status_code == 404

    def test_an_office_learns_nothing_of_the_answers_of_others(self, network: Cast, sign_in_as: Any) -> None:
        position = draft(network)
        circulation = circulate(network, position)
        answer(network, circulation, "harrowmoor", {0: "red-line"})
        send_word(network, circulation, "stanwold", [("ninety", "sixty")])

        office, secretariat = text_of(sign_in_as("mayor"), position), text_of(sign_in_as("officer"), position)

        assert "1 amendment" in secretariat and "Blocked" in secretariat and "2 of 3 offices" in secretariat
        for word in ("amendment<", "Blocked", "Open", "of 3 offices", "Contributors"):
            assert word not in office

    def test_sub_clauses_and_points_bear_their_numbers(self, network: Cast, sign_in_as: Any) -> None:
        clauses = (
            redline.DraftClause(1, "Money", ("It is paid yearly.",)),
            redline.DraftClause(2, "Grants", ("They are paid in one sum.",)),
            redline.DraftClause(3, "", ("Each says what it is for.", "Each has an end.")),
            redline.DraftClause(1, "Depots", ("They may be bought.",)),
        )
        position = draft(network, clauses)
        officer = network.actor("officer")

        unmarked = re.findall(r'fm-part__label">([^<]+)</span> ([^<]+)<', text_of(sign_in_as("officer"), position))
        depots = position.versions.get().clause_texts.get(place=1)
        actions.narrow(
            officer,
            version=depots.version,
            first=depots.last_paragraph,
            last=depots.last_paragraph,
            audience=Audience.SECRETARIAT,
        )
        marked = re.findall(r'fm-part__label">([^<]+)</span> ([^<]+)<', text_of(sign_in_as("officer"), position))

        assert unmarked == [("1.1", "Grants"), ("(a)", "Each says what it is for."), ("(b)", "Each has an end.")]
        assert marked == unmarked

    def test_a_table_is_a_table_in_every_reader_s_copy(self, network: Cast, sign_in_as: Any) -> None:
        officer = network.actor("officer")
        position = actions.create_position(officer, title="Bus franchising")
        data = (Path(demo.__file__).parent / "word" / "base.docx").read_bytes()
        version = actions.import_draft(officer, position=position, name="base.docx", data=data)
        first = version.clause_texts.get(place=0)
        actions.narrow(
            officer,
            version=version,
            first=first.first_paragraph,
            last=first.last_paragraph,
            audience=Audience.SECRETARIAT,
        )
        circulate(network, position)

        for part in ("officer", "mayor"):
            page = text_of(sign_in_as(part), position)
            assert page.count('<th scope="col" class="govuk-table__header">') == 3
            assert ">Stage</th>" in page and '<td class="govuk-table__cell">Assessment</td>' in page

    def test_an_office_finds_its_own_stance_beside_the_clause(self, network: Cast, sign_in_as: Any) -> None:
        position = draft(network)
        answer(network, circulate(network, position), "harrowmoor", {0: "red-line"})

        assert "We: red line" in text_of(sign_in_as("other_mayor"), position)
        assert "We: red line" not in text_of(sign_in_as("mayor"), position)

    def test_answers_given_on_earlier_words_are_pointed_out(self, network: Cast, sign_in_as: Any) -> None:
        position = draft(network)
        circulation = circulate(network, position)
        answer(network, circulation, "harrowmoor", {0: "support", 1: "support"})
        answer(network, circulation, "aldermere", {1: "support"})
        close(network, circulation)
        position.refresh_from_db()
        actions.write_draft(network.actor("officer"), position=position, clauses=CHANGED)

        page = text_of(sign_in_as("officer"), position)

        assert "2 answers given on earlier words" in page
        assert page.count("given on earlier words") == 1

    def test_reading_a_sensitive_position_is_recorded_and_an_ordinary_one_is_not(
        self, network: Cast, sign_in_as: Any
    ) -> None:
        sensitive, ordinary = draft(network, handling=Handling.OFFICIAL_SENSITIVE), draft(network)
        client = sign_in_as("officer")

        text_of(client, sensitive)
        text_of(client, ordinary)

        assert list(AuditEntry.objects.filter(verb="read.page").values_list("record_id", flat=True)) == [sensitive.pk]

    def test_a_longer_text_asks_no_more(self, network: Cast, sign_in_as: Any, django_assert_num_queries: Any) -> None:
        position = draft(network, many_clauses(12))
        circulation = circulate(network, position)
        answer(network, circulation, "harrowmoor", {0: "support"})
        client = sign_in_as("officer")

        # Session, account, delegations, the network's name; the position; seven around it; versions; three for what
        # the reader may see; clauses; amendments; seven for states; three for stale answers; fallbacks; marks; six for
        # contributors; three for the members under "See as"; a savepoint and its release for the trail.
        with django_assert_num_queries(38):
            text_of(client, position)


class TestNarrowParagraphs:
    def test_they_are_absent_from_page_export_comparison_and_mail_and_no_number_shows_a_gap(
        self, network: Cast, sign_in_as: Any
    ) -> None:
        position = with_a_narrow_clause(network)
        circulate(network, position)
        client = sign_in_as("other_mayor")

        page = text_of(client, position)
        word = client.get(reverse("version_word", args=[position.key, 1])).content
        compared = client.get(reverse("version_compare", args=[position.key])).content.decode()

        assert CANARY not in page + compared + words_in(word)
        assert [c.number for c in redline.top_clauses(redline.clauses(word))] == ["1", "2"]
        assert page.count('class="fm-part__number">2<') == 1 and 'class="fm-part__number">3<' not in page

    def test_the_office_named_reads_them(self, network: Cast, sign_in_as: Any) -> None:
        position = with_a_narrow_clause(network)
        circulate(network, position)
        client = sign_in_as("mayor")

        assert f"The {CANARY} stays." in text_of(client, position)
        assert CANARY in words_in(client.get(reverse("version_word", args=[position.key, 1])).content)

    def test_the_secretariat_sees_what_an_office_would_receive(self, network: Cast, sign_in_as: Any) -> None:
        position = with_a_narrow_clause(network)
        client = sign_in_as("officer")

        theirs, named = text_of(client, position, "?as=harrowmoor"), text_of(client, position, "?as=aldermere")

        assert "As Harrowmoor would receive version 1." in theirs and CANARY not in theirs
        assert "It is the whole text." in named and CANARY in named
        assert client.get(reverse("position", args=[position.key]) + "?as=nowhere").status_code == 404

    def test_paragraphs_are_marked_and_unmarked_in_the_browser(self, network: Cast, sign_in_as: Any) -> None:
        position = draft(network)
        client = sign_in_as("officer")
        text = position.versions.get().clause_texts.get(place=1)
        address = reverse("narrow_add", args=[position.key, text.clause.key])

        without = client.post(address, {"paragraphs": [str(text.last_paragraph)], "audience": "named"})
        client.post(address, {"paragraphs": [str(text.last_paragraph)], "audience": "named", "offices": ["stanwold"]})
        marked = text_of(client, position)
        mark = NarrowMark.objects.get()
        client.post(reverse("narrow_remove", args=[position.key]), {"mark": str(mark.pk)})

        assert "Choose the offices that may read these paragraphs." in without.content.decode()
        assert "Kept to the secretariat and Stanwold." in marked
        assert (mark.first_paragraph, mark.last_paragraph) == (text.last_paragraph,) * 2
        assert not NarrowMark.objects.exists()

    def test_a_lost_mark_is_told_when_a_text_is_written_anew(self, network: Cast, sign_in_as: Any) -> None:
        position = with_a_narrow_clause(network)
        client = sign_in_as("officer")
        row = {"based_on": "1", "act": "save", "level-0": "1", "heading-0": "Else", "text-0": "All other words."}

        response = client.post(reverse("draft_write", args=[position.key]), row)

        page = client.get(response.url).content.decode()
        assert "2 paragraphs kept to fewer readers before could not be found again" in page


class TestComparing:
    @pytest.mark.requirement("A6")
    def test_two_drafts_are_compared_word_by_word(self, network: Cast, sign_in_as: Any) -> None:
        position = draft(network)
        actions.write_draft(network.actor("officer"), position=position, clauses=CHANGED)

        page = sign_in_as("officer").get(reverse("version_compare", args=[position.key])).content.decode()

        assert "1 clause changed, 1 new, 1 gone, 1 unchanged." in page
        assert "deleted: </span>at least three</del>" in page
        assert "inserted: </span>five</ins>" in page
        assert "deleted: </span>Depots</del>" in page
        assert "inserted: </span>The network looks again in a year.</ins>" in page
        assert "This paper sets out" not in page

    def test_what_is_unchanged_shows_when_asked_for_and_the_other_way_round(
        self, network: Cast, sign_in_as: Any
    ) -> None:
        position = draft(network)
        actions.write_draft(network.actor("officer"), position=position, clauses=CHANGED)
        client, address = sign_in_as("officer"), reverse("version_compare", args=[position.key])

        assert "This paper sets out" in client.get(f"{address}?all=yes").content.decode()
        backwards = client.get(f"{address}?from=2&to=1").content.decode()
        assert "inserted: </span>at least three</ins>" in backwards
        assert client.get(f"{address}?from=9&to=1").status_code == 404
        assert client.get(f"{address}?from=x").status_code == 404

    def test_one_version_has_nothing_to_be_compared_with(self, network: Cast, sign_in_as: Any) -> None:
        page = sign_in_as("officer").get(reverse("version_compare", args=[draft(network).key])).content.decode()

        assert "There is one version only" in page


class TestWord:
    def test_a_version_leaves_with_its_mark_and_the_reading_is_recorded(self, network: Cast, sign_in_as: Any) -> None:
        position = draft(network, handling=Handling.OFFICIAL_SENSITIVE)

        response = sign_in_as("officer").get(reverse("version_word", args=[position.key, 1]))

        assert "OFFICIAL-SENSITIVE Bus franchising, version 1.docx" in response.headers["Content-Disposition"]
        assert "OFFICIAL-SENSITIVE" in words_in(response.content)
        assert AuditEntry.objects.filter(verb="read.file", record_id=position.pk).count() == 1

    def test_the_mark_is_put_on_a_file_that_came_without_one(self, network: Cast, sign_in_as: Any) -> None:
        position = draft(network, handling=Handling.OFFICIAL_SENSITIVE)
        bare = redline.compose("Buses", CLAUSES, today=MOMENT.date())
        actions.import_draft(network.actor("officer"), position=position, name="bare.docx", data=bare)

        response = sign_in_as("officer").get(reverse("version_word", args=[position.key, 2]))

        assert "OFFICIAL-SENSITIVE" not in words_in(bare)
        assert "OFFICIAL-SENSITIVE" in words_in(response.content)

    def test_changes_are_marked_where_a_version_was_made_from_decisions(self, network: Cast, sign_in_as: Any) -> None:
        position = draft(network)
        circulation = circulate(network, position)
        ret = send_word(network, circulation, "stanwold", [("ninety", "sixty")])
        close(network, circulation)
        amendment = ret.amendments.get()
        officer = network.actor("officer")
        actions.decide(officer, items=[amendment], outcome="taken", serials={amendment.key: 0})
        circulation.refresh_from_db()
        actions.make_next_version(officer, circulation=circulation)
        client = sign_in_as("officer")

        marked = client.get(reverse("version_word", args=[position.key, 2]) + "?changes=yes")
        clean = client.get(reverse("version_word", args=[position.key, 2]))

        assert "<w:del " in words_in(marked.content) and "sixty" in words_in(marked.content)
        assert "<w:del " not in words_in(clean.content) and "ninety" not in words_in(clean.content)
        assert client.get(reverse("version_word", args=[position.key, 1]) + "?changes=yes").status_code == 404

    def test_changes_are_marked_in_a_version_that_was_written_or_imported(self, network: Cast, sign_in_as: Any) -> None:
        position = draft(network, handling=Handling.OFFICIAL_SENSITIVE)
        actions.write_draft(network.actor("officer"), position=position, clauses=CHANGED)
        versions = [content(v.package) for v in position.versions.order_by("number")]

        marked = sign_in_as("officer").get(reverse("version_word", args=[position.key, 2]) + "?changes=yes").content

        def said(data: bytes, view: redline.View) -> list[str]:
            return [line for line in redline.text(data, view=view) if line]

        assert said(marked, "rejected") == said(versions[0], "accepted")
        assert said(marked, "accepted") == said(versions[1], "accepted")
        assert {change.author for change in redline.changes(marked).changes} == {"Secretariat"}
        assert "OFFICIAL-SENSITIVE" in words_in(marked)

    def test_two_texts_without_anything_in_common_are_left_to_the_page(self, network: Cast, sign_in_as: Any) -> None:
        position = draft(network)
        other = redline.DraftClause(1, "Skills", ("Colleges should be paid for each learner who stays a full year.",))
        actions.write_draft(network.actor("officer"), position=position, clauses=[other])

        response = sign_in_as("officer").get(reverse("version_word", args=[position.key, 2]) + "?changes=yes")

        assert response.status_code == 400
        assert "Compare the two on the page" in response.content.decode()

    def test_only_the_secretariat_gets_the_changes(self, network: Cast, sign_in_as: Any) -> None:
        position = draft(network)
        actions.write_draft(network.actor("officer"), position=position, clauses=CHANGED)
        circulate(network, position)

        response = sign_in_as("mayor").get(reverse("version_word", args=[position.key, 2]) + "?changes=yes")

        assert response.status_code == 404


class TestFallbacks:
    @pytest.mark.requirement("A6")
    def test_nobody_but_the_people_named_can_tell_that_there_is_one(self, network: Cast, sign_in_as: Any) -> None:
        position = draft(network)
        circulate(network, position)
        clause = position.versions.get().clause_texts.get(place=1).clause
        pages = ("position", "version_compare", "positions_export", "positions", "offices")
        address = reverse("fallback_add", args=[position.key, clause.key])
        parts = ("head", "coordinator", "mayor", "other_officer", "guest", "administrator")

        def everything(part: str) -> list[tuple[int, str]]:
            client = sign_in_as(part)
            names = [reverse(n, args=[] if n.startswith("positions") else [position.key]) for n in pages]
            return [(r.status_code, r.content.decode()) for r in map(client.get, names)]

        before = {part: everything(part) for part in parts}
        sign_in_as("officer").post(address, {"words": f"The {CANARY} would do.", "people": [network.deputy.key]})
        after = {part: everything(part) for part in parts}

        assert Fallback.objects.count() == 1
        for part in ("officer", "deputy"):
            assert f"The {CANARY} would do." in text_of(sign_in_as(part), position)
        assert "Seen by Dev Anand, Owen Lark" in text_of(sign_in_as("deputy"), position)
        assert {part: _without_tokens(pages) for part, pages in after.items()} == {
            part: _without_tokens(pages) for part, pages in before.items()
        }

    def test_reading_a_fallback_is_recorded_though_its_position_is_not_sensitive(
        self, network: Cast, sign_in_as: Any
    ) -> None:
        position = draft(network)
        clause = position.versions.get().clause_texts.get(place=1).clause
        actions.note_fallback(network.actor("officer"), clause=clause, words="Four years.", people=[])

        for part in ("officer", "deputy"):
            text_of(sign_in_as(part), position)

        readings = AuditEntry.objects.filter(verb="position.front-or-notes-seen-or-changed", record_id=position.pk)
        # Once for noting it, once for reading it; who is not named on it read none.
        assert list(readings.values_list("account_id", flat=True)) == [network.officer.pk] * 2

    def test_a_fallback_needs_words(self, network: Cast, sign_in_as: Any) -> None:
        position = draft(network)
        clause = position.versions.get().clause_texts.get(place=1).clause

        response = sign_in_as("officer").post(reverse("fallback_add", args=[position.key, clause.key]), {"words": ""})

        assert "Write what we would settle for." in response.content.decode()


def _without_tokens(pages: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Pages without what differs at each request."""
    return [(status, re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)) for status, page in pages]


class TestGuests:
    def test_a_guest_is_invited_looks_and_is_dismissed(self, network: Cast, sign_in_as: Any) -> None:
        position = with_a_narrow_clause(network)
        circulate(network, position)
        client, address = sign_in_as("officer"), reverse("position_guests", args=[position.key])

        client.post(address, {"guest": network.guest.key})
        shown = text_of(sign_in_as("guest"), position)
        client.post(address, {"dismiss": network.guest.key})

        assert "Depots" in shown and CANARY not in shown
        assert "Our answer" not in shown and "of 3 offices" not in shown
        assert sign_in_as("guest").get(reverse("position", args=[position.key])).status_code == 404

    def test_nobody_but_a_guest_can_be_chosen(self, network: Cast, sign_in_as: Any) -> None:
        position = draft(network)

        response = sign_in_as("officer").post(
            reverse("position_guests", args=[position.key]), {"guest": network.mayor.key}
        )

        assert "Choose one of the guests listed." in response.content.decode()


class TestContributors:
    @pytest.mark.requirement("B12")
    def test_a_final_text_shows_who_contributed_and_who_approved(self, network: Cast, sign_in_as: Any) -> None:
        position = draft(network)
        circulation = circulate(network, position)
        send_word(network, circulation, "stanwold", [("ninety", "sixty")])
        close(network, circulation)
        version = position.versions.get()
        for office, name in (("aldermere", "Aldermere"), ("harrowmoor", "Harrowmoor")):
            SignOff.objects.create(
                version=version,
                office=office,
                office_name=name,
                kind="signed" if office == "aldermere" else "exception",
                signatory="Gwen Tarrant" if office == "aldermere" else "Owen Lark",
                account=Account.objects.get(name="Gwen Tarrant"),
                note="" if office == "aldermere" else "We hold another view on depots.",
                at=MOMENT,
            )
        Position.objects.update(state="agreed")

        office, secretariat = text_of(sign_in_as("mayor"), position), text_of(sign_in_as("officer"), position)

        for page in (office, secretariat):
            assert "<strong>Owen Lark</strong>: version 1 (written here)" in page
            assert "signed by Gwen Tarrant on 25 November 2026" in page
            assert "stands aside, noted by Owen Lark" in page and "We hold another view on depots." in page
        assert "1 amendment, 0 taken" in secretariat and "asked, no answer" in secretariat
        assert "1 amendment" not in office and "no answer" not in office
