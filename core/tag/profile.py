"""Focus profiles: a subject's concepts, claims and events, read from core/resources/focus. No subject is known here.

A concept is a set of words, phrases, patterns and entities. A claim names the concepts that must meet in a
sentence, or in a sentence and its neighbour, and in which order; see the head of any profile for the format.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from core.errors import ResourceError
from core.resources import load_yaml, path

FOLDER = "focus"
DEFAULT = "gifts_and_sanctions"
WITHIN_WORDS = 24  # farthest from the first to the last concept of an ordered form, unless the form says otherwise

Group = frozenset[str]  # concepts of which any will do


@dataclass(frozen=True, slots=True)
class Concept:
    """Ways to say one thing. words: lower case, a trailing * takes any ending; entities: ids of what is mentioned."""

    id: str
    words: tuple[str, ...]
    patterns: tuple[re.Pattern[str], ...]
    entities: frozenset[str]


@dataclass(frozen=True, slots=True)
class Form:
    """One way to state a claim: groups in order, and groups that may stand anywhere in the same window."""

    order: tuple[Group, ...]
    also: tuple[Group, ...]
    unless: Group
    within: int
    reach: Literal["sentence", "neighbour"]
    key: int  # place in order of the concept that a denial or a plan must bear on


@dataclass(frozen=True, slots=True)
class ClaimRule:
    """A claim: labels by language, its forms, what must stand somewhere in the text, what blocks it."""

    id: str
    area: str
    labels: Mapping[str, str]
    forms: tuple[Form, ...]
    anywhere: tuple[Group, ...]
    unless: Group
    since: int | None  # year before which it cannot hold
    plans: bool  # whether a word of planning makes a plan of it
    negative: bool  # its own wording holds a negation, so one is no denial
    event: str | None
    match: tuple[str, ...]
    miss: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EventRule:
    """A kind of happening, with its codes in public event ontologies."""

    id: str
    labels: Mapping[str, str]
    cameo: str | None
    plover: str | None


@dataclass(frozen=True, slots=True)
class Profile:
    """One subject."""

    id: str
    labels: Mapping[str, str]
    gate: tuple[Group, ...]
    gate_reach: int | None  # sentences from a claim to the nearest of each gate group; None is anywhere in the text
    concepts: Mapping[str, Concept]
    claims: tuple[ClaimRule, ...]
    events: Mapping[str, EventRule]
    areas: Mapping[str, Mapping[str, str]]
    stance: Mapping[str, Concept]  # by the names in STANCES


STANCES = ("denies", "negates", "hedges", "plans", "breaks", "anaphors", "told")


@cache
def load_profile(name: str = DEFAULT) -> Profile:
    """A bundled profile by name; ResourceError where it is missing or broken."""
    path(f"{FOLDER}/{name}.yaml")
    return parse_profile(load_yaml(f"{FOLDER}/{name}.yaml"))


def parse_profile(data: Mapping[str, Any]) -> Profile:
    """A profile from its data; ResourceError naming the claim and the fault."""
    try:
        concepts = {name: _concept(name, row) for name, row in data["concepts"].items()}
        events = {name: _event(name, row) for name, row in data.get("events", {}).items()}
        profile = Profile(
            id=data["id"],
            labels=data["labels"],
            gate=tuple(_group(group) for group in data["gate"]),
            gate_reach=data.get("gate_reach"),
            concepts=concepts,
            claims=tuple(_claim(row) for row in data["claims"]),
            events=events,
            areas=data.get("areas", {}),
            stance={name: _concept(name, data["stance"].get(name, [])) for name in STANCES},
        )
    except (KeyError, TypeError, AttributeError, re.error) as fault:
        raise ResourceError(f"A focus profile is broken at {fault!r}: compare it with the bundled one.") from fault
    _check(profile)
    return profile


def _concept(name: str, row: Any) -> Concept:
    if isinstance(row, list):
        row = {"words": row}
    return Concept(
        id=name,
        words=tuple(str(word).lower() for word in row.get("words", ())),
        patterns=tuple(re.compile(each) for each in row.get("patterns", ())),
        entities=frozenset(row.get("entities", ())),
    )


def _event(name: str, row: Mapping[str, Any]) -> EventRule:
    cameo = row.get("cameo")
    return EventRule(id=name, labels=row["labels"], cameo=str(cameo) if cameo else None, plover=row.get("plover"))


def _group(names: str | Iterable[str]) -> Group:
    return frozenset((names,)) if isinstance(names, str) else frozenset(names)


def _claim(row: Mapping[str, Any]) -> ClaimRule:
    return ClaimRule(
        id=row["id"],
        area=row["area"],
        labels=row["labels"],
        forms=tuple(_form(form, row) for form in row["forms"]),
        anywhere=tuple(_group(group) for group in row.get("anywhere", ())),
        unless=_group(row.get("unless", ())),
        since=row.get("since"),
        plans=row.get("plans", True),
        negative=row.get("negative", False),
        event=row.get("event"),
        match=tuple(row["examples"]["match"]),
        miss=tuple(row["examples"]["miss"]),
    )


def _form(form: Mapping[str, Any], row: Mapping[str, Any]) -> Form:
    order = tuple(_group(group) for group in form.get("order", ()))
    also = tuple(_group(group) for group in (*form.get("also", ()), *row.get("also", ())))
    return Form(
        order=order,
        also=also,
        unless=_group(form.get("unless", ())),
        within=form.get("within", WITHIN_WORDS),
        reach=form.get("reach", row.get("reach", "sentence")),
        key=form.get("key", len(order) - 1 if order else 0),
    )


def _check(profile: Profile) -> None:
    """Every name used is declared, ids are unique, every claim has labels in both languages and a form."""
    seen: set[str] = set()
    for rule in profile.claims:
        if rule.id in seen:
            raise ResourceError(f"Claim {rule.id} of profile {profile.id} stands twice: rename one.")
        seen.add(rule.id)
        used = set(rule.unless).union(*rule.anywhere) if rule.anywhere else set(rule.unless)
        for form in rule.forms:
            used.update(form.unless, *form.order, *form.also)
            if not form.order and not form.also:
                raise ResourceError(f"Claim {rule.id} of profile {profile.id} has an empty form: name its concepts.")
        missing = sorted(used - profile.concepts.keys())
        if missing:
            raise ResourceError(
                f"Claim {rule.id} of profile {profile.id} names unknown concepts: {', '.join(missing)}."
            )
        if {"id", "en"} - rule.labels.keys():
            raise ResourceError(f"Claim {rule.id} of profile {profile.id} needs labels in id and en.")
        if rule.event is not None and rule.event not in profile.events:
            raise ResourceError(f"Claim {rule.id} of profile {profile.id} names an unknown event: {rule.event}.")
