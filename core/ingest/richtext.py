"""Reads Rich Text (RTF): the words between the control words, paragraph by paragraph."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from core.errors import DamagedError, EmptyInputError, LimitError
from core.ingest.parts import Draft, File

_TOKEN = re.compile(
    r"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})?[ ]?|\\'(?P<byte>[0-9a-fA-F]{2})|\\(?P<mark>[^a-zA-Z0-9])"
    r"|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]+)|[\r\n]+|\\",
    re.DOTALL,
)
_SKIPPED = frozenset(
    ("fonttbl", "colortbl", "stylesheet", "listtable", "listoverridetable", "pict", "object", "header", "headerl",
     "headerr", "headerf", "footer", "footerl", "footerr", "footerf", "footnote", "themedata", "colorschememapping",
     "latentstyles", "datastore", "generator", "xmlnstbl", "rsidtbl", "filetbl", "revtbl", "fldinst", "nonshppict",
     "bkmkstart", "bkmkend", "annotation", "atnid", "atnauthor", "creatim", "revtim", "printim", "operator", "company")
)  # fmt: skip
_WORDS = {
    "par": "\n", "line": "\n", "sect": "\n", "page": "\n", "row": "\n", "tab": "\t", "cell": "\t", "emdash": "—",
    "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•", "emspace": " ",
    "enspace": " ", "qmspace": " ",
}  # fmt: skip
_MARKS = {"~": "\u00a0", "_": "-", "\\": "\\", "{": "{", "}": "}", "\n": "\n", "\r": "\n"}
_MAX_GROUPS = 1000
_MAX_TOKENS = 5_000_000  # a second for each million; a long article has some ten thousand


@dataclass(slots=True)
class _Group:
    """What holds between a pair of braces: where words go; how many characters stand in for one given by number."""

    target: str = "body"
    stand_ins: int = 1


def read_rich_text(file: File) -> Iterator[Draft]:
    """One article with the title and author that the document names."""
    words = _Words(file.name)
    for number, token in enumerate(_TOKEN.finditer(file.data.decode("latin-1"))):
        if number > _MAX_TOKENS:
            raise LimitError(f"{file.name} is too intricate to be read: save its text as txt and add that.")
        words.take(token)
    body = words.text("body")
    if not body.strip():
        raise EmptyInputError(
            f"{file.name} is a Rich Text file without text: put the article into it and add it again."
        )
    title, author = words.text("title").strip(), words.text("author").strip()
    yield Draft(text=body, title=title or None, author=author or None)


class _Words:
    """Collects the words of an RTF file, token by token."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._groups = [_Group()]
        self._pieces: dict[str, list[str]] = {}
        self._bytes = bytearray()  # of one stretch of \\'xx, which can be one character of several bytes
        self._codepage = "cp1252"
        self._skip = 0  # stand-ins still to be passed over after a \\u

    def text(self, target: str) -> str:
        self._flush()
        joined = "".join(self._pieces.get(target, ()))
        return joined.encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # two \\u make one emoji

    def take(self, token: re.Match[str]) -> None:
        if token["byte"] is not None:
            if self._skip:
                self._skip -= 1
            else:
                self._bytes.append(int(token["byte"], 16))
            return
        self._flush()
        if token["brace"] is not None:
            self._skip = 0
            self._open_or_close(token["brace"])
        elif token["word"] is not None:
            self._control(token["word"], int(token["number"]) if token["number"] else None)
        elif token["mark"] is not None:
            if token["mark"] == "*":
                self._groups[-1].target = "skipped"  # a destination that older programs pass over
            else:
                self._add(_MARKS.get(token["mark"], ""))
        elif token["text"] is not None:
            words = token["text"][self._skip :]
            self._skip = max(0, self._skip - len(token["text"]))
            self._add(words)

    def _open_or_close(self, brace: str) -> None:
        if brace == "{":
            if len(self._groups) >= _MAX_GROUPS:
                raise DamagedError(f"{self._name} is a damaged Rich Text file: save it again and add that.")
            last = self._groups[-1]
            self._groups.append(_Group(target=last.target, stand_ins=last.stand_ins))
        elif len(self._groups) > 1:
            self._groups.pop()

    def _control(self, word: str, number: int | None) -> None:
        group = self._groups[-1]
        if word in _SKIPPED:
            group.target = "skipped"
        elif word == "info":
            group.target = "info"
        elif word in ("title", "author") and group.target == "info":
            group.target = word
        elif word == "u" and number is not None:
            self._add(chr(number % 65_536))
            self._skip = group.stand_ins
        elif word == "uc" and number is not None:
            group.stand_ins = max(0, min(number, 10))
        elif word == "ansicpg" and number is not None:
            self._codepage = f"cp{number}"
        elif word in _WORDS:
            self._add(_WORDS[word])

    def _add(self, words: str) -> None:
        if words:
            self._pieces.setdefault(self._groups[-1].target, []).append(words)

    def _flush(self) -> None:
        if self._bytes:
            data, self._bytes = bytes(self._bytes), bytearray()
            try:
                self._add(data.decode(self._codepage, "replace"))
            except LookupError:
                self._add(data.decode("cp1252", "replace"))
