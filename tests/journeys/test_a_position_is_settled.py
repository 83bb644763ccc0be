"""Story 2, first click to last: a Word draft is circulated, answered, negotiated, signed and published; asks follow."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from folkmoot.apps.mail.models import OutboxMessage
from folkmoot.engines import redline
from tests.cast import TODAY, Cast
from tests.journeys.hands import Hands, Keyboard, Mouse
from tests.plugins.browser import sign_in
from tests.positions_world import CLAUSES, fill_register, marked_up

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

WAYS: dict[str, tuple[type, dict[str, Any]]] = {
    "by clicks": (Mouse, {}),
    "without JavaScript": (Mouse, {"java_script_enabled": False}),
    "by keyboard": (Keyboard, {}),
}


def run_worker() -> None:
    """What the worker does until nothing waits for it: the product's own tasks, from the product's own table."""
    call_command("db_worker", batch=True, interval=0.1, startup_delay=False, verbosity=0)


class Journey:
    """One walk through the story; each person works in a browser of their own."""

    def __init__(self, cast: Cast, open_page: Callable[..., Page], way: str, folder: Path, address: str) -> None:
        self.cast, self.open_page, self.folder, self.address = cast, open_page, folder, address
        self.hand, self.options = WAYS[way]

    def as_(self, part: str) -> Hands:
        """Somebody signed in, at the front page."""
        page = self.open_page(**self.options)
        account = self.cast.account(part)
        if account:
            sign_in(page, account)
        page.goto("/")
        hands: Hands = self.hand(page)
        return hands

    def at_position(self, part: str) -> Hands:
        hands = self.as_(part)
        hands.press("Positions", "link")
        hands.press("Bus franchising", "link")
        return hands

    def link_in_mail(self, part: str) -> str:
        """The personal link in the mail that somebody received, at the address of this run."""
        account = self.cast.account(part)
        assert account is not None
        mail = OutboxMessage.objects.filter(to_address=account.email).latest("pk")
        found = re.search(r"https?://\S+/link/\S+", mail.body)
        assert found is not None
        return self.address + "/positions/" + found.group().partition("/positions/")[2]

    def returned(self, copy: bytes, changes: list[tuple[str, str]], *, author: str, tracked: bool) -> Path:
        """The office's copy as it comes back from Word."""
        target = self.folder / f"{author}.docx"
        target.write_bytes(marked_up(copy, changes, author=author, tracked=tracked))
        return target

    # --- the story

    def draft_and_circulate(self) -> None:
        draft = self.folder / "draft.docx"
        draft.write_bytes(redline.compose("Bus franchising", CLAUSES, today=TODAY))
        officer = self.as_("officer")
        officer.press("Positions", "link")
        officer.press("New position")
        officer.fill("Title", "Bus franchising")
        officer.press("Begin the position")
        officer.press("Import a Word draft")
        officer.attach("Word file", draft)
        officer.press("Import it")
        expect(officer.page.get_by_text("at least three years")).to_be_visible()
        officer.press("Circulate version 1")
        officer.fill("The question", "Can your mayor sign this text?")
        officer.press("Look at the mail")
        expect(officer.page.get_by_text("Please answer by").first).to_be_visible()
        officer.press("Open the circulation")
        expect(officer.page.get_by_role("main")).to_contain_text("3")

    def answer_by_upload(self) -> None:
        """Aldermere: a tracked Word file, on its own page."""
        officer = self.at_position("member_officer")
        officer.press("Our answer", "link")
        copy = officer.download("Download your copy")
        officer.attach(
            "Our marked-up Word file", self.returned(copy, [("three", "five")], author="Maya Osei", tracked=True)
        )
        officer.press("Add the file")
        expect(officer.page.get_by_text("1 tracked change").first).to_be_visible()
        officer.press("Support all clauses without an answer")
        self._submit(officer)

    def answer_by_link(self) -> None:
        """Harrowmoor: an untracked file, by the link in the mail, without a password."""
        page = self.open_page(**self.options)
        page.goto(self.link_in_mail("other_officer"))
        officer: Hands = self.hand(page)
        copy = officer.download("Download your copy")
        changes = [("three", "four"), ("ninety", "sixty")]
        officer.attach("Our marked-up Word file", self.returned(copy, changes, author="Tess Quill", tracked=False))
        officer.press("Add the file")
        expect(page.get_by_text("found by comparing").first).to_be_visible()
        officer.press("Support all clauses without an answer")
        self._submit(officer)

    def answer_by_form(self) -> None:
        """Stanwold: an objection in the form, with its reason."""
        officer = self.at_position("third_officer")
        officer.press("Our answer", "link")
        depots = officer.page.get_by_role("region", name="Depots")
        officer.choose("Object", within=depots)
        officer.fill("Reason", "A family firm may not be forced to sell.", within=depots)
        officer.press("Support all clauses without an answer")
        self._submit(officer)

    def _submit(self, officer: Hands) -> None:
        officer.choose("Officer")
        officer.fill("Who cleared it?", "Pat Clear")
        officer.press("Submit for")
        expect(officer.page.get_by_text("Your answer was submitted")).to_be_visible()

    def decide(self) -> None:
        """The worker relates what came; the officer sees who blocks, and decides."""
        run_worker()
        officer = self.at_position("officer")
        officer.press("Consensus", "link")
        expect(officer.page.get_by_role("main")).to_contain_text("A family firm may not be forced to sell.")
        officer.press("Amendments", "link")
        expect(officer.page.get_by_role("main")).to_contain_text("0 of 3 decided")
        expect(officer.page.get_by_role("main")).to_contain_text("Conflicts with 1")
        self._decide_open(officer, "Aldermere", "taken")
        self._decide_open(officer, "Harrowmoor", "not", "Five years was preferred by the others who asked.")
        self._decide_open(officer, "Harrowmoor", "part", "Sixty is too short; seventy is kept.", words="seventy")
        expect(officer.page.get_by_role("main")).to_contain_text("3 of 3 decided")
        officer.press("Offices", "link")
        officer.press("Close")
        officer.press("Close the circulation")
        officer.press("Amendments", "link")
        officer.press("Make version 2")
        main = officer.page.get_by_role("main")
        expect(main).to_contain_text("at least five years")
        expect(main).to_contain_text("within seventy days")

    def _decide_open(self, officer: Hands, office: str, outcome: str, reason: str = "", words: str = "") -> None:
        """Decide the proposal that the page has opened; it must be this office's."""
        article = officer.page.locator("article[data-picked]")
        expect(article).to_contain_text(office)
        officer.choose_value(article, outcome)
        if reason:
            officer.fill(REASON, reason, within=article)
        if words:
            officer.fill("Words that go in, if taken in part", words, within=article)
        officer.press("Save and go to next")
        expect(officer.page.get_by_text("decided:").first).to_be_visible()

    def sign(self) -> None:
        """Two mayors sign, the third office stands aside, and only then is the text agreed."""
        officer = self.at_position("officer")
        officer.press("Sign-off", "link")
        officer.press("Put version 2 before the mayors")
        for part, office in (("mayor", "Aldermere"), ("other_mayor", "Harrowmoor")):
            mayor = self.at_position(part)
            mayor.press("Sign-off", "link")
            mayor.press(f"Sign for {office}")
            expect(mayor.page.get_by_text(f"Signed for {office}").first).to_be_visible()
        officer.press("Text", "link")
        officer.press("Sign-off", "link")
        expect(officer.page.get_by_role("main")).to_contain_text("1 to come")
        officer.open_details("Note that an office stands aside")
        officer.fill("What the office says", "Stanwold supports the aim and stands aside on depots.")
        officer.press("Note the exception")
        expect(officer.page.get_by_role("main")).to_contain_text("Every office is recorded")

    def publish(self) -> str:
        """The head publishes, and everybody may read it; the address of the page."""
        head = self.at_position("head")
        head.press("Sign-off", "link")
        head.press("Publish as page, PDF and Word")
        expect(head.page.get_by_role("heading", level=1)).to_have_text("Bus franchising")
        return head.page.url

    def read_as_anybody(self, address: str) -> None:
        reader = self.open_page(**self.options)
        reader.goto(address)
        main = reader.get_by_role("main")
        expect(main).to_contain_text("at least five years")
        expect(main).to_contain_text("Gwen Tarrant, Aldermere")
        expect(main).to_contain_text("stands aside on depots")
        hands: Hands = self.hand(reader)
        assert redline.traces(hands.download("Word")) == ()
        assert hands.download("PDF").startswith(b"%PDF")

    def draw_ask(self) -> None:
        officer = self.at_position("officer")
        officer.press("Sign-off", "link")
        officer.fill("What is asked for", "A revenue settlement of at least five years.")
        officer.fill("Of which department", "Department for Places and Transport")
        officer.press("Draw the ask")
        officer.press("Positions", "link")
        officer.press("Asks", "link")
        expect(officer.page.get_by_role("main")).to_contain_text("A revenue settlement of at least five years.")


REASON = "Reason, sent to each office; name no other. Needed for “in part” and “not”."


@pytest.mark.requirement("A23")
@pytest.mark.parametrize("way", WAYS)
def test_a_position_is_settled(
    way: str, cast: Cast, open_page: Callable[..., Page], live_server: Any, tmp_path: Path
) -> None:
    fill_register()
    journey = Journey(cast, open_page, way, tmp_path, live_server.url)
    journey.draft_and_circulate()
    journey.answer_by_upload()
    journey.answer_by_link()
    journey.answer_by_form()
    journey.decide()
    journey.sign()
    address = journey.publish()
    journey.read_as_anybody(address)
    journey.draw_ask()
