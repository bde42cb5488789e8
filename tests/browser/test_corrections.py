"""Correct an entity in a browser and see it on every screen; take it back."""

from pathlib import Path

import pytest

from tests.browser.calm import settle

pytestmark = pytest.mark.browser
DROP = '[data-testid="stFileUploaderDropzoneInput"]'
FIGURE = '[data-testid="stMetricValue"]'
TEXT = (
    "JAKARTA, KOMPAS.com - Presiden Rusia Vladimir Putin menyambut Kim Jong Un di Vladivostok, Senin (5/2/2024).\n"
    '"Kami menghargai kunjungan ini," kata Putin kepada wartawan.\n'
)


@pytest.fixture
def page(server, chromium, tmp_path: Path):
    context = chromium.new_context(viewport={"width": 1280, "height": 1000}, locale="en-GB")
    opened = context.new_page()
    opened.goto(f"{server.url}/?lang=en")
    opened.wait_for_selector(FIGURE, timeout=60_000)
    (tmp_path / "satu.txt").write_text(TEXT, encoding="utf-8")
    opened.set_input_files(DROP, str(tmp_path / "satu.txt"))
    first = """document.querySelector('[data-testid="stMetricValue"]')?.innerText.trim()"""
    opened.wait_for_function(f"() => {first} === '1'", timeout=60_000)
    yield opened
    context.close()


def give_name(page) -> None:
    page.get_by_role("textbox", name="Your name").first.fill("Ani")
    page.keyboard.press("Enter")
    settle(page)


def open_names(page, server) -> None:
    page.goto(f"{server.url}/entities?lang=en&view=names&entity=per:vladimir-putin")
    page.wait_for_selector("text=Corrections of this entity", timeout=60_000)
    settle(page)
    give_name(page)


def read_the_article(page, server) -> None:
    page.goto(f"{server.url}/?lang=en")
    page.wait_for_selector(FIGURE, timeout=60_000)
    sentences = page.locator('[data-testid="stMetric"]', has_text="Sentences").locator("xpath=../..")
    sentences.get_by_role("button", name="Open").click()
    page.locator('[role=dialog] [data-testid="stPageLink"] a').first.click()
    page.wait_for_selector(".tl-text .tl-entity", timeout=60_000)


def hints(page) -> str:
    return " | ".join(found.get_attribute("title") or "" for found in page.query_selector_all(".tl-text .tl-entity"))


def test_a_corrected_entity_is_corrected_everywhere(page, server) -> None:
    open_names(page, server)
    page.get_by_text("Corrections of this entity").click()
    page.get_by_role("radio", name="Rename").click()
    settle(page)
    page.locator("[data-testid=stMain]").get_by_role("textbox", name="Name", exact=True).fill("Nama Baru")
    page.get_by_role("textbox", name="Why").fill("ejaan resmi")
    page.keyboard.press("Enter")
    settle(page)
    page.get_by_role("button", name="Save the correction").click()
    page.wait_for_selector("text=Entity renamed", timeout=30_000)
    page.wait_for_selector("text=Names behind Nama Baru", timeout=30_000)

    read_the_article(page, server)
    assert "Nama Baru" in hints(page)
    assert "Vladimir Putin" not in hints(page)
    assert "— Nama Baru" in page.inner_text(".tl-text")

    open_names(page, server)
    page.get_by_role("button", name="Undo").click()
    page.wait_for_selector("text=Names behind Vladimir Putin", timeout=30_000)
    read_the_article(page, server)
    assert "Vladimir Putin" in hints(page)
    assert "Nama Baru" not in hints(page)
