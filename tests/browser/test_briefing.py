"""A briefing in a real browser: picked, exported, safe on its own, opened again."""

import pytest

pytestmark = pytest.mark.browser
PICK = "[class*='st-key-pick'] button"


@pytest.fixture
def page(chromium):
    opened = chromium.new_context(viewport={"width": 1280, "height": 1000}, locale="en-GB", accept_downloads=True)
    yield opened.new_page()
    opened.close()


def told(page, text):
    page.wait_for_selector(f"[data-testid=stToast] >> text={text}", timeout=30_000)


def test_a_briefing_is_picked_exported_and_opened_again(page, server, tmp_path):
    page.goto(f"{server.url}/entities?lang=en&outlet=dream")
    page.wait_for_selector(".mark-rect path", timeout=90_000)
    page.locator(PICK).first.click()
    told(page, "1 item")
    page.locator(".mark-rect path").nth(1).click()
    page.wait_for_selector("[role=dialog] .tl-hit", timeout=30_000)
    page.locator(f"[role=dialog] {PICK}").first.click()
    told(page, "2 items")
    assert page.locator("[role=dialog] .tl-hit").count() > 0
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Briefing").click()
    page.wait_for_selector("img.tl-paper", timeout=60_000)
    page.get_by_label("Title", exact=True).fill("Morning <b>note</b>")
    page.keyboard.press("Enter")
    page.wait_for_timeout(1500)
    with page.expect_download(timeout=60_000) as waiting:
        page.get_by_role("button", name="HTML, can be opened here again").click()
    exported = tmp_path / "note.html"
    waiting.value.save_as(exported)

    foreign = []
    page.on("request", lambda asked: foreign.append(asked.url) if asked.url.startswith("http") else None)
    page.goto(exported.as_uri())
    assert page.inner_text("h1") == "Morning <b>note</b>"
    assert page.locator("blockquote").count() == 1
    assert page.evaluate("document.images[0].naturalWidth") > 300
    assert foreign == []

    page.goto(f"{server.url}/briefing?lang=en")
    page.wait_for_selector("text=Nothing has been picked yet", timeout=60_000)
    page.get_by_role("button", name="From a file").click()
    page.locator("input[type=file][accept*=html]").set_input_files(exported)
    page.wait_for_selector("img.tl-paper", timeout=60_000)
    assert page.get_by_label("Title", exact=True).input_value() == "Morning <b>note</b>"
    assert page.locator("text=Same files, rules and models as now").count() == 2
