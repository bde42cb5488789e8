"""The clause table names what it covers, since when, and where each row can be verified."""

import re
from datetime import date

import pytest

from core.resources import load_yaml
from core.tag.profile import load_profile

TABLE = load_yaml("sanctions.yaml")
CLAUSES = TABLE["clauses"]
ADOPTED = {"1718": "2006-10-14", "1874": "2009-06-12", "2094": "2013-03-07", "2270": "2016-03-02", "2321": "2016-11-30"}
ADOPTED |= {"2371": "2017-08-05", "2375": "2017-09-11", "2397": "2017-12-22"}


@pytest.mark.parametrize("clause", CLAUSES, ids=lambda clause: clause["id"])
def test_a_clause_says_what_since_when_and_where_to_verify(clause: dict[str, object]) -> None:
    number = str(clause["resolution"])[:4]
    assert clause["where"] == f"S/RES/{clause['resolution']}"
    assert clause["since"] == ADOPTED[number]
    assert date.fromisoformat(str(clause["since"])).year == int(
        re.findall(r"\((\d{4})\)", str(clause["resolution"]))[0]
    )
    assert clause["checked"] is False
    assert clause["confidence"] in ("secondary", "known", "memory")
    assert set(clause["covers"]) == {"id", "en"}  # type: ignore[call-overload]


def test_ids_are_unique_and_classes_are_declared() -> None:
    assert len({clause["id"] for clause in CLAUSES}) == len(CLAUSES)
    assert {item for clause in CLAUSES for item in clause["items"]} <= TABLE["item_classes"].keys()


def test_item_classes_name_claims_of_the_profile() -> None:
    known = {rule.id for rule in load_profile().claims}
    assert {claim for row in TABLE["item_classes"].values() for claim in row["claims"]} <= known


def test_a_car_has_two_hooks() -> None:
    """Luxury goods since 2006, and vehicles by their customs chapter since 2017."""
    luxury = [clause["id"] for clause in CLAUSES if "luxury_goods" in clause["items"]]
    vehicles = [clause["id"] for clause in CLAUSES if "87" in clause["hs"]]
    assert "1718-8a3" in luxury
    assert vehicles == ["2397-7"]


def test_customs_chapters_are_two_digits_and_real() -> None:
    for clause in CLAUSES:
        for chapter in clause["hs"]:
            assert re.fullmatch(r"\d\d", chapter)
            assert 1 <= int(chapter) <= 97
            assert chapter != "77"  # reserved, never used
