from datetime import date

import pandas as pd
import pytest

from core.analyze import overview
from core.model import Filters
from core.store import Corpus


def rows(frame, *columns):
    return list(frame[list(columns)].itertuples(index=False, name=None))


def test_the_summary_counts_articles_texts_and_what_is_missing(corpus):
    assert overview.summary(corpus, Filters()) == overview.Summary(
        articles=7,
        independent=6,  # salinan is a copy of panjang
        outlets=4,
        first_day=date(2023, 9, 13),
        last_day=date(2024, 3, 6),
        undated=1,
        coarse=1,
        unknown_outlet=1,
        low_confidence=1,
        other_language=1,
        with_claims=2,
        own=6,
        sample=1,
        sentences=17,
        mentions=15,  # two more stand in the title of asing
        refused=1,
    )


@pytest.mark.parametrize(
    ("filters", "articles"),
    [
        (Filters(outlets=("harian-a",)), 2),
        (Filters(outlets=("harian-a", "unknown")), 3),
        (Filters(languages=("ms",)), 1),
        (Filters(sample=True), 1),
        (Filters(sample=False), 6),
        (Filters(copies=False), 6),
        (Filters(copies=False, outlets=("harian-c",)), 1),
        (Filters(focus_only=True), 2),
        (Filters(start=date(2024, 2, 21)), 4),
        (Filters(end=date(2024, 2, 20)), 2),
        (Filters(start=date(2024, 3, 1), end=date(2024, 3, 31)), 3),  # bulan is certainly within March
        (Filters(start=date(2024, 3, 2), end=date(2024, 3, 31)), 2),  # and may be of the 1st
        (Filters(words="MOBIL"), 2),
        (Filters(words="mobil -hinaan"), 1),
        (Filters(words="kab*"), 2),  # kabar in a text, Kabar as a title
        (Filters(words='"mobil dari putin"'), 1),
        (Filters(words="mob"), 0),
        (Filters(entities=("per:kim-jong-un",)), 4),
        (Filters(entities=("org:pemerintah-rusia",)), 1),
        (Filters(entities=("gpe:korea-utara", "gpe:seoul")), 2),
        (Filters(words="tiada"), 0),
        (Filters(outlets=("' OR 1=1 --",)), 0),
    ],
)
def test_filters_keep_what_they_say(corpus, filters, articles):
    assert overview.summary(corpus, filters).articles == articles


def test_of_a_cluster_the_earliest_stays(corpus):
    by_outlet = overview.gaps(corpus, Filters(copies=False)).set_index("outlet")["articles"]
    assert by_outlet["harian-a"] == 2
    assert "harian-c" not in by_outlet


def test_the_timeline_counts_by_month(corpus):
    frame = overview.timeline(corpus, Filters(sample=False), "month")
    assert rows(frame, "period", "outlet", "articles", "independent") == [
        (pd.Timestamp(2024, 2, 1), "harian-a", 1, 1),
        (pd.Timestamp(2024, 2, 1), "harian-b", 1, 1),
        (pd.Timestamp(2024, 3, 1), "harian-a", 1, 1),
        (pd.Timestamp(2024, 3, 1), "harian-b", 1, 1),
        (pd.Timestamp(2024, 3, 1), "harian-c", 1, 1),
    ]
    assert overview.not_on_timeline(corpus, Filters(sample=False), "month") == 1


def test_a_week_begins_on_monday_and_a_month_is_no_week(corpus):
    frame = overview.timeline(corpus, Filters(sample=False), "week")
    assert set(frame["period"]) == {pd.Timestamp(2024, 2, 19), pd.Timestamp(2024, 3, 4)}
    assert overview.not_on_timeline(corpus, Filters(sample=False), "week") == 2


@pytest.mark.parametrize("unit", ["day", "week", "month"])
def test_the_timeline_and_what_it_leaves_out_make_the_whole(corpus, unit):
    on_it = overview.timeline(corpus, Filters(), unit)["articles"].sum()
    assert on_it + overview.not_on_timeline(corpus, Filters(), unit) == 7


def test_attention_lists_refusals_first_and_only_notes_on_dates(corpus):
    frame = overview.attention(corpus, Filters())
    assert rows(frame, "kind", "file", "detail") == [
        ("refused", "rusak.txt", "It is no text: save it as .txt."),
        ("undated", "asing.txt", pytest.approx(float("nan"), nan_ok=True)),
        ("unknown_outlet", "asing.txt", pytest.approx(float("nan"), nan_ok=True)),
        ("other_language", "asing.txt", "ms 0.55"),
        ("low_confidence", "asing.txt", "ms 0.55"),
        ("note", "asing.txt", "date refused: '31/2' of the head: no such day"),
    ]


def test_gaps_measure_the_longest_silence(corpus):
    gap = overview.gaps(corpus, Filters()).set_index("outlet").loc["harian-a"]
    assert gap["longest_gap_days"] == 13  # 21 February to 4 March of a leap year
    assert (gap["gap_from"], gap["gap_to"]) == (pd.Timestamp(2024, 2, 20), pd.Timestamp(2024, 3, 5))


def test_an_outlet_with_one_day_has_no_gap(corpus):
    gap = overview.gaps(corpus, Filters()).set_index("outlet").loc["harian-c"]
    assert gap["longest_gap_days"] == 0
    assert pd.isna(gap["gap_from"])


def test_choices_offer_what_is_there(corpus):
    choices = overview.choices(corpus)
    assert {choice.key: choice.articles for choice in choices.outlets} == {
        "harian-a": 2, "harian-b": 2, "harian-c": 1, "harian-d": 1, "unknown": 1,
    }  # fmt: skip
    assert [(choice.key, choice.articles) for choice in choices.languages] == [("id", 6), ("ms", 1)]
    assert choices.entities[0] == overview.Choice(key="per:kim-jong-un", name="Kim Jong Un", articles=4)
    assert (choices.first_day, choices.last_day) == (date(2023, 9, 13), date(2024, 3, 6))
    assert choices.has_own_articles
    assert choices.has_sample


def test_an_empty_corpus_has_nothing_to_offer(tmp_path):
    empty = Corpus.open(tmp_path / "empty.duckdb")
    choices = overview.choices(empty)
    assert choices == overview.Choices(
        outlets=(), languages=(), entities=(), first_day=None, last_day=None, has_own_articles=False, has_sample=False
    )
    assert overview.summary(empty, Filters()).articles == 0
    empty.close()
