import math

import pandas as pd
import pytest

from core.analyze import tone
from core.model import Filters


def rows(frame, *columns):
    return list(frame[list(columns)].itertuples(index=False, name=None))


def test_layers_of_an_outlet_stay_apart(corpus):
    frame = tone.by_outlet(corpus, Filters())
    of_b = frame[frame["outlet"] == "harian-b"]
    assert rows(of_b, "layer", "sentences", "articles", "independent", "enough") == [
        ("narrator", 3, 2, 2, False),
        ("quoted", 1, 1, 1, False),
    ]
    # kabar's narrator (0 - 0.8) / 2, bulan's 0.3; kabar's quote -0.6
    assert of_b["mean"].tolist() == [pytest.approx((-0.4 + 0.3) / 2), pytest.approx(-0.6)]
    assert math.isnan(of_b["low"].iloc[1])


def test_tone_over_time_weighs_a_copied_text_once(corpus):
    frame = tone.over_time(corpus, Filters(), "week").set_index(["period", "layer"])
    row = frame.loc[(pd.Timestamp(2024, 3, 4), "narrator")]
    # panjang and salinan are one text: seven sentences with 0.1 + 0.3 - 0.1 twice, and 0
    assert row["mean"] == pytest.approx(0.6 / 7)
    assert (row["sentences"], row["articles"], row["independent"]) == (7, 2, 1)


def test_tone_near_an_entity(corpus):
    frame = tone.by_entity(corpus, Filters(), label="GPE").set_index(["entity_id", "layer"])
    assert frame.loc[("gpe:seoul", "narrator"), "mean"] == pytest.approx(-0.8)
    assert frame.loc[("gpe:seoul", "quoted"), "mean"] == pytest.approx(-0.6)
    assert frame.loc[("gpe:rusia", "narrator"), "mean"] == pytest.approx((0.3 + 0.5) / 2)


def test_the_distribution_has_all_polarities(corpus):
    frame = tone.distribution(corpus, Filters())
    assert rows(frame, "layer", "tone", "sentences", "of_sentences", "articles", "independent") == [
        ("narrator", "negative", 2, 15, 2, 2),
        ("narrator", "neutral", 8, 15, 5, 4),
        ("narrator", "positive", 5, 15, 5, 4),
        ("quoted", "negative", 1, 2, 1, 1),
        ("quoted", "neutral", 0, 2, 0, 0),
        ("quoted", "positive", 1, 2, 1, 1),
    ]
    assert frame.groupby("layer")["share"].sum().tolist() == [pytest.approx(1.0)] * 2


def test_a_share_says_whether_enough_texts_stand_behind_it(corpus):
    frame = tone.distribution(corpus, Filters()).groupby("layer")[["of_independent", "enough"]].first()
    # panjang and salinan are one text of the six; two articles quote
    assert frame.loc["narrator"].tolist() == [6, True]
    assert frame.loc["quoted"].tolist() == [2, False]
    by_outlet = tone.distribution(corpus, Filters(), by="outlet")
    assert not by_outlet["enough"].any()
    assert by_outlet["of_independent"].max() == 2


def test_extremes_come_worst_first_and_a_copied_one_once(corpus):
    negative = tone.extremes(corpus, Filters(), tone="negative")
    assert negative["score"].tolist() == [-0.8, -0.3]  # of kabar only its worst
    positive = tone.extremes(corpus, Filters(), tone="positive")
    assert positive["score"].tolist() == [0.6, 0.5, 0.3, 0.3]
    assert list(positive["document_id"]).count("doc-salinan") == 0
    quoted = tone.extremes(corpus, Filters(), tone="negative", layer="quoted")
    assert quoted["score"].tolist() == [-0.6]


def test_the_spread_of_an_outlet_is_over_its_texts(corpus):
    frame = tone.spread(corpus, Filters()).set_index(["outlet", "layer"])
    row = frame.loc[("harian-b", "narrator")]  # two texts: kabar -0.4, bulan 0.3
    assert row[["p10", "p25", "p50", "p75", "p90"]].tolist() == pytest.approx([-0.33, -0.225, -0.05, 0.125, 0.23])
    assert (row["sentences"], row["articles"], row["independent"], row["enough"]) == (3, 2, 2, False)
    assert (frame["p10"] <= frame["p50"]).all()
    assert list(dict.fromkeys(frame.index.get_level_values("outlet")))[:2] == ["harian-a", "harian-b"]


def test_readable_extremes_leave_out_what_is_very_short_or_long(corpus):
    shortest, longest = tone.READABLE
    for side in ("negative", "positive"):
        every = tone.extremes(corpus, Filters(), tone=side)["text"]
        shown = tone.extremes(corpus, Filters(), tone=side, readable=True)["text"]
        assert set(shown) < set(every) | {"Seoul mengecam pemberian itu dan menyebutnya hinaan."}
        assert all(shortest <= len(text) <= longest for text in shown)
        assert len(shown) > 0


def test_disagreement_speaks_of_articles_with_both_layers(corpus):
    frame = tone.disagreement(corpus, Filters())
    assert rows(frame, "outlet", "articles", "independent", "enough") == [
        ("harian-a", 1, 1, False),
        ("harian-b", 1, 1, False),
    ]
    assert frame["gap"].tolist() == [pytest.approx(0.6 - 0.2), pytest.approx(-0.6 + 0.4)]


def test_the_widest_gap_comes_first(corpus):
    frame = tone.widest_gaps(corpus, Filters())
    assert list(frame["document_id"]) == ["doc-hadiah", "doc-kabar"]


def test_no_hits_give_empty_tables(corpus):
    nothing = Filters(words="tiada")
    frames = (
        tone.by_outlet(corpus, nothing),
        tone.over_time(corpus, nothing, "month"),
        tone.by_entity(corpus, nothing),
        tone.distribution(corpus, nothing),
        tone.spread(corpus, nothing),
        tone.extremes(corpus, nothing, tone="negative"),
        tone.disagreement(corpus, nothing),
        tone.widest_gaps(corpus, nothing),
    )
    assert [len(frame) for frame in frames] == [0] * 8
