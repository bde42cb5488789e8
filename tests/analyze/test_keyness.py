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


GEARS = {
    "straight": {"3": 3, "4": 10, "5": 1},
    "v-shaped": {"3": 12, "4": 2, "5": 4},
}
"""Cars by gears and shape of the engine: the example in the manual of the R package tidylo (Silge, Hayes and
Schnoebelen), which weighs log odds as Monroe, Colaresi and Quinn do and prints these figures. It sets a group against
both together with the prior added to each group, so here the reference is all counts and one prior more."""


@pytest.mark.parametrize(
    ("shape", "deltas", "weighted"),
    [
        ("v-shaped", (0.6968169, -1.2527630, 0.3249262), (1.8912729, -1.9691060, 0.5549172)),
        ("straight", (-0.9673459, 1.1451323, -0.5268260), (-1.7407107, 2.8421436, -0.6570674)),
    ],
)
def test_the_published_example_with_a_flat_prior(shape, deltas, weighted):
    whole = {gear: sum(counts[gear] for counts in GEARS.values()) for gear in "345"}
    reference = {gear: count + 1 for gear, count in whole.items()}
    frame = keyness.log_odds(GEARS[shape], reference, prior=dict.fromkeys("345", 1)).set_index("term").loc[list("345")]
    assert frame["delta"].tolist() == pytest.approx(deltas, abs=1e-7)
    assert frame["z"].tolist() == pytest.approx(weighted, abs=1e-7)


@pytest.mark.parametrize(
    ("shape", "weighted"),
    [("v-shaped", (1.1728347, -1.3767516, 0.4033125)), ("straight", (-1.1354777, 1.5661168, -0.4362340))],
)
def test_the_published_example_with_an_informative_prior(shape, weighted):
    whole = {gear: sum(counts[gear] for counts in GEARS.values()) for gear in "345"}
    reference = {gear: 2 * count for gear, count in whole.items()}
    frame = keyness.log_odds(GEARS[shape], reference, prior=whole).set_index("term").loc[list("345")]
    assert frame["z"].tolist() == pytest.approx(weighted, abs=1e-7)


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


RICE = ("Harga beras naik lagi.", "Beras dari gudang daerah dijual murah.", "Warga antre beras sejak pagi.")
CHILI = ("Harga cabai turun di pasar.", "Petani cabai merugi tahun ini.", "Cabai kering masuk dari luar negeri.")


def with_texts(corpus, texts, outlet):
    for number, text in enumerate(texts):
        corpus.add(file_of(article(f"{outlet}{number}", S(text), outlet=outlet)))


@pytest.mark.parametrize("copied_in", ["a", "b", "c"])
def test_a_text_copied_many_times_moves_nothing(tmp_path, copied_in):
    corpus = Corpus.open(tmp_path / "corpus.duckdb")
    with_texts(corpus, RICE, "a")
    with_texts(corpus, CHILI, "b")
    for outlet in ("a", "b", "c"):
        corpus.add(file_of(article(f"satu{outlet}", S(WIRE), S(WIRE_2), outlet=outlet)))
    before = keyness.distinctive_words(corpus, Filters(), outlet="a")
    assert before["low"].notna().all()
    for n in range(6):
        corpus.add(file_of(article(f"salinan{n}", S(WIRE), S(WIRE_2 + "."), outlet=copied_in, record=n)))
    after = keyness.distinctive_words(corpus, Filters(), outlet="a")
    assert after.equals(before)
    corpus.close()


def test_a_word_that_one_text_repeats_is_less_sure_than_one_in_every_text(tmp_path):
    corpus = Corpus.open(tmp_path / "corpus.duckdb")
    with_texts(corpus, (*RICE, "Padi padi padi padi ditanam."), "a")
    with_texts(corpus, CHILI, "b")
    frame = keyness.distinctive_words(corpus, Filters(), outlet="a").set_index("term")
    # padi stands there more often than beras, but all in one text
    assert frame.loc["padi", "count"] > frame.loc["beras", "count"]
    assert frame.loc["padi", "low"] < frame.loc["beras", "low"]
    assert (frame["low"] <= frame["delta"]).all()
    assert (frame["delta"] <= frame["high"]).all()
    corpus.close()


def test_many_texts_give_nearly_the_same_interval_without_drawing_them(tmp_path, monkeypatch):
    corpus = Corpus.open(tmp_path / "corpus.duckdb")
    with_texts(corpus, [f"Beras nomor {n} naik{' panen' * (n % 4)}, kata{n} saja." for n in range(60)], "a")
    with_texts(corpus, [f"Cabai nomor {n} turun{' panen' * (n % 2)}, sebutan{n} saja." for n in range(60)], "b")
    whole = keyness.distinctive_words(corpus, Filters(), outlet="a", top=5).set_index("term")
    monkeypatch.setattr(keyness, "MANY", 2)
    quick = keyness.distinctive_words(corpus, Filters(), outlet="a", top=5).set_index("term")
    assert quick.index.tolist() == whole.index.tolist()
    for end in ("low", "high"):
        assert quick[end].tolist() == pytest.approx(whole[end].tolist(), abs=0.05)
    assert quick.loc["panen", "low"] != whole.loc["panen", "low"]
    assert quick.loc["panen", "low"] < quick.loc["panen", "delta"] - 0.05
    corpus.close()


def test_one_text_says_nothing_about_its_outlet(tmp_path):
    corpus = Corpus.open(tmp_path / "corpus.duckdb")
    with_texts(corpus, RICE[:1], "a")
    with_texts(corpus, CHILI, "b")
    frame = keyness.distinctive_words(corpus, Filters(), outlet="a")
    assert frame[["low", "high"]].isna().all(axis=None)
    assert frame["delta"].notna().all()
    corpus.close()
