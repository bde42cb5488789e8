"""Which entities of the corpus are one: decided over a block of names at a time, whatever order they came in.

A row of the gazetteer is never joined to anything; others may be joined to it. Where two fit, nothing is joined.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from core.store.spelling import fuller, how_alike, sound, sound_key, spelling_key, words_of

WELL_ATTESTED = 0.1
"""A fuller form gives a group its name where so large a share of the group's texts have it."""

CLEARLY_MORE = 3
"""One kind (person, body, place) wins over another where so many texts, and so many times more, saw it."""

PLACES = ("GPE", "LOC")


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A name of an entity; texts is the number of articles that have it, listed whether the gazetteer does."""

    entity_id: str
    name: str
    label: str
    texts: int = 0
    listed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """An entity that is another one. rule says why, beside the name that it is so much like.

    spelling   differs in spaces, hyphens, accents, doubled letters, titles
    sound      old and new spelling, or two transcriptions
    fuller     the same with initials spelled out, or names in front or in the middle
    kind       the same name that was taken for another kind of thing
    short      a short form that another article introduces
    """

    entity_id: str
    joined_id: str
    rule: str
    beside: str


def join_block(members: Iterable[Known]) -> list[Join]:
    """The joins among the names of one block, sorted."""
    names = sorted(set(members), key=lambda one: (one.entity_id, one.name))
    groups = _Groups(names)
    for label in sorted({one.label for one in names}):
        same = [one for one in names if one.label == label]
        for key in (spelling_key, sound_key):
            _by_key(groups, same, key)
        if label == "PER":
            _by_fuller_form(groups, same)
    found = {join.entity_id: join for group in groups.listed() for join in _named(group)}
    for join in _by_kind(names, found):
        found[join.entity_id] = join
    final = {entity: _end(found, entity) for entity in found}
    return [
        Join(entity_id=entity, joined_id=final[entity], rule=join.rule, beside=join.beside)
        for entity, join in sorted(found.items())
    ]


def _end(found: dict[str, Join], entity: str) -> str:
    while entity in found:
        entity = found[entity].joined_id
    return entity


class _Groups:
    """Names put together step by step; two rows of the gazetteer never come into one group."""

    def __init__(self, names: Sequence[Known]) -> None:
        self._group: dict[str, set[Known]] = {}
        for one in names:
            self._group.setdefault(one.entity_id, set()).add(one)

    def of(self, entity_id: str) -> set[Known]:
        return self._group[entity_id]

    def join(self, entity_ids: Iterable[str]) -> None:
        """Put all together, or none where two of them are listed."""
        wanted = sorted(set(entity_ids))
        whole = set().union(*(self._group[entity] for entity in wanted))
        if len(wanted) > 1 and len({one.entity_id for one in whole if one.listed}) < 2:
            for one in whole:
                self._group[one.entity_id] = whole

    def listed(self) -> Iterator[list[Known]]:
        """Groups of more than one entity."""
        seen: set[int] = set()
        for group in self._group.values():
            if id(group) not in seen and len({one.entity_id for one in group}) > 1:
                seen.add(id(group))
                yield sorted(group, key=lambda one: (one.entity_id, one.name))


def _by_key(groups: _Groups, names: list[Known], key: object) -> None:
    alike: dict[str, list[str]] = defaultdict(list)
    for one in names:
        found = key(one.name, one.label)  # type: ignore[operator]
        if found:
            alike[found].append(one.entity_id)
    for _, entities in sorted(alike.items()):
        groups.join(entities)


def _by_fuller_form(groups: _Groups, people: list[Known]) -> None:
    """Each name with the fullest of the forms that hold it, where all of these hold each other."""
    ending: dict[str, list[Known]] = defaultdict(list)
    for one in people:
        words = words_of(one.name, "PER")
        if len(words) > 1:
            ending[sound(words[-1])].append(one)
    wanted: list[tuple[str, str]] = []
    for _, same in sorted(ending.items()):
        for one in same:
            holding = [other for other in same if fuller(one.name, other.name)]
            if not holding:
                continue
            fullest = max(holding, key=lambda other: (len(words_of(other.name, "PER")), other.name))
            group = groups.of(fullest.entity_id)
            if all(other in group or fuller(other.name, fullest.name) for other in holding):
                wanted.append((one.entity_id, fullest.entity_id))
    for pair in sorted(wanted):
        groups.join(pair)


def _named(group: list[Known]) -> Iterator[Join]:
    """Every other entity of a group joined to the one that gives it its name."""
    head = _head(group)
    others = defaultdict(list)
    for one in group:
        if one.entity_id != head.entity_id:
            others[one.entity_id].append(one)
    for entity, forms in others.items():
        rule, beside = _reason(forms, [one for one in group if one.entity_id == head.entity_id]) or _reason(
            forms, [one for one in group if one.entity_id != entity]
        ) or ("fuller", head.name)  # fmt: skip
        yield Join(entity_id=entity, joined_id=head.entity_id, rule=rule, beside=beside)


def _head(group: list[Known]) -> Known:
    listed = [one for one in group if one.listed]
    if listed:
        return listed[0]
    whole = sum(one.texts for one in group)
    attested = [one for one in group if one.texts >= WELL_ATTESTED * whole]
    return max(attested or group, key=lambda one: (_full_words(one), one.texts, len(one.name), one.entity_id))


def _full_words(one: Known) -> int:
    return sum(len(word) > 1 for word in words_of(one.name, one.label))


def _reason(forms: list[Known], others: list[Known]) -> tuple[str, str] | None:
    found = [
        (("spelling", "sound", "fuller").index(rule), other.name)
        for one in forms
        for other in others
        if (rule := how_alike(one.name, other.name, one.label)) is not None
    ]
    if not found:
        return None
    place, beside = min(found)
    return ("spelling", "sound", "fuller")[place], beside


def _by_kind(names: list[Known], joined: dict[str, Join]) -> Iterator[Join]:
    """The same name seen as two kinds of thing goes with the kind that clearly more texts saw it as."""
    same: dict[str, list[Known]] = defaultdict(list)
    for one in names:
        if not one.listed and one.entity_id not in joined and one.texts:
            same[one.entity_id.partition(":")[2]].append(one)
    for kinds in same.values():
        for one, other in combinations(sorted(kinds, key=lambda one: (one.texts, one.label != "LOC")), 2):
            both_places = one.label in PLACES and other.label in PLACES
            clearly = len(words_of(one.name, one.label)) > 1 and other.texts >= CLEARLY_MORE * max(one.texts, 1)
            if other is max(kinds, key=lambda kind: (kind.texts, kind.label != "LOC")) and (both_places or clearly):
                yield Join(entity_id=one.entity_id, joined_id=other.entity_id, rule="kind", beside=other.name)
