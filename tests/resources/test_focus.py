"""The bundled focus profile keeps its word: every example is found or left out as it says."""

import pytest

from core.tag.claims import tag_claims
from core.tag.profile import ClaimRule, load_profile
from tests.tag.readings import reading_of, tagged

PROFILE = load_profile()
EXAMPLES = [
    pytest.param(rule, text, wanted, id=f"{rule.id}-{'match' if wanted else 'miss'}-{number}")
    for rule in PROFILE.claims
    for wanted, texts in ((True, rule.match), (False, rule.miss))
    for number, text in enumerate(texts)
]


@pytest.mark.parametrize(("rule", "text", "wanted"), EXAMPLES)
def test_examples_hold(rule: ClaimRule, text: str, wanted: bool) -> None:
    found = {claim.claim_id for claim in tag_claims(tagged(reading_of(text)))}
    assert (rule.id in found) is wanted


@pytest.mark.parametrize("rule", PROFILE.claims, ids=lambda rule: rule.id)
def test_every_claim_has_three_examples_each_way_and_a_known_area(rule: ClaimRule) -> None:
    assert len(rule.match) >= 3
    assert len(rule.miss) >= 3
    assert rule.area in PROFILE.areas


def test_every_concept_is_used() -> None:
    used = {name for group in PROFILE.gate for name in group}
    for rule in PROFILE.claims:
        used.update(rule.unless, *rule.anywhere)
        for form in rule.forms:
            used.update(form.unless, *form.order, *form.also)
    assert sorted(PROFILE.concepts.keys() - used) == []
