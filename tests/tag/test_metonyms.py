"""Capitals and seats of power: the government where they act, the place where one goes."""

import pytest

from core.resources import load_yaml
from core.tag.gazetteer import gazetteer
from core.tag.metonyms import government
from tests.tag.readings import mentions_of

RULES = load_yaml("metonyms.yaml")


def referred(text: str) -> dict[str, str | None]:
    return {m.span.of(text): m.refers_to for m in mentions_of(text)}


@pytest.mark.parametrize(
    "example", RULES["examples"]["match"], ids=lambda example: f"{example['name']}: {example['text']}"
)
def test_where_a_place_acts_it_is_the_government(example: dict[str, str]) -> None:
    assert referred(example["text"])[example["name"]] == example["refers_to"]


@pytest.mark.parametrize(
    "example", RULES["examples"]["miss"], ids=lambda example: f"{example['name']}: {example['text']}"
)
def test_where_one_goes_it_is_the_place(example: dict[str, str]) -> None:
    assert referred(example["text"])[example["name"]] is None


@pytest.mark.parametrize("state", sorted({*RULES["places"].values(), *RULES["seats"].values()}))
def test_each_government_and_its_state_have_a_row(state: str) -> None:
    rows = gazetteer().rows
    assert rows[state].kind == "negara"
    assert rows[government(state)].home == state


@pytest.mark.parametrize("place", sorted({*RULES["places"], *RULES["seats"]}))
def test_each_metonym_has_a_row(place: str) -> None:
    assert place in gazetteer().rows


def test_a_list_shares_the_reading_of_its_first() -> None:
    assert referred("Utusan itu singgah di Seoul, Tokyo, dan Washington.") == {
        "Seoul": None,
        "Tokyo": None,
        "Washington": None,
    }


def test_only_metonyms_refer() -> None:
    assert referred("Rusia menyatakan siap berunding.") == {"Rusia": None}
