"""Every figure opens the sentences it counts."""

import pytest

from core.analyze import articles, claims, concordance, entities, evidence, outlets, overview, tone
from core.analyze.evidence import EvidenceCount, Selection
from core.model import Filters
from tests.store.making import GIVEN

EVERY = Filters()


def texts(corpus, selection, **page):
    return list(evidence.sentences(corpus, EVERY, selection, **page)["text"])


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        (Selection(), EvidenceCount(hits=17, sentences=17, articles=7, independent=6)),
        (Selection(entity_id="per:kim-jong-un"), EvidenceCount(hits=5, sentences=5, articles=4, independent=4)),
        (Selection(entity_id="gpe:korea-utara"), EvidenceCount(hits=1, sentences=1, articles=1, independent=1)),
        (
            Selection(entity_id="per:kim-jong-un", with_entity="per:vladimir-putin"),
            EvidenceCount(hits=2, sentences=2, articles=2, independent=2),
        ),
        (Selection(entity_id="gpe:moskow"), EvidenceCount(hits=1, sentences=1, articles=1, independent=1)),
        (Selection(refers_to="org:pemerintah-rusia"), EvidenceCount(hits=1, sentences=1, articles=1, independent=1)),
        (Selection(refers_to="gpe:moskow"), EvidenceCount(hits=0, sentences=0, articles=0, independent=0)),
        (Selection(outlet="unknown"), EvidenceCount(hits=2, sentences=2, articles=1, independent=1)),
        (Selection(period="2024-03"), EvidenceCount(hits=8, sentences=8, articles=3, independent=2)),
        (Selection(period="2024"), EvidenceCount(hits=14, sentences=14, articles=5, independent=4)),
        (Selection(period="2024-02-20"), EvidenceCount(hits=3, sentences=3, articles=1, independent=1)),
        (Selection(period="2024-W08"), EvidenceCount(hits=6, sentences=6, articles=2, independent=2)),
        (Selection(period="2024-W10"), EvidenceCount(hits=7, sentences=7, articles=2, independent=1)),
        (Selection(tone="negative"), EvidenceCount(hits=3, sentences=3, articles=2, independent=2)),
        (Selection(tone="negative", layer="quoted"), EvidenceCount(hits=1, sentences=1, articles=1, independent=1)),
        (Selection(claim_id=GIVEN), EvidenceCount(hits=2, sentences=2, articles=2, independent=2)),
        (
            Selection(claim_id=GIVEN, stance="hedges"),
            EvidenceCount(hits=1, sentences=1, articles=1, independent=1),
        ),
        (Selection(stance="attributes"), EvidenceCount(hits=1, sentences=1, articles=1, independent=1)),
        (Selection(source="KCNA"), EvidenceCount(hits=2, sentences=2, articles=2, independent=2)),
        (Selection(speaker="Kim Jong Un"), EvidenceCount(hits=1, sentences=1, articles=1, independent=1)),
        (Selection(words="hinaan"), EvidenceCount(hits=2, sentences=2, articles=1, independent=1)),
        (Selection(words="mobil OR hinaan"), EvidenceCount(hits=5, sentences=5, articles=2, independent=2)),
        (Selection(words="mobil -kim"), EvidenceCount(hits=0, sentences=0, articles=0, independent=0)),
        (Selection(document_id="doc-kabar"), EvidenceCount(hits=3, sentences=3, articles=1, independent=1)),
    ],
)
def test_a_selection_counts_its_sentences(corpus, selection, expected):
    assert evidence.count(corpus, EVERY, selection) == expected
    assert len(evidence.sentences(corpus, EVERY, selection, page_size=100)) == expected.sentences


def test_sentences_come_newest_first_and_undated_last(corpus):
    frame = evidence.sentences(corpus, EVERY, Selection(), page_size=100)
    assert list(dict.fromkeys(frame["document_id"])) == [
        "doc-bulan", "doc-salinan", "doc-panjang", "doc-kabar", "doc-hadiah", "doc-contoh", "doc-asing",
    ]  # fmt: skip
    assert list(frame.loc[frame["document_id"] == "doc-kabar", "sentence"]) == [0, 1, 2]


def test_pages_follow_each_other_without_gap_or_overlap(corpus):
    whole = texts(corpus, Selection(), page_size=100)
    pages = [texts(corpus, Selection(), page=page, page_size=5) for page in (1, 2, 3, 4, 5)]
    assert [text for page in pages for text in page] == whole
    assert pages[4] == []


def test_marks_stand_on_what_was_selected(corpus):
    row = evidence.sentences(corpus, EVERY, Selection(entity_id="per:vladimir-putin", words="mobil")).iloc[0]
    assert [row["text"][start:end] for start, end in row["marks"]] == ["mobil", "Putin"]


def test_offsets_are_those_of_the_article(corpus):
    for row in evidence.sentences(corpus, EVERY, Selection(), page_size=100).to_dict("records"):
        document = articles.load(corpus, row["document_id"]).document
        assert document.text[row["start"] : row["end"]] == row["text"]


def test_filters_narrow_the_evidence(corpus):
    found = evidence.count(corpus, Filters(outlets=("harian-b",)), Selection(entity_id="per:kim-jong-un"))
    assert (found.hits, found.articles) == (1, 1)


def test_a_copied_sentence_counts_once_without_copies(corpus):
    assert evidence.count(corpus, Filters(copies=False), Selection(words="bendera")).sentences == 1
    assert evidence.count(corpus, EVERY, Selection(words="bendera")).sentences == 2


def test_the_ranking_opens_its_mentions(corpus):
    for row in entities.ranking(corpus, EVERY).to_dict("records"):
        found = evidence.count(corpus, EVERY, Selection(entity_id=row["entity_id"]))
        assert (found.hits, found.articles, found.independent) == (row["mentions"], row["articles"], row["independent"])


def test_sources_and_speakers_open_their_citations_and_quotes(corpus):
    for row in outlets.sources_cited(corpus, EVERY).to_dict("records"):
        selection = Selection(outlet=row["outlet"], source=row["source"])
        assert evidence.count(corpus, EVERY, selection).hits == row["citations"]
    for row in outlets.speakers(corpus, EVERY).dropna(subset="speaker").to_dict("records"):
        selection = Selection(outlet=row["outlet"], speaker=row["speaker"])
        assert evidence.count(corpus, EVERY, selection).hits == row["quotes"]


def test_the_matrix_opens_its_cells(corpus):
    for row in claims.matrix(corpus, EVERY).to_dict("records"):
        selection = Selection(claim_id=row["claim_id"], outlet=row["outlet"])
        found = evidence.count(corpus, EVERY, selection)
        assert (found.articles, found.independent) == (row["articles"], row["independent"])


@pytest.mark.parametrize(("unit", "form"), [("day", "%Y-%m-%d"), ("week", "%G-W%V"), ("month", "%Y-%m")])
def test_the_timeline_opens_its_articles(corpus, unit, form):
    for row in overview.timeline(corpus, EVERY, unit).to_dict("records"):
        selection = Selection(period=row["period"].strftime(form), outlet=row["outlet"])
        listed = articles.list_articles(corpus, EVERY, selection)
        assert len(listed) == articles.count(corpus, EVERY, selection) == row["articles"]


def test_the_distribution_of_tone_opens_its_sentences(corpus):
    for row in tone.distribution(corpus, EVERY, by="outlet").to_dict("records"):
        selection = Selection(outlet=row["outlet"], layer=row["layer"], tone=row["tone"])
        assert evidence.count(corpus, EVERY, selection).sentences == row["sentences"]


def test_the_concordance_shows_each_hit_in_its_context(corpus):
    frame = concordance.kwic(corpus, EVERY, words="mobil")
    assert list(frame[["document_id", "left", "hit"]].itertuples(index=False, name=None)) == [
        ("doc-kabar", "Kim menerima ", "mobil"),
        ("doc-hadiah", "Putin memberi Kim sebuah ", "mobil"),
        ("doc-hadiah", "Putin memberi Kim sebuah mobil. Kim berkata “", "mobil"),
    ]
    assert frame["right"].iloc[1].startswith(". Kim berkata “mobil ini bagus” kepada")
    assert concordance.count(corpus, EVERY, words="mobil") == 3


def test_the_concordance_of_an_entity_has_all_its_names(corpus):
    frame = concordance.kwic(corpus, EVERY, entity_id="org:pemerintah-rusia")
    assert list(frame["hit"]) == ["Moskow"]
    assert concordance.count(corpus, EVERY, entity_id="per:vladimir-putin") == 4


def test_the_pages_of_the_concordance_follow_each_other(corpus):
    whole = concordance.kwic(corpus, EVERY, words="yang OR kim OR dan", page_size=100)
    pages = [
        concordance.kwic(corpus, EVERY, words="yang OR kim OR dan", page=page, page_size=3) for page in range(1, 9)
    ]
    together = [key for page in pages for key in zip(page["document_id"], page["start"], strict=True)]
    assert together == list(zip(whole["document_id"], whole["start"], strict=True))
    assert len(whole) == concordance.count(corpus, EVERY, words="yang OR kim OR dan")


def test_hits_of_the_concordance_slice_to_their_text(corpus):
    for row in concordance.kwic(corpus, EVERY, words="putin OR kim").to_dict("records"):
        text = articles.load(corpus, row["document_id"]).document.text
        assert text[row["start"] : row["end"]] == row["hit"]
