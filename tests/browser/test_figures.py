"""Figures in a real browser: a bar opens its sentences, a sentence opens the reader, a link opens the view."""

import re

import pytest

pytestmark = pytest.mark.browser
BARS = ".mark-rect path"


@pytest.fixture
def context(chromium):
    opened = chromium.new_context(viewport={"width": 1280, "height": 1000}, locale="en-GB")
    yield opened
    opened.close()


@pytest.fixture
def page(context):
    return context.new_page()


def test_a_bar_opens_its_sentences_and_a_sentence_the_reader(page, server):
    page.goto(f"{server.url}/entities?lang=en&q=Rusia")
    page.wait_for_selector(BARS, timeout=60_000)
    page.locator(BARS).nth(1).click()
    page.wait_for_selector("[role=dialog] .tl-hit", timeout=30_000)
    counted = page.inner_text("[role=dialog]")
    assert re.search(r"\d+ sentences · \d+ articles", counted)
    page.keyboard.press("Escape")
    page.wait_for_selector("[role=dialog]", state="detached", timeout=30_000)
    page.wait_for_timeout(2000)  # the chart is drawn anew
    page.locator(BARS).nth(1).click()  # the same bar once more: closing has taken the first click back
    page.wait_for_selector("[role=dialog] .tl-hit", timeout=30_000)
    page.locator('[role=dialog] [data-testid="stPageLink"] a').first.click()
    page.wait_for_selector(".tl-here", timeout=30_000)
    assert "article=" in page.url
    assert "sentence=" in page.url
    assert "q=Rusia" in page.url


def test_the_first_visit_of_a_server_may_be_any_page(page, server):
    page.goto(f"{server.url}/sentiment?lang=en")
    page.wait_for_selector("h1", timeout=60_000)
    assert page.inner_text("h1") == "Sentiment"
    page.wait_for_selector('[data-testid="stSidebarNav"] >> text=Gifts and sanctions', timeout=30_000)
    assert "does not exist" not in page.inner_text("body")


def test_a_link_reproduces_the_view(page, context, server):
    page.goto(f"{server.url}/?lang=en")
    page.wait_for_selector('[data-testid="stMetricValue"]', timeout=60_000)
    page.locator('input[aria-label="Words in the article"]').fill("hadiah*")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=words: hadiah", timeout=30_000)
    shown = page.inner_text('[data-testid="stMetricValue"] >> nth=0')
    other = context.new_page()
    other.goto(page.url)
    other.wait_for_selector("text=words: hadiah", timeout=60_000)
    assert other.inner_text('[data-testid="stMetricValue"] >> nth=0') == shown


def test_the_language_switch_is_in_the_url(page, server):
    page.goto(server.url)
    page.wait_for_selector("h1:has-text('Overview')", timeout=60_000)
    page.get_by_test_id("stSidebar").get_by_text("Bahasa Indonesia", exact=True).click()
    page.wait_for_selector("h1:has-text('Ikhtisar')", timeout=30_000)
    assert "lang=id" in page.url
