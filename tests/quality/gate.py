"""The ratchet: measures everything that has a floor and lets floors rise, or fall for a written reason alone.

Usage: python tests/quality/gate.py [NAME ...]               a table of metric, floor and figure; 1 when one fell
       python tests/quality/gate.py [NAME ...] --raise       lifts floors to the figure less MARGIN; lowers none
       python tests/quality/gate.py --lower NAME.METRIC --reason "..."
                                                             the only way down; the reason goes to floors/lowered.json
       --data FOLDER                                         the measuring data, else ../shared/data
Nothing is measured or written where the data is not the data whose checksum the floors file holds: 2.
"""

import argparse
import hashlib
import json
import math
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT))

from core.errors import TelaahError  # noqa: E402

FLOORS = Path(__file__).parent / "floors"
DATA = PROJECT.parent / "shared" / "data"
LOWERED = "lowered.json"
MARGIN = 0.002  # kept below the figure when a floor is lifted, so that one odd article is no failure
DIGITS = 4
Figures = dict[str, float]


class GateError(Exception):
    """A figure cannot be compared or a floor cannot be moved; the message says why and what to do."""


@dataclass(frozen=True)
class Gate:
    """One group of figures: measure takes the data folder.

    checksums gives, by its key in the floors file, the file whose sha256 stands there; a floors file with a table
    `sha256` of path and digest needs none. falling are the metrics of which less is better.
    """

    measure: Callable[[Path], Mapping[str, object]]
    checksums: Mapping[str, str] | None = None
    falling: frozenset[str] = frozenset()


def _late(module: str) -> Callable[[Path], Mapping[str, object]]:
    """The module's `measure`, imported when it is called."""
    return lambda data: import_module(f"tests.quality.measure_{module}").measure(data)  # type: ignore[no-any-return]


def _claims(data: Path) -> Figures:
    claims = import_module("tests.quality.measure_claims")
    sample = claims.figures("sample", claims.compare(claims.sample_claims()))
    originals = claims.figures("originals", claims.compare(claims.original_claims(data / "seeds")))
    return {**sample, **originals}


def _idner2k(data: Path) -> Figures:
    found: Figures = import_module("tests.quality.measure_idner2k").figures(data / "ner" / "idner2k" / "dev.txt")
    return found


GATES: dict[str, Gate] = {
    "normalize": Gate(_late("normalize")),
    "language": Gate(_late("language")),
    "duplicates": Gate(_late("duplicates")),
    "entities": Gate(_late("entities"), {"seeds_sha256": "seeds/gold.json", "articles_sha256": "articles/dev.jsonl"}),
    "idner2k": Gate(_idner2k, {"dev_sha256": "ner/idner2k/dev.txt"}),
    "speech": Gate(_late("speech"), {"dev_sha256": "articles/dev.jsonl", "seeds_sha256": "seeds/gold.json"}),
    "claims": Gate(_claims, {"gold_sha256": str(Path(__file__).with_name("claims_gold.yaml"))}),
    "tone": Gate(
        _late("tone"), {"sha256": "tone/dev.jsonl"}, frozenset({"calibration_error", "towards_calibration_error"})
    ),
}


@dataclass(frozen=True)
class Reading:
    """A metric beside its floor; floor is None where there is none yet."""

    gate: str
    metric: str
    floor: float | None
    now: float
    falling: bool

    @property
    def held(self) -> bool:
        return self.floor is None or (self.now <= self.floor if self.falling else self.now >= self.floor)

    @property
    def with_margin(self) -> float:
        """The floor that the figure earns: MARGIN worse than it, rounded to the worse side."""
        scale = 10**DIGITS
        if self.falling:
            return math.ceil(round((self.now + MARGIN) * scale, 6)) / scale
        return max(0.0, math.floor(round((self.now - MARGIN) * scale, 6)) / scale)

    def better(self, floor: float) -> bool:
        """Whether a floor asks for more than the present one."""
        return self.floor is None or (floor < self.floor if self.falling else floor > self.floor)


class Ratchet:
    """The floors of a folder and the data they speak of."""

    def __init__(self, gates: Mapping[str, Gate], floors: Path = FLOORS, data: Path = DATA) -> None:
        self._gates, self._floors, self._data = gates, floors, data

    def readings(self, name: str) -> list[Reading]:
        """Every metric of a gate as measured now.

        Raises: GateError when the data is another one, or a floor has no figure any more.
        """
        gate = self._gate(name)
        stored = self._stored(name)
        self._check_data(name, gate, stored)
        figures = {
            metric: float(value) for metric, value in gate.measure(self._data).items() if isinstance(value, int | float)
        }
        floors = {metric: value for metric, value in stored.items() if isinstance(value, int | float)}
        if gone := sorted(floors.keys() - figures.keys()):
            raise GateError(f"{name}: {', '.join(gone)} has a floor but is not measured any more: measure it again.")
        return [
            Reading(name, metric, floors.get(metric), value, metric in gate.falling)
            for metric, value in figures.items()
        ]

    def lift(self, readings: Sequence[Reading]) -> list[Reading]:
        """Write the floors that rise; those which would fall stay. Returns what was moved."""
        moved = [reading for reading in readings if reading.better(reading.with_margin)]
        for name in dict.fromkeys(reading.gate for reading in moved):
            stored = self._stored(name)
            stored |= {reading.metric: reading.with_margin for reading in moved if reading.gate == name}
            self._write(name, stored)
        return moved

    def lower(self, target: str, reason: str) -> Reading:
        """Let one floor, `NAME.METRIC`, fall to the figure less the margin, with the reason on record.

        Raises: GateError without a reason, for an unknown metric, or when the figure holds the floor.
        """
        if not reason.strip():
            raise GateError("A floor falls for a reason alone: say it with --reason.")
        name, _, metric = target.partition(".")
        reading = next((one for one in self.readings(name) if one.metric == metric), None)
        if reading is None or reading.floor is None:
            raise GateError(f"{target} has no floor: give NAME.METRIC as the table prints it.")
        if reading.held:
            raise GateError(f"{target} holds its floor ({reading.now:.4f}, floor {reading.floor}): nothing to lower.")
        record = self._floors / LOWERED
        entries = json.loads(record.read_text(encoding="utf-8")) if record.exists() else []
        day = datetime.now(UTC).date().isoformat()
        entries.append(
            {"floor": target, "from": reading.floor, "to": reading.with_margin, "day": day, "reason": reason.strip()}
        )
        record.write_text(json.dumps(entries, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        self._write(name, self._stored(name) | {metric: reading.with_margin})
        return reading

    def _gate(self, name: str) -> Gate:
        if name not in self._gates:
            raise GateError(f"There is no gate {name}: there are {', '.join(self._gates)}.")
        return self._gates[name]

    def _check_data(self, name: str, gate: Gate, stored: Mapping[str, Any]) -> None:
        if gate.checksums is None:
            wanted = dict(stored.get("sha256", {}))
        else:
            wanted = {path: stored.get(key) for key, path in gate.checksums.items()}
        if not wanted:
            raise GateError(f"{name}: its floors name no data: write the checksums under sha256 first.")
        for path, digest in wanted.items():
            file = self._data / path  # an absolute path stays what it is
            if not file.is_file():
                raise GateError(f"{name}: {file} is not there: give the data's folder with --data.")
            if hashlib.sha256(file.read_bytes()).hexdigest() != digest:
                raise GateError(
                    f"{name}: {path} is not the data its floors speak of: figures of other data don't compare. "
                    "Bring that data back, or commit new checksums and floors together and say so."
                )

    def _stored(self, name: str) -> dict[str, Any]:
        stored: dict[str, Any] = json.loads((self._floors / f"{name}.json").read_text(encoding="utf-8"))
        return stored

    def _write(self, name: str, stored: Mapping[str, Any]) -> None:
        text = json.dumps(stored, indent=2, ensure_ascii=False) + "\n"
        (self._floors / f"{name}.json").write_text(text, encoding="utf-8")


def table(readings: Sequence[Reading]) -> str:
    """One line a metric; a fallen one is marked."""
    lines = [f"{'metric':36} {'floor':>8} {'now':>8}"]
    for one in readings:
        floor = "-" if one.floor is None else f"{'<= ' if one.falling else ''}{one.floor:.4f}"
        lines.append(f"{one.gate + '.' + one.metric:36} {floor:>8} {one.now:8.4f}{'' if one.held else '  FELL'}")
    return "\n".join(lines)


def run(ratchet: Ratchet, names: Sequence[str], *, lift: bool) -> int:
    """Print the table and, with lift, move the floors; 0 when all hold, 1 when one fell, 2 when one can't be read."""
    readings, worst = [], 0
    for name in names:
        try:
            readings += ratchet.readings(name)
        except (GateError, TelaahError) as error:  # one broken model leaves the other figures to be read
            print(error if isinstance(error, GateError) else f"{name}: {error}", file=sys.stderr)
            worst = 2
    print(table(readings))
    if lift:
        for one in ratchet.lift(readings):
            print(f"{one.gate}.{one.metric}: {one.floor} -> {one.with_margin}")
    return worst or int(not all(one.held for one in readings))


def main(arguments: Sequence[str] | None = None, gates: Mapping[str, Gate] = GATES, floors: Path = FLOORS) -> int:
    parser = argparse.ArgumentParser(description="Compare quality with its floors.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(gates)}; none means all")
    parser.add_argument("--data", type=Path, default=DATA)
    way = parser.add_mutually_exclusive_group()
    way.add_argument("--raise", dest="lift", action="store_true")
    way.add_argument("--lower", metavar="NAME.METRIC")
    parser.add_argument("--reason", default="")
    given = parser.parse_args(arguments)
    ratchet = Ratchet(gates, floors, given.data)
    if given.lower is None:
        return run(ratchet, given.names or list(gates), lift=given.lift)
    try:
        moved = ratchet.lower(given.lower, given.reason)
    except GateError as error:
        print(error, file=sys.stderr)
        return 2
    print(f"{given.lower}: {moved.floor} -> {moved.with_margin}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
