"""The optional stronger tone model: what is in its way, how it rates, and that nothing is lost without it.

A stand-in takes the place of the transformers library, so that all but the library is tested without it; the last tests
make a tiny real model and run where the library is installed.
"""

import json
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from core.doctor import examine
from core.settings import Settings
from core.tag import annotate, stronger, tagger_version, tone
from core.tag.stronger import State, Stronger
from core.tag.transformer import PACKAGES, load_engine
from tests.tag.readings import document_of
from training.calibrate_tone import fit_temperature, measured

NAMED = {"0": "positive", "1": "neutral", "2": "negative"}
GOOD, BAD = "bagus", "buruk"


class StandIn:
    """Log odds from two words; outputs in the order positive, neutral, negative."""

    hidden = "___"

    def logits(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = [(4.0 * (GOOD in text), 1.0, 4.0 * (BAD in text)) for text in texts]
        return np.array(rows, np.float32)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that looks like a model, with the stand-in behind it."""
    made = tmp_path / "model"
    made.mkdir()
    (made / "config.json").write_text(json.dumps({"id2label": NAMED}))
    (made / "model.safetensors").write_bytes(b"weights")
    monkeypatch.setenv("TELAAH_TONE_MODEL_FOLDER", str(made))
    monkeypatch.setattr(stronger, "PACKAGES", ())
    monkeypatch.setattr(stronger, "load_engine", lambda _: StandIn())
    monkeypatch.setattr(stronger, "_broken", {})
    return made


def test_without_the_setting_the_shipped_model_rates(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TELAAH_TONE_MODEL_FOLDER", raising=False)
    assert stronger.state() == State(reason="unset")
    assert stronger.version() == ""
    assert stronger.explain("Pelayanan itu buruk.") == tone.explain("Pelayanan itu buruk.")


def test_a_whole_folder_is_ready(folder: Path) -> None:
    found = stronger.state()
    assert (found.reason, found.order, found.temperature, found.measured) == ("ready", (2, 1, 0), None, ())
    assert tagger_version().endswith(f"+{found.version}")


def without(name: str) -> Callable[[Path], None]:
    return lambda made: (made / name).unlink()


def written(name: str, content: str) -> Callable[[Path], None]:
    return lambda made: (made / name).write_text(content) and None


def only_a_pickle(made: Path) -> None:
    (made / "model.safetensors").rename(made / "pytorch_model.bin")


@pytest.mark.parametrize(
    ("spoil", "reason", "detail"),
    [
        (without("config.json"), "no_config", "config.json"),
        (without("model.safetensors"), "no_weights", ""),
        (only_a_pickle, "pickle", "pytorch_model.bin"),
        (written("config.json", "{"), "labels", "id2label"),
        (written("config.json", '{"id2label": {"0": "LABEL_0", "1": "LABEL_1", "2": "LABEL_2"}}'), "labels",
         "LABEL_0, LABEL_1, LABEL_2"),
        (written("config.json", '{"id2label": {"0": "negative", "1": "positive"}}'), "labels", "negative, positive"),
        (written("telaah.json", "{}"), "calibration", "telaah.json"),
        (written("telaah.json", '{"temperature": 0}'), "calibration", "telaah.json"),
    ],
)  # fmt: skip
def test_what_is_in_the_way_is_told(folder: Path, spoil: Callable[[Path], None], reason: str, detail: str) -> None:
    spoil(folder)
    found = stronger.state()
    assert (found.reason, found.detail) == (reason, detail)
    assert stronger.version() == ""
    report = examine(Settings(data_folder=folder.parent / "data"))
    assert not report.healthy
    (line,) = [line for line in report.lines if line.startswith("tone: the shipped model, because")]
    assert str(folder) in line
    assert detail in line


def test_a_missing_folder_and_missing_packages_are_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stronger, "PACKAGES", ("json", "no_such_package_of_ours"))
    stronger._examined.cache_clear()
    assert (stronger.state().reason, stronger.state().detail) == ("packages", "no_such_package_of_ours")
    stronger._examined.cache_clear()
    monkeypatch.setenv("TELAAH_TONE_MODEL_FOLDER", str(folder / "none"))
    assert stronger.state().reason == "no_folder"


@pytest.mark.parametrize(
    ("named", "labels", "order"),
    [
        (["negative", "neutral", "positive"], "", (0, 1, 2)),
        (["Positif", "NETRAL", "negatif"], "", (2, 1, 0)),
        (["neu", "neg", "pos"], "", (1, 0, 2)),
        (["LABEL_0", "LABEL_1", "LABEL_2"], "positive, neutral, negative", (2, 1, 0)),
        (["negative", "neutral", "positive"], "positive,neutral,negative", (2, 1, 0)),
    ],
)
def test_outputs_are_told_by_name_or_by_the_setting(
    folder: Path, monkeypatch: pytest.MonkeyPatch, named: list[str], labels: str, order: tuple[int, int, int]
) -> None:
    (folder / "config.json").write_text(json.dumps({"id2label": dict(enumerate(named))}))
    monkeypatch.setenv("TELAAH_TONE_MODEL_LABELS", labels)
    assert stronger.state().order == order


def test_another_model_is_another_version(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = {tagger_version()}
    (folder / "model.safetensors").write_bytes(b"other weights")
    seen.add(tagger_version())
    (folder / "telaah.json").write_text('{"temperature": 1.5}')
    seen.add(tagger_version())
    monkeypatch.setenv("TELAAH_TONE_MODEL_LABELS", "negative,neutral,positive")
    seen.add(tagger_version())
    (folder / "README.md").write_text("Said of the model, not read by it.")
    seen.add(tagger_version())
    assert len(seen) == 4


def test_it_rates_in_place_of_the_shipped_model(folder: Path) -> None:
    tags = annotate(document_of("Jalan desa itu buruk. Panitia memuji hasil yang bagus. 12.500"))
    labels = [sentence.tone.label for sentence in tags.sentences]
    assert labels[:2] == ["negative", "positive"]
    chances = np.exp([4.0, 1.0, 0.0])
    assert tags.sentences[0].tone.score == pytest.approx(-(chances[0] - chances[2]) / chances.sum(), abs=1e-4)
    assert tags.tagger_version.endswith(stronger.state().version)


def test_what_is_not_rated_stays_so(folder: Path) -> None:
    tags = annotate(document_of("The food in the village was bagus, and they said that it was the best of the year."))
    assert [sentence.tone.score for sentence in tags.sentences] == [0.0]


def test_the_temperature_makes_chances_milder(folder: Path) -> None:
    sharp = stronger.explain("Hasilnya bagus.").probabilities
    (folder / "telaah.json").write_text('{"temperature": 2, "measured": {"sentences": 200, "macro_f1": 0.8}}')
    assert stronger.explain("Hasilnya bagus.").probabilities[2] < sharp[2]
    assert stronger.state().measured == (("sentences", 200.0), ("macro_f1", 0.8))


def test_words_that_move_it_are_named(folder: Path) -> None:
    told = stronger.explain("Jalan itu buruk sekali.")
    assert [(mover.text, mover.weight, mover.rule) for mover in told.movers] == [("buruk", -4.0, "word")]
    assert told.movers[0].span.of("Jalan itu buruk sekali.") == "buruk"
    assert (told.label, sum(told.probabilities)) == ("negative", pytest.approx(1))


class Failing(StandIn):
    def logits(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if len(texts) > 1 or BAD in texts[0]:
            raise MemoryError("no room\nfor more")
        return super().logits(texts)


class TwoOutputs(StandIn):
    def logits(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return super().logits(texts)[:, :2]


@pytest.mark.parametrize(("engine", "said"), [(Failing, "no room"), (TwoOutputs, "it has 2 outputs, not 3")])
def test_a_model_that_fails_leaves_the_rating_to_the_shipped_one(
    folder: Path, monkeypatch: pytest.MonkeyPatch, engine: type[StandIn], said: str
) -> None:
    monkeypatch.setattr(stronger, "load_engine", lambda _: engine())
    tags = annotate(document_of("Jalan desa itu buruk."))
    monkeypatch.delenv("TELAAH_TONE_MODEL_FOLDER")
    assert tags == annotate(document_of("Jalan desa itu buruk."))
    monkeypatch.setenv("TELAAH_TONE_MODEL_FOLDER", str(folder))
    assert (stronger.state().reason, stronger.state().detail) == ("broken", said)


def test_it_is_loaded_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loads: list[Path] = []
    monkeypatch.setattr(stronger, "load_engine", lambda path: loads.append(path) or StandIn())
    for _ in range(3):
        annotate(document_of("Jalan itu buruk."))
    assert loads == [folder]


def test_no_text_gives_no_row() -> None:
    assert Stronger(StandIn(), State(reason="ready")).chances([]).shape == (0, 3)


def test_the_temperature_that_was_put_in_is_found_again() -> None:
    drawn = np.random.default_rng(5)
    honest = drawn.normal(0, 1.5, (4000, 3)).astype(np.float32)
    chances = np.exp(honest) / np.exp(honest).sum(axis=1, keepdims=True)
    classes = np.array([drawn.choice(3, p=row / row.sum()) for row in chances.astype(float)], np.intp)
    loud = np.asarray(honest * 2.5, np.float32)
    temperature = fit_temperature(loud, classes)
    assert temperature == pytest.approx(2.5, abs=0.2)
    assert measured(loud, classes, temperature)["calibration_error"] < measured(loud, classes, 1.0)["calibration_error"]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real model of the library with random weights and a handful of words."""
    if any(find_spec(name) is None for name in PACKAGES):
        pytest.skip("requirements-transformers.txt is not installed")
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    made = tmp_path_factory.mktemp("tiny")
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "jalan", "itu", "buruk", "bagus", "."]
    (made / "vocab.txt").write_text("\n".join(words) + "\n")
    BertTokenizerFast(vocab_file=str(made / "vocab.txt"), vocab=str(made / "vocab.txt")).save_pretrained(made)
    config = BertConfig(
        vocab_size=len(words), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16,
        max_position_embeddings=24, id2label={0: "negatif", 1: "netral", 2: "positif"},
        label2id={"negatif": 0, "netral": 1, "positif": 2},
    )  # fmt: skip
    BertForSequenceClassification(config).save_pretrained(made, safe_serialization=True)
    return made


def test_a_real_model_rates_the_same_alone_and_in_company(tiny: Path) -> None:
    engine = load_engine(tiny)
    texts = ["Jalan itu buruk.", "Jalan itu bagus " * 30, "Itu."]
    together = engine.logits(texts)
    assert together.shape == (3, 3)
    assert engine.hidden == "[MASK]"
    for place, text in enumerate(texts):
        assert engine.logits([text])[0] == pytest.approx(together[place], abs=1e-4)


def test_a_real_model_goes_all_the_way(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELAAH_TONE_MODEL_FOLDER", str(tiny))
    tags = annotate(document_of("Jalan desa itu buruk. Panitia memuji hasil yang bagus."))
    assert stronger.state().reason == "ready"
    assert tags.tagger_version.endswith(stronger.state().version)
    told = stronger.explain("Jalan desa itu buruk.")
    assert tags.sentences[0].tone.score == pytest.approx(told.score, abs=1e-3)
    assert {mover.text for mover in told.movers} <= {"Jalan", "desa", "itu", "buruk"}


def test_a_real_model_that_was_never_trained_to_classify_is_refused(tiny: Path, tmp_path: Path) -> None:
    from transformers import AutoModel

    for file in tiny.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    AutoModel.from_pretrained(str(tiny)).save_pretrained(tmp_path)
    config = json.loads((tiny / "config.json").read_text())
    (tmp_path / "config.json").write_text(json.dumps(config))
    with pytest.raises(ValueError, match=r"classifier\.(weight|bias)"):
        load_engine(tmp_path)
