"""How a person uses a page: with a mouse or by keyboard alone. Both go by the name that a control shows."""

from pathlib import Path
from typing import Protocol

from playwright.sync_api import Locator, Page

MOST_TABS = 400


class Hands(Protocol):
    """What a person does on a page."""

    page: Page

    def press(self, name: str, role: str = "button") -> None: ...
    def fill(self, label: str, text: str, within: Locator | None = None) -> None: ...
    def choose(self, label: str, within: Locator | None = None) -> None: ...
    def choose_value(self, within: Locator, value: str) -> None: ...
    def attach(self, label: str, path: Path) -> None: ...
    def open_details(self, summary: str) -> None: ...
    def download(self, name: str) -> bytes: ...


class Mouse:
    """Clicks; needs no script in the page."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, name: str, role: str = "button") -> None:
        self.page.get_by_role(role, name=name).first.click()  # type: ignore[arg-type]

    def fill(self, label: str, text: str, within: Locator | None = None) -> None:
        (within or self.page).get_by_label(label, exact=True).first.fill(text)

    def choose(self, label: str, within: Locator | None = None) -> None:
        (within or self.page).get_by_label(label, exact=True).first.check(force=True)

    def choose_value(self, within: Locator, value: str) -> None:
        within.locator(f"input[type=radio][value={value}]").check(force=True)

    def attach(self, label: str, path: Path) -> None:
        self.page.get_by_label(label).first.set_input_files(path)

    def open_details(self, summary: str) -> None:
        self.page.locator("summary", has_text=summary).first.click()

    def download(self, name: str) -> bytes:
        with self.page.expect_download() as coming:
            self.page.get_by_role("link", name=name).first.click()
        return coming.value.path().read_bytes()


class Keyboard:
    """Tab to a control, then keys. What Tab cannot reach cannot be used."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def _reach(self, target: Locator, *, group: bool = False) -> None:
        """Tab on until the control, or for radio buttons one of its group, has the focus."""
        mine = "(e, g) => e === document.activeElement || (g && e.name && e.name === document.activeElement.name)"
        for _ in range(MOST_TABS):
            if target.evaluate(mine, group):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab never reached {target}.")

    def press(self, name: str, role: str = "button") -> None:
        target = self.page.get_by_role(role, name=name).first  # type: ignore[arg-type]
        target.wait_for()
        self._reach(target)
        before = self.page.url
        self.page.keyboard.press("Enter")
        self.page.wait_for_load_state("load")
        if role == "link":
            self.page.wait_for_function("before => location.href !== before", arg=before)

    def fill(self, label: str, text: str, within: Locator | None = None) -> None:
        target = (within or self.page).get_by_label(label, exact=True).first
        self._reach(target)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)

    def choose(self, label: str, within: Locator | None = None) -> None:
        self._check((within or self.page).get_by_label(label, exact=True).first)

    def choose_value(self, within: Locator, value: str) -> None:
        self._check(within.locator(f"input[type=radio][value={value}]"))

    def _check(self, target: Locator) -> None:
        self._reach(target, group=target.get_attribute("type") == "radio")
        if target.get_attribute("type") == "checkbox":
            if not target.is_checked():
                self.page.keyboard.press("Space")
            return
        self.page.keyboard.press("Space")
        for _ in range(12):
            if target.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"The arrow keys never reached {target}.")

    def attach(self, label: str, path: Path) -> None:
        # The system's own file window is not part of the page; that its control is reached by Tab is.
        target = self.page.get_by_label(label).first
        self._reach(target)
        target.set_input_files(path)

    def open_details(self, summary: str) -> None:
        self._reach(self.page.locator("summary", has_text=summary).first)
        self.page.keyboard.press("Enter")

    def download(self, name: str) -> bytes:
        self._reach(self.page.get_by_role("link", name=name).first)
        with self.page.expect_download() as coming:
            self.page.keyboard.press("Enter")
        return coming.value.path().read_bytes()
