"""The tutorial, walked step by step on the demonstration that ./run opens: from returned files to a published PDF."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import Browser, Page, expect

from folkmoot.demo.people import REGIONS
from folkmoot.engines import redline
from tests.cli.terminal import Terminal
from tests.journeys.hands import Mouse
from tests.plugins.browser import DESK, PATIENCE_MS

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CLONE = Path(__file__).resolve().parents[2]
SOURCE = CLONE / "src/folkmoot"
TUTORIAL = CLONE / "docs/tutorial.md"
POSITION = "Bus franchising: a joint ask"
ASIDE = "Harrowmoor"
DELEGATING = "Saltcombe"
REASON = "Another wording was asked for by more offices."


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The line that ./run prints last."""
    demonstration = Terminal(tmp_path_factory.mktemp("tutorial") / "demo").start("demo", "--port", "0")
    try:
        yield demonstration.address()
    finally:
        demonstration.end()


class Walk:
    """The steps of the tutorial, each by the person who takes it."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser, self.address = browser, address

    def anybody(self) -> Page:
        context = self.browser.new_context(base_url=self.address, viewport=DESK, locale="en-GB")
        context.set_default_timeout(PATIENCE_MS * 3)
        return context.new_page()

    def as_(self, name: str, tab: str) -> Mouse:
        """Somebody who comes in by the list of the sign-in page and opens a tab of the position."""
        hands = Mouse(self.anybody())
        hands.page.goto("/")
        hands.press(f"Sign in as {name}")
        hands.press("Positions", "link")
        hands.press(POSITION, "link")
        self.tab(hands, tab)
        return hands

    def tab(self, hands: Mouse, name: str) -> None:
        hands.page.get_by_role("main").get_by_role("link", name=re.compile(rf"^{name}")).first.click()

    def done(self, *hands: Mouse) -> None:
        for one in hands:
            one.page.context.close()

    # --- 1

    def look(self) -> Mouse:
        bea = self.as_("Bea Colquitt", "Offices")
        main = bea.page.get_by_role("main")
        expect(main).to_contain_text("14 of 14 offices")
        for status in ("not tracked", "earlier draft", "Another document", "password"):
            expect(main).to_contain_text(status)
        self.take(bea.page, "All returns as ZIP")
        bea.press("Need a step", "link")
        expect(main.get_by_role("row")).to_have_count(1 + 3)
        self.tab(bea, "Amendments")
        clause = bea.page.get_by_role("region", name="Revenue certainty")
        expect(clause).to_contain_text("Aldermere, Calderwick, Kelderby, Wyreham")
        expect(clause).to_contain_text("Conflicts with 2")
        self.take(bea.page, "Export to Excel")
        self.take(bea.page, "Merged Word file")
        self.tab(bea, "Consensus")
        bea.press("Try it below", "link")
        expect(main).to_contain_text("would be agreed")
        return bea

    def take(self, page: Page, name: str) -> None:
        """A file behind a button; each is a zip inside."""
        href = page.get_by_role("button", name=name).get_attribute("href")
        assert page.request.get(str(href)).body().startswith(b"PK"), name

    # --- 2

    def decide(self, bea: Mouse) -> None:
        self.tab(bea, "Amendments")
        self.by_keyboard(bea.page)
        self.without_conflict(bea)
        self.conflicts(bea)
        self.set_aside(bea)
        self.comments(bea)

    def progress(self, page: Page) -> tuple[int, int]:
        """How many are decided, and of how many."""
        found = re.search(r"(\d+) of (\d+) decided", page.get_by_role("main").inner_text())
        assert found is not None
        return int(found.group(1)), int(found.group(2))

    def left(self, page: Page) -> int:
        decided, total = self.progress(page)
        return total - decided

    def expect_left(self, page: Page, count: int) -> None:
        total = self.progress(page)[1]
        expect(page.get_by_role("heading", name=f"{total - count} of {total} decided")).to_be_visible()

    def by_keyboard(self, page: Page) -> None:
        """Two decisions without the mouse, and one of them undone."""
        before = self.left(page)
        page.keyboard.press("n")
        page.keyboard.press("Tab")
        page.keyboard.type(REASON)
        page.keyboard.press("Control+Enter")
        self.expect_left(page, before - 1)
        page.keyboard.press("t")
        page.keyboard.press("Control+Enter")
        self.expect_left(page, before - 2)
        page.keyboard.press("u")
        self.expect_left(page, before - 1)

    def without_conflict(self, bea: Mouse) -> None:
        bea.press("Show those without conflict", "link")
        self.all_together(bea, "taken")

    def conflicts(self, bea: Mouse) -> None:
        """Five years is what most want; what conflicts with what was taken is not taken."""
        self.tab(bea, "Amendments")
        bea.press("Revenue certainty", "link")
        five = bea.page.get_by_role("article", name="Aldermere, Calderwick, Kelderby, Wyreham")
        bea.choose_value(five, "taken")
        five.get_by_role("button", name="Save").click()
        self.tab(bea, "Amendments")
        self.all_together(bea, "not", REASON)

    def all_together(self, bea: Mouse, outcome: str, reason: str = "") -> None:
        several = bea.page.get_by_role("form", name="Decide several together")
        bea.choose("all undecided ones on this page", within=several)
        bea.choose_value(several, outcome)
        if reason:
            bea.fill("Reason, sent to each office; name no other. Needed for “in part” and “not”.", reason, several)
        bea.press("Decide them")
        expect(bea.page.get_by_text("were decided:").first).to_be_visible()

    def set_aside(self, bea: Mouse) -> None:
        bea.fill("Reason for Fenhallow", "The sentence is gone since the first round.")
        bea.press("Set aside, with reason")

    def comments(self, bea: Mouse) -> None:
        """Each comment shows what became of it."""
        waiting = bea.page.get_by_role("article", name="Comment of").filter(has=bea.page.get_by_role("radio"))
        while waiting.count():
            left = self.left(bea.page)
            bea.choose_value(waiting.first, "taken")
            waiting.first.get_by_role("button", name="Save").click()
            self.expect_left(bea.page, left - 1)

    # --- 3

    def next_version(self, bea: Mouse) -> None:
        self.tab(bea, "Offices")
        bea.press("Close the circulation")
        main = bea.page.get_by_role("main")
        expect(main).to_contain_text("The personal links end.")
        bea.press("Close the circulation")
        self.tab(bea, "Amendments")
        bea.press("Make version 4")
        expect(main).to_contain_text("a revenue settlement of at least five years, paid each quarter")
        self.tab(bea, "Text")
        clean, marked = self.file(bea.page, r"Word(?!,)"), self.file(bea.page, "Word, changes marked")
        before, after = redline.text(marked, view="rejected"), redline.text(marked, view="accepted")
        assert before != after == redline.text(clean, view="rejected")

    # --- 4

    def sign(self, bea: Mouse) -> None:
        self.tab(bea, "Sign-off")
        bea.press("Put version 4 before the mayors")
        for region in REGIONS:
            if region.name not in {ASIDE, DELEGATING}:
                self.sign_as(region.mayor, region.name)
        self.sign_as("Silas Pennant", DELEGATING)
        bea.page.reload()
        main = bea.page.get_by_role("main")
        expect(main).to_contain_text("13 of 14 signed, 1 to come")
        expect(main).to_contain_text("Silas Pennant for Thea Quayle-Morrow")
        expect(main).not_to_contain_text("Every office is recorded.")
        bea.open_details("Note that an office stands aside")
        bea.fill("What the office says", "Harrowmoor supports the aim and stands aside until its budget is set.")
        bea.press("Note the exception")
        expect(main).to_contain_text("Every office is recorded.")

    def sign_as(self, name: str, region: str) -> None:
        signatory = self.as_(name, "Sign-off")
        signatory.press(f"Sign for {region}")
        expect(signatory.page.get_by_text(f"Signed for {region}").first).to_be_visible()
        self.done(signatory)

    # --- 5

    def publish(self) -> None:
        head = self.as_("Rosalind Theakstone", "Sign-off")
        head.press("Publish as page, PDF and Word")
        expect(head.page.get_by_role("heading", level=1)).to_have_text(POSITION)
        self.read(head.page.url)
        self.done(head)

    def read(self, address: str) -> None:
        """Anybody may: the page, the tagged PDF, and a Word file without a trace of how it came about."""
        page = self.anybody()
        page.goto(address)
        main = page.get_by_role("main")
        expect(main).to_contain_text("a revenue settlement of at least five years, paid each quarter")
        expect(main).to_contain_text("Silas Pennant for Thea Quayle-Morrow, Saltcombe")
        expect(main).to_contain_text("stands aside until its budget is set")
        expect(main).not_to_contain_text(REASON)
        with pikepdf.open(BytesIO(self.file(page, "PDF"))) as pdf:
            assert pdf.Root.MarkInfo.Marked
            assert "/StructTreeRoot" in pdf.Root
            assert str(pdf.Root.Lang).startswith("en")
            assert str(pdf.docinfo["/Title"]) == POSITION
        assert redline.traces(self.file(page, "Word")) == ()
        page.context.close()

    def file(self, page: Page, name: str) -> bytes:
        link = page.get_by_role("main").get_by_role("link", name=re.compile(rf"^{name}")).first
        href = link.get_attribute("href")
        return page.request.get(str(href)).body()

    def draw_ask(self, bea: Mouse) -> None:
        self.tab(bea, "Sign-off")
        bea.fill("What is asked for", "A revenue settlement of at least five years.")
        bea.fill("Of which department", "Department for Places and Transport")
        bea.press("Draw the ask")
        expect(bea.page.get_by_role("main")).to_contain_text("A revenue settlement of at least five years.")


def test_the_tutorial_names_what_there_is() -> None:
    """Whoever, whichever position and whatever control it names stands in the demonstration or on a page."""
    pages = [path for path in (SOURCE / "web").rglob("*") if path.suffix in {".html", ".py"}]
    sources = [*pages, *(SOURCE / "demo").glob("*.py")]
    there = " ".join(path.read_text(encoding="utf-8") for path in sources)
    tutorial = " ".join(TUTORIAL.read_text(encoding="utf-8").split())
    named = {name.removesuffix(" 4") for name in re.findall(r"\*+([^*]+)\*+", tutorial)}
    assert {"Bea Colquitt", "Need a step", "Make version"} <= named
    assert sorted(name for name in named if name not in there) == []


def test_the_tutorial(browser: Browser, address: str) -> None:
    walk = Walk(browser, address)
    bea = walk.look()
    walk.decide(bea)
    walk.next_version(bea)
    walk.sign(bea)
    walk.publish()
    walk.draw_ask(bea)
    walk.done(bea)
