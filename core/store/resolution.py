"""What the corrections of entities come to, worked out in the order in which they were made.

A mention is spoken of by the most exact key that anyone corrected: its place in an article, else its entity and
surface, else its entity. Nothing here reads the corpus, so that the same log always comes to the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

EntityKey = str
SurfaceKey = tuple[str, str]
"""The machine's entity and the surface."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """A stretch of an article that outlives re-tagging: raw_start counts in raw_text, length in text."""

    article: str
    raw_start: int
    length: int
    surface: str


@dataclass(slots=True)
class Resolution:
    """Where mentions of the machine's entities now belong, and how entities are called.

    entities   machine entity id -> id now
    surfaces   (machine entity id, surface) -> id now, where a surface was split off
    places     place of one mention -> id now
    names      entity id -> name that a person gave
    made       entity id -> (name, label) of entities that the machine may not know
    """

    entities: dict[EntityKey, str] = field(default_factory=dict)
    surfaces: dict[SurfaceKey, str] = field(default_factory=dict)
    places: dict[Anchor, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    made: dict[str, tuple[str, str]] = field(default_factory=dict)

    def of(self, entity_id: str) -> str:
        """What a machine entity is now, by and large."""
        return self.entities.get(entity_id, entity_id)

    def rename(self, entity_id: str, name: str) -> None:
        self.names[entity_id] = name

    def merge(self, entity_id: str, into: str) -> bool:
        """All that now belongs to an entity goes to another; False where that changes nothing."""
        into = self.of(into)
        if entity_id == into:
            return False
        self.entities.setdefault(entity_id, entity_id)
        for key, now in self.entities.items():
            if now == entity_id:
                self.entities[key] = into
        for pair, now in self.surfaces.items():
            if now == entity_id:
                self.surfaces[pair] = into
        for place, now in self.places.items():
            if now == entity_id:
                self.places[place] = into
        return True

    def split(self, entity_id: str, surface: str, into: str) -> bool:
        """Mentions of an entity under one surface go to another; False where that changes nothing."""
        into = self.of(into)
        if entity_id == into:
            return False
        for member in self.members(entity_id):
            if self.surfaces.get((member, surface), entity_id) == entity_id:
                self.surfaces[member, surface] = into
        for pair, now in self.surfaces.items():
            if now == entity_id and pair[1] == surface:
                self.surfaces[pair] = into
        for place, now in self.places.items():
            if now == entity_id and place.surface == surface:
                self.places[place] = into
        return True

    def move(self, place: Anchor, into: str) -> None:
        """One mention goes to another entity."""
        self.places[place] = self.of(into)

    def make(self, entity_id: str, name: str, label: str) -> None:
        """An entity that a person named."""
        self.made[entity_id] = (name, label)

    def members(self, entity_id: str) -> list[str]:
        """Machine entities that now belong to an entity, by and large; itself too unless it went elsewhere."""
        found = [key for key, now in self.entities.items() if now == entity_id]
        return found if self.of(entity_id) != entity_id or entity_id in found else [entity_id, *found]

    def changed_entities(self) -> list[tuple[str, str]]:
        """(machine entity, id now) where they differ."""
        return [(key, now) for key, now in self.entities.items() if key != now]

    def gone(self) -> set[str]:
        """Entities that nothing belongs to any more."""
        kept = {*self.entities.values(), *self.surfaces.values(), *self.places.values()}
        return {key for key, now in self.entities.items() if now != key} - kept

    def targets(self) -> set[str]:
        """Entities that something was brought to, or that were renamed."""
        moved: Iterable[str] = (now for _, now in self.changed_entities())
        return {*moved, *self.surfaces.values(), *self.places.values(), *self.names, *self.made}
