"""What a focus profile says of happenings and facts: which claims report which event, and which values can differ."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from core.analyze.numbers import NUMBER
from core.errors import ResourceError
from core.resources import load_yaml

DEFAULT = "gifts_and_sanctions"

TOGETHER_DAYS = 3  # days of one event that lie so far apart are days of the same one, unless the profile says
REACH_DAYS = 14  # an article that gives no day reports an event at most so long before

FactKind = Literal["day", "number", "name"]
Labels = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """A kind of real event: who does what with which item, and the claims by which an article reports it.

    told_by maps each such claim to the date it holds in itself (`2023-09`) or None. dated_by: claims whose sentences
    give its day; details: claims about it, which an outlet that covers it can leave out; marks: claims that tell
    one event of the kind from another, so that an undated article with one joins no event without it.
    """

    id: str
    area: str
    kind: str
    kind_labels: Labels
    cameo: str | None
    plover: str | None
    labels: Labels
    who: tuple[str, ...]
    item: Labels
    told_by: Mapping[str, str | None]
    dated_by: frozenset[str]
    details: frozenset[str]
    marks: frozenset[str]
    together_days: int
    reach_days: int
    since: str | None

    @property
    def claims(self) -> frozenset[str]:
        """All claims that are about it."""
        return self.details | self.dated_by | self.marks | self.told_by.keys()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A value that outlets can differ on. It is read from the sentences of its claims.

    values: for names, what the text says by value; pattern: for numbers, with the group `n` and its unit behind it.
    """

    id: str
    kind: FactKind
    labels: Labels
    of: frozenset[str]
    claims: frozenset[str]
    values: Mapping[str, re.Pattern[str]]
    value_labels: Mapping[str, Labels]
    pattern: re.Pattern[str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """The happenings and facts of one profile."""

    happenings: tuple[Happening, ...]
    facts: tuple[Fact, ...]
    claim_labels: Mapping[str, Labels]


@cache
def load_subject(name: str = DEFAULT) -> Subject:
    """Of a bundled profile by name."""
    return parse_subject(load_yaml(f"focus/{name}.yaml"))


def parse_subject(data: Mapping[str, Any]) -> Subject:
    """Of a profile's data; ResourceError where it is broken or names what it does not declare."""
    try:
        claim_labels = {row["id"]: row["labels"] for row in data["claims"]}
        happenings = tuple(_happening(name, row, data) for name, row in data.get("happenings", {}).items())
        facts = tuple(_fact(name, row) for name, row in data.get("facts", {}).items())
    except (KeyError, TypeError, AttributeError, re.error) as fault:
        raise ResourceError(f"The happenings of a focus profile are broken at {fault!r}.") from fault
    known = set(claim_labels)
    for happening in happenings:
        _declared(f"Happening {happening.id}", happening.claims, known)
    for fact in facts:
        _declared(f"Fact {fact.id}", fact.claims, known)
        _declared(f"Fact {fact.id}", fact.of, {happening.id for happening in happenings})
    return Subject(happenings=happenings, facts=facts, claim_labels=claim_labels)


def _declared(what: str, used: Iterable[str], known: set[str]) -> None:
    missing = sorted(set(used) - known)
    if missing:
        raise ResourceError(f"{what} names what the profile does not declare: {', '.join(missing)}.")


def _happening(name: str, row: Mapping[str, Any], data: Mapping[str, Any]) -> Happening:
    kind = data["events"][row["event"]]
    return Happening(
        id=name,
        area=row["area"],
        kind=row["event"],
        kind_labels=kind["labels"],
        cameo=kind.get("cameo"),
        plover=kind.get("plover"),
        labels=row["labels"],
        who=tuple(row["who"]),
        item=row.get("item", {}),
        told_by=_dated(row["told_by"]),
        dated_by=frozenset(row.get("dated_by", ())),
        details=frozenset(row.get("details", ())),
        marks=frozenset(row.get("marks", ())),
        together_days=row.get("together_days", TOGETHER_DAYS),
        reach_days=row.get("reach_days", REACH_DAYS),
        since=row.get("since"),
    )


def _dated(told_by: Any) -> Mapping[str, str | None]:
    return dict(told_by) if isinstance(told_by, Mapping) else dict.fromkeys(told_by)


def _fact(name: str, row: Mapping[str, Any]) -> Fact:
    values = row.get("values", {})
    return Fact(
        id=name,
        kind=row["kind"],
        labels=row["labels"],
        of=frozenset(row["of"]),
        claims=frozenset(row["claims"]),
        values={key: re.compile(rf"(?i)\b(?:{value['pattern']})\b") for key, value in values.items()},
        value_labels={key: value["labels"] for key, value in values.items()},
        pattern=re.compile(f"(?i){row['pattern'].replace('{number}', NUMBER)}") if "pattern" in row else None,
    )
