"""The registry of outlets, and what tells which one published an article."""

import pytest

from core.model import Outlet, RawArticle, Removed, Source, Span
from core.normalize.datelines import find_dateline
from core.normalize.outlets import by_domain, fold, named, of_article, of_url, registry
from core.resources import load_yaml

ROWS = load_yaml("outlets.yaml")
KINDS = {"portal", "agency", "broadcaster", "newspaper"}
BODY = "Petani memanen padi lebih awal karena hujan."


def article(text: str = BODY, **container: str) -> RawArticle:
    return RawArticle(source=Source(name="a.txt", sha256="0" * 64, record=0), raw_text=text, **container)


def test_the_registry_is_whole() -> None:
    assert len(ROWS) >= 80
    assert len({row["id"] for row in ROWS}) == len(ROWS)
    assert {row["kind"] for row in ROWS} <= KINDS
    assert all(row["name"] and row["owner"] and row["domains"] and row["dateline"] for row in ROWS)
    assert {row["language"] for row in ROWS} <= {"id", "en"}
    assert all(domain == domain.lower() and not domain.startswith("www.") for row in ROWS for domain in row["domains"])


def test_no_two_outlets_share_a_name_or_a_domain() -> None:
    owners: dict[str, str] = {}
    for row in registry():
        for form in (row.name, *row.forms, *row.domains):
            assert owners.setdefault(fold(form), row.id) == row.id, form


@pytest.mark.parametrize(("outlet", "opener"), [(row["id"], text) for row in ROWS for text in row["examples"]["match"]])
def test_an_outlet_opens_its_reports_so(outlet: str, opener: str) -> None:
    found = find_dateline(f"{opener} {BODY}")
    assert found is not None
    assert found.outlet is not None
    assert found.outlet.id == outlet


@pytest.mark.parametrize(("outlet", "opener"), [(row["id"], text) for row in ROWS for text in row["examples"]["miss"]])
def test_an_outlet_does_not_open_its_reports_so(outlet: str, opener: str) -> None:
    found = find_dateline(f"{opener} {BODY}")
    assert found is None or found.outlet is None or found.outlet.id != outlet


@pytest.mark.parametrize(
    ("url", "outlet", "rule"),
    [
        ("https://www.kompas.com/global/read/2024/02/20/1/x", "kompas", "url"),
        ("https://otomotif.sindonews.com/newsread/1/x", "sindonews", "url"),
        ("https://bandung.viva.co.id/news/1", "viva-bandung", "url"),
        ("https://www.viva.co.id/news/1", "viva", "url"),
        ("https://www.bbc.com/indonesia/dunia-1", "bbc-indonesia", "url"),
        ("kompas.tv/x", "kompas-tv", "url"),
        ("https://kabarkita.co.id/x", "kabarkita-co-id", "domain"),
        ("https://berita.kabarkita.com/x", "kabarkita-com", "domain"),
    ],
)
def test_an_address_tells_the_outlet(url: str, outlet: str, rule: str) -> None:
    found = of_url(url)
    assert found is not None
    assert (found.id, found.rule) == (outlet, rule)


@pytest.mark.parametrize("url", ["", "http://[", "127.0.0.1/x", "localhost", "https:///x", "notkompas"])
def test_what_is_no_address_tells_nothing(url: str) -> None:
    assert of_url(url) is None


def test_a_name_that_only_ends_like_a_domain_is_another_site() -> None:
    assert of_url("https://notkompas.com/x") == by_domain("notkompas.com")


@pytest.mark.parametrize(
    ("name", "outlet"),
    [("kompas", "kompas"), ("CNN Indonesia", "cnn-indonesia"), ("Tribunnews.com", "tribunnews"), ("Kabar Kita", None)],
)
def test_names_are_known_however_they_are_written(name: str, outlet: str | None) -> None:
    found = named(name, "container")
    assert (found.id if found else None) == outlet


def _removed(text: str, rule: str = "page.share") -> tuple[Removed, ...]:
    return (Removed(span=Span(start=0, end=len(text)), rule=rule),)


def _id(outlet: Outlet | None) -> str | None:
    return outlet.id if outlet else None


def test_container_comes_before_address_and_address_before_furniture() -> None:
    both = article(outlet="Tempo", url="https://www.kompas.com/x")
    assert _id(of_article(both, BODY, ())) == "tempo"
    address = article("SINDOnews.com", url="https://www.kompas.com/x")
    assert _id(of_article(address, BODY, _removed("SINDOnews.com"))) == "kompas"
    footer = of_article(article("Daftar di SINDOnews.com"), BODY, _removed("Daftar di SINDOnews.com"))
    assert footer is not None
    assert (footer.id, footer.rule) == ("sindonews", "footer")


def test_an_unknown_outlet_keeps_the_name_it_was_given() -> None:
    given = of_article(article(outlet="Kabar Kita", url="https://kabarkita.co.id/x"), BODY, ())
    assert given is not None
    assert (given.id, given.name, given.rule) == ("kabar-kita", "Kabar Kita", "container")


def test_speakers_tell_whose_reporter_asked() -> None:
    asked = of_article(article(), '"Panen," kata Sari kepada detikcom, Rabu.', ())
    assert asked is not None
    assert (asked.id, asked.rule) == ("detik", "told-to")
    assert of_article(article(), '"Panen," kata Sari kepada Budi, Rabu.', ()) is None
    assert of_article(article(), "Dikutip dari Kompas.com, panen tiba.", ()) is None
