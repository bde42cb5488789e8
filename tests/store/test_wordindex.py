"""What the word index says is what reading the texts says, and it never speaks for a corpus that has changed."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.analyze import concordance
from core.errors import TooLongError
from core.model import Filters
from core.store import Corpus, Selection, evidence, removal, wordindex
from core.store import corpus as corpus_module
from core.store.wordfile import words_file
from tests.store.making import S, article, file_of

ALL = Filters()
STORIES = [
    article(
        "a", S("Kim Jong\u00a0Un memberi hadiah; hadiahnya mobil."), S("Kim, Kim dan kim."), S("Undang-undang baru.")
    ),
    article("b", S("Rusia akan mengirim senjata kepada Kim."), S("Kim-Jong Un senang, café buka."), outlet="harian-b"),
    article("c", S("Senjata itu, kata Rusia, tua."), S("(Mobil) mewah: mobil mewah!"), published="2024-02"),
    article("d", S("Tidak ada apa-apa di sini_nya."), S("Mobil x2 dan x22."), outlet="harian-b", published=None),
]
WORDS = [
    "kim", "Kim*", "hadiah", "hadiah*", "mobil", "x2", "x2*", "undang-undang", "café", "tidak", "absen",
    '"kim jong un"',         '"jong un"', '"mobil mewah"', '"mobil mew*"', '"kim kim"', "rusia NEAR/2 senjata",
    "kim NEAR kim", "/se.ja/",
    "/^rusia/",         "/ru(/", "senjata", "sini"]  # fmt: skip
TYPED = st.lists(st.sampled_from([*WORDS, "OR", "-", "NOT", "(", ")"]), min_size=1, max_size=6).map(
    lambda said: " ".join(said).replace("- ", "-")
)


@pytest.fixture
def corpus(tmp_path, monkeypatch):
    monkeypatch.setattr(wordindex, "FEWEST", 1)
    monkeypatch.setattr(wordindex, "AT_A_TIME", 3)  # in two steps
    opened = Corpus.open(tmp_path / "corpus.duckdb")
    for story in STORIES:
        opened.add(file_of(story))
    yield opened
    opened.close()


def told(corpus, words):
    selection = Selection(words=words)
    return (
        evidence.totals(corpus, ALL, selection),
        concordance.kwic(corpus, ALL, words=words).to_dict("records"),
        concordance.by_outlet(corpus, ALL, words=words).to_dict("records"),
        concordance.over_time(corpus, ALL, "month", words=words).to_dict("records"),
    )


def with_and_without(corpus, words):
    indexed = told(corpus, words)
    corpus.has_words = False
    read = told(corpus, words)
    corpus.has_words = True
    return indexed, read


@pytest.mark.parametrize("words", WORDS)
def test_one_word_is_found_alike(corpus, words):
    assert wordindex.bring_up(corpus)
    indexed, read = with_and_without(corpus, words)
    assert indexed == read


@given(words=TYPED)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_search_is_found_alike(corpus, words):
    assert wordindex.bring_up(corpus)
    indexed, read = with_and_without(corpus, words)
    assert indexed == read


@pytest.mark.parametrize(
    ("words", "hits"),
    [("kim", 6), ("hadiah*", 2), ('"mobil mewah"', 1), ("rusia NEAR/2 senjata", 2), ("kim -rusia", 5), ("absen", 0)],
)
def test_hits_are_those_that_one_counts_by_reading(corpus, words, hits):
    assert wordindex.bring_up(corpus)
    assert concordance.count(corpus, ALL, words=words) == hits
    assert len(concordance.kwic(corpus, ALL, words=words)) == hits
    assert concordance.by_outlet(corpus, ALL, words=words)["hits"].sum() == hits


def test_pages_of_hits_join_without_gap(corpus):
    assert wordindex.bring_up(corpus)
    whole = concordance.kwic(corpus, ALL, words="kim OR mobil")
    pages = [concordance.kwic(corpus, ALL, words="kim OR mobil", page=n, page_size=2) for n in range(1, 7)]
    rows = [row for page in pages for row in page.to_dict("records")]
    assert rows == whole.to_dict("records")


def test_an_index_that_lags_behind_is_not_asked(corpus):
    assert wordindex.bring_up(corpus)
    more = article("e", S("Kim datang lagi."))
    corpus.add(file_of(more))
    assert not wordindex.is_fresh(corpus)
    assert concordance.count(corpus, ALL, words="kim") == 7
    assert wordindex.bring_up(corpus)
    assert concordance.count(corpus, ALL, words="kim") == 7


def test_what_was_removed_is_gone_from_it(corpus):
    assert wordindex.bring_up(corpus)
    first = corpus.rows("SELECT file_id FROM files WHERE name = 'a.txt'")[0][0]
    removal.remove(corpus, first, who="test")
    assert not wordindex.is_fresh(corpus)
    assert wordindex.bring_up(corpus)
    assert concordance.count(corpus, ALL, words="kim") == 2
    assert corpus.rows("SELECT count(*) FROM words.placed.said WHERE word = 'hadiahnya'") == [(0,)]


def test_a_question_without_end_is_stopped(corpus, monkeypatch):
    monkeypatch.setattr(corpus_module, "LONGEST_SECONDS", 0.2)
    with pytest.raises(TooLongError, match="stopped"):
        corpus.rows("SELECT count(*) FROM range(1000000000000) WHERE regexp_matches(range::VARCHAR, '^x$')")
    assert concordance.count(corpus, ALL, words="kim") == 6


def test_a_small_corpus_has_none(corpus, monkeypatch):
    monkeypatch.setattr(wordindex, "FEWEST", 5)
    assert not wordindex.bring_up(corpus)
    assert concordance.count(corpus, ALL, words="kim") == 6


def test_a_broken_file_gives_way_to_a_new_one(corpus, tmp_path):
    assert wordindex.bring_up(corpus)
    corpus.close()
    path = words_file(tmp_path / "corpus.duckdb")
    path.write_bytes(b"no database" * 1000)
    again = Corpus.open(tmp_path / "corpus.duckdb")
    assert again.has_words
    assert not wordindex.is_fresh(again)
    assert wordindex.bring_up(again)
    assert concordance.count(again, ALL, words="kim") == 6
    again.close()


def test_it_survives_opening_again_and_may_be_deleted(corpus, tmp_path):
    assert wordindex.bring_up(corpus)
    corpus.close()
    again = Corpus.open(tmp_path / "corpus.duckdb")
    assert wordindex.is_fresh(again)
    again.close()
    words_file(tmp_path / "corpus.duckdb").unlink()
    bare = Corpus.open(tmp_path / "corpus.duckdb")
    assert not wordindex.is_fresh(bare)
    assert concordance.count(bare, ALL, words="kim") == 6
    bare.close()
