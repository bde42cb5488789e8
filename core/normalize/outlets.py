"""The registry of outlets and what tells which one published an article."""

import re
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from core.model import Outlet, RawArticle, Removed
from core.resources import load_yaml

_FOLD = re.compile(r"[^a-z0-9]+")
_SITE = re.compile(r"(?:[\w-]+\.)+(?:com|id|co|net|tv|news|org|info|my|sg|uk|jp|kr|de|au|nl)\b", re.I)
_SECOND_LEVEL = frozenset({"co", "or", "ac", "go", "web", "com", "my", "net", "biz", "desa"})


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletRow:
    """One outlet: id, name, how its datelines and footers name it, its domains."""

    id: str
    name: str
    domains: tuple[str, ...]
    forms: tuple[str, ...]
    footer: tuple[str, ...]


@cache
def registry() -> tuple[OutletRow, ...]:
    """All rows of outlets.yaml."""
    return tuple(
        OutletRow(
            id=row["id"],
            name=row["name"],
            domains=tuple(row["domains"]),
            forms=tuple(row.get("dateline", ())) + tuple(row.get("aliases", ())),
            footer=tuple(row.get("footer", ())),
        )
        for row in load_yaml("outlets.yaml")
    )


def fold(name: str) -> str:
    """A name for comparison: letters and digits in lower case."""
    return _FOLD.sub("", name.lower())


@cache
def _by_form() -> dict[str, OutletRow]:
    found: dict[str, OutletRow] = {}
    for row in registry():
        for form in (row.name, *row.forms, *row.domains):
            found.setdefault(fold(form), row)
    return found


@cache
def _by_domain() -> dict[str, OutletRow]:
    return {domain: row for row in registry() for domain in row.domains}


def named(form: str, rule: str) -> Outlet | None:
    """The outlet that a dateline, a container or a footer names, or None."""
    row = _by_form().get(fold(form))
    return Outlet(id=row.id, name=row.name, rule=rule) if row else None


def of_url(url: str) -> Outlet | None:
    """The outlet of an address: the longest registered domain, else one named by its own domain."""
    try:
        host = (urlsplit(url if "//" in url else f"//{url}").hostname or "").removeprefix("www.").rstrip(".")
    except ValueError:
        return None
    parts = host.split(".")
    for first in range(len(parts) - 1):
        if row := _by_domain().get(".".join(parts[first:])):
            return Outlet(id=row.id, name=row.name, rule="url")
    return by_domain(host)


def by_domain(host: str) -> Outlet | None:
    """An outlet that is not registered, named by its domain."""
    parts = host.lower().split(".")
    if len(parts) < 2 or not all(parts) or parts[-1].isdigit():
        return None
    kept = 3 if len(parts) > 2 and parts[-2] in _SECOND_LEVEL and len(parts[-1]) == 2 else 2
    domain = ".".join(parts[-kept:])
    return Outlet(id=domain.replace(".", "-"), name=domain, rule="domain")


def is_site(name: str) -> bool:
    """Whether a name is written like the address of a site: `kabar.co.id`."""
    return _SITE.fullmatch(name) is not None


def of_article(raw: RawArticle, text: str, removed: tuple[Removed, ...]) -> Outlet | None:
    """The outlet where no dateline tells: container, address, then what the page says of itself."""
    if raw.outlet and (found := named(raw.outlet, "container")):
        return found
    if raw.url and (found := of_url(raw.url)):
        return found
    for piece in removed:
        for site in _SITE.findall(piece.span.of(raw.raw_text)):
            if found := named(site, "footer"):
                return found
    return None
