"""Whether what is shown or exported can do nothing: read as a browser, a spreadsheet or a word processor would."""

import csv
import io
import re
import zipfile
from html.parser import HTMLParser
from xml.etree import ElementTree

TAGS = frozenset(
    ("html", "head", "meta", "title", "style", "body", "h1", "h2", "article", "img", "blockquote", "table", "thead",
     "tbody", "tr", "th", "td", "details", "summary", "ul", "li", "footer", "code", "br", "script", "div", "span", "p",
     "b", "ins", "del")
)  # fmt: skip
ATTRIBUTES = frozenset(("class", "id", "title", "alt", "src", "style", "lang", "charset", "name", "content", "type",
                        "http-equiv", "open"))  # fmt: skip
FORMULA = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\x00-\x1f]*[=+@\uff1d\uff0b\uff0d\uff20-]")

NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.wrong: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag not in TAGS or not ATTRIBUTES.issuperset(given):
            self.wrong.append(f"{tag} {given}")
        if tag == "script" and given.get("type") != "application/json":
            self.wrong.append("script")
        if "src" in given and not given["src"].startswith("data:image/svg+xml;base64,"):
            self.wrong.append(given["src"])
        if "style" in given and not re.fullmatch(r"background:[#\w]*", given["style"]):
            self.wrong.append(given["style"])
        if "http-equiv" in given and given["http-equiv"] != "Content-Security-Policy":
            self.wrong.append(given["http-equiv"])

    def handle_comment(self, data: str) -> None:
        self.wrong.append(f"comment {data}")

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def read_page(markup: str) -> str:
    """The words of a page; fails where anything in it is more than words and our own marks."""
    page = _Page()
    page.feed(markup)
    page.close()
    assert not page.wrong
    return "".join(page.words)


def read_csv(data: bytes, *, marks: str = ";") -> list[list[str]]:
    """The cells of a table, by whichever sign a spreadsheet parts them; fails where one of them is a formula.

    Line ends within cells are left out of the reading by other signs: there nothing but their removal would help.
    """
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    flat = io.StringIO(newline="")
    csv.writer(flat).writerows([[" ".join(cell.split("\n")).replace("\r", " ") for cell in row] for row in rows])
    others = [csv.reader(io.StringIO(flat.getvalue(), newline=""), delimiter=mark) for mark in marks]
    for table in (rows, *others):
        for row in table:
            assert not [cell for cell in row if FORMULA.match(cell) and not NUMBER.fullmatch(cell)]
    return rows


def read_book(data: bytes) -> str:
    """The words of a workbook; fails where it holds a formula or a link, or is no XML."""
    words = []
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        for name in book.namelist():
            tree = ElementTree.fromstring(book.read(name))
            kinds = {element.tag.rpartition("}")[2] for element in tree.iter()}
            assert not kinds & {"f", "hyperlink", "externalReference", "ddeLink"}
            words += [element.text or "" for element in tree.iter() if element.tag.endswith("}t")]
    return "\n".join(words)
