"""Ways of reports, from texts that the tagger reads: every figure can be checked by reading this file."""

import json
import math

import pytest

from core.analyze import evidence, heard, lineage
from core.model import Filters
from core.pipeline import process
from core.settings import Settings
from core.store import Corpus, Selection

SHARED = (
    "Kereta khusus tiba di stasiun perbatasan pada pagi hari dengan membawa rombongan besar pejabat pelabuhan. "
    "Warga setempat melambaikan bendera kecil sambil menyanyikan lagu penyambutan yang sudah lama dilatih di balai. "
    "Menteri Kelautan Rina Sari mengatakan kereta itu membawa beras dan gula untuk warga pulau, seperti dilansir AFP."
)
ROWS = (
    (
        "okezone",
        "2024-02-20",
        "KCNA melaporkan kapal itu tiba, dikutip Yonhap, seperti dilansir Reuters. Kapal itu biru.",
    ),
    ("okezone", "2024-02-21", "Kapal itu ditahan, lapor KCNA. Dilansir Reuters, kapal itu lalu dilepas."),
    ("detik", "2024-02-21", "Kapal itu tiba, lapor KCNA, dilansir AFP dan Reuters. Muatannya beras."),
    (
        "detik",
        "2024-02-22",
        "Hujan turun di pelabuhan sejak pagi. “Kapalnya sudah merapat sejak subuh,” ujar Rina Sari.",
    ),
    ("detik", "2024-03-05", SHARED),
    ("okezone", "2024-03-06", SHARED + " Rombongan lalu pulang."),
    ("suara", None, SHARED + " Kereta itu berwarna hijau."),
)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    opened = Corpus.open(tmp_path_factory.mktemp("lineage") / "corpus.duckdb")
    lines = [
        json.dumps({"title": f"Kabar {number}", "outlet": outlet, "published": day, "text": text})
        for number, (outlet, day, text) in enumerate(ROWS)
    ]
    data = "\n".join(lines).encode()
    opened.add(process("kabar.jsonl", data, origin="upload", settings=Settings()))
    yield opened
    opened.close()


def route_of(frame, source, relay, outlet):
    found = frame[(frame["source"] == source) & (frame["relay"] == relay) & (frame["outlet"] == outlet)]
    assert len(found) == 1
    return found.iloc[0]


def test_a_route_is_a_source_its_last_relay_and_an_outlet(corpus):
    frame = lineage.routes(corpus, Filters())
    long = route_of(frame, "KCNA", "Reuters", "okezone")
    assert (long["path"], long["citations"], long["articles"]) == ("Yonhap → Reuters", 1, 1)
    direct = route_of(frame, "KCNA", lineage.NOBODY, "okezone")
    assert (direct["path"], direct["citations"], direct["of_articles"]) == ("", 1, 3)
    assert route_of(frame, "Reuters", lineage.NOBODY, "okezone")["citations"] == 1


def test_relays_side_by_side_are_two_routes(corpus):
    frame = lineage.routes(corpus, Filters())
    assert route_of(frame, "KCNA", "AFP", "detik")["citations"] == 1
    assert route_of(frame, "KCNA", "Reuters", "detik")["citations"] == 1


def test_what_is_cited_only_as_a_relay_is_no_source_of_its_own(corpus):
    frame = lineage.routes(corpus, Filters())
    assert set(frame.loc[frame["outlet"] == "detik", "source"]) == {"KCNA", "AFP"}
    assert "Yonhap" not in set(frame["source"])


def test_every_route_opens_as_many_citations_as_it_counts(corpus):
    frame = lineage.routes(corpus, Filters())
    for row in frame.itertuples():
        found = evidence.count(corpus, Filters(), Selection(source=row.source, relay=row.relay, outlet=row.outlet))
        assert (found.hits, found.articles, found.independent) == (row.citations, row.articles, row.independent)


def test_shares_are_of_the_independent_texts_of_the_outlet(corpus):
    row = route_of(lineage.routes(corpus, Filters()), "KCNA", lineage.NOBODY, "okezone")
    assert row["share"] == row["independent"] / row["of_independent"] == 1 / 3
    assert 0 < row["share_low"] < row["share"] < row["share_high"] < 1


def test_shared_texts_are_ordered_only_where_dates_tell(corpus):
    frame = lineage.copies(corpus, Filters())
    pairs = {(row.outlet, row.other): row.earlier for row in frame.itertuples()}
    assert pairs == {("detik", "okezone"): True, ("detik", "suara"): False}
    assert set(frame["agencies"]) == {"AFP"}
    grouped = lineage.exchanges(frame)
    assert [(row.outlet, row.other, row.earlier, row.clusters) for row in grouped.itertuples()] == [
        ("detik", "okezone", True, 1),
        ("detik", "suara", False, 1),
    ]


def test_a_pair_of_outlets_opens_the_articles_that_they_share(corpus):
    found = evidence.count(corpus, Filters(), Selection(outlet="detik", shared_with="okezone"))
    assert (found.articles, found.independent) == (2, 1)


def test_the_summary_says_what_is_known(corpus):
    found = lineage.summary(corpus, Filters())
    assert (found.articles, found.of_articles, found.pairs, found.ordered) == (6, 7, 2, 1)
    assert (found.citations, found.chained) == (8, 3)


def test_no_article_makes_empty_frames(corpus):
    nothing = Filters(words="tidakadakatainidimanapun")
    assert lineage.routes(corpus, nothing).empty
    assert lineage.exchanges(lineage.copies(corpus, nothing)).empty
    assert heard.speakers(corpus, nothing, top=5).empty
    assert heard.directness(corpus, nothing).empty


def test_speakers_have_zeros_and_denominators(corpus):
    frame = heard.speakers(corpus, Filters(), top=1)
    assert set(frame["speaker"]) == {"Rina Sari"}
    shares = {row.outlet: (row.independent, row.of_independent) for row in frame.itertuples()}
    assert shares == {"detik": (2, 3), "okezone": (1, 3), "suara": (1, 1)}
    assert list(frame.loc[frame["outlet"] == "detik", "quotes"]) == [2]


def test_own_words_are_counted_against_all_quotes(corpus):
    frame = heard.directness(corpus, Filters()).set_index("outlet")
    assert frame.at["detik", "direct"] == 1
    assert frame.at["detik", "share"] == 1 / frame.at["detik", "quotes"]
    assert math.isnan(frame.at["suara", "share_low"])
    assert not frame.at["suara", "enough"]
    found = evidence.count(corpus, Filters(), Selection(outlet="detik", quote_kind="direct"))
    assert found.hits == 1
