"""The wording: complete in both languages, all of it used, and no text on a page that did not come from it."""

import ast
import datetime as dt
import re
import string
from pathlib import Path
from typing import get_args

import pytest

from core.analyze import claims
from core.analyze.articles import Order
from core.analyze.coverage import State
from core.analyze.entities import Reading
from core.analyze.overview import KINDS, Unit
from core.errors import ResourceError
from core.model import Favour, Label, Layer, Origin, Outcome, Polarity, QuoteKind, SourceKind
from core.tag.stronger import Reason
from core.view import marked
from core.view.wording import LANGUAGES, language_of, messages, wording_of

PROJECT = Path(__file__).resolve().parents[2]
PAGES = [PROJECT / "dashboard.py", *sorted((PROJECT / "pages").rglob("*.py"))]
SOURCES = [*PAGES, *sorted((PROJECT / "core/view").glob("*.py"))]
FAMILIES = {
    "label": get_args(Label),
    "tone": get_args(Polarity),
    "favour": get_args(Favour),
    "layer": (*get_args(Layer), *marked.LAYERS),
    "status": claims.STATUSES,
    "quote": get_args(QuoteKind),
    "source_kind": get_args(SourceKind),
    "outcome": get_args(Outcome),
    "origin": get_args(Origin),
    "attention": KINDS,
    "reading": get_args(Reading),
    "order": get_args(Order),
    "order_of": ("earlier", "unordered"),
    "unit": get_args(Unit),
    "language": LANGUAGES,
    "silence": get_args(State),
    "group": tuple(dict.fromkeys(claims.catalogue()["group"])),
}
WRITES = {
    *("title", "header", "subheader", "markdown", "caption", "write", "info", "warning", "error", "success"),
    *("button", "toggle", "text_input", "selectbox", "multiselect", "metric", "expander", "popover", "pills"),
    *("segmented_control", "download_button", "status", "spinner", "file_uploader", "date_input", "page_link"),
}


def placeholders(message):
    texts = message if isinstance(message, tuple) else (message,)
    return {name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name}


def calls(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if ast.unparse(node.func).partition(".")[0] != "log":  # the server's log is in English
                yield name, node


def constants(node):
    return {leaf.value for leaf in ast.walk(node) if isinstance(leaf, ast.Constant) and isinstance(leaf.value, str)}


def all_constants():
    found = set()
    for path in SOURCES:
        found |= constants(ast.parse(path.read_text(encoding="utf-8")))
    return found


def patterns():
    """Regular expressions for keys that are put together, such as f"outlets.{key}_sub" or named("status", ...)."""
    found = set()
    for path in SOURCES:
        for name, node in calls(path):
            if name in ("t", "text", "names_of") and node.args and isinstance(node.args[0], ast.JoinedStr):
                fixed = [part.value if isinstance(part, ast.Constant) else None for part in node.args[0].values]
                shape = "".join(".+" if text is None else re.escape(text) for text in fixed)
                found.add(shape + r"\..+" if name == "names_of" else shape)
            if name in ("named", "names_of") and node.args and isinstance(node.args[0], ast.Constant):
                found.add(re.escape(node.args[0].value) + r"\..+")
            if name == "named" and node.args and isinstance(node.args[0], ast.Name):
                found.add(r"(tone|layer)\..+")
    return found


def test_both_languages_have_the_same_keys():
    assert set(messages("id")) == set(messages("en"))


@pytest.mark.parametrize("key", sorted(messages("id")))
def test_a_message_is_translated_with_the_same_places_to_fill(key):
    told = [messages(language)[key] for language in LANGUAGES]
    assert all(text.strip() for message in told for text in (message if isinstance(message, tuple) else (message,)))
    assert placeholders(told[0]) == placeholders(told[1])
    assert isinstance(told[0], tuple) == isinstance(told[1], tuple)


def test_every_key_in_the_code_exists():
    wanted = set()
    for path in SOURCES:
        for name, node in calls(path):
            if name in ("t", "text") and node.args and isinstance(node.args[0], ast.Constant):
                wanted.add(node.args[0].value)
            if name in ("tips",):
                wanted |= {text for text in constants(node) if re.fullmatch(r"(column|layer)\.\w+", text)}
    assert wanted
    assert wanted <= set(messages("id"))


def test_every_code_of_the_model_has_a_name():
    missing = [f"{family}.{code}" for family, codes in FAMILIES.items() for code in codes
               if f"{family}.{code}" not in messages("id")]  # fmt: skip
    assert not missing


def test_every_fault_of_a_stronger_model_is_told():
    missing = {f"stronger.{reason}" for reason in get_args(Reason)} - set(messages("id"))
    assert not missing


def test_no_message_is_left_over():
    texts, shapes = all_constants(), [re.compile(shape) for shape in patterns()]
    columns = {f"column.{text}" for text in texts}
    unused = [
        key
        for key in messages("id")
        if key not in texts and key not in columns and not any(shape.fullmatch(key) for shape in shapes)
    ]
    assert not unused


def test_no_column_heading_is_left_over():
    texts = all_constants()
    by_language = {f"column.label_{language}" for language in LANGUAGES}
    unused = [
        key
        for key in messages("id")
        if key.startswith("column.") and key not in by_language and not {key, key.split(".")[1]} & texts
    ]
    assert not unused


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_a_page_writes_no_text_of_its_own(path):
    own = []
    for name, node in calls(path):
        first = node.args[0] if name in WRITES and node.args else None
        if isinstance(first, ast.Constant) and isinstance(first.value, str):
            plain = re.sub(r":material/\w+:|<[^>]*>", "", first.value)
            if re.search(r"[A-Za-z]{4,}", plain) and plain not in ("XLSX",):
                own.append((node.lineno, first.value))
    assert not own


def test_a_missing_key_names_the_file():
    with pytest.raises(ResourceError, match=r"wording/id\.po"):
        wording_of("id").text("tidak.ada")


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("en-GB", "en"),
        ("en", "en"),
        ("EN-us", "en"),
        ("id-ID", "id"),
        ("ms", "id"),
        ("eng", "id"),
        ("", "id"),
        (None, "id"),
    ],
)
def test_the_browser_chooses_the_language(tag, language):
    assert language_of(tag) == language


@pytest.mark.parametrize(
    ("language", "value", "digits", "said"),
    [
        ("id", 1234, 0, "1.234"),
        ("en", 1234, 0, "1,234"),
        ("id", 0.5, 2, "0,50"),
        ("en", 0.5, 2, "0.50"),
        ("id", float("nan"), 0, "–"),
    ],
)
def test_numbers_follow_the_convention(language, value, digits, said):
    assert wording_of(language).number(value, digits) == said


@pytest.mark.parametrize(
    ("value", "said"), [(0.256, "+0,26"), (-0.256, "−0,26"), (0.0, "0,00"), (-0.001, "0,00"), (float("nan"), "–")]
)
def test_a_tone_shows_its_sign(value, said):
    assert wording_of("id").signed(value) == said


@pytest.mark.parametrize(
    ("iso", "said"),
    [
        ("2024", "2024"),
        ("2024-05", "Mei 2024"),
        ("2024-05-07", "7 Mei 2024"),
        ("2024-05-07T09:30+07:00", "7 Mei 2024"),
        (None, "tanpa tanggal"),
        (float("nan"), "tanpa tanggal"),
    ],
)
def test_a_date_is_said_no_more_precisely_than_it_is_known(iso, said):
    assert wording_of("id").partial_date(iso) == said


def test_plurals():
    english, indonesian = wording_of("en"), wording_of("id")
    assert [english.text("count.articles", n=n) for n in (0, 1, 2, 1234)] == [
        "0 articles", "1 article", "2 articles", "1,234 articles",
    ]  # fmt: skip
    assert [indonesian.text("count.articles", n=n) for n in (1, 2000)] == ["1 artikel", "2.000 artikel"]


def test_values_are_written_in_the_convention():
    assert "1.000 berkas" in wording_of("id").text("upload.and_more", n=1000)
    assert wording_of("en").text("date.week_of", day=dt.date(2024, 2, 5)) == "week of 5 Feb 2024"


def test_an_unknown_code_is_shown_as_it_is():
    assert wording_of("id").named("speech", "tl") == "tl"
    assert wording_of("id").named("label", None) == "–"
