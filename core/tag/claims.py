"""The claims of a focus profile that a text makes, each with its stance and the sentences that carry it."""

import re
from bisect import bisect_right
from functools import cache

from core.model import Claim, Span
from core.tag.concepts import ConceptIndex, Hit, index_of
from core.tag.profile import DEFAULT, ClaimRule, Form, Group, Profile, load_profile
from core.tag.reading import Reading
from core.tag.stance import Setting, judge

YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d.,]\d)")


class _Found:
    """A text's hits by sentence. A mask has one bit a sentence."""

    def __init__(self, reading: Reading, hits: list[Hit]) -> None:
        self.text = reading.text
        self.mentions = reading.mentions
        self.spans = [sentence.span for sentence in reading.sentences]
        starts = [span.start for span in self.spans]
        self.by_sentence: list[dict[str, list[Hit]]] = [{} for _ in self.spans]
        self.masks: dict[str, int] = {}
        for hit in hits:
            place = bisect_right(starts, hit.start) - 1
            if place >= 0 and hit.start < self.spans[place].end:
                self.by_sentence[place].setdefault(hit.concept, []).append(hit)
                self.masks[hit.concept] = self.masks.get(hit.concept, 0) | 1 << place

    def mask(self, group: Group) -> int:
        union = 0
        for concept in group:
            union |= self.masks.get(concept, 0)
        return union


def tag_claims(reading: Reading, profile: Profile | None = None) -> tuple[Claim, ...]:
    """Claims in order of text, at most one a claim and window. Never raises on any text."""
    index = _index(DEFAULT) if profile is None else index_of(profile)
    profile = profile or load_profile()
    if not index.opens(reading.text, profile.gate, reading.mentions):
        return ()
    hits = index.find(reading.text, reading.mentions)
    found = _Found(reading, hits)
    setting = Setting(
        quotes=reading.quotes,
        sources=reading.sources,
        hits={name: [hit for hit in hits if hit.concept == f"stance:{name}"] for name in profile.stance},
    )
    of_subject = _near_subject(found, profile)
    claims = [claim for rule in profile.claims for claim in _claims(rule, found, setting, reading, of_subject)]
    return tuple(sorted(claims, key=lambda claim: (claim.span.start, claim.claim_id)))


@cache
def _index(name: str) -> ConceptIndex:
    return index_of(load_profile(name))


def _near_subject(found: _Found, profile: Profile) -> int:
    """The sentences near which the text speaks of the subject, as a mask: a passing mention makes no article of it."""
    every = (1 << len(found.spans)) - 1
    if profile.gate_reach is None:
        return every
    near = every
    for group in profile.gate:
        mask = reached = found.mask(group)
        for step in range(1, profile.gate_reach + 1):
            reached |= mask << step | mask >> step
        near &= reached
    return near


def _claims(rule: ClaimRule, found: _Found, setting: Setting, reading: Reading, of_subject: int) -> list[Claim]:
    if any(not found.mask(group) for group in rule.anywhere) or _too_early(rule, reading):
        return []
    out: dict[int, Claim] = {}
    for number, form in enumerate(rule.forms):
        for first, last in _windows(form, found):
            if first in out or (first != last and last in out) or not of_subject >> first & 1:
                continue
            key = _meet(form, rule.unless | form.unless, found, first, last)
            if key is None or not _holds_in_year(rule, found, first, last):
                continue
            window = Span(start=found.spans[first].start, end=found.spans[last].end)
            asked = window.of(found.text).rstrip().endswith("?")
            stance, name = judge(key, window, setting, negative=rule.negative, plans=rule.plans, asked=asked)
            out[first] = Claim(
                claim_id=rule.id, stance=stance, attributed_to=name, span=window, rule=f"{rule.id}#{number + 1}"
            )
            denial = _denied_next(rule, found, last)
            if denial is not None and last + 1 not in out:
                out[last + 1] = denial
    return list(out.values())


def _windows(form: Form, found: _Found) -> list[tuple[int, int]]:
    """Sentences, or pairs of neighbours, in which every group of a form is present."""
    masks = []
    for group in (*form.order, *form.also):
        mask = found.mask(group)
        if not mask:
            return []
        masks.append(mask)
    single = masks[0]
    for mask in masks[1:]:
        single &= mask
    windows = [(place, place) for place in _bits(single)]
    if form.reach == "neighbour":
        pair = masks[0] | masks[0] >> 1
        for mask in masks[1:]:
            pair &= mask | mask >> 1
        pair &= ~(single | single >> 1)
        windows += [(place, place + 1) for place in _bits(pair) if place + 1 < len(found.spans)]
    return windows


def _bits(mask: int) -> list[int]:
    return [place for place in range(mask.bit_length()) if mask >> place & 1]


def _hits(found: _Found, group: Group, first: int, last: int) -> list[Hit]:
    hits = [
        hit
        for place in range(first, last + 1)
        for concept in group
        for hit in found.by_sentence[place].get(concept, ())
    ]
    return sorted(hits, key=lambda hit: hit.start)


def _meet(form: Form, unless: Group, found: _Found, first: int, last: int) -> Hit | None:
    """The key hit of a form that holds in a window, else None."""
    if unless and _hits(found, unless, first, last):
        return None
    if not form.order:
        return _hits(found, form.also[0], first, last)[0]
    chains = [[hit] for hit in _hits(found, form.order[0], first, last)]
    for group in form.order[1:]:
        hits = _hits(found, group, first, last)
        longer = []
        for chain in chains:
            following = next((hit for hit in hits if hit.start >= chain[-1].end), None)
            if following is not None and following.word - chain[0].word <= form.within:
                longer.append([*chain, following])
        chains = longer
    return chains[-1][form.key] if chains else None


def _too_early(rule: ClaimRule, reading: Reading) -> bool:
    published = reading.document.published
    return rule.since is not None and published is not None and int(published.date.iso[:4]) < rule.since


def _holds_in_year(rule: ClaimRule, found: _Found, first: int, last: int) -> bool:
    """Whether the years named in a window allow the claim: all before its first year do not."""
    if rule.since is None:
        return True
    years = [int(year) for year in YEAR.findall(found.text[found.spans[first].start : found.spans[last].end])]
    return not years or max(years) >= rule.since


def _denied_next(rule: ClaimRule, found: _Found, last: int) -> Claim | None:
    """`Rusia membantah klaim itu` right behind the sentence that makes the claim."""
    following = last + 1
    if rule.negative or following >= len(found.spans):
        return None
    here = found.by_sentence[following]
    if "stance:denies" not in here or "stance:anaphors" not in here:
        return None
    denial = here["stance:denies"][0]
    back = [hit for hit in here["stance:anaphors"] if 0 <= hit.word - denial.word <= 4]
    if not back:
        return None
    deniers = [m.entity.name for m in found.mentions if found.spans[following].start <= m.span.start < denial.start]
    name = " dan ".join(dict.fromkeys(deniers)) or None
    return Claim(
        claim_id=rule.id, stance="denies", attributed_to=name, span=found.spans[following], rule=f"{rule.id}#denied"
    )
