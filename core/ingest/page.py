"""Reads web pages: the article's body with its paragraphs, and what the page says about itself."""

import json
import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from core.errors import EmptyInputError, LimitError
from core.ingest.columns import as_text
from core.ingest.decoding import decode
from core.ingest.parts import MEGABYTE, Draft, File
from core.ingest.repair import without_scripts
from core.resources import load_yaml

MAX_PAGE_MB = 20
MAX_MARKUP_MB = 1  # of that, without scripts, styles and embedded pictures; the extractor takes minutes on far more
MOST_ELEMENTS_THOROUGH = 4_000  # past it the extractor's second opinion, which compares block with block, is left out
MOST_ELEMENTS = 15_000  # past it no extractor: real pages hold a few thousand, and it takes longer than anyone waits
_SHORT = 200  # characters; a body shorter than that is checked against all the text of the page
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset=[\"']?\s*([A-Za-z0-9_:.-]{2,30})", re.I)
_EMBEDDED = re.compile(r"data:[a-z]{1,20}/[^\"'\s>)]{200,}", re.I)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b|\d{1,2}/\d{1,2}/\d\d\b")
_DOMAIN = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+")  # in capitals it can be a name: KOMPAS.com
_DATE_CHARACTERS = 80  # longest line that is a date and not a sentence
_DATE_CHILDREN = 5  # elements inside one that shows a date; a whole column of the page has more
_DATE_ELEMENTS = 200  # looked at before giving up
_ANCESTORS = 6  # how far up a sidebar or a list of related pages makes itself known
_BLOCKS = frozenset(
    ("p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "table", "section", "article", "main",
     "blockquote", "figure", "figcaption", "pre", "br", "dd", "dt", "body", "header", "footer", "address")
)  # fmt: skip
_NO_PROSE = "|".join(
    f"//{name}"
    for name in ("script", "style", "noscript", "template", "head", "nav", "footer", "aside", "form", "button",
                 "iframe", "svg", "select", "comment()")
)  # fmt: skip
_ELEMENT = re.compile(r"<[a-zA-Z]")
_ARTICLE_TYPES = frozenset(
    ("article", "newsarticle", "reportagenewsarticle", "blogposting", "webpage", "analysisnewsarticle")
)


def read_page(file: File) -> Iterator[Draft]:
    """The article of one page."""
    declared = _CHARSET.search(file.data[:4096])
    text, notes = decode(file.data, declared=declared.group(1).decode("ascii") if declared else None)
    yield page_draft(text, name=file.name, notes=notes)


def page_draft(page: str, *, name: str, url: str | None = None, notes: tuple[str, ...] = ()) -> Draft:
    """The article of a page given as text; url is where the container says that it stood.

    Raises: EmptyInputError when no text is left, LimitError when the page is too large to take apart.
    """
    if len(page) > MAX_PAGE_MB * MEGABYTE:
        raise LimitError(f"{name} is a page of more than {MAX_PAGE_MB} MB: save the article alone and add that.")
    if not page.strip():
        raise EmptyInputError(f"{name} is empty: save the page again and add that.")
    markup = _EMBEDDED.sub("", without_scripts(page))
    if len(markup) > MAX_MARKUP_MB * MEGABYTE:
        raise LimitError(
            f"{name} is a page with more than {MAX_MARKUP_MB} MB of text: save the article alone and add that."
        )
    body, said = _extract(markup, url)
    if not body.strip():
        raise EmptyInputError(
            f"{name} is a page without article text: open it, copy the article into a text file and add that."
        )
    own = _own_fields(page)
    return Draft(
        text=body,
        url=own.get("url") or said.get("url") or url,
        title=own.get("title") or said.get("title"),
        outlet=own.get("outlet") or _own_name(said.get("sitename")),
        published=own.get("published"),  # the extractor's guess can be a time of change
        author=own.get("author") or said.get("author"),
        notes=notes,
    )


def _extract(page: str, url: str | None) -> tuple[str, Mapping[str, str | None]]:
    """Body and metadata as trafilatura finds them; the page's prose where it finds hardly any or would take ages."""
    elements = sum(1 for _ in _ELEMENT.finditer(page))
    if elements > MOST_ELEMENTS:
        return _prose(page), {}
    from trafilatura import bare_extraction

    found = bare_extraction(
        page,
        url=url,
        include_comments=False,
        with_metadata=True,
        fast=elements > MOST_ELEMENTS_THOROUGH,
        date_extraction_params={"extensive_search": False, "original_date": True},  # the quickest: it isn't used
    )
    fields = {} if found is None else found if isinstance(found, dict) else found.as_dict()
    body = str(fields.get("text") or "")
    if len(body) < _SHORT:
        whole = _prose(page)
        body = whole if len(whole) > 2 * len(body) else body
    return body, {key: as_text(fields.get(key)) for key in ("url", "title", "sitename", "author")}


def _own_name(name: str | None) -> str | None:
    """A medium's name, but not an address or a domain that the extractor took from the page's own address."""
    return None if name is None or name.startswith("http") or _DOMAIN.fullmatch(name) else name


def _tree(page: str) -> Any:
    from lxml import etree, html

    try:
        return html.document_fromstring(page.encode("utf-8", "replace"), parser=html.HTMLParser(encoding="utf-8"))
    except (etree.LxmlError, ValueError):
        return None


def _prose(page: str) -> str:
    """All text of a page outside navigation and scripts, a line for each block."""
    tree = _tree(page)
    if tree is None:
        return ""
    for element in tree.xpath(_NO_PROSE):
        if element.getparent() is not None:
            element.drop_tree()
    pieces: list[str] = []
    for event, element in _walk(tree):
        block = isinstance(element.tag, str) and element.tag in _BLOCKS
        if block:
            pieces.append("\n")
        pieces.append((element.text if event == "start" else element.tail) or "")
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)


def _walk(tree: Any) -> Iterator[tuple[str, Any]]:
    from lxml import etree

    return iter(etree.iterwalk(tree, events=("start", "end")))


def _own_fields(page: str) -> dict[str, str]:
    """What the page's link, meta and JSON-LD elements say, by the names in page_fields.yaml."""
    tree = _tree(page)
    if tree is None:
        return {}
    named: dict[str, str] = {}
    for element in tree.iter("meta"):
        key = element.get("property") or element.get("name") or element.get("itemprop")
        content = (element.get("content") or "").strip()
        if key and content:
            named.setdefault(key.strip().lower(), content)
    for element in tree.iter("link"):
        if (element.get("rel") or "").lower() == "canonical" and element.get("href"):
            named.setdefault("link:canonical", element.get("href").strip())
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            for key, value in _linked_data(script.text or "").items():
                named.setdefault(f"ld:{key.lower()}", value)
    found = {}
    for row in load_yaml("page_fields.yaml")["fields"]:
        said = next((named[key] for key in row["names"] if key in named), None)
        if said is not None and (row["field"] != "url" or said.startswith(("http://", "https://"))):
            found[row["field"]] = said
    if "published" not in found:
        shown = _shown_date(tree)
        return found if shown is None else {**found, "published": shown}
    return found


def _shown_date(tree: Any) -> str | None:
    """The date that the page shows in an element made for it: a machine-readable one first, then its words."""
    words, never = (load_yaml("page_fields.yaml")["date_elements"][key] for key in ("words", "never"))
    shown: str | None = None
    looked_at = 0
    for element in tree.iter("time", "div", "span", "p", "small", "li"):
        label = "time" if element.tag == "time" else _label(element)
        if not any(word in label for word in words) or any(word in _labels_around(element) for word in never):
            continue
        looked_at += 1
        if looked_at > _DATE_ELEMENTS:
            break
        if _YEAR.search(element.get("datetime") or ""):
            return str(element.get("datetime")).strip()
        if shown is not None or len(element) > _DATE_CHILDREN:
            continue
        text = " ".join(element.text_content().split())
        if len(text) <= _DATE_CHARACTERS and _YEAR.search(text):
            shown = text
    return shown


def _label(element: Any) -> str:
    return " ".join(element.get(name) or "" for name in ("class", "id", "itemprop")).lower()


def _labels_around(element: Any) -> str:
    ancestors = islice(element.iterancestors(), _ANCESTORS)
    return " ".join((_label(element), *(f"{ancestor.tag} {_label(ancestor)}" for ancestor in ancestors)))


def _linked_data(script: str) -> dict[str, str]:
    try:
        parsed = json.loads(script.strip().rstrip(";"), strict=False)
    except (ValueError, RecursionError):
        return {}
    for node in _nodes(parsed):
        kind = node.get("@type")
        kinds = kind if isinstance(kind, list) else [kind]
        if any(isinstance(one, str) and one.lower() in _ARTICLE_TYPES for one in kinds) and node.get("headline"):
            fields = (
                (key, as_text(node.get(key))) for key in ("headline", "datePublished", "author", "publisher", "url")
            )
            return {key: said for key, said in fields if said is not None}
    return {}


def _nodes(parsed: Any) -> list[Mapping[str, Any]]:
    """The objects of a JSON-LD script: itself, the members of a list, or those of its @graph."""
    roots = parsed if isinstance(parsed, list) else [parsed]
    nodes: list[Mapping[str, Any]] = [root for root in roots if isinstance(root, dict)]
    for root in list(nodes):
        graph = root.get("@graph")
        if isinstance(graph, list):
            nodes.extend(node for node in graph if isinstance(node, dict))
    return nodes
