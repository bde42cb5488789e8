"""What people corrected: the log with what became of each entry, and the machine's values beside those of people."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from core.store import Corpus
from core.store import corrections as stored
from core.store.correction import Correction

STATES = ("stands", "undone", "undo", "overtaken", "article_gone", "place_changed", "entity_gone", "domain_gone")
"""What became of an entry. The last four no longer apply: what they speak of is not in the corpus as it was."""

LOST = STATES[4:]


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """One field of an article that a person changed: what the screens say, and what the machine said."""

    field: str
    machine: str | None
    correction: Correction


def listing(corpus: Corpus) -> pd.DataFrame:
    """The whole log, newest first.

    Shape: correction_id, made_at (UTC), who, kind, what (of what it speaks), before, after, reason, state (one of
           STATES), affected (tags or articles that it changes now), target.
    """
    frame = stored.standing(corpus)
    names = _names(corpus, frame)
    shown = frame.assign(
        what=[_what(kind, target, names) for kind, target in zip(frame["kind"], frame["target"], strict=True)],
        before=[_said(value, names) for value in frame["before"]],
        after=[_said(value, names) for value in frame["after"]],
    )
    return shown[["correction_id", "made_at", "who", "kind", "what", "before", "after", "reason", "state", "affected",
                  "target"]]  # fmt: skip


def of_article(corpus: Corpus, document_id: str) -> list[Correction]:
    """The corrections that stand and speak of an article, oldest first."""
    return stored.of_article(corpus, document_id)


def of_entity(corpus: Corpus, entity_id: str) -> list[Correction]:
    """The corrections that stand and made an entity what it is, oldest first."""
    return stored.of_entity(corpus, entity_id)


def corrected_fields(corpus: Corpus, document_id: str) -> dict[str, Corrected]:
    """Of an article's title, outlet and date those that a person set, by their name."""
    machine = stored.machine_values(corpus, document_id)
    said = {"title": machine.get("title"), "outlet": machine.get("outlet_name"), "date": machine.get("published")}
    made = stored.document_corrections(corpus, document_id)
    return {name: Corrected(field=name, machine=said[name], correction=one) for name, one in made.items()}


def corrected_articles(corpus: Corpus) -> list[str]:
    """The ids of the articles that a correction of their own changes: of a date, a tag, an outlet and so on."""
    return stored.corrected_articles(corpus)


def unknown_domains(corpus: Corpus) -> pd.DataFrame:
    """Web domains of the articles whose outlet is not known or only named by its domain.

    Shape: domain, articles, example (title of one of them); by falling articles.
    """
    return stored.unknown_domains(corpus)


def lost(corpus: Corpus) -> int:
    """How many corrections stand in the log and no longer apply."""
    return int(stored.standing(corpus)["state"].isin(LOST).sum())


def _names(corpus: Corpus, frame: pd.DataFrame) -> dict[str, str]:
    """Entity ids and article ids of the log with what they are called by the machine."""
    fields = [field for column in ("target", "before", "after") for field in frame[column]]
    ids = sorted({str(field[key]) for field in fields for key in ("entity_id", "article") if field.get(key)})
    made = {str(field["entity_id"]): str(field["name"]) for field in frame["after"] if "entity_id" in field and
            "name" in field}  # fmt: skip
    return made | stored.machine_names(corpus, ids)


def _what(kind: str, target: dict[str, Any], names: dict[str, str]) -> str:
    """`Kim` in “Title of the article”, an entity by its machine's name, a domain, the number of a correction."""
    if kind == "undo":
        return f"#{target['correction']}"
    parts = [f"“{target['surface']}”"] if "surface" in target else []
    key = "article" if "article" in target else "entity_id" if "entity_id" in target else "domain"
    return " · ".join([*parts, names.get(target[key], target[key])])


def _said(value: dict[str, Any], names: dict[str, str]) -> str:
    """The values of before or after, readable: names for ids, and a sign on a score."""
    if "entity_id" in value:
        return str(value.get("name") or names.get(value["entity_id"], value["entity_id"]))
    for key in ("name", "outlet_name", "title", "published", "speaker", "claim_id"):
        if value.get(key):
            return str(value[key])
    if "tone" in value:
        return f"{value['tone']} {value['score']:+.2f}"
    return ""
