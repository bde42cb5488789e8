import csv
import gzip
import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.store import Corpus
from core.store.shingles import CONTAINMENT, contained, containment, sampled, shingles, whole, word_hashes
from tests.store.making import S, article, file_of, result

WORDS = st.sampled_from(
    ["kapal", "beras", "gandum", "kota", "pasar", "hujan", "lagu", "jalan", "ikan", "gunung", "sawah", "laut", "kuda"]
)
TEXTS = st.lists(WORDS, min_size=30, max_size=80).map(" ".join)

HARBOUR = (
    "Kapal pengangkut gandum merapat di dermaga tua pada Senin subuh sesudah dua pekan berlayar memutari tanjung. "
    "Kepala pelabuhan menyebut muatan itu cukup untuk kebutuhan tiga provinsi sampai panen raya tahun depan tiba. "
    "Buruh bongkar mulai bekerja begitu kabut terangkat dan petugas karantina selesai mengambil contoh dari palka."
)
MARKET = (
    "Harga cabai di pasar induk turun setelah pasokan dari lereng gunung kembali lancar seusai jalan diperbaiki. "
    "Para pedagang berharap cuaca cerah bertahan agar kiriman sayur tidak lagi tertahan di persimpangan longsor."
)


@pytest.fixture
def corpus(tmp_path):
    opened = Corpus.open(tmp_path / "corpus.duckdb")
    yield opened
    opened.close()


def clusters(corpus):
    """Sets of article names that are one cluster."""
    rows = corpus.rows("SELECT cluster_id, document_id FROM clusters JOIN documents USING (doc)")
    found = {}
    for cluster, document_id in rows:
        found.setdefault(cluster, set()).add(document_id.removeprefix("doc-"))
    return sorted(map(sorted, found.values()))


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        (HARBOUR, HARBOUR, True),
        (HARBOUR, HARBOUR.upper(), True),
        (HARBOUR, HARBOUR.replace(". ", ".\n\n"), True),
        (HARBOUR, HARBOUR.replace("Senin", "Selasa"), True),  # 3 of 44 triples
        (HARBOUR, HARBOUR.partition(". ")[0] + ". " + HARBOUR.partition(". ")[2].partition(". ")[0], True),  # shortened
        (HARBOUR, MARKET + " " + HARBOUR + " " + MARKET, True),  # contained in a longer one
        (HARBOUR, MARKET, False),
        (HARBOUR, HARBOUR[: len(HARBOUR) // 2] + MARKET, False),  # half of it
        ("Hujan turun.", "Hujan turun.", True),
        ("Hujan turun.", "Hujan turun lagi.", False),  # too short to say
        ("Hujan turun.", HARBOUR + " Hujan turun.", False),
        ("", "", True),
        ("…", "!", True),  # neither has a word
    ],
)
def test_what_is_a_near_duplicate(corpus, one, other, together):
    corpus.add(file_of(article("satu", S(one))))
    corpus.add(file_of(article("dua", S(other))))
    assert clusters(corpus) == ([["dua", "satu"]] if together else [["dua"], ["satu"]])


def test_near_duplicates_in_one_file_are_found_too(corpus):
    corpus.add(result("satu", article("satu", S(HARBOUR)), article("dua", S(MARKET), record=1),
                      article("tiga", S(HARBOUR + " Hujan."), record=2)))  # fmt: skip
    assert clusters(corpus) == [["dua"], ["satu", "tiga"]]


def test_a_text_that_holds_two_others_joins_their_clusters(corpus):
    corpus.add(file_of(article("pelabuhan", S(HARBOUR))))
    corpus.add(file_of(article("pasar", S(MARKET))))
    corpus.add(file_of(article("pasar2", S(MARKET + " Hujan."))))
    assert clusters(corpus) == [["pasar", "pasar2"], ["pelabuhan"]]
    corpus.add(file_of(article("rangkuman", S(HARBOUR + " " + MARKET))))
    assert clusters(corpus) == [["pasar", "pasar2", "pelabuhan", "rangkuman"]]
    assert {cluster for (cluster,) in corpus.rows("SELECT DISTINCT cluster_id FROM clusters")} == {0}


def test_the_order_of_coming_does_not_matter(tmp_path):
    made = [article("a", S(HARBOUR)), article("b", S(MARKET)), article("c", S(HARBOUR + " " + MARKET)),
            article("d", S("Sawah menguning."))]  # fmt: skip
    found = []
    for n, order in enumerate([(0, 1, 2, 3), (2, 0, 3, 1), (3, 1, 0, 2)]):
        corpus = Corpus.open(tmp_path / f"{n}.duckdb")
        for place in order:
            corpus.add(file_of(made[place]))
        found.append(clusters(corpus))
        corpus.close()
    assert found == [[["a", "b", "c"], ["d"]]] * 3


def test_the_nearest_text_is_kept_with_its_containment(corpus):
    corpus.add(file_of(article("satu", S(HARBOUR))))
    corpus.add(file_of(article("dua", S(HARBOUR + " Hujan turun."))))
    rows = corpus.rows("SELECT doc, like_doc, containment FROM clusters ORDER BY doc")
    assert rows == [(0, None, None), (1, 0, 1.0)]


@given(TEXTS, TEXTS)
@settings(max_examples=50, deadline=None)
def test_containment_is_a_share_and_the_same_both_ways(one, other):
    here, there = shingles(one), shingles(other)
    share = containment(here, there)
    assert 0.0 <= share <= 1.0
    assert share == containment(there, here)
    assert share == max(contained(here, there), contained(there, here))
    assert containment(here, here) == 1.0


@given(TEXTS, TEXTS)
@settings(max_examples=50, deadline=None)
def test_a_text_is_contained_in_what_it_was_cut_from(one, other):
    assert contained(shingles(one), shingles(one + " " + other)) == 1.0


@given(TEXTS)
@settings(max_examples=50, deadline=None)
def test_the_sample_is_a_part_of_the_hashes(text):
    assert np.isin(sampled(shingles(text)), shingles(text)).all()


def test_hashes_are_the_same_in_every_run():
    assert shingles("kapal tiba di kota").tolist() == [3483996164010016772, 13949830608067416504]
    assert whole(word_hashes("kapal tiba")) == 9330247470


def test_copies_in_real_news_are_found(corpus, shared_data):
    """The bar: recall of at least 0.95 of the pairs with over 0.8 of their 8-word runs in common."""
    with (shared_data / "news" / "near_dup_candidates.csv").open(encoding="utf-8") as lines:
        pairs = [(row["url1"], row["url2"], float(row["containment"])) for row in csv.DictReader(lines)]
    wanted = {url for pair in pairs for url in pair[:2]}
    with gzip.open(shared_data / "news" / "news.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [row for line in lines if (row := json.loads(line))["url"] in wanted]
    corpus.add(result("news", *(article(row["url"], S(row["text"])) for row in rows)))
    of = dict(corpus.rows("SELECT document_id, cluster_id FROM clusters JOIN documents USING (doc)"))
    close = [(f"doc-{one}", f"doc-{other}") for one, other, share in pairs if share > CONTAINMENT]
    found = sum(of[one] == of[other] for one, other in close)
    assert found / len(close) >= 0.95


def test_different_seeds_are_not_joined(corpus, shared_data):
    seeds = sorted((shared_data / "seeds").glob("*.txt"))
    for path in seeds:
        corpus.add(file_of(article(path.stem, S(path.read_text(encoding="utf-8")))))
    assert len(clusters(corpus)) == len(seeds)
