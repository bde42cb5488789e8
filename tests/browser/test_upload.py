"""The way of every analyst: see the sample, drop files into the sidebar, read right numbers, open the sentences."""

from pathlib import Path

import pytest

pytestmark = pytest.mark.browser
DROP = '[data-testid="stFileUploaderDropzoneInput"]'
FIGURE = '[data-testid="stMetricValue"]'
ARTICLES = {
    "satu.txt": "JAKARTA, KOMPAS.com - Presiden Rusia Vladimir Putin memberi Kim Jong Un sebuah mobil, Rabu (21/2).\n"
    "Baca juga: Penyanyi Justin Bieber Rilis Album Baru\n"
    "Korea Utara menyambut pemberian itu dengan gembira.\n",
    "dua.txt": "MOSKOW, iNews.id - Kremlin membenarkan kunjungan ke Pyongyang, Kamis (20/6/2024).\n"
    '"Kami akan datang bersama rombongan besar," kata juru bicara Kremlin Dmitry Peskov.\n',
}


@pytest.fixture
def page(server, chromium):
    context = chromium.new_context(viewport={"width": 1280, "height": 1000}, locale="en-GB")
    opened = context.new_page()
    opened.goto(f"{server.url}/?lang=en")
    opened.wait_for_selector(FIGURE, timeout=60_000)
    yield opened
    context.close()


def wait_for_articles(page, number: int) -> None:
    first = """document.querySelector('[data-testid="stMetricValue"]')?.innerText.trim()"""
    page.wait_for_function(f"() => {first} === '{number}'", timeout=60_000)


def figures(page) -> list[str]:
    return [found.inner_text().strip() for found in page.query_selector_all(FIGURE)]


def upload(page, files: list[Path]) -> None:
    page.set_input_files(DROP, [str(path) for path in files])


def test_uploaded_articles_change_the_numbers(page, tmp_path: Path) -> None:
    assert figures(page)[0] == "30"
    for name, text in ARTICLES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    upload(page, [tmp_path / name for name in ARTICLES])
    wait_for_articles(page, 2)
    assert figures(page)[:3] == ["2", "2", "2"]
    shown = page.inner_text('[data-testid="stSidebar"]')
    assert "satu.txt" in shown
    assert "dua.txt" in shown


def test_furniture_adds_no_entity(page, server, tmp_path: Path) -> None:
    (tmp_path / "satu.txt").write_text(ARTICLES["satu.txt"], encoding="utf-8")
    upload(page, [tmp_path / "satu.txt"])
    wait_for_articles(page, 1)
    page.goto(f"{server.url}/articles?lang=en")
    page.wait_for_selector("h1", timeout=30_000)
    page.goto(f"{server.url}/entities?lang=en")
    page.wait_for_selector("text=Vladimir Putin", timeout=30_000)
    assert "Justin Bieber" not in page.inner_text('[data-testid="stMain"]')


def test_a_refused_file_is_told_and_the_rest_goes_on(page, tmp_path: Path) -> None:
    (tmp_path / "rusak.bin").write_bytes(bytes(range(256)) * 20)
    (tmp_path / "dua.txt").write_text(ARTICLES["dua.txt"], encoding="utf-8")
    upload(page, [tmp_path / "rusak.bin", tmp_path / "dua.txt"])
    wait_for_articles(page, 1)
    assert "rusak.bin" in page.inner_text('[data-testid="stSidebar"]')
    assert "Traceback" not in page.inner_text("body")


def test_the_five_saved_articles_are_five_from_five_outlets(page, server, shared_data: Path) -> None:
    upload(page, sorted((shared_data / "seeds").glob("*.txt")))
    wait_for_articles(page, 5)
    assert figures(page)[:3] == ["5", "5", "5"]
    page.goto(f"{server.url}/outlets?lang=en")
    page.wait_for_selector("text=5 outlets", timeout=30_000)


def test_a_number_opens_its_sentences(page, tmp_path: Path) -> None:
    (tmp_path / "dua.txt").write_text(ARTICLES["dua.txt"], encoding="utf-8")
    upload(page, [tmp_path / "dua.txt"])
    wait_for_articles(page, 1)
    sentences = page.locator('[data-testid="stMetric"]', has_text="Sentences").locator("xpath=../..")
    sentences.get_by_role("button", name="Open").click()
    page.wait_for_selector("text=membenarkan kunjungan ke Pyongyang", timeout=30_000)
