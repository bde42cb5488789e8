"""Who cannot see, point, or read English: rules of access, contrast, keyboard, width, and Streamlit's own words."""

import re
from pathlib import Path

import axe_playwright_python
import pytest

from tests.browser.calm import settle

pytestmark = pytest.mark.browser
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
CONTRAST = (Path(__file__).parent / "contrast.js").read_text(encoding="utf-8")
LEAST_CONTRAST = 4.5
SCREENS = (
    "",
    "outlets?view=attention",
    "outlets?view=gaps",
    "entities",
    "sentiment",
    "sentiment?view=towards",
    "gifts_and_sanctions",
    "gifts_and_sanctions?view=wires",
    "articles?view=search&q=hadiah",
    "briefing",
    "corpus",
)
WITH_CHARTS = [screen for screen in SCREENS if not re.match("briefing|corpus|articles", screen)]
LOOKS = {"light": "id-ID", "dark": "en-GB"}
CHARTS_MS = 800  # charts draw themselves after the page is there
ENGLISH = re.compile(
    r"\b(upload|browse|drag|drop|per file|press|apply|choose|options?|select|results?|clear|remove|show|hide|download|"
    r"search|fullscreen|close|open|help|copy|page|next|previous|sidebar|main menu|dark|light|system|about|"
    r"made with|running|stop|rerun|start date|end date|day|month|year|skip|navigate|expand|collapse|dismiss)\b",
    re.IGNORECASE,
)
"""Words of Streamlit's frame. Those that Indonesian has as well (data, format, PNG) are not among them."""

FRAME_TEXTS = """() => {
  const found = new Set();
  const ours = '.stHtml, [data-testid="stMarkdownContainer"], script, style, noscript, svg';
  const frame = '[data-testid="stFileUploaderDropzone"]';
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const place = texts.currentNode.parentElement;
    if (place.closest('[translate=no]') || (place.closest(ours) && !place.closest(frame))) continue;
    found.add(texts.currentNode.nodeValue.trim());
  }
  for (const name of ["aria-label", "placeholder", "title", "alt"])
    for (const element of document.querySelectorAll(`[${name}]`))
      if (!element.closest(".stHtml, svg")) found.add(element.getAttribute(name));
  return [...found].filter(Boolean);
}"""


@pytest.fixture(params=LOOKS)
def look(request, chromium):
    context = chromium.new_context(
        viewport={"width": 1280, "height": 1000}, color_scheme=request.param, locale=LOOKS[request.param]
    )
    yield context
    context.close()


ROOMY = {"width": 1280, "height": 1000}


@pytest.fixture
def indonesian(chromium):
    context = chromium.new_context(viewport=ROOMY, locale="id-ID")
    yield context.new_page()
    context.close()


def test_every_screen_keeps_the_rules_and_its_charts_can_be_read(request, look, server):
    page = look.new_page()
    faults, faint = [], []
    light = "light" in request.node.name
    for screen in SCREENS if light else SCREENS[::2]:  # the rules are the same; colours are told by any chart
        page.goto(f"{server.url}/{screen}")
        settle(page, CHARTS_MS)
        page.evaluate(AXE)
        broken = page.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']})).violations")
        faults += [(screen, rule["id"], node["html"][:200]) for rule in broken for node in rule["nodes"]]
        texts = page.evaluate(CONTRAST)
        assert texts or screen not in WITH_CHARTS, f"no text in the charts of {screen}"
        faint += [(screen, *text) for text in texts if text[1] < LEAST_CONTRAST]
    assert faults == []
    assert faint == []


def test_a_chart_opens_its_evidence_without_a_mouse(indonesian, server):
    page = indonesian
    page.goto(f"{server.url}/entities")
    settle(page, CHARTS_MS)
    page.locator('[data-testid="stExpander"] summary').last.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector('[data-testid="stDataFrame"] canvas', timeout=30_000)
    page.wait_for_timeout(1000)
    for _ in range(12):  # past the small buttons of the table
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('canvas, [role=gridcell]')"):
            break
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+Space")
    page.wait_for_selector("[role=dialog] .tl-sentence", timeout=30_000)
    assert page.evaluate("document.querySelector('[role=dialog]').contains(document.activeElement)")


def test_what_has_the_focus_is_outlined(indonesian, server):
    page = indonesian
    page.goto(f"{server.url}/?lang=id")
    settle(page, CHARTS_MS)
    bare = []
    for _ in range(60):
        page.keyboard.press("Tab")
        told = page.evaluate(
            """() => { const it = document.activeElement; const how = getComputedStyle(it);
            const box = getComputedStyle(it.closest('[class*="st-emotion"]') ?? it);
            return [it.tagName, it.dataset.testid ?? it.className.toString(), how.outlineStyle, how.boxShadow,
                    box.borderColor]; }"""
        )
        if told[0] == "BODY":
            break
        # fields of text and of dates show it by their frame, the main part scrolls
        if told[0] not in ("INPUT", "SPAN", "MAIN") and told[2] == "none" and told[3] == "none":
            bare.append(told)
    assert bare == []


def test_the_frame_speaks_the_readers_language_and_no_screen_is_pushed_sideways(indonesian, server):
    page = indonesian
    told, wide = set(), []
    for screen in SCREENS:  # in one walk, for a screen of charts takes seconds
        page.goto(f"{server.url}/{screen}")
        settle(page, CHARTS_MS)
        told |= {(screen, text) for text in page.evaluate(FRAME_TEXTS)}
        page.wait_for_selector("html[lang=id]", state="attached", timeout=30_000)
        for width in (640, 390):  # 1280 pixels at 200 %; a telephone
            page.set_viewport_size({"width": width, "height": 800})
            page.wait_for_timeout(500)
            needed = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
            if needed > width:
                wide.append((screen, width, needed))
        page.set_viewport_size(ROOMY)
    assert wide == []
    page.goto(f"{server.url}/entities")
    settle(page, CHARTS_MS)
    page.locator('[data-testid="stMultiSelect"] input').first.click()
    page.wait_for_selector("[role=option]")
    told |= {("list", text) for text in page.evaluate(FRAME_TEXTS)}
    page.locator('[data-testid="stMultiSelect"] input').first.fill("zzzz")
    page.wait_for_timeout(500)
    told |= {("no results", text) for text in page.evaluate(FRAME_TEXTS)}
    page.keyboard.press("Escape")
    page.locator('[data-testid="stDateInputCalendarButton"]').click()
    page.wait_for_selector('[data-testid="stDateInputCalendar"]')
    told |= {("calendar", text) for text in page.evaluate(FRAME_TEXTS)}
    page.keyboard.press("Escape")
    page.get_by_test_id("stMainMenuButton").click()
    page.wait_for_timeout(500)
    told |= {("menu", text) for text in page.evaluate(FRAME_TEXTS)}
    assert ("menu", "Terang") in told
    assert sorted((where, text) for where, text in told if ENGLISH.search(text)) == []


def test_the_frame_turns_with_the_language(indonesian, server):
    page = indonesian
    page.goto(server.url)
    page.wait_for_selector('[data-testid="stFileUploaderDropzone"] >> text=Unggah', timeout=60_000)
    page.get_by_test_id("stSidebar").get_by_text("English", exact=True).click()
    page.wait_for_selector("html[lang=en]", state="attached", timeout=60_000)  # the page lets no text be run as code
    dropzone = page.get_by_test_id("stFileUploaderDropzone")
    dropzone.get_by_text("Upload", exact=True).wait_for(timeout=30_000)
    assert "Unggah" not in dropzone.inner_text()


def test_a_link_to_a_sentence_goes_there(indonesian, server):
    page = indonesian
    page.goto(f"{server.url}/entities")
    settle(page, CHARTS_MS)
    page.locator(".mark-rect path").nth(1).click()
    page.wait_for_selector("[role=dialog] .tl-sentence", timeout=30_000)
    page.locator('[role=dialog] [data-testid="stPageLink"] a').last.click()
    page.wait_for_selector(".tl-here", timeout=30_000)
    page.wait_for_timeout(1500)
    box = page.locator(".tl-here").first.bounding_box()
    assert 0 < box["y"] < 1000
