"""Files of ours that are broken or poisoned: told in a sentence, or quietly made anew; nothing in them runs."""

import io
import pickle
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core import resources
from core.analyze import articles, concordance, overview
from core.briefing import Briefing, drafts, records
from core.errors import BriefingError, CorpusDamagedError, CorrectionError, ResourceError, TelaahError
from core.model import Filters
from core.pipeline import process, sample_files
from core.settings import PROJECT, Settings
from core.store import Corpus, correction_files, wordindex
from core.tag.stored import read_model
from tests.briefing.examples import briefing, figure
from tests.hostile.limits import held
from tests.hostile.rows import Row, name_of, rows

ROWS = rows("corpora")
CHANGED_BYTES = 40


def of(kind: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("row", [row for row in ROWS if row["of"] == kind], ids=name_of)


def spoilt(row: Row, sound: bytes = b"") -> bytes:
    """What the row makes of a sound file."""
    if "content" in row:
        return str(row["content"]).encode() * (200 if row["of"] == "corpus" else 1)
    if "hex" in row:
        return bytes.fromhex(row["hex"])
    if "nest" in row:
        return b"[" * int(row["nest"])
    if row.get("zeros"):
        return bytes(len(sound))
    data = bytearray(sound[: int(row.get("keep", len(sound) * row.get("share", 1.0)))])
    for start in range(row.get("flip", len(data)), len(data), row.get("every", len(data))):
        for place in range(start, min(start + CHANGED_BYTES, len(data))):
            data[place] ^= 0x5A
    return bytes(data)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a sound corpus and a word index that is up to it."""
    folder = tmp_path_factory.mktemp("sound")
    corpus = Corpus.open(folder / "corpus.duckdb")
    for name in sample_files()[:4]:
        data = (PROJECT / "seeds" / name).read_bytes()
        corpus.add(process(name, data, origin="sample", settings=Settings(data_folder=folder, workers=0)))
    fewest, wordindex.FEWEST = wordindex.FEWEST, 1
    try:
        assert wordindex.bring_up(corpus)
    finally:
        wordindex.FEWEST = fewest
        corpus.close()
    return folder


@pytest.fixture
def folder(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "data"))


def asked(path: Path) -> int:
    """Open a corpus and ask what the screens ask first; how many sentences have a word."""
    corpus = Corpus.open(path)
    try:
        overview.summary(corpus, Filters())
        articles.list_articles(corpus, Filters())
        with corpus.writing("Nothing was written") as cursor:
            cursor.execute("DELETE FROM main.refusals")
        return int(concordance.by_outlet(corpus, Filters(), words="Rusia")["hits"].sum())
    finally:
        corpus.close()


def test_the_sound_corpus_answers(folder: Path) -> None:
    assert asked(folder / "corpus.duckdb") > 0


@of("corpus")
def test_a_broken_corpus_is_told_with_how_to_restore(row: Row, folder: Path) -> None:
    path = folder / "corpus.duckdb"
    path.write_bytes(spoilt(row, path.read_bytes()))
    with held(10, 400), pytest.raises(CorpusDamagedError, match="restore"):
        asked(path)


@of("words")
def test_a_broken_word_index_is_made_anew(row: Row, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wordindex, "FEWEST", 1)
    expected = asked(folder / "corpus.duckdb")
    words = folder / "corpus.duckdb.words"
    words.write_bytes(spoilt(row, words.read_bytes()))
    assert asked(folder / "corpus.duckdb") == expected
    corpus = Corpus.open(folder / "corpus.duckdb")
    try:
        assert wordindex.bring_up(corpus)
        assert wordindex.is_fresh(corpus)
    finally:
        corpus.close()


class Trap:
    """What would leave a file behind if it were unpickled."""

    def __init__(self, place: Path) -> None:
        self._place = place

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (self._place,)


def poisoned(kind: str, sprung: Path) -> bytes:
    if kind == "pickle":
        return pickle.dumps(Trap(sprung))
    target = io.BytesIO()
    if kind == "terabytes":
        return _huge()
    np.savez(target, a=np.array([Trap(sprung)], dtype=object))
    return target.getvalue()


def _huge() -> bytes:
    header = b"{'descr': '<f8', 'fortran_order': False, 'shape': (999999999999,), }"
    header += b" " * (-(len(header) + 11) % 64) + b"\n"
    array = b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("a.npy", array)
    return target.getvalue()


@of("model")
def test_a_poisoned_model_is_told_and_never_unpickled(
    row: Row, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sprung = tmp_path / "sprung"
    sound = io.BytesIO()
    np.savez(sound, a=np.arange(1000.0))
    made = poisoned(row["made"], sprung) if "made" in row else spoilt(row, sound.getvalue())
    (tmp_path / "model.npz").write_bytes(made)
    monkeypatch.setattr(resources, "FOLDER", tmp_path)
    with held(5, 200), pytest.raises(ResourceError, match="restore it from the repository"):
        read_model("model.npz", dict)
    assert not sprung.exists()


@of("rules")
def test_broken_rules_are_told(row: Row, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "rules.yaml").write_bytes(spoilt(row))
    monkeypatch.setattr(resources, "FOLDER", tmp_path)
    resources.load_yaml.cache_clear()
    try:
        with pytest.raises(ResourceError, match=r"rules\.yaml"):
            resources.load_yaml("rules.yaml")
    finally:
        resources.load_yaml.cache_clear()


@of("draft")
def test_a_broken_draft_is_told_and_leaves_the_others(row: Row, tmp_path: Path) -> None:
    sound, broken = drafts.new_id(), drafts.new_id()
    drafts.save(tmp_path, sound, Briefing(title="Utuh", summary="", language="id"))
    (tmp_path / f"{broken}.json").write_bytes(spoilt(row))
    with pytest.raises(BriefingError, match="briefing"):
        drafts.load(tmp_path, broken)
    assert [draft.id for draft in drafts.drafts(tmp_path)] == [sound]


@of("chart")
def test_a_chart_that_does_more_than_draw_is_not_taken(row: Row) -> None:
    with held(2, 100), pytest.raises(BriefingError):
        records.from_json(records.to_json(briefing(figure(chart=row["chart"]))), "a.html")


@of("corrections")
def test_broken_corrections_are_told(row: Row) -> None:
    for name in ("a.jsonl", "a.csv"):
        try:
            assert correction_files.from_file(spoilt(row), name) == []
        except CorrectionError as error:
            assert name in str(error)  # noqa: PT017  a table of no rows is empty and not broken


@pytest.fixture(scope="module")
def sound_corpus(whole: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    place = Path(shutil.copytree(whole, tmp_path_factory.mktemp("asked") / "data"))
    corpus = Corpus.open(place / "corpus.duckdb")
    yield corpus
    corpus.close()


@pytest.mark.parametrize("row", rows("searches"), ids=name_of)
def test_no_search_takes_for_ever(row: Row, sound_corpus: Corpus) -> None:
    words = row["search"] + row.get("piece", "") * row.get("times", 0) + row.get("after", "")
    before = sound_corpus.article_count()
    with held(10, 400):
        try:
            concordance.by_outlet(sound_corpus, Filters(), words=words)
            concordance.unreadable(words)
            overview.summary(sound_corpus, Filters(words=words))
        except TelaahError as error:
            assert str(error).endswith(".")  # noqa: PT017  a plain sentence is as good as an answer
    assert sound_corpus.article_count() == before
