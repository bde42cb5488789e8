"""Whether a capital or a seat of power stands for the place or for the government; the rules are in metonyms.yaml."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from core.model import Label
from core.resources import load_yaml

_WORD = re.compile(r"\w+(?:-\w+)*|,")
_ACTIVE = re.compile(r"me[a-z]{5,}")
_TOWN_FORM = re.compile(r"^Kota |\bD\.? ?C\b")  # Kota Moskow, Washington, DC
_AGENT = re.compile(r"di[a-z]{4,}")  # `yang diambil Beijing`: who does it stands behind the passive
_JOINTS = frozenset(["dan", ",", ", dan", "atau", "serta", ", serta", "maupun"])
_LONGEST_LIST = 12  # names in a row that are looked through for what they do
_BEFORE = 160  # code points of the sentence looked at before a name
_AFTER = 40


class Named(NamedTuple):
    """A resolved name in text, as far as metonyms are concerned."""

    start: int
    end: int
    label: Label
    entity_id: str


@dataclass(frozen=True, slots=True)
class _Rules:
    places: dict[str, str]
    seats: dict[str, str]
    words: dict[str, frozenset[str]]


@cache
def _rules() -> _Rules:
    rows = load_yaml("metonyms.yaml")
    words = {kind: frozenset(map(str, rows[kind])) for kind in rows if kind not in ("places", "seats", "examples")}
    return _Rules(places=rows["places"], seats=rows["seats"], words=words)


def government(state_id: str) -> str:
    """The id of a state's government: `gpe:rusia` -> `org:pemerintah-rusia`."""
    return "org:pemerintah-" + state_id.removeprefix("gpe:")


def is_metonym(entity_id: str) -> bool:
    """Whether an entity can stand for a government at all."""
    rules = _rules()
    return entity_id in rules.places or entity_id in rules.seats


def refer(text: str, names: Sequence[Named], number: int, sentence_start: int, earlier: str | None) -> str | None:
    """The government that names[number] stands for, None where the place itself is meant.

    earlier is what the name before it in the same sentence was found to stand for: a list shares one reading.
    """
    rules = _rules()
    name = names[number]
    before = [word.lower() for word in _WORD.findall(text, max(sentence_start, name.start - _BEFORE), name.start)]
    after = _behind(text, names, number)
    if name.entity_id in rules.seats:
        at_building = bool(before) and before[-1] in rules.words["building_before"]
        return None if at_building else government(rules.seats[name.entity_id])
    state = rules.places[name.entity_id]
    return government(state) if _acts(text, names, number, before, after, earlier) else None


def _acts(
    text: str, names: Sequence[Named], number: int, before: list[str], after: list[str], earlier: str | None
) -> bool:
    words = _rules().words
    name = names[number]
    surface = text[name.start : name.end]
    if (
        surface.isupper()
        or surface.startswith("Kota ")
        or _TOWN_FORM.search(surface)
        or _addressed(text, names, number)
    ):
        return False
    previous = names[number - 1] if number else None
    if before and previous is not None and before[-1] in ("dan", ",", "atau", "serta"):
        gap = text[previous.end : name.start].strip()
        if gap in _JOINTS and is_metonym(previous.entity_id):
            return earlier is not None
    last = before[-1] if before else ""
    if last == "antara":
        return any(word in words["between_actors"] for word in before[-4:-1])
    if last in ("ke", "menuju"):
        return not words["travellers"].intersection(before[-12:]) and bool(
            words["handed_over"].intersection(before[-9:])
        )
    if last == "dari":
        return bool(words["sent_out"].intersection(before[-3:-1]))
    if last in words["address_before"]:
        return False
    if last == "terhadap" and words["strikes"].intersection(before[-8:-1]):
        return False
    if last in words["actor_before"]:
        return True
    if words["town_talk"].intersection((*before[-12:], *after[:7])):
        return False
    if _AGENT.fullmatch(last) or text[max(0, name.start - 5) : name.start].lower().endswith(("pro-", "anti-")):
        return True
    following = next((word for word in after if word not in words["passed_over"]), "")
    acting = _ACTIVE.fullmatch(following) is not None and following not in words["town_verbs"]
    return acting or following in words["actor_after"]


def _behind(text: str, names: Sequence[Named], number: int) -> list[str]:
    """The words behind a name, or behind the last of a list that it opens: `Pyongyang dan Moskow makin rapat`."""
    end = names[number].end
    for following in names[number + 1 : number + _LONGEST_LIST]:
        if not is_metonym(following.entity_id) or text[end : following.start].strip() not in _JOINTS:
            break
        end = following.end
    return [word.lower() for word in _WORD.findall(text, end, end + _AFTER)]


def _addressed(text: str, names: Sequence[Named], number: int) -> bool:
    """`Pyongyang, Korea Utara`: a place followed by the larger place it lies in."""
    if number + 1 >= len(names):
        return False
    name, following = names[number], names[number + 1]
    return following.label == "GPE" and text[name.end : following.start] == ", " and not is_metonym(following.entity_id)
