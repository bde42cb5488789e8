import pandas as pd
import pytest

from core.analyze import claims
from core.analyze.matters import Matters
from core.model import Filters
from core.store import Corpus
from tests.store.making import GIVEN, MADE, S, article, file_of

GROUPS = {"gift_a": "gift", "gift_b": "gift", "gift_c": "gift", "ban": "sanctions", "vote": "sanctions"}


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


@pytest.mark.parametrize(
    ("texts", "claim", "stated", "covering"),
    [
        ([{"gift_a"}], "gift_a", {1: {"gift_a"}}, {1}),
        # of the same group and once seen together
        ([{"gift_a", "gift_b"}], "gift_b", {1: {"gift_a"}, 2: {"gift_b"}, 3: {"vote"}}, {1, 2}),
        # of the same group and never seen together: another happening
        ([{"gift_a"}, {"gift_c"}], "gift_c", {1: {"gift_a"}}, set()),
        # of another group: usual company, at least a quarter of the texts and two
        ([{"gift_a", "ban"}, {"gift_a", "ban"}, {"gift_a"}], "ban", {1: {"gift_a"}}, {1}),
        ([{"gift_a", "ban"}, {"gift_a"}], "ban", {1: {"gift_a"}}, set()),  # one text is no usage
        ([{"gift_a", "ban"}] * 2 + [{"gift_a"}] * 7, "ban", {1: {"gift_a"}}, set()),  # two of nine are few
        # the company need not be mutual: texts on the ban always speak of the gift
        ([{"gift_a", "ban"}] * 2 + [{"gift_a"}] * 7, "gift_a", {1: {"ban"}}, {1}),
        ([{"gift_a"}], "vote", {1: {"gift_a"}}, set()),  # nobody states it
    ],
)
def test_what_covers_the_matter_of_a_claim(texts, claim, stated, covering):
    assert Matters(texts, GROUPS).covering(claim, stated) == covering
