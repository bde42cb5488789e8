"""Fresh wordings of every claim are found, those that no rule was mended to as well."""

from tests.quality.measure_unseen import APART, MENDED, measure, wordings


def test_every_claim_has_four_wordings():
    from core.tag.profile import load_profile

    per_claim: dict[str, int] = {}
    for claim_id, _, _, _ in wordings():
        per_claim[claim_id] = per_claim.get(claim_id, 0) + 1
    assert set(per_claim) == {rule.id for rule in load_profile().claims}
    assert min(per_claim.values()) > max(MENDED)


def test_wordings_that_rules_were_mended_to_are_found():
    tally = measure(*MENDED)
    assert tally.recall >= 0.98
    assert tally.stance >= 0.92


def test_wordings_held_apart_are_found():
    tally = measure(APART)
    assert tally.recall >= 0.9
    assert tally.stance >= 0.9
