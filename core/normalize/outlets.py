"""The registry of outlets and what tells which one published an article."""

import re
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from core.model import Outlet, RawArticle, Removed
from core.resources import load_yaml

LONGEST_NAME = 60  # characters of an outlet's name
_FOLD = re.compile(r"[^a-z0-9]+")
_SITE = re.compile(
    r"(?<![\w.-])(?:[\w-]{1,40}\.){1,4}(?:com|id|co|net|tv|news|org|info|my|sg|uk|jp|kr|de|au|nl)\b", re.IGNORECASE
)
_TOLD_TO = re.compile(
    r"\b(?:kepada|dihubungi|dikonfirmasi|diwawancarai) ?"
    r"((?:detik|kumparan)[A-Za-z]+|[A-Za-z]+\d?\.(?:com|co\.id|id|co|tv|net))\b"
)
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
    row = _by_form().get(fold(form)) or (_by_form().get(fold(form) + "m") if form.lower().endswith(".co") else None)
    return Outlet(id=row.id, name=row.name, rule=rule) if row else None


def of_url(url: str) -> Outlet | None:
    """The outlet of an address: the longest registered domain, else one named by its own domain."""
    try:
        split = urlsplit(url if "//" in url else f"//{url}")
        host, path = (split.hostname or "").removeprefix("www.").rstrip("."), split.path
    except ValueError:
        return None
    parts = host.split(".")
    section = f"/{path.strip('/').split('/')[0]}"
    for first in range(len(parts) - 1):
        domain = ".".join(parts[first:])
        if row := _by_domain().get(domain + section) or _by_domain().get(domain):
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


def is_known(name: str) -> bool:
    """Whether a name is one of a registered outlet, or written like the address of a site."""
    return len(name) <= LONGEST_NAME and (fold(name) in _by_form() or is_site(name))


def is_site(name: str) -> bool:
    """Whether a name is written like the address of a site: `kabar.co.id`."""
    return _SITE.fullmatch(name) is not None


def of_article(raw: RawArticle, text: str, removed: tuple[Removed, ...]) -> Outlet | None:
    """The outlet where no dateline tells: container, address, then what the page says of itself."""
    said = named(raw.outlet, "container") if raw.outlet else None
    address = of_url(raw.url) if raw.url else None
    if said is not None:
        return said
    if address is not None and address.rule == "url":
        return address
    if raw.outlet and raw.outlet.strip():
        name = raw.outlet.strip()
        return Outlet(id=slug(name), name=name, rule="container")
    furniture = [piece.span.of(raw.raw_text) for piece in removed if not piece.rule.startswith("layout")]
    return _of_furniture(furniture) or _of_itself(text) or address


def _of_furniture(furniture: list[str]) -> Outlet | None:
    """The outlet that the page's own furniture names: a line of its name, a footer of its own, its address."""
    for piece in furniture:
        if found := named(piece.strip(), "site-name"):
            return found
    for piece in furniture:
        for row in registry():
            if any(form in piece for form in row.footer):
                return Outlet(id=row.id, name=row.name, rule="footer")
        for site in _SITE.findall(piece):
            if found := named(site, "footer"):
                return found
    return None


def _of_itself(text: str) -> Outlet | None:
    """The outlet whose reporters the speakers of the text talk to: `kata Sari kepada Kabar.com`."""
    for told in _TOLD_TO.finditer(text):
        if found := named(told.group(1), "told-to"):
            return found
    return None


def slug(name: str) -> str:
    """An id from a name."""
    return _FOLD.sub("-", name.lower()).strip("-") or "unknown"
