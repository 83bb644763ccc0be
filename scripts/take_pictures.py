"""Takes the pictures of the README from a fresh demonstration, in Chromium.

    .venv/bin/python scripts/take_pictures.py

Needs Chromium.
"""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

PICTURES = Path(__file__).resolve().parents[1] / "docs/pictures"
CHROMIUM = "/usr/bin/chromium"
SIZE = {"width": 1280, "height": 1500}
COLOURS = 160
POSITION = "Bus franchising: a joint ask"
# The links that lead to each picture, from the front of the position.
WAYS = {"amendments": ("Amendments", "Revenue certainty"), "consensus": ("Consensus",)}


@contextmanager
def demonstration() -> Iterator[str]:
    """The address of a demonstration in a folder of its own, which goes with it."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "folkmoot.cli.main", "demo", "--port", "0", "--data", f"{folder}/demo"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            try:
                yield process.stdout.readline().strip()
            finally:
                process.terminate()


def sign_in(page: Page, name: str) -> None:
    page.goto("/sign-in/")
    page.get_by_role("button", name=f"Sign in as {name}").click()


def take(page: Page, way: tuple[str, ...], target: Path) -> None:
    """One page as it stands at a desk, with few colours: it is shown small, and lies in the repository for good."""
    page.goto("/positions/")
    page.get_by_role("link", name=POSITION).first.click()
    for link in way:
        page.get_by_role("main").get_by_role("link", name=link).first.click()
    page.wait_for_load_state("networkidle")
    picture = Image.open(BytesIO(page.screenshot()))
    picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(target, optimize=True)


def main() -> int:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with demonstration() as address, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = chromium.new_page(base_url=address, viewport=SIZE, locale="en-GB")
        sign_in(page, "Bea Colquitt")
        for name, way in WAYS.items():
            take(page, way, PICTURES / f"{name}.png")
            print(f"{name}.png: {(PICTURES / f'{name}.png').stat().st_size // 1000} kB")
        chromium.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
