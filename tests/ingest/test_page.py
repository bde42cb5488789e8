from collections.abc import Callable
from typing import Any

import pytest

from core.ingest.page import MOST_ELEMENTS, MOST_ELEMENTS_THOROUGH, page_draft
from core.model import RawArticle
from core.resources import load_yaml

ROWS = load_yaml("page_fields.yaml")["fields"]
DATE_ELEMENTS = load_yaml("page_fields.yaml")["date_elements"]["examples"]
PROSE = (
    "Warga desa memperbaiki jembatan bambu yang hanyut diterjang banjir pada akhir pekan. "
    "Pekerjaan itu rampung dalam dua hari berkat gotong royong lima puluh orang."
)
MIDDLE = "Kepala desa menyebut jembatan itu &ldquo;kuat&rdquo; &amp; aman."
BODY = f"<article><p>{PROSE}</p><p>{MIDDLE}</p><p>{PROSE}</p></article>"


def page(head: str, body: str = BODY) -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


@pytest.mark.parametrize(
    ("field", "element"), [(row["field"], element) for row in ROWS for element in row["examples"]["match"]]
)
def test_elements_of_the_head_give_their_field(field: str, element: str) -> None:
    said = getattr(page_draft(page(element), name="a.html"), field)
    assert said is not None
    assert said in element


@pytest.mark.parametrize(
    ("field", "element"), [(row["field"], element) for row in ROWS for element in row["examples"]["miss"]]
)
def test_elements_that_only_look_alike_do_not(field: str, element: str) -> None:
    assert getattr(page_draft(page(element), name="a.html"), field) is None


@pytest.mark.parametrize("element", DATE_ELEMENTS["match"])
def test_a_date_shown_in_its_own_element_is_taken(element: str) -> None:
    published = page_draft(page("", f"<header>{element}</header>{BODY}"), name="a.html").published
    assert published is not None
    assert published in element


@pytest.mark.parametrize("element", DATE_ELEMENTS["miss"])
def test_dates_of_other_things_are_not_taken(element: str) -> None:
    assert page_draft(page("", f"<header>{element}</header>{BODY}"), name="a.html").published is None


def test_linked_data_gives_date_headline_and_author() -> None:
    script = (
        '<script type="application/ld+json">{"@graph": [{"@type": "WebSite", "name": "Contoh"},'
        ' {"@type": ["NewsArticle"], "headline": "Jembatan baru", "datePublished": "2024-03-05T08:10:00+07:00",'
        ' "dateModified": "2024-03-06", "author": [{"@type": "Person", "name": "Sari"}]}]}</script>'
    )
    draft = page_draft(page(script), name="a.html")
    assert (draft.title, draft.published, draft.author) == ("Jembatan baru", "2024-03-05T08:10:00+07:00", "Sari")


def test_broken_linked_data_is_passed_over() -> None:
    draft = page_draft(page('<script type="application/ld+json">{"@type": "NewsArticle",</script>'), name="a.html")
    assert draft.published is None


def test_a_date_in_the_prose_is_no_metadata() -> None:
    draft = page_draft(page("<title>x</title>", BODY.replace("akhir pekan", "Selasa (5/3/2024)")), name="a.html")
    assert draft.published is None


def test_paragraphs_stay_apart_and_navigation_goes() -> None:
    body = f"<nav><a href='/'>Beranda</a></nav>{BODY}<footer>Hak cipta Contoh</footer>"
    lines = page_draft(page("", body), name="a.html").text.split("\n")
    assert lines == [PROSE, "Kepala desa menyebut jembatan itu “kuat” & aman.", PROSE]


def test_a_page_too_short_for_the_extractor_still_gives_its_text(article: Callable[..., RawArticle]) -> None:
    body = "<div>Satu baris<br>dan baris lain</div><script>var x = 1;</script>"
    assert article("a.html", page("", body).encode()).raw_text == "Satu baris\ndan baris lain"


def test_the_declared_encoding_of_a_page_is_used(article: Callable[..., RawArticle]) -> None:
    data = page('<meta charset="windows-1251">', f"<p>Москва</p><p>{PROSE}</p>").encode("cp1251")
    assert article("a.html", data).raw_text.startswith("Москва\n")


@pytest.mark.parametrize(
    ("element", "count", "asked"),
    [
        ("<div><p>jembatan bambu desa</p></div>", MOST_ELEMENTS_THOROUGH // 4, [False]),
        ("<div><p>jembatan bambu desa</p></div>", MOST_ELEMENTS_THOROUGH, [True]),
        ("<div><p>jembatan bambu desa</p></div>", MOST_ELEMENTS, []),
        ("jembatan bambu desa<br>", MOST_ELEMENTS + 1, []),
        ("<h2>jembatan bambu desa</h2>", MOST_ELEMENTS + 1, []),
        ("<pre><code>jembatan bambu desa</code></pre>", MOST_ELEMENTS, []),
        ("<b><p><i>jembatan bambu desa</b>", MOST_ELEMENTS, []),
    ],
)
def test_a_page_of_very_many_elements_is_read_by_cheaper_means(
    element: str, count: int, asked: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The extractor's second opinion takes the square of the blocks: 30,000 of them took it minutes."""
    import trafilatura

    fast: list[bool] = []
    extract = trafilatura.bare_extraction

    def watched(*arguments: Any, **options: Any) -> Any:
        fast.append(options["fast"])
        return extract(*arguments, **options)

    monkeypatch.setattr(trafilatura, "bare_extraction", watched)
    draft = page_draft(page("<title>Jembatan</title>", element * count), name="a.html")
    assert fast == asked
    assert draft.text.count("jembatan bambu desa") == count
