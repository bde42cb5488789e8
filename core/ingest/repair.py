"""Puts right what saving, copying and exporting did to a text, before it becomes raw_text.

Each mend is one small function; `repair` composes them and notes those that changed something. Curly
quotation marks, dashes and accents are the author's and stay. Mending twice changes nothing.
"""

import ast
import html
import re
import unicodedata
from collections.abc import Callable
from html.entities import html5

from core.ingest.linked_lines import join_linked_lines

_PLAIN = re.compile(r"[^\n\t\x20-\x7e“”‘’–—…]|&|_x000|^\s*\[|</|<br|\n[a-z,.;:)]")  # nothing of this: nothing to mend
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});|&(?:nbsp|quot)(?![\w;=])")
_EXCEL_ESCAPE = re.compile(r"_x000(?:(9)|[aAdD])_\n?")
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\u2028\u2029]")
_SPACES = re.compile(r"[\u1680\u2000-\u200a\u202f\u205f\u3000]")
_INVISIBLE = re.compile(r"[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_ACCENTED = re.compile(r"[A-Za-zÀ-ɏ][\u0300-\u036f]+")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
# First characters that UTF-8 read as cp1252, Latin-1 or Mac-Roman leaves behind, and C1 controls.
_MOJIBAKE_HINT = re.compile(
    r"[ÂÃâÅÄÎÐØð√‚¬]"
    r"[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸÄÅÇÉÑÖÜáàäãåçéèêëíìîïñóòôöõúùûü†°¢£§¶ß®©´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø]"
    r"|[\x80-\x9f]|Ã |Â |â€"
)
_QUOTES = frozenset("'\"")
_LIST_ITEM = re.compile(r"""\s*('[^'\\]*(?:\\.[^'\\]*)*'|"[^"\\]*(?:\\.[^"\\]*)*")\s*(?:,|(?=\]))""", re.DOTALL)
_BLOCK_TAG = re.compile(
    r"</?(?:p|div|li|ul|ol|h[1-6]|tr|table|section|article|blockquote|figure|figcaption)\b[^<>]*>|<br\s*/?>", re.I
)
_DROPPED = tuple(
    (re.compile(opening, re.I), re.compile(closing, re.I))
    for opening, closing in (
        (r"<script\b", r"</script\s*>"),
        (r"<style\b", r"</style\s*>"),
        (r"<noscript\b", r"</noscript\s*>"),
        (r"<!--", r"-->"),
    )
)
_ANY_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_ROUNDS = 5


def repair(text: str) -> tuple[str, tuple[str, ...]]:
    """The mended text and a short note for each kind of damage found."""
    if not _PLAIN.search(text):
        return text, ()
    notes: list[str] = []
    for _ in range(_ROUNDS):  # one mend can lay bare the need for another: `&amp;nbsp;`
        before = text
        for note, mend in _MENDS:
            mended = mend(text)
            if mended != text:
                text = mended
                if note not in notes:
                    notes.append(note)
        if text == before:
            break
    return text, tuple(notes)


def unwrap_list(text: str) -> str:
    """`['...']`, the way a program prints a list of paragraphs, becomes the paragraphs."""
    written = text.strip()
    inner = written[1:-1].strip(" ,\n\t")
    if not (written.startswith("[") and written.endswith("]") and len(inner) > 1 and {inner[0], inner[-1]} <= _QUOTES):
        return text
    items = []
    place = 1
    while item := _LIST_ITEM.match(written, place):
        items.append(item.group(1))
        place = item.end()
    if written[place:].strip() != "]":
        return text
    try:
        # a quoted string alone: a parser of whole expressions can be sent astray by their depth
        return "\n".join(ast.literal_eval(item) for item in items)
    except (ValueError, SyntaxError, MemoryError):
        return text


def decode_entities(text: str) -> str:
    """`&amp;` and its like; one without a semicolon only where no URL can be meant."""
    return _ENTITY.sub(_entity, text) if "&" in text else text


def _entity(match: re.Match[str]) -> str:
    written = match.group()
    if written[1] != "#" and written.rstrip(";")[1:] + ";" not in html5:
        return written
    return html.unescape(written)


def strip_markup(text: str) -> str:
    """Paragraph and line tags left in an exported text become line ends, all other tags go."""
    if len(_BLOCK_TAG.findall(text)) < 2:
        return text
    text = _BLOCK_TAG.sub("\n", without_scripts(text))
    return _ANY_TAG.sub("", text)


def without_scripts(page: str) -> str:
    """Markup without what is never shown: scripts, styles, comments."""
    for opening, closing in _DROPPED:
        page = _without(page, opening, closing)
    return page


def _without(text: str, opening: re.Pattern[str], closing: re.Pattern[str]) -> str:
    """The text without all that stands from an opening mark to the next closing one; in one pass."""
    kept: list[str] = []
    place = 0
    while (start := opening.search(text, place)) and (end := closing.search(text, start.end())):
        kept.append(text[place : start.start()])
        place = end.end()
    return "".join((*kept, text[place:]))


def mend_mojibake(text: str) -> str:
    """UTF-8 that was read as a one-byte encoding, once or twice, line by line so that one line can't spoil another."""
    if not _MOJIBAKE_HINT.search(text):
        return text
    from ftfy import TextFixerConfig, fix_encoding

    config = TextFixerConfig(uncurl_quotes=False)
    return "\n".join(fix_encoding(line, config) if _MOJIBAKE_HINT.search(line) else line for line in text.split("\n"))


def unescape_spreadsheet(text: str) -> str:
    """`_x000D_`, how spreadsheets write a control character into a cell."""
    return _EXCEL_ESCAPE.sub(lambda match: "\t" if match.group(1) else "\n", text)


def unify_line_ends(text: str) -> str:
    return _LINE_ENDS.sub("\n", text)


def unify_spaces(text: str) -> str:
    """Thin, wide and other typographic spaces become plain ones; a no-break space is the author's and stays."""
    return _SPACES.sub(" ", text)


def drop_invisible(text: str) -> str:
    return _INVISIBLE.sub("", text)


def drop_controls(text: str) -> str:
    return _CONTROLS.sub("", text)


def replace_surrogates(text: str) -> str:
    """Half a character, which no file can store, becomes the replacement character."""
    return _SURROGATES.sub("\ufffd", text)


def compose_accents(text: str) -> str:
    """A Latin letter followed by its accent becomes the one letter that everyone searches for."""
    return _ACCENTED.sub(lambda match: unicodedata.normalize("NFC", match.group()), text)


_MENDS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("list brackets taken off", unwrap_list),
    ("half characters replaced", replace_surrogates),
    ("html entities decoded", decode_entities),
    ("html tags taken out", strip_markup),
    ("spreadsheet escapes decoded", unescape_spreadsheet),
    ("mojibake mended", mend_mojibake),
    ("line ends unified", unify_line_ends),
    ("odd spaces made spaces", unify_spaces),
    ("invisible characters dropped", drop_invisible),
    ("control characters dropped", drop_controls),
    ("accents composed", compose_accents),
    ("lines broken at links joined", join_linked_lines),
)
