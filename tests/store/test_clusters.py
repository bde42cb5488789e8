import csv
import gzip
import json
from itertools import permutations

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


BRIDGE = (
    "Jembatan gantung di hulu sungai ditutup sementara karena dua tali bajanya aus dimakan karat sejak musim lalu. "
    "Warga memutar lewat desa tetangga sambil menunggu tukang dari kabupaten mengganti tali dan papan yang lapuk."
)


def together(tmp_path, texts, order):
    """Sets of names that are one cluster when the texts come in this order, each in a file of its own."""
    corpus = Corpus.open(tmp_path / f"{'-'.join(order)}.duckdb")
    for name in order:
        corpus.add(file_of(article(name, S(texts[name]))))
    found = clusters(corpus)
    corpus.close()
    return found


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        # a round-up of two texts joins neither, nor makes them one
        ({"a": HARBOUR, "b": MARKET, "c": f"{HARBOUR} {MARKET}"}, [["a"], ["b"], ["c"]]),
        ({"a": HARBOUR, "b": MARKET, "c": f"{BRIDGE} {HARBOUR} {MARKET}", "d": BRIDGE}, [["a"], ["b"], ["c"], ["d"]]),
        # its copies are copies of it
        (
            {"a": HARBOUR, "b": MARKET, "c": f"{HARBOUR} {MARKET}", "d": f"{HARBOUR} {MARKET} Hujan."},
            [["a"], ["b"], ["c", "d"]],
        ),
        # copies of one text within it are one
        ({"a": HARBOUR, "b": HARBOUR + " Hujan.", "c": f"{HARBOUR} {MARKET}"}, [["a", "b", "c"]]),
        # a text that two longer ones hold stays with both
        ({"a": HARBOUR, "b": f"{HARBOUR} {MARKET}", "c": f"{HARBOUR} {BRIDGE}"}, [["a", "b", "c"]]),
        # a text of about the same length carries on
        ({"a": HARBOUR, "b": HARBOUR + " Hujan.", "c": HARBOUR + " Hujan turun di laut."}, [["a", "b", "c"]]),
        ({"a": HARBOUR, "b": MARKET, "c": "Sawah menguning."}, [["a"], ["b"], ["c"]]),
    ],
)
def test_a_text_much_longer_than_two_others_does_not_make_them_one_in_any_order(tmp_path, texts, expected):
    orders = list(permutations(texts))[:: len(texts) ** 2 - 8]  # all six of three texts, three of four
    assert [together(tmp_path, texts, order) for order in orders] == [expected] * len(orders)


def test_a_cluster_comes_apart_when_its_longest_turns_out_to_hold_another_text(corpus):
    corpus.add(file_of(article("a", S(HARBOUR))))
    corpus.add(file_of(article("c", S(f"{HARBOUR} {MARKET}"))))
    assert clusters(corpus) == [["a", "c"]]
    corpus.add(file_of(article("b", S(MARKET))))
    assert clusters(corpus) == [["a"], ["b"], ["c"]]


def test_two_clusters_become_one_through_a_text_like_both(corpus):
    first, second, third = HARBOUR.split(". ")
    corpus.add(file_of(article("a", S(f"{first}. {second}."))))
    corpus.add(file_of(article("b", S(f"{second}. {third}"))))
    corpus.add(file_of(article("b2", S(f"{second}. {third} Hujan."))))
    assert clusters(corpus) == [["a"], ["b", "b2"]]
    corpus.add(file_of(article("c", S(HARBOUR))))
    assert clusters(corpus) == [["a", "b", "b2", "c"]]
    assert corpus.rows("SELECT DISTINCT cluster_id FROM clusters") == [(0,)]


def test_past_the_bound_of_the_review_what_was_told_stands(corpus, monkeypatch):
    monkeypatch.setattr("core.store.clusters.MOST_REVIEWED", 0)
    corpus.add(file_of(article("a", S(HARBOUR))))
    corpus.add(file_of(article("a2", S(HARBOUR + " Hujan."))))
    corpus.add(file_of(article("c", S(f"{HARBOUR} {MARKET}"))))
    assert clusters(corpus) == [["a", "a2", "c"]]
    corpus.add(file_of(article("b", S(MARKET))))
    assert clusters(corpus) == [["a", "a2", "b", "c"]]


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
