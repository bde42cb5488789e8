"""How sentences put an entity: stored, counted once a sentence, averaged over independent texts, opened as evidence."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from core.analyze import evidence, tone
from core.model import Favour, Filters, Tagged, Towards
from core.store import Corpus, Selection, records
from tests.store.making import S, article, result

EVERY = Filters()
BAD = Towards(label="unfavourable", score=-0.8, chance=0.85)
SOME = Towards(label="neutral", score=-0.2, chance=0.7)
GOOD = Towards(label="favourable", score=0.6, chance=0.7)


def put(tagged: Tagged, *towards: Towards | None) -> Tagged:
    """The article with the given stances on its mentions, in their order."""
    mentions = tuple(
        replace(mention, towards=each) for mention, each in zip(tagged.annotations.mentions, towards, strict=True)
    )
    return replace(tagged, annotations=replace(tagged.annotations, mentions=mentions))


ARTICLES = (
    put(article("satu", S("Kim memuji Putin dan Kim."), S("Putin tiba.")), SOME, GOOD, BAD, SOME),
    put(article("dua", S("Putin dikecam."), S("“Putin kejam,” kata Kim.", layer="quoted"), outlet="harian-b"),
        BAD, BAD, SOME),
    put(article("tiga", S("Moskow dipuji.", metonyms={"Moskow": "org:pemerintah-rusia"}), outlet="harian-b"), GOOD),
    put(article("judul", S("Putin kejam", zone="title"), S("Seoul diam."), outlet="harian-b"), BAD, None),
)  # fmt: skip


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    opened = Corpus.open(tmp_path_factory.mktemp("towards") / "corpus.duckdb")
    opened.add(result("file.jsonl", *ARTICLES))
    yield opened
    opened.close()


def found(frame: pd.DataFrame, entity: str, layer: str, outlet: str | None = None) -> pd.Series:
    chosen = frame[(frame["entity_id"] == entity) & (frame["layer"] == layer)]
    chosen = chosen[chosen["outlet"] == outlet] if outlet else chosen
    assert len(chosen) == 1
    return chosen.iloc[0]


def test_a_stance_comes_back_as_it_was(corpus: Corpus) -> None:
    for tagged in ARTICLES:
        stored = records.load(corpus, tagged.document.id)
        assert stored is not None
        assert stored.annotations.mentions == tagged.annotations.mentions


def test_a_sentence_counts_once_with_the_mean_of_its_mentions(corpus: Corpus) -> None:
    kim = found(tone.towards(corpus, EVERY), "per:kim-jong-un", "narrator")
    assert (kim["mean"], kim["sentences"], kim["unfavourable"]) == (pytest.approx((-0.2 - 0.8) / 2), 1, 1)


def test_each_text_weighs_the_same_and_layers_stay_apart(corpus: Corpus) -> None:
    frame = tone.towards(corpus, EVERY)
    putin = found(frame, "per:vladimir-putin", "narrator")
    assert putin["mean"] == pytest.approx(((0.6 - 0.2) / 2 - 0.8) / 2)  # the title is not counted
    assert list(putin[["unfavourable", "neutral", "favourable", "sentences", "articles", "independent"]]) == [
        1, 1, 1, 3, 2, 2,
    ]  # fmt: skip
    assert not putin["enough"]
    assert found(frame, "per:vladimir-putin", "quoted")["mean"] == pytest.approx(-0.8)


def test_a_metonym_counts_for_what_it_stands_for(corpus: Corpus) -> None:
    frame = tone.towards(corpus, EVERY, entity_ids=["org:pemerintah-rusia", "gpe:moskow"])
    assert found(frame, "org:pemerintah-rusia", "narrator")["favourable"] == 1
    assert found(frame, "gpe:moskow", "narrator")["favourable"] == 1


def test_outlets_stand_apart_and_what_has_no_stance_is_left_out(corpus: Corpus) -> None:
    frame = tone.towards(corpus, EVERY, by="outlet")
    assert found(frame, "per:vladimir-putin", "narrator", "harian-b")["mean"] == pytest.approx(-0.8)
    assert "gpe:seoul" not in set(frame["entity_id"])


@pytest.mark.parametrize(("favour", "sentences"), [("unfavourable", 2), ("favourable", 1), ("neutral", 1)])
def test_a_figure_opens_its_sentences(corpus: Corpus, favour: Favour, sentences: int) -> None:
    frame = evidence.sentences(corpus, EVERY, Selection(entity_id="per:vladimir-putin", favour=favour))
    assert len(frame) == sentences


def test_a_corpus_from_before_stances_is_opened_without_any(tmp_path: Path) -> None:
    path = tmp_path / "corpus.duckdb"
    Corpus.open(path).close()
    with duckdb.connect(str(path)) as old:
        for column in ("towards", "towards_score", "towards_chance"):
            old.execute(f"ALTER TABLE mentions DROP COLUMN {column}")
        old.execute("UPDATE meta SET number = 2 WHERE key = 'schema_version'")
    corpus = Corpus.open(path)
    corpus.add(result("file.jsonl", ARTICLES[0]))
    assert len(tone.towards(corpus, EVERY)) == 2
    corpus.close()


def test_shares_of_favours_add_up_and_open_their_sentences(corpus: Corpus) -> None:
    frame = tone.favours(corpus, EVERY)
    assert frame.groupby(["entity_id", "layer"])["share"].sum().tolist() == pytest.approx([1.0] * (len(frame) // 3))
    putin = frame[(frame["entity_id"] == "per:vladimir-putin") & (frame["layer"] == "narrator")]
    assert list(putin["favour"]) == ["unfavourable", "neutral", "favourable"]
    assert putin["sentences"].tolist() == [1, 1, 1]
    assert putin["of_sentences"].tolist() == [3] * 3
    for row in frame.itertuples():
        chosen = Selection(entity_id=row.entity_id, favour=row.favour, layer=row.layer)
        assert evidence.count(corpus, EVERY, chosen).sentences == row.sentences


def test_without_hits_there_are_no_favours(corpus: Corpus) -> None:
    assert len(tone.favours(corpus, Filters(words="tiada"))) == 0
