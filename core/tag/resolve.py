"""Which entity each name of an article is."""

import re
import unicodedata

from core.model import Entity
from core.tag.shaping import Found
from core.tag.tokens import Words


def resolve(words: Words, names: list[Found]) -> list[tuple[Found, Entity]]:
    out = []
    for name in names:
        if name.rows:
            entity = name.rows[0].entity
        else:
            surface = words.text[name.start : name.end]
            entity = Entity(id=f"{name.label.lower()}:{slug(surface)}", name=surface, label=name.label)
        out.append((name, entity))
    return out


def slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower().replace("'", "")
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "x"
