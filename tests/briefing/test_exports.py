"""The exported files: complete, opened again, and nothing in them runs."""

from io import BytesIO

import docx
import lxml.html
import pytest

from core.briefing import from_html, to_docx, to_html
from core.briefing.page import SHOWN_ROWS
from core.errors import BriefingError
from tests.briefing.examples import FILE, HOSTILE, briefing, figure, sentence


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_page_is_opened_again(language):
    made = briefing(language=language)
    assert from_html(to_html(made, made="21 Nov 2026").encode(), "note.html") == made


def test_a_page_holds_what_was_chosen():
    page = lxml.html.fromstring(to_html(briefing(), made="21 Nov 2026"))
    assert page.xpath("//h1")[0].text == f"Morning note {HOSTILE}"
    assert HOSTILE in page.xpath("//blockquote")[0].text_content()
    assert [cell.text for cell in page.xpath("//td")] == ["Rusia", "3", "Korea Utara", "2.50"]
    assert page.xpath("//img/@src")[0].startswith("data:image/svg+xml;base64,")
    assert FILE.sha256 in page.xpath("//footer")[0].text_content()
    said = page.text_content()
    for part in ("3 articles", "2 independent texts", "1 outlet", "entities?view=ranking&outlet=dream", "t-1"):
        assert part in said


def test_nothing_in_a_page_runs_or_is_fetched():
    page = lxml.html.fromstring(to_html(briefing(), made="<script>alert(2)</script>"))
    scripts = page.xpath("//script")
    assert [script.get("type") for script in scripts] == ["application/json"]
    assert all(source.startswith("data:") for source in page.xpath("//@src"))
    assert not page.xpath("//@href | //@onload | //@onclick")
    assert "default-src 'none'" in page.xpath("//meta[@http-equiv]/@content")[0]


def test_a_long_table_is_cut_and_says_so_but_comes_back_whole():
    rows = tuple((f"r{n}", n) for n in range(SHOWN_ROWS + 50))
    made = briefing(figure(rows=rows, shown=tuple((name, str(n)) for name, n in rows)))
    written = to_html(made, made="")
    assert len(lxml.html.fromstring(written).xpath("//tbody/tr")) == SHOWN_ROWS
    assert "200 of 250 rows" in written
    assert from_html(written.encode(), "x").items[0].rows == rows


@pytest.mark.parametrize("data", [b"", b"<html></html>", b"\xff\xfe", b"telaah-briefing"])
def test_another_page_is_refused_by_name(data):
    with pytest.raises(BriefingError, match=r"other\.html is no briefing"):
        from_html(data, "other.html")


def test_a_document_holds_what_was_chosen():
    paper = docx.Document(BytesIO(to_docx(briefing(figure(note="mind\x00 this"), sentence()), made="21 Nov 2026")))
    said = "\n".join(paragraph.text for paragraph in paper.paragraphs)
    for part in (HOSTILE, "Who is named", "mind this", "2 independent texts", FILE.sha256, "arsip.jsonl"):
        assert part in said
    assert [[cell.text for cell in row.cells] for row in paper.tables[0].rows] == [
        ["Name", "Articles"], ["Rusia", "3"], ["Korea Utara", "2.50"],
    ]  # fmt: skip
    (picture,) = paper.inline_shapes
    assert picture._inline.docPr.get("descr") == "Who is named. 3 articles"
    assert paper.core_properties.title == f"Morning note {HOSTILE}"


def test_a_figure_without_a_chart_is_its_table():
    made = briefing(figure(chart=None))
    assert not lxml.html.fromstring(to_html(made, made="")).xpath("//img")
    assert not docx.Document(BytesIO(to_docx(made, made=""))).inline_shapes
