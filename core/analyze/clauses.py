"""From what is reported to the sanctions clauses that it may touch, by the item classes of the rule file."""

import re
from datetime import date
from typing import Any

import pandas as pd

from core.resources import load_yaml

RULES = "sanctions.yaml"
WORDING = "potentially relevant"
KEYS = [
    "clause_id", "resolution", "paragraph", "confidence", "covers", "covers_en", "since", "checked", "verify_at",
    "item_class", "item_class_en", "claim_id",
]  # fmt: skip
COUNTED = ["wording", "alleged_by", "denied_by", "after_panel", "articles", "independent", "outlets"]


def relevant(rows: pd.DataFrame) -> pd.DataFrame:
    """Clauses by item class and claim, from the rows of core.store.claims: KEYS and COUNTED.

    An article that came out before a clause was adopted, or after it ended, is not counted under it; one
    without a date is. Who denies a claim does not allege it. The panel of experts alleges nothing after its mandate:
    a later article that cites it tells of an old finding, so its name stands in after_panel and counts nowhere.
    """
    found: list[list[object]] = []
    by_claim = {str(claim): group for claim, group in rows.groupby("claim_id")}
    for link in _links():
        group = by_claim.get(link["claim_id"])
        if group is not None:
            counted = _counted(_in_force(group, link["since"], link["until"]))
            if counted is not None:
                found.append([*(link[key] for key in KEYS), *counted])
    return pd.DataFrame(found, columns=KEYS + COUNTED)


def _links() -> list[dict[str, Any]]:
    """Every clause with every claim that may touch it, in the order of the rule file."""
    rules = load_yaml(RULES)
    return [
        {
            "clause_id": clause["id"],
            "resolution": clause["resolution"],
            "paragraph": clause["paragraph"],
            "confidence": clause["confidence"],
            "covers": clause["covers"]["id"],
            "covers_en": clause["covers"]["en"],
            "since": clause["since"],
            "until": clause.get("until"),
            "checked": clause["checked"],
            "verify_at": clause["where"],
            "item_class": rules["item_classes"][item]["id"],
            "item_class_en": rules["item_classes"][item]["en"],
            "claim_id": claim,
        }
        for clause in rules["clauses"]
        for item in clause["items"]
        for claim in rules["item_classes"][item]["claims"]
    ]


def _in_force(rows: pd.DataFrame, since: str, until: str | None) -> pd.DataFrame:
    """Leaves out the articles that certainly came out before since or after until."""
    out = rows["published_last"] < pd.Timestamp(date.fromisoformat(since))
    if until is not None:
        out |= rows["published_first"] > pd.Timestamp(date.fromisoformat(until))
    return rows[~out]


def _counted(rows: pd.DataFrame) -> tuple[object, ...] | None:
    """The values of COUNTED; None where nobody alleges the claim."""
    who = rows["attributed_to"].fillna(rows["outlet_name"])
    denied = rows["stance"] == "denies"
    late = ~denied & _panel_after_its_end(rows)
    alleging = rows[~denied & ~late]
    if alleging.empty:
        return None
    counts = tuple(int(alleging[column].nunique()) for column in ("doc", "cluster_id", "outlet"))
    return (WORDING, _names(who[~denied & ~late]), _names(who[denied]), _names(who[late]), *counts)


def _panel_after_its_end(rows: pd.DataFrame) -> "pd.Series[bool]":
    """Whether a row gives the panel of experts as its source though the article came out after the mandate ended."""
    panel = load_yaml(RULES)["panel_of_experts"]
    named = rows["attributed_to"].fillna("").str.lower().str.contains("|".join(map(re.escape, panel["names"])))
    return named & (rows["published_first"] > pd.Timestamp(date.fromisoformat(panel["ended"])))


def _names(names: pd.Series) -> str:
    return ", ".join(sorted(set(names)))
