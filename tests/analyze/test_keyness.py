import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.analyze import keyness
from core.errors import EmptyCorpusError
from core.model import Filters
from core.store import Corpus
from tests.store.making import S, article, file_of

COUNTS = st.dictionaries(st.sampled_from("abcdefg"), st.integers(min_value=1, max_value=50), min_size=1)
WIRE = "Rombongan delegasi dagang menandatangani nota kesepahaman mengenai jalur kereta barang lintas batas utara"
WIRE_2 = "Penandatanganan berlangsung tertutup tanpa wartawan lalu kedua rombongan makan malam di wisma negara lama"


def test_a_worked_example():
    # 8 of 10 against 3 of 10, prior 5 and 5, by hand:
    # delta = ln(13/7) - ln(8/12) = 0.61904 + 0.40547; variance = 1/13 + 1/8 = 0.20192
    frame = keyness.log_odds({"a": 8, "b": 2}, {"a": 3, "b": 7}, prior={"a": 5, "b": 5}).set_index("term")
    assert frame.loc["a", "delta"] == pytest.approx(1.02450, abs=1e-5)
    assert frame.loc["a", "z"] == pytest.approx(1.02450 / math.sqrt(1 / 13 + 1 / 8), abs=1e-4)
    assert frame.loc["a", "low"] == pytest.approx(1.02450 - 1.959964 * 0.449359, abs=1e-4)
    # b mirrors a in odds, not in error: 1/7 + 1/12
    assert frame.loc["b", "delta"] == pytest.approx(-1.02450, abs=1e-5)
    assert frame.loc["b", "z"] == pytest.approx(-1.02450 / math.sqrt(1 / 7 + 1 / 12), abs=1e-4)


def test_terms_come_by_falling_z_and_then_by_name():
    frame = keyness.log_odds({"c": 1, "b": 1, "a": 9}, {"x": 9, "b": 1, "c": 1}, prior=dict.fromkeys("abcx", 1))
    assert list(frame["term"]) == ["a", "b", "c", "x"]


@given(COUNTS, COUNTS)
@settings(max_examples=50, deadline=None)
def test_keyness_changes_sign_when_sides_swap(target, reference):
    prior = dict.fromkeys("abcdefg", 1)
    there = keyness.log_odds(target, reference, prior=prior).set_index("term")
    back = keyness.log_odds(reference, target, prior=prior).set_index("term")
    for term in there.index:
        assert there.loc[term, "z"] == pytest.approx(-back.loc[term, "z"], abs=1e-9)
        assert there.loc[term, "low"] == pytest.approx(-back.loc[term, "high"], abs=1e-9)


@pytest.mark.parametrize(("target", "reference"), [({}, {"a": 1}), ({"a": 1}, {}), ({"a": 0}, {"a": 1})])
def test_a_side_without_words_is_an_error(target, reference):
    with pytest.raises(EmptyCorpusError, match="both sides"):
        keyness.log_odds(target, reference, prior={"a": 1})


def test_the_only_word_there_is_is_not_distinctive():
    frame = keyness.log_odds({"a": 3}, {"a": 1}, prior={"a": 1})
    assert frame[["z", "delta"]].to_numpy().tolist() == [[0.0, 0.0]]


def test_a_prior_must_know_every_term():
    with pytest.raises(ValueError, match="'b'"):
        keyness.log_odds({"a": 1}, {"b": 1}, prior={"a": 1})


def test_distinctive_words_of_an_outlet(corpus):
    frame = keyness.distinctive_words(corpus, Filters(), outlet="harian-b", reference="harian-d")
    counts = frame.set_index("term")
    assert counts.loc["seoul", ["count", "reference_count", "independent"]].tolist() == [2, 0, 1]
    assert counts.loc["rusia", ["count", "reference_count", "independent"]].tolist() == [1, 1, 1]
    assert counts.loc["memuji", ["count", "reference_count", "independent"]].tolist() == [0, 1, 0]
    assert frame["z"].is_monotonic_decreasing


def test_top_is_taken_from_both_ends(corpus):
    frame = keyness.distinctive_words(corpus, Filters(), outlet="harian-a", top=3)
    assert len(frame) == 6
    assert (frame["z"].head(3) > 0).all()
    assert (frame["z"].tail(3) < 0).all()


def test_an_outlet_that_is_not_there_is_an_error(corpus):
    with pytest.raises(EmptyCorpusError):
        keyness.distinctive_words(corpus, Filters(), outlet="tiada")


def test_a_text_copied_many_times_moves_nothing(tmp_path):
    corpus = Corpus.open(tmp_path / "corpus.duckdb")
    corpus.add(file_of(article("satu", S(WIRE), S(WIRE_2), outlet="a")))
    corpus.add(file_of(article("dua", S("Harga beras naik lagi."), outlet="a")))
    corpus.add(file_of(article("tiga", S("Harga cabai turun di pasar."), outlet="b")))
    before = keyness.distinctive_words(corpus, Filters(), outlet="a")
    for n in range(4):
        corpus.add(file_of(article(f"salinan{n}", S(WIRE), S(WIRE_2 + "."), outlet="a", record=n)))
    after = keyness.distinctive_words(corpus, Filters(), outlet="a")
    assert after.equals(before)
    corpus.close()
