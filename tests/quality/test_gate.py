"""The ratchet on a folder of its own: floors rise by the figures, and fall for a written reason alone."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.quality import gate
from tests.quality.gate import FLOORS, GATES, LOWERED, MARGIN, Gate, GateError, Ratchet, main, table


class Place:
    """Floors and data in a temporary folder, with figures set by hand."""

    def __init__(self, folder: Path) -> None:
        self.floors, self.data = folder / "floors", folder / "data"
        self.floors.mkdir()
        self.data.mkdir()
        (self.data / "texts.txt").write_text("satu dua tiga", encoding="utf-8")
        self.figures: dict[str, object] = {"f1": 0.9, "error": 0.1}
        self.gates: Mapping[str, Gate] = {"word": Gate(lambda data: self.figures, None, frozenset({"error"}))}
        digest = hashlib.sha256(b"satu dua tiga").hexdigest()
        self.write({"sha256": {"texts.txt": digest}, "note": "by hand", "f1": 0.8, "error": 0.15})

    def write(self, stored: dict[str, Any]) -> None:
        (self.floors / "word.json").write_text(json.dumps(stored), encoding="utf-8")

    @property
    def stored(self) -> dict[str, Any]:
        return json.loads((self.floors / "word.json").read_text(encoding="utf-8"))

    @property
    def ratchet(self) -> Ratchet:
        return Ratchet(self.gates, self.floors, self.data)

    def run(self, *arguments: str) -> int:
        return main([*arguments, "--data", str(self.data)], self.gates, self.floors)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def test_the_table_names_metric_floor_and_figure(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    before = place.stored
    assert place.run() == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert lines == [
        ["metric", "floor", "now"],
        ["word.f1", "0.8000", "0.9000"],
        ["word.error", "<=", "0.1500", "0.1000"],
    ]
    assert place.stored == before


@pytest.mark.parametrize(("metric", "value"), [("f1", 0.7999), ("error", 0.1501)])
def test_a_fallen_figure_fails(place: Place, capsys: pytest.CaptureFixture[str], metric: str, value: float) -> None:
    place.figures[metric] = value
    assert place.run("word") == 1
    fallen = [line.split()[0] for line in capsys.readouterr().out.splitlines() if "FELL" in line]
    assert fallen == [f"word.{metric}"]


def test_a_figure_that_stands_on_its_floor_holds(place: Place) -> None:
    place.figures |= {"f1": 0.8, "error": 0.15}
    assert place.run() == 0


def test_raising_lifts_to_the_figure_less_the_margin(place: Place) -> None:
    assert place.run("--raise") == 0
    assert place.stored["f1"] == pytest.approx(0.9 - MARGIN)
    assert place.stored["error"] == pytest.approx(0.1 + MARGIN)
    assert place.stored["note"] == "by hand"
    assert place.stored["sha256"]


@pytest.mark.parametrize("figures", [{"f1": 0.5, "error": 0.4}, {"f1": 0.801, "error": 0.149}])
def test_raising_never_lowers(place: Place, figures: dict[str, object]) -> None:
    place.figures |= figures  # below the floors, and above them by less than the margin
    place.run("--raise")
    assert (place.stored["f1"], place.stored["error"]) == (0.8, 0.15)


def test_raising_gives_a_new_figure_its_floor(place: Place) -> None:
    place.figures["recall"] = 0.75
    place.run("--raise")
    assert place.stored["recall"] == pytest.approx(0.75 - MARGIN)


def test_lowering_writes_floor_and_reason(place: Place) -> None:
    place.figures["f1"] = 0.7
    assert place.run("--lower", "word.f1", "--reason", "the annotation was mended") == 0
    assert place.stored["f1"] == pytest.approx(0.7 - MARGIN)
    assert place.stored["error"] == 0.15
    (entry,) = json.loads((place.floors / LOWERED).read_text(encoding="utf-8"))
    assert entry["floor"] == "word.f1"
    assert (entry["from"], entry["to"]) == (0.8, place.stored["f1"])
    assert entry["reason"] == "the annotation was mended"


def test_reasons_are_kept_one_after_the_other(place: Place) -> None:
    for figure, reason in ((0.7, "first"), (0.6, "second")):
        place.figures["f1"] = figure
        place.run("--lower", "word.f1", "--reason", reason)
    entries = json.loads((place.floors / LOWERED).read_text(encoding="utf-8"))
    assert [entry["reason"] for entry in entries] == ["first", "second"]


@pytest.mark.parametrize(
    ("target", "figure", "reason", "says"),
    [
        ("word.f1", 0.7, "", "--reason"),
        ("word.f1", 0.7, "  ", "--reason"),
        ("word.f1", 0.9, "why not", "nothing to lower"),
        ("word.other", 0.7, "why not", "has no floor"),
        ("word", 0.7, "why not", "has no floor"),
        ("other.f1", 0.7, "why not", "no gate"),
    ],
)
def test_what_is_not_lowered(place: Place, target: str, figure: float, reason: str, says: str) -> None:
    place.figures["f1"] = figure
    before = place.stored
    with pytest.raises(GateError, match=says):
        place.ratchet.lower(target, reason)
    assert place.stored == before
    assert not (place.floors / LOWERED).exists()


@pytest.mark.parametrize("way", [(), ("--raise",), ("--lower", "word.f1", "--reason", "why not")])
def test_other_data_is_refused(place: Place, capsys: pytest.CaptureFixture[str], way: tuple[str, ...]) -> None:
    (place.data / "texts.txt").write_text("satu dua tiga empat", encoding="utf-8")
    before = place.stored
    assert place.run(*way) == 2
    assert "texts.txt is not the data" in capsys.readouterr().err
    assert place.stored == before


def test_missing_data_and_missing_checksums_are_refused(place: Place) -> None:
    stored = place.stored
    place.write({**stored, "sha256": {}})
    with pytest.raises(GateError, match="name no data"):
        place.ratchet.readings("word")
    place.write(stored)
    (place.data / "texts.txt").unlink()
    with pytest.raises(GateError, match="is not there"):
        place.ratchet.readings("word")


def test_a_floor_without_its_figure_is_told(place: Place) -> None:
    del place.figures["error"]
    with pytest.raises(GateError, match="error has a floor"):
        place.ratchet.readings("word")


def test_checksums_under_other_keys_are_read_by_the_registry(place: Place) -> None:
    stored = place.stored
    place.write({"texts_sha256": stored["sha256"]["texts.txt"], "f1": 0.8, "error": 0.15})
    place.figures["texts_sha256"] = "a figure that is no number"
    place.gates = {"word": Gate(lambda data: place.figures, {"texts_sha256": "texts.txt"}, frozenset({"error"}))}
    assert place.run("--raise") == 0
    place.write(place.stored | {"texts_sha256": "0" * 64})
    assert place.run() == 2


def test_a_figure_without_a_floor_is_shown_as_such(place: Place) -> None:
    place.figures["recall"] = 0.75
    assert table(place.ratchet.readings("word")).splitlines()[-1].split() == ["word.recall", "-", "0.7500"]


# ---------------------------------------------------------------- the committed floors


def test_every_floors_file_has_its_gate() -> None:
    assert {path.stem for path in FLOORS.glob("*.json")} - {Path(LOWERED).stem} == GATES.keys()


@pytest.mark.parametrize("name", sorted(GATES))
def test_the_registry_fits_the_floors_file(name: str) -> None:
    stored = json.loads((FLOORS / f"{name}.json").read_text(encoding="utf-8"))
    keys = {"sha256"} if GATES[name].checksums is None else GATES[name].checksums.keys()
    assert keys <= stored.keys()
    assert GATES[name].falling <= stored.keys()


def floors_in_docs() -> dict[str, float]:
    """The third column of the table, by the name in the first."""
    lines = (gate.PROJECT / "docs" / "quality.md").read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.split("|")] for line in lines if line.startswith("| `")]
    return {row[1].strip("`"): float(row[3].split()[0]) for row in rows}


def test_every_metric_stands_in_the_docs_with_a_floor_that_holds() -> None:
    shown = floors_in_docs()
    committed = {
        f"{name}.{metric}": (value, metric in found.falling)
        for name, found in GATES.items()
        for metric, value in json.loads((FLOORS / f"{name}.json").read_text(encoding="utf-8")).items()
        if isinstance(value, int | float)
    }
    assert shown.keys() == committed.keys()
    boasts = [name for name, (floor, falls) in committed.items() if (shown[name] - floor) * (-1 if falls else 1) > 0]
    assert boasts == []
