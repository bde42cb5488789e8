"""From the keys of a clicked mark or row to the evidence it stands for."""

from collections.abc import Mapping
from typing import Any

from core.analyze import claims, entities
from core.store import Selection
from pages.parts.evidence import Ask, Asker, Kind
from pages.parts.house import ask
from pages.parts.screen import View
from pages.parts.wording import language, t

FIELDS = {
    "outlet": "outlet",
    "entity_id": "entity_id",
    "other_id": "with_entity",
    "key": "period",
    "tone": "tone",
    "favour": "favour",
    "layer": "layer",
    "claim_id": "claim_id",
    "stance": "stance",
    "source": "source",
    "relay": "relay",
    "other": "shared_with",
    "quote_kind": "quote_kind",
    "speaker": "speaker",
    "term": "words",
    "surface": "words",
    "document_id": "document_id",
    "cluster_id": "cluster_id",
}
"""Keys of figures and the fields of a selection that they fill."""


def opens(view: View, *keys: str, kind: Kind = "sentences", **fixed: Any) -> Asker:
    """An asker that selects by the given keys of what was clicked, and by fixed fields of a selection.

    Where a key has no value there is nothing that could be opened.
    """

    def asker(picked: Mapping[str, Any]) -> Ask | None:
        if any(picked.get(key) is None for key in keys):
            return None
        chosen = {FIELDS[key]: _quoted(key, picked[key]) for key in keys}
        said = [name_of(view, field, value) for field, value in {**fixed, **chosen}.items()]
        return Ask(title=" · ".join(said), selection=Selection(**{**fixed, **chosen}), kind=kind)

    return asker


def _quoted(key: str, value: Any) -> Any:
    """A surface is searched as the phrase it is."""
    return f'"{value}"' if key == "surface" else value


def name_of(view: View, field: str, value: Any) -> str:
    """What a key of a figure is called on screen."""
    words = view.look.wording
    if field == "outlet":
        return next((choice.name for choice in view.offered.outlets if choice.key == value), str(value))
    if field in ("entity_id", "with_entity", "refers_to"):
        offered = (choice.name for choice in view.offered.entities if choice.key == value)
        return next(offered, None) or ask(entities.names, (value,)).get(value, str(value))
    if field == "claim_id":
        return claim_labels().get(value, str(value))
    if field in ("tone", "layer", "favour"):
        return words.named(field, value)
    if field == "shared_with":
        return name_of(view, "outlet", value)
    if field == "relay":
        return t("lineage.through", who=value) if value else t("lineage.directly")
    if field == "quote_kind":
        return words.named("quote", value)
    if field == "stance":
        return words.named("status", value)
    if field == "period":
        return words.text("date.week", week=value) if "W" in value else words.partial_date(value)
    return f"“{value.strip(chr(34))}”" if field == "words" else str(value)


def claim_labels() -> dict[str, str]:
    """What the claims of the focus profile are called in the reader's language."""
    known = claims.catalogue()
    return dict(zip(known["claim_id"], known[f"label_{language()}"], strict=True))
