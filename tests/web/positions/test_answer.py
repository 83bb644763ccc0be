"""Answering by one's own page, by a personal link, and through the secretariat."""

import re
from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from folkmoot.apps.access.audience import Handling
from folkmoot.apps.access.models import Account, AuditEntry
from folkmoot.apps.documents.queries import content
from folkmoot.apps.positions import actions
from folkmoot.apps.positions.models import Circulation, PersonalLink, Return
from tests.cast import EVERYBODY, MOMENT, Cast
from tests.positions_world import (
    AFTER_CLOSING,
    CLOSES,
    LETTER,
    QUESTION,
    answer,
    circulate,
    close,
    draft,
    invitation_of,
    marked_up,
    offices,
    send_word,
)

pytestmark = pytest.mark.usefixtures("read_here")


@pytest.fixture
def circulation(network: Cast) -> Circulation:
    return circulate(network, draft(network))


def own_page(circulation: Circulation, step: str = "") -> str:
    return f"/positions/{circulation.position.key}/answer/{step}"


def keys_of(circulation: Circulation) -> list[str]:
    return list(circulation.version.clause_texts.order_by("place").values_list("clause__key", flat=True))


def read(response: Any) -> str:
    """The words of a page, without its markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def at(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    monkeypatch.setattr("folkmoot.apps.access.clock.timezone", SimpleNamespace(now=lambda: moment))


class TestOwnPage:
    @pytest.mark.parametrize("part", EVERYBODY)
    def test_who_has_one(self, sign_in_as: Any, circulation: Circulation, part: str) -> None:
        status = sign_in_as(part).get(own_page(circulation)).status_code
        has = {"mayor", "chief_executive", "member_officer", "other_mayor", "other_officer", "third_officer"}
        assert status == (200 if part in has else 302 if part == "stranger" else 404)

    def test_it_says_what_is_asked_until_when_and_who_will_see_it(
        self, sign_in_as: Any, circulation: Circulation
    ) -> None:
        words = read(sign_in_as("mayor").get(own_page(circulation)))
        assert QUESTION in words and LETTER in words
        assert "Please answer by Friday 4 December 2026, 12:00 ." in words
        assert "Your answer is seen by your office and the secretariat." in words

    def test_the_whole_way_to_a_submitted_answer(self, sign_in_as: Any, circulation: Circulation) -> None:
        client, keys = sign_in_as("member_officer"), keys_of(circulation)
        given = {f"{keys[0]}-stance": "support", f"{keys[2]}-stance": "object", f"{keys[2]}-reason": "Too dear."}
        assert client.post(own_page(circulation, "save/"), given).status_code == 302
        words = read(client.get(own_page(circulation)))
        assert "Kept: 2 of 3 clauses answered." in words and "Too dear." in words
        sent = {"whose_view": "mayor", "cleared_by": "Gwen Tarrant"}
        client.post(own_page(circulation, "submit/"), sent)
        words = read(client.get(own_page(circulation)))
        assert "the mayor’s view, cleared by Gwen Tarrant" in words
        assert Return.objects.get().state == "submitted"

    def test_one_click_supports_all_that_has_no_answer_yet(self, sign_in_as: Any, circulation: Circulation) -> None:
        keys = keys_of(circulation)
        given = {f"{keys[0]}-stance": "no-view", "support_all": "1"}
        sign_in_as("member_officer").post(own_page(circulation, "save/"), given)
        stances = dict(Return.objects.get().answers.values_list("clause__key", "stance"))
        assert stances == {keys[0]: "no-view", keys[1]: "support", keys[2]: "support"}

    def test_a_missing_reason_is_said_beside_its_field_and_what_was_typed_stays(
        self, sign_in_as: Any, circulation: Circulation
    ) -> None:
        keys = keys_of(circulation)
        given = {f"{keys[2]}-stance": "red-line", f"{keys[1]}-reason": "Already typed."}
        response = sign_in_as("member_officer").post(own_page(circulation, "save/"), given)
        words = read(response)
        assert "give the reason, so that it can be met" in words and "Already typed." in words
        assert not Return.objects.exists()

    @pytest.mark.parametrize(
        ("sent", "sentence"),
        [
            ({"cleared_by": "G"}, "Say whose view this is."),
            ({"whose_view": "mayor"}, "Name the person who cleared this answer."),
            ({"whose_view": "mayor", "cleared_by": "G"}, "There is nothing to submit yet."),
        ],
    )
    def test_what_is_missing_is_said(
        self, sign_in_as: Any, circulation: Circulation, sent: dict[str, str], sentence: str
    ) -> None:
        assert sentence in read(sign_in_as("mayor").post(own_page(circulation, "submit/"), sent))

    def test_replacing_withdrawing_and_releasing(
        self, sign_in_as: Any, network: Cast, circulation: Circulation
    ) -> None:
        answer(network, circulation, "aldermere", {0: "support"})
        client = sign_in_as("mayor")
        client.post(own_page(circulation, "release/"))
        assert "Released to the other offices." in read(client.get(own_page(circulation)))
        client.post(own_page(circulation, "replace/"))
        assert Return.objects.filter(state="draft").get().answers.get().stance == "support"
        client.post(own_page(circulation, "withdraw/"))
        assert Return.objects.filter(state="withdrawn").exists()

    def test_an_office_sees_what_became_of_its_amendments(
        self, sign_in_as: Any, network: Cast, circulation: Circulation
    ) -> None:
        item = send_word(network, circulation, "aldermere", [("three", "five")]).amendments.get()
        actions.decide(
            network.actor("officer"), items=[item], outcome="not", reason="Three stays.", serials={item.key: 0}
        )
        words = read(sign_in_as("mayor").get(own_page(circulation)))
        assert "Not taken" in words and "“Three stays.”" in words

    def test_after_closing_it_shows_the_answer_and_takes_none(
        self, sign_in_as: Any, network: Cast, circulation: Circulation, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        answer(network, circulation, "aldermere", {0: "support"})
        close(network, circulation)
        at(monkeypatch, AFTER_CLOSING)
        client = sign_in_as("mayor")
        response = client.get(own_page(circulation))
        assert "Nothing can be changed any more." in read(response)
        assert b"Submit for" not in response.content
        refused = client.post(own_page(circulation, "save/"), {})
        assert refused.status_code == 409
        assert "This circulation has closed" in read(refused)

    def test_earlier_answers_are_listed(self, sign_in_as: Any, network: Cast, circulation: Circulation) -> None:
        answer(network, circulation, "aldermere", {0: "support"})
        answer(network, circulation, "aldermere", {0: "object"})
        assert "Superseded by a later return" in read(sign_in_as("mayor").get(own_page(circulation)))


class TestWordFiles:
    def upload(self, client: Client, circulation: Circulation, data: bytes, name: str = "ours.docx") -> Any:
        file = SimpleUploadedFile(name, data)
        return client.post(own_page(circulation, "upload/"), {"file": file}, follow=True)

    def test_the_copy_is_the_offices_own_and_that_it_was_taken_is_noted(
        self, sign_in_as: Any, circulation: Circulation
    ) -> None:
        invitation = invitation_of(circulation, "aldermere")
        response = sign_in_as("mayor").get(own_page(circulation, "copy/"))
        assert response.content == content(invitation.package)
        invitation.refresh_from_db()
        assert invitation.fetched_at == MOMENT

    def test_the_secretariat_that_fetches_a_copy_is_not_the_office(
        self, sign_in_as: Any, circulation: Circulation
    ) -> None:
        sign_in_as("officer").get(f"/positions/{circulation.position.key}/offices/aldermere/answer/copy/")
        assert invitation_of(circulation, "aldermere").fetched_at is None

    def test_marks_are_shown_and_the_clause_is_filled_in(self, sign_in_as: Any, circulation: Circulation) -> None:
        data = marked_up(content(invitation_of(circulation, "aldermere").package), [("three", "five")], author="Maya")
        words = read(self.upload(sign_in_as("member_officer"), circulation, data))
        assert "ours.docx is kept." in words
        assert "inserted: five" in words and "1 of 3 answered" in words

    @pytest.mark.parametrize(
        ("name", "data", "sentence"),
        [
            ("empty.docx", b"", "is empty"),
            ("notes.txt", b"We support it.", "is kept. "),
            ("cut.docx", b"PK\x03\x04 and then nothing", "is kept. "),
        ],
    )
    def test_a_wrong_file_ends_in_a_sentence(
        self, sign_in_as: Any, circulation: Circulation, name: str, data: bytes, sentence: str
    ) -> None:
        response = self.upload(sign_in_as("member_officer"), circulation, data, name)
        assert response.status_code == 200
        assert sentence in read(response)

    def test_no_file_at_all(self, sign_in_as: Any, circulation: Circulation) -> None:
        response = sign_in_as("member_officer").post(own_page(circulation, "upload/"), {})
        assert "Choose the Word file first." in read(response)

    def test_a_file_over_the_limit_is_refused_with_the_limit(
        self, sign_in_as: Any, circulation: Circulation, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("folkmoot.apps.documents.upload.MEGABYTE", 100)  # so that the test need not send so much
        limit = settings.ENVIRONMENT.upload_mb
        response = self.upload(sign_in_as("member_officer"), circulation, b"x" * 100 * (limit + 1))
        assert f"is {limit + 1} MB, and the largest file that can be taken is {limit} MB" in read(response)
        assert not Return.objects.exists()


def with_links(cast: Cast, *, handling: str = Handling.OFFICIAL) -> tuple[Circulation, dict[str, str]]:
    """A circulation and the secret that each person asked was sent."""
    secrets: list[str] = []
    position = draft(cast, handling=handling)
    circulation = actions.open_circulation(
        cast.actor("officer"),
        version=position.versions.get(),
        offices=offices(cast),
        question=QUESTION,
        letter=LETTER,
        closes_at=CLOSES,
        disclosure="secretariat",
        link_address=lambda secret: secrets.append(secret) or secret,  # type: ignore[func-returns-value]
    )
    owners = {actions.digest_of(secret): secret for secret in secrets}
    links = PersonalLink.objects.select_related("account")
    return circulation, {link.account.name: owners[link.digest] for link in links}


def by_link(secret: str, step: str = "") -> str:
    return f"/positions/link/{secret}/{step}"


class TestLinks:
    def test_it_opens_one_page_without_a_password_and_answers(self, network: Cast) -> None:
        circulation, secrets = with_links(network)
        client, secret, keys = Client(), secrets["Maya Osei"], keys_of(circulation)
        page = client.get(by_link(secret))
        assert page.status_code == 200
        assert "For Maya Osei of Aldermere." in read(page)
        client.post(by_link(secret, "save/"), {f"{keys[0]}-stance": "support"})
        client.post(by_link(secret, "submit/"), {"whose_view": "officer", "cleared_by": "Maya Osei"})
        ret = Return.objects.get()
        assert (ret.state, ret.started_by.name) == ("submitted", "Maya Osei")

    def test_it_opens_nothing_else(self, network: Cast) -> None:
        circulation, secrets = with_links(network)
        client = Client()
        page = client.get(by_link(secrets["Gwen Tarrant"]))
        key = circulation.position.key
        for address in ("/", "/positions/", f"/positions/{key}/", f"/positions/{key}/answer/", "/members/"):
            response = client.get(address)
            assert response.status_code == 302 and "sign-in" in response.url, address
        assert b'class="fm-tabs"' not in page.content
        for other in ("sign-off/sign/", "amendments/", "consensus/"):
            assert client.post(f"/positions/{key}/{other}", {"office": "aldermere"}).status_code in {302, 405}

    def test_it_never_releases(self, network: Cast) -> None:
        circulation, secrets = with_links(network)
        answer(network, circulation, "aldermere", {0: "support"})
        assert Client().post(by_link(secrets["Gwen Tarrant"], "release/")).status_code == 403
        assert Return.objects.get().released_at is None

    def test_an_unknown_one_opens_nothing(self, network: Cast) -> None:
        with_links(network)
        assert Client().get(by_link("a-guess-at-a-secret")).status_code == 404

    def test_it_ends_with_its_owners_account(self, network: Cast) -> None:
        _, secrets = with_links(network)
        Account.objects.filter(name="Maya Osei").update(is_active=False)
        assert Client().get(by_link(secrets["Maya Osei"])).status_code == 404

    def test_it_ends_when_its_owner_leaves_the_office(self, network: Cast) -> None:
        _, secrets = with_links(network)
        Account.objects.filter(name="Maya Osei").update(person="")
        assert Client().get(by_link(secrets["Maya Osei"])).status_code == 404

    @pytest.mark.parametrize("closed_by_hand", [True, False])
    def test_it_ends_with_the_circulation(
        self, network: Cast, monkeypatch: pytest.MonkeyPatch, closed_by_hand: bool
    ) -> None:
        circulation, secrets = with_links(network)
        if closed_by_hand:
            close(network, circulation)
        else:
            at(monkeypatch, CLOSES)
        for step in ("", "copy/"):
            response = Client().get(by_link(secrets["Maya Osei"], step))
            assert response.status_code == 410
            assert "This link has ended" in read(response)

    def test_a_sensitive_text_asks_for_signing_in(self, network: Cast) -> None:
        circulation, secrets = with_links(network, handling=Handling.OFFICIAL_SENSITIVE)
        response = Client().get(by_link(secrets["Maya Osei"]))
        assert (response.status_code, response.url) == (302, own_page(circulation))
        assert Client().get(response.url).status_code == 302
        assert circulation.position.title not in read(response)


class TestForAnOffice:
    def address(self, circulation: Circulation, step: str = "") -> str:
        return f"/positions/{circulation.position.key}/offices/stanwold/answer/{step}"

    @pytest.mark.parametrize("part", EVERYBODY)
    def test_the_secretariat_alone(self, sign_in_as: Any, circulation: Circulation, part: str) -> None:
        status = sign_in_as(part).get(self.address(circulation)).status_code
        files = {"head", "deputy", "officer", "coordinator"}
        assert status == (200 if part in files else 302 if part == "stranger" else 404)

    def test_an_answer_told_by_telephone(self, sign_in_as: Any, circulation: Circulation) -> None:
        client, keys = sign_in_as("coordinator"), keys_of(circulation)
        client.post(self.address(circulation, "save/"), {f"{keys[0]}-stance": "support"})
        client.post(self.address(circulation, "submit/"), {"whose_view": "mayor", "cleared_by": "The mayor"})
        ret = Return.objects.get()
        assert (ret.state, ret.filed_for_office, ret.invitation.office) == ("submitted", True, "stanwold")

    def test_what_the_office_prepares_is_not_shown_here(
        self, sign_in_as: Any, network: Cast, circulation: Circulation
    ) -> None:
        answer(network, circulation, "stanwold", {0: "object"}, submit=False)
        assert "It would cost too much." not in read(sign_in_as("head").get(self.address(circulation)))


def test_reading_a_sensitive_text_is_recorded(network: Cast, sign_in_as: Any) -> None:
    circulation, _ = with_links(network, handling=Handling.OFFICIAL_SENSITIVE)
    sign_in_as("mayor").get(own_page(circulation))
    sign_in_as("mayor").get(own_page(circulation, "copy/"))
    read_rows = AuditEntry.objects.filter(account_id=network.mayor.pk).values_list("verb", flat=True)
    assert {"read.page", "read.file"} <= set(read_rows)


class TestWhatAWrongFileIsTold:
    """Whoever added the file is told what to do with it; the secretariat is told what to ask the office for."""

    def _add(self, client: Client, address: str) -> Any:
        file = SimpleUploadedFile("notes.docx", b"we are content")
        return client.post(f"{address}upload/", {"file": file}, follow=True)

    def test_the_office_is_spoken_to_and_sees_the_sentence_first(self, network: Cast, sign_in_as: Any) -> None:
        circulation = circulate(network, draft(network))
        answer = self._add(sign_in_as("member_officer"), f"/positions/{circulation.position.key}/answer/")
        page = answer.content.decode()
        assert "Ask the office" not in page
        assert page.count("save it without a password as a Word document (.docx)") == 2  # the message, and the file
        # The message stands at the top, so nothing may carry the reader past it.
        assert "#" not in answer.redirect_chain[-1][0]

    def test_the_secretariat_is_told_what_to_ask_for(self, network: Cast, sign_in_as: Any) -> None:
        circulation = circulate(network, draft(network))
        address = f"/positions/{circulation.position.key}/offices/aldermere/answer/"
        assert "Ask the office" in self._add(sign_in_as("officer"), address).content.decode()
