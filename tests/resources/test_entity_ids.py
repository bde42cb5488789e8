"""Rules name entities by id: each id must be a row of the gazetteer, or the rule never fires."""

import re

import pytest

from core.resources import FOLDER, load_csv

ID = re.compile(r"\b(?:per|org|gpe|loc|product):[a-z0-9-]+")
LISTED = {row["id"] for found in FOLDER.glob("gazetteer_*.csv") for row in load_csv(found.name)}
NAMING = [path for path in sorted(FOLDER.rglob("*.yaml")) if ID.search(path.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("path", NAMING, ids=lambda path: path.name)
def test_every_entity_that_a_rule_names_is_in_the_gazetteer(path) -> None:
    named = set(ID.findall(path.read_text(encoding="utf-8")))
    assert named - LISTED == set()


def test_the_focus_profile_names_entities() -> None:
    assert any(path.parent.name == "focus" for path in NAMING)
