"""Claims found in the sample corpus and in the five articles the project starts from, against claims_gold.yaml.

Usage: python tests/quality/measure_claims.py [--show]     prints figures, with --show every difference.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

PROJECT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT))

from core.ingest import read  # noqa: E402
from core.model import Claim, RawArticle  # noqa: E402
from core.normalize import document  # noqa: E402
from core.settings import Settings  # noqa: E402
from core.tag import annotate  # noqa: E402

GOLD = Path(__file__).with_name("claims_gold.yaml")


@dataclass
class Tally:
    """What was found of what was wanted. stances and names count over the found cells that were wanted."""

    hits: int = 0
    found: int = 0
    wanted: int = 0
    stances: int = 0
    names: int = 0
    named: int = 0
    missed: Counter[str] = field(default_factory=Counter)
    spurious: Counter[str] = field(default_factory=Counter)
    lines: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return round(self.hits / self.found, 3) if self.found else 0.0

    @property
    def recall(self) -> float:
        return round(self.hits / self.wanted, 3) if self.wanted else 0.0

    @property
    def stance(self) -> float:
        return round(self.stances / self.hits, 3) if self.hits else 0.0


def sample_claims(seeds: Path = PROJECT / "seeds") -> Iterator[tuple[str, tuple[Claim, ...], str]]:
    """For every sample article that retells something: its key in the gold file, its claims, its text."""
    for row in yaml.safe_load((seeds / "manifest.yaml").read_text(encoding="utf-8")):
        yield from _claims_of(seeds / row["file"], str(row["retells"]))


def original_claims(folder: Path) -> Iterator[tuple[str, tuple[Claim, ...], str]]:
    """The same for the five articles as saved."""
    for path in sorted(folder.glob("*.txt")):
        yield from _claims_of(path, path.name)


def _claims_of(path: Path, key: str) -> Iterator[tuple[str, tuple[Claim, ...], str]]:
    for record in read(path.name, path.read_bytes(), settings=Settings()):
        if isinstance(record, RawArticle):
            made = document(record)
            yield key, annotate(made).claims, made.text


def compare(articles: Iterator[tuple[str, tuple[Claim, ...], str]]) -> Tally:
    gold = yaml.safe_load(GOLD.read_text(encoding="utf-8"))
    tally = Tally()
    for key, claims, text in articles:
        row = gold.get(key) or gold[next(name for name in gold if name.startswith(key))]
        wanted: dict[str, str] = row["claims"]
        by_id: dict[str, list[Claim]] = {}
        for claim in claims:
            by_id.setdefault(claim.claim_id, []).append(claim)
        tally.wanted += len(wanted)
        for claim_id, stances in wanted.items():
            if claim_id not in by_id:
                tally.missed[claim_id] += 1
                tally.lines.append(f"{key} MISSED {claim_id}: {stances}")
                continue
            tally.hits += 1
            tally.found += 1
            _judge(tally, key, claim_id, stances, by_id[claim_id])
        for claim_id in by_id.keys() - wanted.keys() - set(row["optional"]):
            tally.found += 1
            tally.spurious[claim_id] += 1
            shown = " / ".join(claim.span.of(text)[:160].replace("\n", " ") for claim in by_id[claim_id])
            tally.lines.append(f"{key} EXTRA {claim_id} {by_id[claim_id][0].rule}: {shown}")
    return tally


def _judge(tally: Tally, key: str, claim_id: str, stances: str, claims: list[Claim]) -> None:
    options = [part.split(" ", 1) for part in stances.split("|")]
    found = {claim.stance for claim in claims}
    right = any(option[0] in found for option in options)
    tally.stances += right
    shown = sorted({f"{claim.stance} {claim.attributed_to or ''}".strip() for claim in claims})
    if not right:
        tally.lines.append(f"{key} STANCE {claim_id}: wanted {stances}, found {shown}")
    names = [name.strip().lower() for option in options if len(option) > 1 for name in option[1].split(",")]
    given = [
        claim.attributed_to.lower()
        for claim in claims
        if claim.stance in ("attributes", "denies") and claim.attributed_to
    ]
    if names and given:
        tally.named += 1
        same = any(left in right or right in left for left in names for right in given)
        tally.names += same
        if not same:
            tally.lines.append(f"{key} NAME {claim_id}: wanted {names}, found {given}")


def figures(name: str, tally: Tally) -> dict[str, float]:
    return {f"{name}_precision": tally.precision, f"{name}_recall": tally.recall, f"{name}_stance": tally.stance}


def main() -> None:
    folder = PROJECT.parent / "shared" / "data" / "seeds"
    for title, articles in (("sample", sample_claims()), ("originals", original_claims(folder))):
        tally = compare(articles)
        print(
            f"{title}: precision {tally.precision} recall {tally.recall} ({tally.hits} of {tally.wanted},"
            f" {tally.found} found) stance {tally.stance} names {tally.names}/{tally.named}"
        )
        if "--show" in sys.argv:
            print("\n".join(tally.lines))


if __name__ == "__main__":
    main()
