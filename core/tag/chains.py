"""Through whom a cited source came to the outlet: `KCNA, dilansir AFP`, `Yonhap yang mengutip KCNA`.

A cue that hands on (`dilansir`, `dikutip`) makes of the medium behind it a relay of what is reported before it in the
sentence; where it opens the sentence, of what is reported behind it. A cue that takes (`mengutip`) makes of its
subject a relay of what stands behind it. Where a sentence says nothing of the kind, no chain is made.
"""

import re
from collections import defaultdict
from dataclasses import replace

from core.model import Relay, SourceCite, Span
from core.tag.citing import Cited, Citing
from core.tag.media import cues
from core.tag.verbs import speech

OPENS_WITHIN = 2  # words before a cue that still opens its sentence
ADJACENT = 7  # words between a cited name and the cue that hands it on in turn
ROLE_WORDS = 7  # most words of an unnamed official
REPORTING = frozenset(("lapor", "melaporkan", "apposed", "document", "handed"))

Links = dict[int, list[tuple[SourceCite, str]]]  # by the start of a citation: who handed it on, and the rule


def link_chains(text: Citing, found: list[Cited]) -> list[SourceCite]:
    """The citations, in order of text, with their chains; officials that an agency cites are added."""
    by_sentence: defaultdict[int, list[Cited]] = defaultdict(list)
    for each in found:
        by_sentence[text.sentence_at(each.cite.span.start)].append(each)
    links: Links = {}
    officials: list[SourceCite] = []
    for number, members in by_sentence.items():
        members = [each for each in members if not text.is_own(each.cite.name)]
        for each in members:
            if each.through:
                links[each.cite.span.start] = [(one, "dari") for one in each.through]
        if number >= 0:
            officials += _link_sentence(text, members, text.sentences[number].start, links)
    handed_on = [one for each in found for one in each.through]
    cites = {cite.span.start: cite for cite in [*officials, *handed_on, *(each.cite for each in found)]}
    return [replace(cites[start], chain=_chain(cites[start], links)) for start in sorted(cites)]


def _link_sentence(text: Citing, members: list[Cited], start: int, links: Links) -> list[SourceCite]:
    """Links within one sentence; returns the unnamed officials whom a medium in it cites."""
    officials: list[SourceCite] = []
    groups: defaultdict[int, list[Cited]] = defaultdict(list)
    for each in members:
        if each.cue < len(text.words) and each.cite.span.start > text.starts[each.cue]:
            groups[each.cue].append(each)
    for cue in sorted(groups):
        if text.words[cue] in cues().taking and (subject := _subject(text, cue, members)) is not None:
            _link(links, groups[cue], [subject], "taking")
            _link(links, _reported_behind(members, groups[cue]), groups[cue], "taking")
        elif _hands_on(text, cue):
            _link_handed(text, groups[cue], members, start, links)
    for subject in members:
        taken_up = _taken_up(text, subject, members)
        if taken_up is None or taken_up in groups:
            continue
        if (official := _official(text, taken_up)) is not None:
            officials.append(official)
            links[official.span.start] = [(subject.cite, "taking")]
    return officials


def _link(links: Links, sources: list[Cited], relays: list[Cited], rule: str) -> None:
    for source in sources:
        others = [(relay.cite, rule) for relay in relays if relay.cite.name != source.cite.name]
        if others:
            links.setdefault(source.cite.span.start, others)


def _link_handed(text: Citing, group: list[Cited], members: list[Cited], start: int, links: Links) -> None:
    """What a cue that hands on does: to what is reported before it, else to what follows where it opens."""
    cue = group[0].cue
    earlier = [each for each in members if each.cite.span.end <= text.starts[cue] and each not in group]
    if earlier:
        nearest = earlier[-1]
        side = [each for each in earlier if each.cue == nearest.cue and each.cite.rule == nearest.cite.rule]
        close = text.starts[cue] - nearest.cite.span.end
        adjacent = _words_between(text, nearest.cite.span.end, cue) <= ADJACENT and close >= 0
        if nearest.cite.rule in REPORTING:
            taking = text.words[cue] in cues().taking and nearest.cite.rule == "melaporkan"
            _link(links, *((group, side) if taking else (side, group)), rule="handing")
        elif adjacent and _unbroken(text, nearest.cite.span.end, cue):
            _link(links, side, group, "handing")
        return
    opening = text.text[start : text.starts[cue]].count(" ") <= OPENS_WITHIN
    if opening:
        _link(links, _reported_behind(members, group), group, "opening")


def _hands_on(text: Citing, cue: int) -> bool:
    if text.words[cue] in cues().handing | cues().taking:
        return True
    return text.words[cue] in cues().handing_likened and text.words[cue - 1 : cue] in (["seperti"], ["sebagaimana"])


def _reported_behind(members: list[Cited], group: list[Cited]) -> list[Cited]:
    end = group[-1].cite.span.end
    return [each for each in members if each.cite.span.start > end and each.cite.rule in REPORTING]


def _words_between(text: Citing, end: int, cue: int) -> int:
    return sum(end <= start < text.starts[cue] for start in text.starts[max(0, cue - ADJACENT - 2) : cue])


def _unbroken(text: Citing, end: int, cue: int) -> bool:
    """Whether only a date, a comma or words such as `seperti` stand between a name and a cue."""
    between = re.sub(r"\([^)]*\)|[,(]", " ", text.text[end : text.starts[cue]]).lower().split()
    return all(word in cues().handing_leads or word in cues().not_names or word.isdigit() for word in between)


def _subject(text: Citing, cue: int, members: list[Cited]) -> Cited | None:
    """The medium right before a cue that takes, a date apart: `AFP, Rabu (27/5), mengutip KCNA`."""
    for each in reversed(members):
        if each.cite.span.end <= text.starts[cue]:
            return each if _unbroken(text, each.cite.span.end, cue) else None
    return None


def _taken_up(text: Citing, subject: Cited, members: list[Cited]) -> int | None:
    """Number of the cue that takes right behind a medium."""
    for number, start in enumerate(text.starts):
        if start >= subject.cite.span.end:
            for ahead in range(number, min(number + ADJACENT, len(text.words))):
                if text.words[ahead] in cues().taking:
                    return ahead if _subject(text, ahead, members) == subject else None
            return None
    return None


def _official(text: Citing, cue: int) -> SourceCite | None:
    """`mengutip pejabat intelijen Seoul`: someone unnamed whom a medium cites."""
    rules = speech()
    first = cue + 1
    while first < len(text.words) and text.words[first] in ("seorang", "para", "sejumlah", "beberapa", "pernyataan"):
        first += 1
    if first >= len(text.words) or text.words[first] not in rules.person | rules.body | rules.group:
        return None
    last = first
    while last + 1 < len(text.words) and last - first < ROLE_WORDS and not text.gap(last + 1).strip():
        if text.words[last + 1] in rules.stops | rules.breakers | rules.active.keys():
            break
        last += 1
    span = Span(start=text.starts[first], end=text.tokens[last][1])
    mention = text.mention(span.start)
    entity = mention.entity.id if mention is not None else None
    return SourceCite(span=span, name=span.of(text.text), kind="official", entity_id=entity, rule="taken")


def _chain(cite: SourceCite, links: Links) -> tuple[Relay, ...]:
    """The relays of a citation, step by step; no one stands in it twice."""
    chain: list[Relay] = []
    seen = {cite.name}
    reached = [cite]
    step = 1
    while reached:
        following: list[SourceCite] = []
        for one in reached:
            for relay, rule in links.get(one.span.start, ()):
                if relay.name not in seen:
                    seen.add(relay.name)
                    following.append(relay)
                    chain.append(Relay(span=relay.span, name=relay.name, kind=relay.kind, entity_id=relay.entity_id,
                                       step=step, rule=rule))  # fmt: skip
        reached, step = following, step + 1
    return tuple(chain)
