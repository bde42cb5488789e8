"""Broken rows of furniture.yaml and credits.yaml are named, not ignored."""

from typing import Any

import pytest

from core.errors import ResourceError
from core.normalize import credits as credit_module
from core.normalize import rules as rule_module

GOOD: dict[str, Any] = {"id": "x.y", "where": "line", "pattern": "kabar", "hints": ["kabar"], "examples": {}}


@pytest.fixture(autouse=True)
def _fresh() -> Any:
    yield
    rule_module._all_rules.cache_clear()
    rule_module.rules.cache_clear()
    credit_module.credit_rules.cache_clear()


def _with(monkeypatch: pytest.MonkeyPatch, row: dict[str, Any]) -> None:
    monkeypatch.setattr(rule_module, "load_yaml", lambda _: [row])
    rule_module._all_rules.cache_clear()
    rule_module.rules.cache_clear()


def test_a_pattern_that_does_not_compile_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    _with(monkeypatch, GOOD | {"pattern": "(kabar"})
    with pytest.raises(ResourceError, match=r"x\.y"):
        rule_module.rules("line")


def test_an_unknown_place_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    _with(monkeypatch, GOOD | {"where": "margin"})
    with pytest.raises(ResourceError, match="margin"):
        rule_module.rules("line")


def test_letters_match_in_both_cases_unless_the_row_says_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    _with(monkeypatch, GOOD)
    assert rule_module.rules("line")[0].covers("KABAR")
    _with(monkeypatch, GOOD | {"case": True})
    assert not rule_module.rules("line")[0].covers("KABAR")


def test_needs_and_unless_are_asked_after_the_pattern(monkeypatch: pytest.MonkeyPatch) -> None:
    _with(monkeypatch, GOOD | {"pattern": "kabar.*", "needs": r"\d", "unless": "baik"})
    rule = rule_module.rules("line")[0]
    assert [rule.covers(text) for text in ("kabar", "kabar 1", "kabar 1 baik")] == [False, True, False]


def test_a_credit_pattern_that_does_not_compile_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    row = {"id": "byline.x", "kind": "byline", "where": "line", "pattern": "(?P<name>"}
    monkeypatch.setattr(credit_module, "load_yaml", lambda _: {"rules": [row], "hints": []})
    credit_module.credit_rules.cache_clear()
    with pytest.raises(ResourceError, match=r"byline\.x"):
        credit_module.credit_rules("line")
