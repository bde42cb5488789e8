"""Pictures of every screen over the bundled sample, for docs/screens/: `python tests/browser/screenshots.py`.

Starts a server of its own on a free port with an empty data folder, and needs a Chromium of the system.
Light in Indonesian and dark in English, or with --every all four. With --width 390 the pictures are those of a
telephone; --out names another folder.
"""

import argparse
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterable
from io import BytesIO
from itertools import product
from pathlib import Path

from calm import settle
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

PROJECT = Path(__file__).resolve().parents[2]
SCREENS = {
    "overview": "",
    "outlets": "outlets?view=attention",
    "silence": "outlets?view=gaps",
    "entities": "entities",
    "sentiment": "sentiment?view=strongest",
    "gifts-and-sanctions": "gifts_and_sanctions",
    "articles": "articles",
    "briefing": "outlets?view=tone",
    "corpus": "corpus",
}
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--no-first-run", "--disable-quic"),
]
LOCALES = {"id": "id-ID", "en": "en-GB"}
TALLEST = 1500
COLOURS = 256  # flat surfaces: more would only make larger files
SETTLE_MS = 1500  # charts draw themselves after the page is there


def serve(folder: str, port: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", str(port)]
    process = subprocess.Popen(command, cwd=PROJECT, env=os.environ | {"TELAAH_DATA_FOLDER": folder},
                               stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)  # fmt: skip
    for _ in range(120):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2).read()
            return process
        except OSError:
            time.sleep(0.5)
    process.terminate()
    raise SystemExit("the server did not come up within a minute")


def keep(page: Page, path: Path) -> None:
    """The whole screen up to a height that can still be read, in few colours."""
    tall = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    width = page.viewport_size["width"] if page.viewport_size else 1280
    page.set_viewport_size({"width": width, "height": min(max(tall, 800), TALLEST)})
    page.wait_for_timeout(SETTLE_MS // 2)
    with Image.open(BytesIO(page.screenshot())) as picture:
        picture.convert("RGB").quantize(COLOURS, Image.Quantize.MAXCOVERAGE).save(path, optimize=True)


def pick_and_turn_to_the_briefing(page: Page) -> None:
    """A figure of the screen, with all that makes it checkable."""
    page.locator('[data-testid="stMain"] [class*="st-key-pick-"] button:visible').first.click()
    page.wait_for_selector('[data-testid="stToast"]', timeout=30_000)
    opener = page.locator('[data-testid="stExpandSidebarButton"]')  # on a telephone the sidebar is shut
    if opener.is_visible():
        opener.click()
    page.locator('[data-testid="stSidebarNav"] a[href$="/briefing"]').click()
    page.wait_for_selector('[data-testid="stMain"] textarea', timeout=30_000)
    page.wait_for_selector('[data-testid="stToast"]', state="detached", timeout=30_000)
    settle(page, SETTLE_MS)


def open_drawer(page: Page) -> None:
    """Behind the third bar of the ranking stand its sentences."""
    page.locator(".mark-rect path").nth(2).click()
    page.wait_for_selector("[role=dialog] .tl-sentence", timeout=30_000)
    page.wait_for_timeout(SETTLE_MS // 2)


def open_reader(page: Page) -> None:
    page.locator('[role=dialog] [data-testid="stPageLink"] a').first.click()
    page.wait_for_selector(".tl-text", timeout=30_000)
    settle(page, SETTLE_MS)


def take_all(browser: Browser, address: str, out: Path, width: int, looks: Iterable[tuple[str, str]]) -> None:
    for scheme, language in looks:
        context = browser.new_context(color_scheme=scheme, locale=LOCALES[language])
        page = context.new_page()
        for name, path in SCREENS.items():
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(f"{address}/{path}")
            settle(page, SETTLE_MS)
            if name == "briefing":
                pick_and_turn_to_the_briefing(page)
            keep(page, out / f"{name}-{scheme}-{language}.png")
            if name == "entities":
                page.set_viewport_size({"width": width, "height": 900})
                open_drawer(page)
                keep(page, out / f"evidence-{scheme}-{language}.png")
                open_reader(page)
                keep(page, out / f"reader-{scheme}-{language}.png")
        context.close()


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--out", type=Path, default=PROJECT / "docs/screens")
    asked.add_argument("--width", type=int, default=1280)
    asked.add_argument("--every", action="store_true", help="each theme in each language, not one language each")
    options = asked.parse_args()
    looks = product(("light", "dark"), LOCALES) if options.every else (("light", "id"), ("dark", "en"))
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        raise SystemExit("no Chromium on this machine: install one to take pictures")
    options.out.mkdir(parents=True, exist_ok=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = serve(folder, port)
        try:
            browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
            take_all(browser, f"http://127.0.0.1:{port}", options.out, options.width, looks)
            browser.close()
        finally:
            server.terminate()
            server.wait(timeout=20)


if __name__ == "__main__":
    main()
