"""When two names are one: the examples of the rules, and what holds for any names."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.resources import load_yaml
from core.store.spelling import block_of, fuller, how_alike, sound_key, spelling_key

EXAMPLES = load_yaml("spellings.yaml")["examples"]
WORDS = st.sampled_from(
    ["rudi", "Wira", "Sastra", "m.", "Muhammad", "Kelana", "H.", "S.H.", "D'Angelo", "oe", "Kim", "Yo-Jong", "Üçü", "ł"]
)
NAMES = st.lists(WORDS, min_size=1, max_size=4).map(" ".join) | st.text(min_size=1, max_size=20)


@pytest.mark.parametrize(("one", "other", "rule"), EXAMPLES["match"])
def test_two_forms_of_a_name_are_one(one: str, other: str, rule: str) -> None:
    assert how_alike(one, other, "PER") == rule
    assert how_alike(other, one, "PER") == rule


@pytest.mark.parametrize(("one", "other"), EXAMPLES["miss"])
def test_two_names_are_not(one: str, other: str) -> None:
    assert how_alike(one, other, "PER") is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("PT Samudra Sumber Daya Tbk", "Samudra Sumberdaya", True),
        ("Komisi VI DPR", "Komisi VII DPR", False),
        ("Kodim 1700", "Kodim 17000", False),
        ("Timnas U-20", "Timnas U20", True),
        ("Desa Kebon Turi", "Desa Kebonturi", True),
        ("KPK", "K P K", False),
        ("Soember Daja", "Sumber Daya", False),
    ],
)
def test_bodies_and_places_are_compared_by_spelling_alone(one: str, other: str, same: bool) -> None:
    assert (how_alike(one, other, "ORG") == "spelling") is same


@pytest.mark.parametrize(
    ("short", "long_", "holds"),
    [
        ("Rudi Wirasastra", "Rudi Kelana Wirasastra", True),
        ("Rudi Kelana Wirasastra", "Rudi Wirasastra", False),
        ("Rudi Wirasastra", "Ekonom Rudi Wirasastra", False),
        ("Rudi Wirasastra", "Ny. Eka Rudi Wirasastra", False),
        ("Muhammad Wirasastra", "Muhammad Kelana Wirasastra", False),
        ("Kim Jong", "Kim Yo Jong", False),
        ("Rudi K. Wirasastra", "Rudi Kelana Wirasastra", True),
        ("Rudi K. Wirasastra", "Rudi Bahari Wirasastra", False),
        ("Abby Wira Wirasastra", "Abby Wirasastra Abby Wirasastra", False),
    ],
)
def test_a_fuller_form_adds_in_the_middle_or_a_known_forename(short: str, long_: str, holds: bool) -> None:
    assert fuller(short, long_) is holds


@settings(max_examples=50, deadline=None)
@given(NAMES, NAMES)
def test_names_with_one_key_are_of_one_block(one: str, other: str) -> None:
    for key in (spelling_key, sound_key):
        if key(one, "PER") and key(one, "PER") == key(other, "PER"):
            assert block_of(one, "PER") == block_of(other, "PER")


@settings(max_examples=50, deadline=None)
@given(NAMES, NAMES)
def test_likeness_goes_both_ways_and_no_name_is_fuller_than_itself(one: str, other: str) -> None:
    assert how_alike(one, other, "PER") == how_alike(other, one, "PER")
    assert not fuller(one, one)
    assert not (fuller(one, other) and fuller(other, one))
