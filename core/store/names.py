"""How entities are called that a text never names itself: what its metonyms stand for."""

from collections.abc import Iterable
from functools import cache

from core.model import Tagged
from core.resources import FOLDER, load_csv

EntityRow = tuple[str, str, str, str | None]
"""entity_id, name, label, wikidata."""


def entity_rows(articles: Iterable[Tagged]) -> list[EntityRow]:
    """One row for every entity that the articles mention or refer to."""
    rows: dict[str, EntityRow] = {}
    referred: set[str] = set()
    for tagged in articles:
        for mention in tagged.annotations.mentions:
            entity = mention.entity
            rows[entity.id] = (entity.id, entity.name, entity.label, entity.wikidata)
            if mention.refers_to is not None:
                referred.add(mention.refers_to)
    for entity_id in sorted(referred - rows.keys()):
        rows[entity_id] = listed_rows().get(entity_id) or (entity_id, readable(entity_id), label_of(entity_id), None)
    return list(rows.values())


def readable(entity_id: str) -> str:
    """The name that an id was made from, as far as it shows: `org:pemerintah-rusia` is Pemerintah Rusia."""
    return " ".join(word.capitalize() for word in entity_id.partition(":")[2].split("-"))


def label_of(entity_id: str) -> str:
    """The label in front of an id."""
    return entity_id.partition(":")[0].upper()


@cache
def listed_rows() -> dict[str, EntityRow]:
    """Every row of the gazetteer by its id."""
    rows: dict[str, EntityRow] = {}
    for found in sorted(FOLDER.glob("gazetteer_*.csv")):
        for row in load_csv(found.name):
            rows[row["id"]] = (row["id"], row["name"], row["label"], row.get("wikidata") or None)
    return rows
