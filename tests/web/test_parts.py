"""The parts, each drawn in a real browser on the gallery's pages, at three widths and with the keyboard."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.template import engines

from tests.cast import Cast
from tests.plugins.browser import sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.urls("tests.web.gallery.urls")
PARTS = Path(__file__).resolve().parents[2] / "src/folkmoot/web/templates/parts"
SHELL = ("/", "/help/", "/keyboard/", "/accessibility/", "/who-sees/", "/nowhere/")
GALLERY = ("form", "parts", "amendments", "consensus")
WIDTHS = (1280, 375, 320)


def draw(source: str, **context: Any) -> str:
    return engines["jinja2"].from_string(source).render(context)


class TestDrawing:
    def test_a_state_is_a_shape_then_a_word(self) -> None:
        html = draw('{% from "parts/tag.html" import state %}{{ state("blocked") }}')

        assert html.index("<svg") < html.index("Blocked")

    def test_a_change_is_spoken_as_well_as_drawn(self) -> None:
        html = draw('{% from "parts/diff.html" import diff %}{{ diff([("delete", "three"), ("insert", "five")]) }}')

        assert "deleted: </span>three</del>" in html
        assert "inserted: </span>five</ins>" in html

    def test_what_people_wrote_is_escaped(self) -> None:
        html = draw('{% from "parts/diff.html" import diff %}{{ diff([("insert", text)]) }}', text="<b>5 & 6</b>")

        assert "&lt;b&gt;5 &amp; 6&lt;/b&gt;" in html

    @pytest.mark.parametrize("stance", ["support", "accept", "if-amended", "object", "red-line", "no-view", "none"])
    def test_every_stance_has_a_cell_with_a_letter_and_words(self, stance: str) -> None:
        html = draw('{% from "parts/heat_map.html" import cell %}{{ cell(stance) }}', stance=stance)

        assert f"fm-cell--{stance}" in html
        assert "fm-cell__letter" in html
        assert "govuk-visually-hidden" in html

    def test_an_empty_table_says_so(self) -> None:
        html = draw(
            '{% from "parts/table.html" import table %}{{ table("Offices", [{"title": "Name"}], [], empty="None.") }}'
        )

        assert "None." in html
        assert "<table" not in html

    @pytest.mark.parametrize("path", sorted(PARTS.glob("*.html")), ids=lambda path: path.stem)
    def test_every_macro_is_in_the_list_of_parts(self, path: Path) -> None:
        listed = (PARTS / "README.md").read_text()

        assert f"| {path.stem} |" in listed
        for macro in re.findall(r"{% macro ([a-z]\w+)\(", path.read_text()):
            assert re.search(rf"\b{macro}\(", listed), macro

    def test_a_misspelt_name_is_an_error(self) -> None:
        from jinja2 import UndefinedError

        with pytest.raises(UndefinedError):
            draw("{{ positon.title }}")


@pytest.fixture
def gallery(open_page: Callable[..., "Page"], cast: Cast) -> Callable[..., "Page"]:
    """Opens a page of the gallery as the chief executive, who acts for the mayor."""

    def opened(name: str, width: int = 1280, **options: Any) -> "Page":
        page = open_page({"width": width, "height": 900}, **options)
        sign_in(page, cast.chief_executive)
        response = page.goto(f"/gallery/{name}/", wait_until="networkidle")
        assert response and response.status == 200
        return page

    return opened


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
class TestInTheBrowser:
    @pytest.mark.parametrize("name", GALLERY)
    def test_no_page_has_an_accessibility_fault(self, gallery: Callable[..., "Page"], name: str) -> None:
        for width in WIDTHS[:2]:
            found = Axe().run(gallery(name, width)).response["violations"]
            assert not found, [(fault["id"], fault["nodes"][0]["html"]) for fault in found]

    @pytest.mark.parametrize("address", SHELL)
    def test_no_page_of_the_shell_has_a_fault(self, open_page: Callable[..., "Page"], cast: Cast, address: str) -> None:
        for width in (1280, 320):
            page = open_page({"width": width, "height": 900})
            sign_in(page, cast.chief_executive)
            page.goto(address, wait_until="networkidle")
            wide, seen = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")

            assert not Axe().run(page).response["violations"]
            assert wide <= seen

    @pytest.mark.parametrize("name", GALLERY)
    def test_no_page_scrolls_sideways(self, gallery: Callable[..., "Page"], name: str) -> None:
        for width in WIDTHS:
            wide, seen = gallery(name, width).evaluate(
                "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
            )
            assert wide <= seen, f"{name} at {width}"

    def test_the_header_names_the_delegation_at_every_width(self, gallery: Callable[..., "Page"]) -> None:
        for width in WIDTHS:
            assert gallery("parts", width).locator(".fm-account__for").is_visible()

    def test_the_mark_stands_at_the_top_and_in_the_foot(self, gallery: Callable[..., "Page"]) -> None:
        page = gallery("amendments")

        assert page.locator(".fm-mark-bar__mark").inner_text() == "OFFICIAL-SENSITIVE"
        assert "OFFICIAL-SENSITIVE" in page.locator(".fm-foot__mark").inner_text()

    def test_the_error_summary_takes_the_focus_and_leads_to_the_field(self, gallery: Callable[..., "Page"]) -> None:
        page = gallery("form")
        assert page.evaluate("document.activeElement.className") == "govuk-error-summary"

        page.get_by_role("link", name="When do returns close: Write a real date").click()

        assert page.evaluate("document.activeElement.id") == "id_closes_on_day"

    def test_a_field_is_tied_to_its_hint_and_its_error(self, gallery: Callable[..., "Page"]) -> None:
        page = gallery("form")

        ids = page.locator("#id_title").get_attribute("aria-describedby") or ""

        assert ids.split() == ["id_title_helptext", "id_title_error"]
        assert all(page.locator(f"#{id_}").count() == 1 for id_ in ids.split())

    def test_j_and_k_walk_the_proposals_and_a_letter_decides(self, gallery: Callable[..., "Page"]) -> None:
        page = gallery("amendments")
        page.evaluate("document.querySelector('[data-key=j]').removeAttribute('data-key')")

        page.keyboard.press("j")  # from the open one, 5.1
        page.keyboard.press("h")

        assert page.locator("#a5-3-parked").is_checked()
        assert page.locator("#a5-1-part").is_checked()
        page.keyboard.press("k")
        page.keyboard.press("t")
        assert page.locator("#a5-1-taken").is_checked()

    def test_keys_rest_while_somebody_types(self, gallery: Callable[..., "Page"]) -> None:
        page = gallery("amendments")

        page.locator("#a5-1-reason").press("t")

        assert page.locator("#a5-1-part").is_checked()

    def test_the_question_mark_opens_the_page_of_keys(self, gallery: Callable[..., "Page"]) -> None:
        page = gallery("amendments")

        page.keyboard.press("?")
        page.wait_for_url("**/keyboard/")

        assert page.get_by_role("heading", name="Deciding amendments").is_visible()

    def test_tabs_fold_into_a_list_on_a_telephone_without_scripts(self, gallery: Callable[..., "Page"]) -> None:
        page = gallery("consensus", 375, java_script_enabled=False)
        assert not page.locator(".fm-tabs__list").is_visible()

        page.locator(".fm-tabs-menu__summary").click()

        assert page.locator(".fm-tabs-menu__list").get_by_role("link", name="Sign-off").is_visible()

    def test_a_decision_is_four_equal_buttons_on_a_telephone(self, gallery: Callable[..., "Page"]) -> None:
        boxes = [box.bounding_box() for box in gallery("amendments", 375).locator("#a5-3 .fm-decide__label").all()]

        assert len({round(box["width"] / 4) for box in boxes if box}) == 1
        assert min(box["height"] for box in boxes if box) >= 52

    def test_print_hides_the_rooms_and_keeps_the_mark(self, gallery: Callable[..., "Page"]) -> None:
        page = gallery("amendments")

        page.emulate_media(media="print")

        assert not page.locator(".fm-nav").is_visible()
        assert page.locator(".fm-mark-bar__mark").is_visible()
        assert "OFFICIAL-SENSITIVE" in page.locator(".fm-foot__mark").inner_text()
