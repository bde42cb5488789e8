from datetime import date

import pytest

from core.analyze import claims
from core.model import Filters
from core.resources import load_yaml
from core.store import Corpus
from tests.store.making import S, article, file_of

RULES = load_yaml("sanctions.yaml")
CLAUSE = next(clause for clause in RULES["clauses"] if RULES["item_classes"][clause["items"][0]]["claims"])
CLAIM = RULES["item_classes"][CLAUSE["items"][0]]["claims"][0]


@pytest.fixture
def corpus(tmp_path):
    opened = Corpus.open(tmp_path / "corpus.duckdb")
    yield opened
    opened.close()


def add(corpus, name, stance, who=None, published="2024-02-20", outlet="harian-a"):
    said = S(f"Kabar dari {name}.", claims=((CLAIM, stance, who),))
    corpus.add(file_of(article(name, said, published=published, outlet=outlet)))


def row(corpus):
    frame = claims.clauses(corpus, Filters())
    found = frame[(frame["clause_id"] == CLAUSE["id"]) & (frame["claim_id"] == CLAIM)]
    return found.iloc[0] if len(found) else None


def test_a_clause_is_potentially_relevant_and_names_who_alleges(corpus):
    add(corpus, "satu", "attributes", "KCNA")
    add(corpus, "dua", "asserts", outlet="harian-b")
    found = row(corpus)
    assert found["wording"] == "potentially relevant"
    assert found["alleged_by"] == "Harian B, KCNA"
    assert (found["articles"], found["independent"], found["outlets"]) == (2, 2, 2)
    assert (found["resolution"], found["verify_at"]) == (CLAUSE["resolution"], CLAUSE["where"])


def test_who_denies_does_not_allege(corpus):
    add(corpus, "satu", "denies", "Kremlin")
    assert row(corpus) is None
    add(corpus, "dua", "hedges", "Seoul")
    found = row(corpus)
    assert (found["alleged_by"], found["denied_by"], found["articles"]) == ("Seoul", "Kremlin", 1)


@pytest.mark.parametrize(
    ("published", "counted"),
    [
        ("1999-12-31", False),
        (CLAUSE["since"], True),
        ("2000", False),
        (CLAUSE["since"][:4], True),  # of the year of adoption: it may be later
        (None, True),
    ],
)
def test_no_clause_before_its_adoption(corpus, published, counted):
    add(corpus, "satu", "asserts", published=published)
    assert (row(corpus) is not None) is counted


def test_the_rule_file_is_whole():
    known = set(claims.catalogue()["claim_id"])
    for item in RULES["item_classes"].values():
        assert set(item["claims"]) <= known
    for clause in RULES["clauses"]:
        date.fromisoformat(clause["since"])
        assert set(clause["items"]) <= set(RULES["item_classes"])
    assert len({clause["id"] for clause in RULES["clauses"]}) == len(RULES["clauses"])


@pytest.mark.parametrize(("published", "alleging"), [("2024-03-01", True), ("2024-04-30", True), ("2024-06-07", False)])
def test_the_panel_finds_nothing_after_its_mandate(corpus, published, alleging):
    add(corpus, "panel", "attributes", "Panel Ahli PBB", published=published)
    add(corpus, "satu", "attributes", "Seoul", published=published, outlet="harian-b")
    found = row(corpus)
    assert ("Panel Ahli PBB" in found["alleged_by"]) is alleging
    assert found["after_panel"] == ("" if alleging else "Panel Ahli PBB")
    assert found["articles"] == 1 + alleging


def test_the_panel_alone_after_its_mandate_alleges_nothing(corpus):
    add(corpus, "panel", "attributes", "panel pakar", published="2024-06-07")
    assert row(corpus) is None
