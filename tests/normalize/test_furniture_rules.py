"""The rows of furniture.yaml hold what their examples say."""

import pytest

from core.normalize.links import link_end
from core.normalize.rules import Rule, rules
from core.resources import load_yaml

PLACES = ("line", "head", "foot", "inline", "link", "start", "end")
ROWS = {row["id"]: row for row in load_yaml("furniture.yaml")}
RULES = {rule.id: rule for place in PLACES for rule in rules(place)}


def _matches() -> list[tuple[str, str]]:
    return [(name, example) for name, row in ROWS.items() for example in row["examples"]["match"]]


def _misses() -> list[tuple[str, str]]:
    return [(name, example) for name, row in ROWS.items() for example in row["examples"]["miss"]]


def _cuts(rule: Rule, text: str) -> str:
    """What a rule alone cuts of a text that is one line."""
    if not rule.may_match(text.lower()):
        return ""
    if rule.where in ("line", "head", "foot"):
        return text if rule.covers(text) else ""
    found = rule.pattern.match(text) if rule.where == "start" else rule.pattern.search(text)
    if found is None:
        return ""
    if rule.where == "link":
        return text[found.start() : link_end(text, found.end(), len(text), may_be_quoted=rule.quoted)]
    return found.group()


@pytest.mark.parametrize(("name", "example"), _matches())
def test_a_rule_cuts_its_example(name: str, example: str) -> None:
    cut = _cuts(RULES[name], example)
    assert cut.strip() == example.strip() if RULES[name].where != "start" else cut


@pytest.mark.parametrize(("name", "example"), _misses())
def test_a_rule_leaves_the_near_miss(name: str, example: str) -> None:
    assert not _cuts(RULES[name], example).strip()


def test_every_rule_has_examples_of_both_kinds_and_an_id_of_its_own() -> None:
    rows = load_yaml("furniture.yaml")
    assert len({row["id"] for row in rows}) == len(rows)
    assert all(row["examples"]["match"] and row["examples"]["miss"] for row in rows)


def test_hints_are_lower_case_and_never_hide_an_example() -> None:
    assert all(hint == hint.lower() for row in ROWS.values() for hint in row["hints"])
    assert all(RULES[name].may_match(example.lower()) for name, example in _matches())
