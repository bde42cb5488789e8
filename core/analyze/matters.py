"""Which claims belong to one matter: what an article that speaks of it could have stated and may have omitted."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from itertools import permutations

USUAL = 0.25  # share of the texts with one claim that state another too, from which the other is to be expected
AT_LEAST = 2  # texts that state both


class Matters:
    """The matter of a claim is the set of claims that raise it.

    Those are the claims of its own group that stand beside it in at least one text, and claims of other
    groups in whose company it usually comes: of the independent texts that state the other one, at least
    USUAL (and AT_LEAST) state it too. So a report of a gift covers the matter of the sanctions on such gifts
    where reports of that gift often speak of them.
    """

    def __init__(self, texts: Iterable[Collection[str]], groups: Mapping[str, str]) -> None:
        """From the claims that each independent text states, and the group of each claim."""
        alone: Counter[str] = Counter()
        together: Counter[tuple[str, str]] = Counter()
        for claims in texts:
            alone.update(claims)
            together.update(permutations(claims, 2))
        self.claims = frozenset(alone)
        self._raised_by: dict[str, set[str]] = {claim: {claim} for claim in alone}
        for (claim, other), count in together.items():
            same_group = groups.get(claim) == groups.get(other)
            if same_group or (count >= AT_LEAST and count / alone[other] >= USUAL):
                self._raised_by[claim].add(other)

    def covering(self, claim: str, stated: Mapping[int, Collection[str]]) -> set[int]:
        """The articles, of those with the claims they state, that speak of the claim's matter."""
        raised_by = self._raised_by.get(claim, set())
        return {doc for doc, claims in stated.items() if not raised_by.isdisjoint(claims)}
