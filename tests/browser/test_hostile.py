"""Hostile articles in a real browser: nothing in them runs, fetches or breaks a screen."""

import json
from pathlib import Path

import pytest

from tests.browser.calm import settle
from tests.hostile.rows import rows, string_of
from tests.ingest.samples import PROSE

pytestmark = pytest.mark.browser
PAGES = ("", "outlets", "entities", "articles", "articles?view=search&q=%3Cscript%3Ealert(1)%3C/script%3E",
         "corpus?view=files", "corpus?view=refusals", "gifts_and_sanctions")  # fmt: skip
OURS = """() => [...document.querySelectorAll('[data-testid="stMain"] *')].filter(one =>
    [...one.attributes].some(at => at.name.startsWith('on') || /^\\s*(javascript|vbscript|data:text)/i.test(at.value))
    || ['IFRAME', 'OBJECT', 'EMBED', 'BASE', 'META'].includes(one.tagName)
    || (one.tagName === 'FORM' && one.action.includes('jahat'))
    || (one.tagName === 'SCRIPT' && /alert/.test(one.textContent))
    || (one.tagName === 'IMG' && /jahat/.test(one.src)) || (one.tagName === 'A' && /jahat|javascript/.test(one.href))
).map(one => one.outerHTML.slice(0, 300))"""


def hostile_articles() -> bytes:
    """An article for each string, with it in every field and in a sentence that names someone."""
    lines = []
    for number, row in enumerate(rows("strings")):
        text = string_of(row).encode("utf-8", "replace").decode("utf-8")
        said = f"{PROSE} Presiden Rusia Vladimir Putin memberi hadiah {number} {text} kepada Kim Jong Un. {PROSE}"
        fields = {"title": text, "outlet": text, "author": text, "url": text, "date": f"2024-02-{number % 28 + 1:02d}"}
        lines.append(json.dumps({"text": said, **fields}))
    return "\n".join(lines).encode()


@pytest.fixture
def page(chromium):
    context = chromium.new_context(viewport={"width": 1280, "height": 1000}, locale="en-GB")
    yield context.new_page()
    context.close()


@pytest.fixture
def wrong(page, server) -> list[str]:
    """What must not happen, as it happens."""
    found: list[str] = []

    def told(dialog) -> None:
        found.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def asked(request) -> None:
        if not request.url.startswith((server.url, server.url.replace("http", "ws"), "data:", "blob:")):
            found.append(f"request {request.url}")

    page.on("dialog", told)
    page.on("request", asked)
    page.on("pageerror", lambda error: found.append(f"error {error}"))
    return found


def check(page, wrong: list[str]) -> None:
    assert page.evaluate(OURS) == []
    assert wrong == []


def test_nothing_in_an_article_runs_or_fetches(page, server, wrong, tmp_path: Path) -> None:
    file = tmp_path / "![x](https&colon;&#47;&#47;jahat.example&#47;a.png)<img src=x onerror=alert(1)>.jsonl"
    file = file.with_name(file.name.replace("/", ""))
    file.write_bytes(hostile_articles())
    broken = tmp_path / "![x](https:&#47;&#47;jahat.example&#47;b.png) :material-delete: rusak.docx"
    broken.write_bytes(b"PK\x03\x04" + bytes(200))
    page.goto(f"{server.url}/?lang=en")
    page.wait_for_selector('[data-testid="stMetricValue"]', timeout=60_000)
    page.set_input_files('[data-testid="stFileUploaderDropzoneInput"]', [str(file), str(broken)])
    page.wait_for_selector('[data-testid="stSidebar"] >> text=rusak.docx', timeout=90_000)
    for address in PAGES:
        page.goto(f"{server.url}/{address}{'&' if '?' in address else '?'}lang=en")
        settle(page)
        assert "Traceback" not in page.inner_text("body")
        assert "met a fault" not in page.inner_text("body")
        check(page, wrong)


def test_a_hostile_article_is_read_as_words(page, server, wrong, tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    text = "<img src=x onerror=alert(1)> ![x](https://jahat.example/a.png) :red[x] $$x$$"
    said = f"{PROSE} Presiden Rusia Vladimir Putin memberi hadiah {text} kepada Kim Jong Un. {PROSE}"
    fields = {"title": text, "outlet": text, "author": text, "url": "javascript:alert(1)", "date": "2024-02-20"}
    file.write_text(json.dumps({"text": said, **fields}))
    page.goto(f"{server.url}/?lang=en")
    page.wait_for_selector('[data-testid="stMetricValue"]', timeout=60_000)
    page.set_input_files('[data-testid="stFileUploaderDropzoneInput"]', str(file))
    page.wait_for_function(
        """() => document.querySelector('[data-testid="stMetricValue"]')?.innerText.trim() === '1'""", timeout=90_000
    )
    metric = page.locator('[data-testid="stMetric"]', has_text="Sentences").locator("xpath=../..")
    metric.get_by_role("button", name="Open").click()
    page.wait_for_selector("[role=dialog] .tl-sentence", timeout=60_000)
    check(page, wrong)
    page.locator('[role=dialog] [data-testid="stPageLink"] a').first.click()
    page.wait_for_selector(".tl-text", timeout=60_000)
    settle(page)
    assert "<img src=x onerror=alert(1)>" in page.inner_text(".tl-text >> nth=0")
    assert ":red[x]" in page.inner_text("h1").replace("\u2060", "")
    check(page, wrong)
