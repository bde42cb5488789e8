import pandas as pd
import pytest

from core.analyze import coverage
from core.model import Filters
from core.store import Corpus
from tests.store.making import GIVEN, S, article, file_of


@pytest.fixture
def written(tmp_path):
    """One outlet writes on the 1st, 3rd and 6th, b from the 2nd to the 4th, c once, and one article has no day."""
    corpus = Corpus.open(tmp_path / "corpus.duckdb")
    days = {"a": (1, 3, 6), "b": (2, 3, 4), "c": (4,)}
    for outlet, numbers in days.items():
        for day in numbers:
            told = S(f"Berita {outlet} hari ke-{day} tentang hal lain.")
            corpus.add(file_of(article(f"{outlet}{day}", told, outlet=outlet, published=f"2024-05-0{day}")))
    corpus.add(file_of(article("bulan", S("Kabar tanpa hari."), outlet="b", published="2024-05")))
    yield corpus
    corpus.close()


def states(frame, outlet):
    own = frame[frame["outlet"] == outlet]
    return {period.day: state for period, state in zip(own["period"], own["state"], strict=True)}


def test_an_outlet_is_silent_only_while_the_corpus_has_it(written):
    frame = coverage.by_period(written, Filters(), "day")
    # the 5th is no day of the table: nobody wrote
    assert states(frame, "a") == {1: "reported", 2: "silent", 3: "reported", 4: "silent", 6: "reported"}
    assert states(frame, "b") == {1: "outside", 2: "reported", 3: "reported", 4: "reported", 6: "outside"}
    assert states(frame, "c") == {1: "outside", 2: "outside", 3: "outside", 4: "reported", 6: "outside"}


def test_others_are_counted_without_the_outlet_itself(written):
    frame = coverage.by_period(written, Filters(), "day").set_index(["outlet", "period"])
    assert frame.loc[("a", pd.Timestamp("2024-05-04")), ["articles", "others", "of_independent"]].tolist() == [0, 2, 2]
    assert frame.loc[("b", pd.Timestamp("2024-05-04")), ["articles", "others", "of_independent"]].tolist() == [1, 1, 2]


def test_by_month_nobody_is_silent(written):
    frame = coverage.by_period(written, Filters(), "month")
    assert set(frame["state"]) == {"reported"}
    assert frame.set_index("outlet").loc["b", "articles"] == 4  # with the one that has no day


def test_the_longest_silence_counts_days_on_which_others_wrote(written):
    frame = coverage.by_outlet(coverage.by_period(written, Filters(), "day")).set_index("outlet")
    assert frame.loc["a", ["reported", "silent", "longest_silence"]].tolist() == [3, 2, 1]
    assert frame.loc["a", "silent_from"] == pd.Timestamp("2024-05-02")
    assert frame.loc["b", ["reported", "silent", "longest_silence"]].tolist() == [3, 0, 0]
    assert pd.isna(frame.loc["b", "silent_from"])


def test_silences_in_a_row_are_one(tmp_path):
    corpus = Corpus.open(tmp_path / "corpus.duckdb")
    for outlet, numbers in {"a": (1, 5, 7), "b": (1, 2, 4, 5, 6, 7)}.items():
        for day in numbers:
            told = S(f"Berita {outlet} hari ke-{day} tentang hal lain.")
            corpus.add(file_of(article(f"{outlet}{day}", told, outlet=outlet, published=f"2024-05-0{day}")))
    frame = coverage.by_outlet(coverage.by_period(corpus, Filters(), "day")).set_index("outlet")
    assert frame.loc["a", ["silent", "longest_silence"]].tolist() == [3, 2]
    assert frame.loc["a", "silent_to"] == pd.Timestamp("2024-05-04")
    corpus.close()


def test_silence_about_an_event_needs_articles_of_those_days(tmp_path):
    corpus = Corpus.open(tmp_path / "corpus.duckdb")
    gift = S("Putin memberi Kim sebuah mobil pada 18 Februari 2024.", claims=((GIVEN, "asserts", None),))
    other = S("Harga beras naik lagi di pasar.")
    corpus.add(file_of(article("ada", gift, outlet="a", published="2024-02-20")))
    corpus.add(file_of(article("lain", other, outlet="b", published="2024-02-21")))
    corpus.add(file_of(article("jauh", other, S("Cabai ikut naik."), outlet="c", published="2024-04-21")))
    frame = coverage.by_event(corpus, Filters(), top=5).set_index("outlet")
    assert frame.loc["a", ["state", "articles"]].tolist() == ["reported", 1]
    assert frame.loc["b", ["state", "articles", "around"]].tolist() == ["silent", 0, 1]
    assert frame.loc["c", ["state", "articles", "around"]].tolist() == ["outside", 0, 0]
    corpus.close()


def test_no_hits_give_empty_tables_with_all_columns(written):
    nothing = Filters(words="tiada")
    empty = coverage.by_period(written, nothing, "day")
    assert len(empty) == 0
    assert list(empty.columns) == list(coverage.by_period(written, Filters(), "day").columns)
    assert len(coverage.by_outlet(empty)) == 0
    assert len(coverage.by_event(written, nothing, top=5)) == 0
