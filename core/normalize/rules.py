"""The rows of furniture.yaml, compiled."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Literal

from core.errors import ResourceError
from core.resources import load_yaml

Where = Literal["line", "head", "foot", "inline", "link", "start", "end"]
ALL = 1000  # more headlines than any page lists


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One row: id, where it applies, what it matches.

    takes is how many headlines below a line go with it; answers says that questions and their answers do;
    quoted says that the headline of a link may stand in quotation marks.
    """

    id: str
    where: Where
    pattern: re.Pattern[str]
    hints: tuple[str, ...]
    needs: re.Pattern[str] | None
    unless: re.Pattern[str] | None
    takes: int
    answers: bool
    quoted: bool

    def may_match(self, lower: str) -> bool:
        """Whether a lower-cased line holds one of the hints; a rule without hints may always match."""
        for hint in self.hints:
            if hint in lower:
                return True
        return not self.hints

    def covers(self, line: str) -> bool:
        """Whether the pattern takes the whole line and nothing speaks against it."""
        if self.pattern.fullmatch(line) is None:
            return False
        if self.needs is not None and self.needs.search(line) is None:
            return False
        return self.unless is None or self.unless.search(line) is None


@cache
def rules(where: Where) -> tuple[Rule, ...]:
    """All rules of one place, in the order of the file.

    Raises: ResourceError naming the row, for a pattern that does not compile or an unknown place.
    """
    return tuple(rule for rule in _all_rules() if rule.where == where)


def rules_for(where: Where, lower: str) -> list[Rule]:
    """The rules of one place that may match anywhere in a lower-cased text."""
    present = _hints_in(lower)
    return [rule for rule in rules(where) if not rule.hints or not present.isdisjoint(rule.hints)]


@cache
def _hint_finder() -> tuple[Any, list[str]]:
    """One pass over a text finds the hints of all rules; a pass a hint cost a quarter of the cleaning."""
    from ahocorasick_rs import AhoCorasick, MatchKind

    hints = sorted({hint for rule in _all_rules() for hint in rule.hints})
    return AhoCorasick(hints, matchkind=MatchKind.Standard), hints


@lru_cache(maxsize=4)
def _hints_in(lower: str) -> frozenset[str]:
    finder, hints = _hint_finder()
    try:
        found = {number for number, _, _ in finder.find_matches_as_indexes(lower, overlapping=True)}
    except UnicodeEncodeError:  # half of a surrogate pair, which the finder cannot read
        return frozenset(hint for hint in hints if hint in lower)
    return frozenset(hints[number] for number in found)


@cache
def _all_rules() -> tuple[Rule, ...]:
    return tuple(_compile(row) for row in load_yaml("furniture.yaml"))


def _compile(row: dict[str, Any]) -> Rule:
    flags = re.NOFLAG if row.get("case") else re.IGNORECASE
    if row["where"] not in ("line", "head", "foot", "inline", "link", "start", "end"):
        raise ResourceError(f"furniture.yaml: {row['id']} has the unknown place {row['where']!r}.")
    try:
        needs, unless = (re.compile(row[key], flags) if key in row else None for key in ("needs", "unless"))
        return Rule(
            id=row["id"],
            where=row["where"],
            pattern=re.compile(row["pattern"], flags),
            hints=tuple(row["hints"]),
            needs=needs,
            unless=unless,
            takes={"all": ALL, "answers": 0}.get(row.get("takes", 0), row.get("takes", 0)),
            answers=row.get("takes") == "answers",
            quoted=row.get("quoted", False),
        )
    except re.error as error:
        raise ResourceError(f"furniture.yaml: the pattern of {row['id']} does not compile: {error}.") from error
