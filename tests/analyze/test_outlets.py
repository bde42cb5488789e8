import math

import pandas as pd
import pytest

from core.analyze import outlets
from core.model import Filters
from core.store import Corpus
from tests.store.making import S, article, file_of

LONG = "Kapal itu berlayar lambat menyusuri selat sempit sambil membawa gandum jagung kedelai serta pupuk untuk petani"
LONG_2 = "Petugas pelabuhan memeriksa setiap peti lalu mencatat nomornya dengan teliti sebelum truk berangkat ke gudang"


def rows(frame, *columns):
    return list(frame[list(columns)].itertuples(index=False, name=None))


def test_volume_of_each_outlet(corpus):
    frame = outlets.volume(corpus, Filters())
    assert rows(frame, "outlet", "articles", "independent", "words_median", "quotes", "sources") == [
        ("harian-a", 2, 2, 29.0, 1, 1),  # 18 and 40 words
        ("harian-b", 2, 2, 11.0, 1, 0),  # 19 and 3 words
        ("harian-c", 1, 1, 46.0, 0, 1),
        ("harian-d", 1, 1, 3.0, 0, 0),
        ("unknown", 1, 1, 6.0, 0, 0),
    ]


def test_tone_of_an_outlet_is_the_mean_of_its_texts(corpus):
    frame = outlets.volume(corpus, Filters()).set_index("outlet")
    # hadiah (0.4 + 0.6 + 0) / 3, panjang (0.1 + 0.3 - 0.1) / 3
    assert frame.loc["harian-a", "tone"] == pytest.approx((1 / 3 + 0.1) / 2)
    assert frame.loc["harian-a", "tone_low"] <= frame.loc["harian-a", "tone"] <= frame.loc["harian-a", "tone_high"]
    assert math.isnan(frame.loc["harian-d", "tone_low"])


def test_a_copy_in_the_same_outlet_does_not_move_its_tone(tmp_path):
    corpus = Corpus.open(tmp_path / "corpus.duckdb")
    corpus.add(file_of(article("satu", S(LONG, 0.9), S(LONG_2, 0.9))))
    corpus.add(file_of(article("dua", S("Hujan turun sejak sore.", -0.5))))
    before = outlets.volume(corpus, Filters()).iloc[0]
    corpus.add(file_of(article("tiga", S(LONG, 0.9), S(LONG_2, 0.9), record=1)))
    after = outlets.volume(corpus, Filters()).iloc[0]
    assert (after["articles"], after["independent"]) == (3, 2)
    assert after["tone"] == pytest.approx(before["tone"])
    corpus.close()


def test_sources_cited(corpus):
    frame = outlets.sources_cited(corpus, Filters())
    assert rows(frame, "outlet", "source", "kind", "citations", "articles", "of_articles") == [
        ("harian-a", "KCNA", "agency", 1, 1, 2),
        ("harian-c", "KCNA", "agency", 1, 1, 1),
    ]


def test_speakers_keep_quotes_without_a_speaker(corpus):
    frame = outlets.speakers(corpus, Filters()).astype(object)
    frame = frame.where(frame.notna(), None)
    assert rows(frame, "outlet", "speaker", "speaker_entity", "quotes", "direct", "of_articles") == [
        ("harian-a", "Kim Jong Un", "per:kim-jong-un", 1, 1, 2),
        ("harian-b", None, None, 1, 1, 2),
    ]


def test_attention_is_a_share_of_independent_texts_with_zeros(corpus):
    frame = outlets.entity_attention(corpus, Filters(), label="PER", top=2)
    assert set(frame["entity_id"]) == {"per:kim-jong-un", "per:vladimir-putin"}
    assert len(frame) == 2 * 5
    cell = frame.set_index(["outlet", "entity_id"])
    assert cell.loc[("harian-a", "per:kim-jong-un"), ["mentions", "articles", "of_articles"]].tolist() == [2, 1, 2]
    assert cell.loc[("harian-a", "per:kim-jong-un"), "share"] == 0.5
    assert cell.loc[("harian-d", "per:vladimir-putin"), "share"] == 0.0
    assert (frame["low"] <= frame["share"]).all()
    assert (frame["share"] <= frame["high"]).all()


def test_copying_tells_who_was_first(corpus):
    frame = outlets.copying(corpus, Filters())
    assert rows(frame, "outlet", "other", "clusters", "first", "later", "unclear") == [
        ("harian-a", "harian-c", 1, 1, 0, 0)
    ]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("2024-02-20", "2024-02-21", (1, 0, 0)),
        ("2024-02-21", "2024-02-20", (0, 1, 0)),
        ("2024-02-20", "2024-02-20", (0, 0, 1)),
        ("2024-02", "2024-02-20", (0, 0, 1)),  # the month holds the day
        ("2024-02", "2024-03-01", (1, 0, 0)),
        (None, "2024-02-20", (0, 0, 1)),
        ("2024-02-20T08:00+07:00", "2024-02-20T09:00+07:00", (1, 0, 0)),
        ("2024-02-20T08:00+07:00", "2024-02-20T09:00+09:00", (0, 0, 1)),  # another offset: not compared
        ("2024-02-20T08:00+07:00", "2024-02-20", (0, 0, 1)),
    ],
)
def test_who_was_first_is_told_only_where_dates_tell(tmp_path, one, other, expected):
    corpus = Corpus.open(tmp_path / "corpus.duckdb")
    corpus.add(file_of(article("satu", S(LONG), S(LONG_2), outlet="a", published=one)))
    corpus.add(file_of(article("dua", S(LONG), S(LONG_2 + " malam"), outlet="b", published=other)))
    frame = outlets.copying(corpus, Filters())
    assert rows(frame, "first", "later", "unclear") == [expected]
    corpus.close()


def test_sharing_is_a_share_of_each_outlets_own_texts(corpus):
    frame = outlets.sharing(corpus, Filters())
    assert rows(frame, "outlet", "other", "independent", "of_independent", "share") == [
        ("harian-a", "harian-c", 1, 2, 0.5),
        ("harian-c", "harian-a", 1, 1, 1.0),
    ]
    assert (frame["low"] < frame["share"]).all()


FIELDS = ("padi", "jagung", "kedelai", "pupuk", "sawah")
SHIPS = ("kapal", "dermaga", "muatan", "sauh", "nakhoda")


def telling(corpus, outlet, words, *, times=1):
    for number, word in enumerate(words * times):
        told = S(f"Catatan {word} {word} nomor{outlet}{number} dan {words[0]} {words[1]}.")
        corpus.add(file_of(article(f"{outlet}{number}", told, outlet=outlet)))


def test_outlets_that_write_of_the_same_are_more_alike(tmp_path):
    corpus = Corpus.open(tmp_path / "corpus.duckdb")
    for outlet, words in (("a", FIELDS), ("b", FIELDS), ("c", SHIPS)):
        telling(corpus, outlet, words)
    frame = outlets.likeness(corpus, Filters()).set_index(["outlet", "other"])["likeness"]
    assert frame[("a", "b")] > frame[("a", "c")]
    assert frame[("a", "b")] == frame[("b", "a")]
    assert ((frame >= 0) & (frame <= 1)).all()
    corpus.close()


def test_likeness_does_not_grow_with_the_number_of_texts(tmp_path):
    few, many = Corpus.open(tmp_path / "few.duckdb"), Corpus.open(tmp_path / "many.duckdb")
    for corpus, times in ((few, 3), (many, 6)):
        telling(corpus, "a", FIELDS, times=times)
        telling(corpus, "b", FIELDS, times=times)
    one, other = (outlets.likeness(corpus, Filters()).set_index(["outlet", "other"]) for corpus in (few, many))
    assert other["score"][("a", "b")] == pytest.approx(one["score"][("a", "b")], abs=1e-6)
    assert other["likeness"][("a", "b")] == pytest.approx(one["likeness"][("a", "b")], abs=0.03)
    few.close()
    many.close()


def test_what_outlets_share_does_not_make_them_alike(tmp_path):
    corpus = Corpus.open(tmp_path / "corpus.duckdb")
    telling(corpus, "a", FIELDS)
    telling(corpus, "b", SHIPS)
    before = outlets.likeness(corpus, Filters())
    corpus.add(file_of(article("satu", S(LONG), S(LONG_2), outlet="a")))
    corpus.add(file_of(article("dua", S(LONG), S(LONG_2 + " malam"), outlet="b")))
    assert outlets.likeness(corpus, Filters()).equals(before)
    corpus.close()


def test_an_outlet_with_few_texts_is_not_compared(corpus):
    assert outlets.likeness(corpus, Filters()).empty


def test_no_hits_give_empty_tables_with_all_columns(corpus):
    nothing = Filters(words="tiada")
    for table in (
        outlets.volume,
        outlets.sources_cited,
        outlets.speakers,
        outlets.entity_attention,
        outlets.copying,
        outlets.sharing,
        outlets.likeness,
    ):
        frame, full = table(corpus, nothing), table(corpus, Filters())
        assert len(frame) == 0
        assert list(frame.columns) == list(full.columns)
        assert isinstance(frame, pd.DataFrame)
