"""Who wrote, edited or supplied an article: the rows of credits.yaml, compiled and applied to lines."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from core.errors import ResourceError
from core.normalize.lines import Line
from core.resources import load_yaml

CreditKind = Literal["byline", "editor", "credit"]
LONGEST_CREDIT = 200  # characters of a credit line or tail
_LABEL_HINT = re.compile(
    r"(?i)lapor|penulis|repor|jurnalis|pewarta|kontributor|wartawan|author|written|ditulis|teks|editor|redaktur|penyunting"
    r"|\bre[dp]\b|sumber|source|oleh|\bby\b|foto|tim "
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditRule:
    """One row: what it tells, where it stands, and the pattern whose groups name the people."""

    id: str
    kind: CreditKind
    where: Literal["line", "end", "start"]
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """A credit found in a text: places in that text, the name it gives, and an editor named beside it."""

    start: int
    end: int
    kind: CreditKind
    rule: str
    name: str
    editor: str | None = None


@cache
def credit_rules() -> tuple[CreditRule, ...]:
    """All rows in the order of the file.

    Raises: ResourceError naming the row, for a pattern that does not compile.
    """
    compiled = []
    for row in load_yaml("credits.yaml"):
        try:
            pattern = re.compile(row["pattern"])
        except re.error as error:
            raise ResourceError(f"credits.yaml: the pattern of {row['id']} does not compile: {error}.") from error
        compiled.append(CreditRule(id=row["id"], kind=row["kind"], where=row["where"], pattern=pattern))
    return tuple(compiled)


def credit_line(line: Line) -> Credit | None:
    """The credit that a whole line states, or None."""
    if len(line.text) > LONGEST_CREDIT or _LABEL_HINT.search(line.text) is None:
        return None
    for rule in credit_rules():
        if rule.where == "line" and (found := rule.pattern.fullmatch(line.text)):
            return _credit(rule, found, line.start)
    return None


def _credit(rule: CreditRule, found: re.Match[str], offset: int) -> Credit:
    groups = found.groupdict()
    return Credit(
        start=offset + found.start(),
        end=offset + found.end(),
        kind=rule.kind,
        rule=rule.id,
        name=clean_name(groups["name"]),
        editor=clean_name(groups["editor"]) if groups.get("editor") else None,
    )


def clean_name(name: str) -> str:
    """A name without the blanks and marks around it."""
    return " ".join(name.split()).strip(" ,.;:-–—|/*()")


def credit_tail(line: Line) -> Credit | None:
    """The credit in brackets that closes a line, or None."""
    tail = max(0, len(line.text) - LONGEST_CREDIT)
    opening = max(line.text.rfind("(", tail), line.text.rfind("[", tail))
    if opening < 0:
        return None
    for rule in credit_rules():
        if rule.where == "end" and (found := rule.pattern.fullmatch(line.text, opening)):
            return _credit(rule, found, line.start)
    return None
