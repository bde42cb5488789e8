import pandas as pd

from core.analyze import claims, events
from core.model import Filters
from core.store import Corpus
from tests.store.making import GIVEN, MADE, S, article, file_of


def rows(frame, *columns):
    return list(frame[list(columns)].itertuples(index=False, name=None))


def test_the_catalogue_has_a_label_in_both_languages():
    frame = claims.catalogue()
    assert frame["claim_id"].is_unique
    assert frame.notna().all(axis=None)
    assert {GIVEN, MADE} <= set(frame["claim_id"])


def test_the_matrix_tells_what_is_stated_omitted_and_not_covered(corpus):
    frame = claims.matrix(corpus, Filters(sample=False))
    columns = ("claim_id", "outlet", "status", "articles", "asserts", "hedges", "attributes", "covering")
    assert rows(frame, *columns) == [
        (GIVEN, "harian-a", "asserts", 1, 1, 0, 0, 1),
        (GIVEN, "harian-b", "hedges", 1, 0, 1, 0, 1),
        (GIVEN, "harian-c", "did not cover", 0, 0, 0, 0, 0),
        (GIVEN, "unknown", "did not cover", 0, 0, 0, 0, 0),
        (MADE, "harian-a", "attributes", 1, 0, 0, 1, 1),
        (MADE, "harian-b", "omits", 0, 0, 0, 0, 1),
        (MADE, "harian-c", "did not cover", 0, 0, 0, 0, 0),
        (MADE, "unknown", "did not cover", 0, 0, 0, 0, 0),
    ]
    assert frame.set_index(["claim_id", "outlet"]).loc[(MADE, "harian-a"), "attributed_to"] == "KCNA"


def test_a_filter_does_not_turn_an_omission_into_silence(corpus):
    frame = claims.matrix(corpus, Filters(outlets=("harian-b",)))
    assert rows(frame, "claim_id", "status") == [(GIVEN, "hedges"), (MADE, "omits")]


def test_the_strongest_stance_gives_the_status(tmp_path):
    corpus = Corpus.open(tmp_path / "corpus.duckdb")
    for n, stance in enumerate(("plans", "denies", "hedges", "attributes", "asserts")):
        corpus.add(file_of(article(f"a{n}", S(f"Kabar nomor {n}.", claims=((GIVEN, stance, None),)))))
        row = claims.matrix(corpus, Filters()).iloc[0]
        assert (row["status"], row["articles"], row[stance]) == (stance, n + 1, 1)
    corpus.close()


def test_evidence_of_a_claim(corpus):
    frame = claims.evidence(corpus, Filters(), GIVEN)
    assert rows(frame, "outlet", "text", "stance") == [
        ("harian-a", "Putin memberi Kim sebuah mobil.", "asserts"),
        ("harian-b", "Kim menerima mobil dari Putin.", "hedges"),
    ]
    assert len(claims.evidence(corpus, Filters(), GIVEN, outlet="harian-b")) == 1


def test_omissions_list_the_articles_and_what_they_do_state(corpus):
    frame = claims.omissions(corpus, Filters(), MADE)
    assert rows(frame, "document_id", "words", "states") == [("doc-kabar", 19, GIVEN)]
    assert len(claims.omissions(corpus, Filters(), MADE, outlet="harian-a")) == 0


def test_the_timeline_counts_by_day(corpus):
    frame = claims.timeline(corpus, Filters())
    assert set(rows(frame, "period", "claim_id", "articles", "outlets")) == {
        (pd.Timestamp(2024, 2, 20), GIVEN, 1, 1),
        (pd.Timestamp(2024, 2, 20), MADE, 1, 1),
        (pd.Timestamp(2024, 2, 21), GIVEN, 1, 1),
    }
    assert frame["period"].is_monotonic_increasing


def test_speakers_are_those_to_whom_claims_are_attributed(corpus):
    frame = claims.speakers(corpus, Filters())
    assert rows(frame, "claim_id", "speaker", "stance", "articles") == [(MADE, "KCNA", "attributes", 1)]


def test_no_hits_give_empty_tables(corpus):
    nothing = Filters(words="tiada")
    for table in (claims.matrix, claims.timeline, claims.speakers):
        assert list(table(corpus, nothing).columns) == list(table(corpus, Filters()).columns)
        assert len(table(corpus, nothing)) == 0


def test_the_matrix_and_its_omissions_may_be_of_one_event(corpus):
    event = events.events(corpus, Filters()).iloc[0]["event_id"]
    whole, one = claims.matrix(corpus, Filters()), claims.matrix(corpus, Filters(), event=event)
    assert rows(one, "claim_id", "outlet", "status") == rows(whole, "claim_id", "outlet", "status")
    assert one["about"].all()
    assert len(claims.matrix(corpus, Filters(), event="tiada")) == 0
    assert len(claims.omissions(corpus, Filters(), MADE, event=event)) == 1
    assert len(claims.omissions(corpus, Filters(), MADE, event="tiada")) == 0
    assert len(claims.evidence(corpus, Filters(), GIVEN, event=event)) == 2
    assert len(claims.evidence(corpus, Filters(), GIVEN, event="tiada")) == 0


def test_how_long_the_longest_article_is_stands_with_what_it_omits(corpus):
    frame = claims.matrix(corpus, Filters()).set_index(["claim_id", "outlet"])
    assert frame.loc[(MADE, "harian-b"), "longest_words"] == 19
    assert frame.loc[(MADE, "harian-c"), "longest_words"] == 0
