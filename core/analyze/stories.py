"""Articles on the same happening, told by what they state and when they came out.

Two articles are alike as far as the claims of the smaller one stand in the other, rare claims weighing more
than those that stand everywhere. An article joins the story, begun at most WINDOW_DAYS before, to whose
articles it is most alike; one without a day joins only where the likeness is greater.
"""

import math
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

import pandas as pd

WINDOW_DAYS = 14
ALIKE = 0.2
ALIKE_UNDATED = 0.4  # without a day the claims alone must tell,
SHARED_UNDATED = 3  # and so many of them
COMPARED = 25  # articles of a story that a new one is compared with


@dataclass(frozen=True, slots=True, kw_only=True)
class Teller:
    """An article: its number and id, its cluster of near-duplicates, its day where known, and the claims it states."""

    doc: int
    document_id: str
    cluster_id: int
    day: date | None
    claims: frozenset[str]


@dataclass(slots=True)
class Story:
    """Articles on one happening, in the order in which they joined."""

    tellers: list[Teller] = field(default_factory=list)

    @property
    def id(self) -> str:
        """The id of its first article."""
        return self.tellers[0].document_id

    @property
    def begun(self) -> date | None:
        return self.tellers[0].day

    @property
    def claims(self) -> set[str]:
        return set().union(*(teller.claims for teller in self.tellers))

    def usual_claims(self) -> list[str]:
        """Claims that at least half of its articles state, most common first."""
        stated = Counter(claim for teller in self.tellers for claim in teller.claims)
        ranked = sorted(stated.items(), key=lambda item: (-item[1], item[0]))
        return [claim for claim, count in ranked if 2 * count >= len(self.tellers)]


def find_stories(tellers: Iterable[Teller]) -> list[Story]:
    """Every article in one story, dated stories first by their first day, then those without a day."""
    known = sorted(tellers, key=lambda teller: (teller.day is None, teller.day or date.max, teller.doc))
    alike = _Likeness(known)
    stories: list[Story] = []
    still_open: list[Story] = []  # begun within the window before the article at hand
    for teller in known:
        if teller.day is None:
            near, least, shared = stories, ALIKE_UNDATED, SHARED_UNDATED
        else:
            day = teller.day
            still_open = [one for one in still_open if one.begun and (day - one.begun).days <= WINDOW_DAYS]
            near, least, shared = still_open, ALIKE, 0
        likeness, place = max(((alike.to_story(teller, one), -n) for n, one in enumerate(near)), default=(0.0, 0))
        if likeness >= least and _most_shared(teller, near[-place]) >= shared:
            near[-place].tellers.append(teller)
        else:
            stories.append(Story([teller]))
            still_open.append(stories[-1])
    return stories


def tellers_of(rows: pd.DataFrame) -> list[Teller]:
    """The articles of the rows of core.store.claims."""
    first = rows.drop_duplicates("doc")
    stated = rows.groupby("doc")["claim_id"].agg(frozenset)
    days = [None if pd.isna(day) else day.date() for day in first["published_day"]]
    return [
        Teller(doc=doc, document_id=document_id, cluster_id=cluster_id, day=day, claims=stated[doc])
        for doc, document_id, cluster_id, day in zip(
            first["doc"].tolist(), first["document_id"], first["cluster_id"].tolist(), days, strict=True
        )
    ]


def covering(claim: str, stories: Iterable[Story]) -> set[int]:
    """Articles of the stories in which anyone states the claim."""
    return {teller.doc for story in stories if claim in story.claims for teller in story.tellers}


class _Likeness:
    """Compares articles by their claims, each weighing the more the fewer texts state it."""

    def __init__(self, tellers: Collection[Teller]) -> None:
        texts: dict[int, set[str]] = {}
        for teller in tellers:
            texts.setdefault(teller.cluster_id, set()).update(teller.claims)
        stated = Counter(claim for claims in texts.values() for claim in claims)
        self._weights = {claim: math.log((len(texts) + 1) / count) for claim, count in stated.items()}
        self._whole = {teller.doc: self._weight(teller.claims) for teller in tellers}

    def to_story(self, teller: Teller, story: Story) -> float:
        """The mean likeness to the story's articles, in [0, 1]."""
        others = story.tellers[:COMPARED]
        return sum(self._to_article(teller, other) for other in others) / len(others)

    def _to_article(self, one: Teller, other: Teller) -> float:
        shared = one.claims & other.claims
        return self._weight(shared) / min(self._whole[one.doc], self._whole[other.doc]) if shared else 0.0

    def _weight(self, claims: Collection[str]) -> float:
        return sum(self._weights[claim] for claim in claims)


def _most_shared(teller: Teller, story: Story) -> int:
    return max(len(teller.claims & other.claims) for other in story.tellers)
