"""Claims hold their floors on the sample corpus and on the five articles the project starts from."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from core.model import Claim
from core.tag.profile import load_profile
from tests.quality.measure_claims import GOLD, PROJECT, compare, figures, original_claims, sample_claims

FLOORS = json.loads((Path(__file__).parent / "floors" / "claims.json").read_text(encoding="utf-8"))
MANIFEST = yaml.safe_load((PROJECT / "seeds" / "manifest.yaml").read_text(encoding="utf-8"))
GIFT = [row for row in MANIFEST if row["event"] == "aurus-feb2024"]
BANS = {"luxury_goods_ban", "vehicle_ban", "hs_codes_86_to_89", "worker_ban", "oil_import_capped"}
BREACHES = {"gift_breaks_sanctions", "parties_break_sanctions"}


@pytest.fixture(scope="module")
def sample() -> dict[str, tuple[Claim, ...]]:
    return {key: claims for key, claims, _ in sample_claims()}


def test_the_floors_speak_of_this_gold() -> None:
    assert hashlib.sha256(GOLD.read_bytes()).hexdigest() == FLOORS["gold_sha256"]


def test_gold_names_claims_of_the_profile() -> None:
    known = {rule.id for rule in load_profile().claims}
    gold = yaml.safe_load(GOLD.read_text(encoding="utf-8"))
    assert {name for row in gold.values() for name in (*row["claims"], *row["optional"])} <= known


def test_the_sample_does_not_fall() -> None:
    for name, value in figures("sample", compare(sample_claims())).items():
        assert value >= FLOORS[name], name


def test_the_originals_do_not_fall(shared_data: Path) -> None:
    for name, value in figures("originals", compare(original_claims(shared_data / "seeds"))).items():
        assert value >= FLOORS[name], name


def ids(sample: dict[str, tuple[Claim, ...]], row: dict[str, Any]) -> set[str]:
    return {claim.claim_id for claim in sample[str(row["retells"])]}


@pytest.mark.parametrize("row", GIFT, ids=lambda row: row["file"])
def test_every_outlet_of_the_february_gift_states_it(sample: dict[str, tuple[Claim, ...]], row: dict[str, Any]) -> None:
    assert "gift_of_car" in ids(sample, row)


@pytest.mark.parametrize("row", GIFT, ids=lambda row: row["file"])
def test_who_withholds_the_make_and_who_names_the_day(
    sample: dict[str, tuple[Claim, ...]], row: dict[str, Any]
) -> None:
    found = ids(sample, row)
    assert ("make_is_aurus" not in found) is row["withholds_make"]
    assert ("delivered_18_february" in found) is row["names_18_february"]


@pytest.mark.parametrize("row", MANIFEST, ids=lambda row: row["file"])
def test_who_states_the_sanctions(sample: dict[str, tuple[Claim, ...]], row: dict[str, Any]) -> None:
    found = ids(sample, row)
    stated = "violation" if found & BREACHES else "ban" if found & BANS else "none"
    assert stated == row["states_sanctions"]
