"""The opener of a report: `JAKARTA, KOMPAS.com -`, `REPUBLIKA.CO.ID, PYONGYANG --`, `MOSKOW -`."""

import re
from dataclasses import dataclass
from functools import cache

from core.model import Outlet
from core.normalize.outlets import by_domain, is_site, named
from core.resources import load_yaml

LONGEST_DATELINE = 90  # characters
_GAP = r"(?:[\s\xa0]|&(?:amp;)?nbsp;)*"
_BREAK = re.compile(rf"{_GAP}(?:-{{1,3}}|[–—|:]|&(?:amp;)?[nm]dash;){_GAP}|\.[\s\xa0]+")
_SIDES = frozenset({"barat", "timur", "utara", "selatan", "tengah", "pusat"})
_PARTS = re.compile(r"\s*[,(/|]\s*|\)\s*|\.\s+|\s+[-–—]+\s+")
_STRANGE = re.compile(r"[^\w\s.,()/&'’|–—-]")
LONGEST_HEADLINE = 110  # characters
SHORTEST_REST = 12  # characters of text after an opener


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """A dateline: where it ends in the line, its city and its outlet; at least one of them is given."""

    end: int
    city: str | None
    outlet: Outlet | None


@cache
def _cities() -> dict[str, str]:
    table = load_yaml("cities.yaml")
    known = {city.lower(): city for city in table["cities"]}
    known.update({form.lower(): city for form, city in table["aliases"].items()})
    return known


def city_of(name: str) -> str | None:
    """The canonical Indonesian name of a city or of a part of one, however it is cased, or None."""
    plain = " ".join(name.split()).strip(" .").lower()
    if plain in _cities():
        return _cities()[plain]
    whole, _, side = plain.rpartition(" ")
    return f"{_cities()[whole]} {side.title()}" if side in _SIDES and whole in _cities() else None


def find_dateline(line: str) -> Dateline | None:
    """The dateline at the start of a line, as long as it goes; text must follow it."""
    best: Dateline | None = None
    for found in _BREAK.finditer(line, 0, LONGEST_DATELINE):
        if len(line) - found.end() < SHORTEST_REST or line[found.end()].isdigit():
            break
        if found.group() == "-" and line[found.end()].islower():  # a word with a hyphen
            continue
        read = _read(line[: found.start()], found.group().strip())
        if read is not None and (read[1] is not None or _is_report(line)):
            end = found.start() + len(found.group().rstrip())
            best = Dateline(end=end, city=read[0], outlet=read[1])
        elif best is not None:
            break
    return best


def _is_report(line: str) -> bool:
    """Whether a line that opens with a city alone is a report, not a headline: `Jakarta: Kota yang Tenggelam`."""
    return len(line) > LONGEST_HEADLINE or line.rstrip()[-1] in '.!?"”,'


def _read(opener: str, mark: str) -> tuple[str | None, Outlet | None] | None:
    """City and outlet that an opener names, if it names nothing else."""
    if _STRANGE.search(opener):
        return None
    city: str | None = None
    outlet: Outlet | None = None
    for part in _split(opener):
        if outlet is None and (read := named(part, "dateline")):
            outlet = read
        elif city is None and (place := city_of(part)):
            city = place
        elif outlet is None and is_site(part):
            outlet = by_domain(part)
        else:
            return None
    if (city is None and outlet is None) or (mark == "." and outlet is None):
        return None
    return city, outlet


def _split(opener: str) -> list[str]:
    return [piece for piece in (one.strip() for one in _PARTS.split(opener)) if piece]
