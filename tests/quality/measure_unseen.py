"""Claims found in wordings that were written from the labels alone (tests/tag/claims_unseen.yaml).

Usage: python tests/quality/measure_unseen.py [--show]     with --show every difference but those held apart.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import yaml

PROJECT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT))

from core.model import Language, RawArticle, Source  # noqa: E402
from core.normalize import document  # noqa: E402
from core.tag import annotate  # noqa: E402

WORDINGS = PROJECT / "tests" / "tag" / "claims_unseen.yaml"
APART = 2  # place of the wording that rules were never mended to
MENDED = (0, 1, 3)
CONTEXT = "\n\nHujan turun sejak pagi di kota itu.\n\nSuasana di Korea Utara tenang."
PUBLISHED = "2024-07-01"


@dataclass
class Found:
    """What was found: of how many wordings the claim, of these how often its stance, and what else was found."""

    wordings: int = 0
    claims: int = 0
    stances: int = 0
    others: int = 0
    lines: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return round(self.claims / self.wordings, 3)

    @property
    def stance(self) -> float:
        return round(self.stances / self.claims, 3) if self.claims else 0.0


def wordings() -> Iterator[tuple[str, int, str, str]]:
    """Claim id, place, stance and text of every wording."""
    for claim_id, rows in yaml.safe_load(WORDINGS.read_text(encoding="utf-8")).items():
        for place, (stance, text) in enumerate(rows):
            yield claim_id, place, stance, text


def claims_of(text: str) -> dict[str, set[str]]:
    """Stances by claim id, of the text as the opening of an article on the subject that is in Indonesian."""
    raw = RawArticle(source=Source(name="unseen", sha256="", record=0), raw_text=text + CONTEXT, published=PUBLISHED)
    found: dict[str, set[str]] = {}
    for claim in annotate(replace(document(raw), language=Language(code="id", confidence=1.0))).claims:
        found.setdefault(claim.claim_id, set()).add(claim.stance)
    return found


def measure(*places: int) -> Found:
    """Figures of the wordings at these places."""
    tally = Found()
    for claim_id, place, stance, text in wordings():
        if place not in places:
            continue
        found = claims_of(text)
        tally.wordings += 1
        tally.claims += claim_id in found
        tally.stances += stance in found.get(claim_id, set())
        others = sorted(found.keys() - {claim_id})
        tally.others += len(others)
        if claim_id not in found or stance not in found[claim_id] or others:
            tally.lines.append(f"{claim_id}: wanted {stance}, found {found.get(claim_id)}; also {others}: {text}")
    return tally


def main() -> None:
    for name, places in (("mended to", MENDED), ("held apart", (APART,))):
        tally = measure(*places)
        print(
            f"{name}: recall {tally.recall} ({tally.claims} of {tally.wordings}), stance {tally.stance},"
            f" other claims {tally.others}"
        )
        if "--show" in sys.argv and APART not in places:
            print("\n".join(tally.lines))


if __name__ == "__main__":
    main()
