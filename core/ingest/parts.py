"""What a reader takes and what it hands back.

A reader is a function from a File to an iterator of parts: a Draft for each article, a Fault for each
record that could not be read, a File for each file inside it. It raises InputError when nothing more
can be read; what it has handed back until then stands.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from core.errors import LimitError

MEGABYTE = 2**20
RATIO_FROM_MB = 16  # below it no ratio is looked at: a few kilobytes of blanks may unpack to a megabyte


@dataclass(slots=True, kw_only=True)
class Allowance:
    """How many bytes one upload may still unpack; shared by everything inside it and counted down.

    text_characters is the longest article allowed, for readers that can tell before they do the work. ratio is how
    many times packed_bytes, the size of the upload, it may unpack to; archive_depth how deep archives may stand.
    """

    unpacked_bytes: int
    limit_mb: int
    text_characters: int
    packed_bytes: int
    ratio: int
    archive_depth: int

    def take(self, name: str, size_bytes: int) -> None:
        """Count bytes as unpacked; LimitError once there are more than allowed."""
        self.unpacked_bytes -= size_bytes
        unpacked = self.limit_mb * MEGABYTE - self.unpacked_bytes
        if unpacked > max(self.ratio * self.packed_bytes, RATIO_FROM_MB * MEGABYTE):
            raise LimitError(
                f"{name} unpacks to more than {self.ratio} times its size, as files do that are made to fill a disk: "
                "unpack it yourself and add its files, or raise TELAAH_MAX_UNPACKED_RATIO."
            )
        if self.unpacked_bytes < 0:
            raise LimitError(
                f"{name} unpacks to more than {self.limit_mb} MB: unpack it and add its files in smaller parts."
            )

    def check_text(self, name: str, size: int) -> None:
        """LimitError for a text so long that no mending makes it short enough."""
        if size > 2 * self.text_characters:
            raise LimitError(f"{name} is longer than {self.text_characters} characters: split it into its articles.")


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file to be read. name is for people (`archive.zip/member.txt`); ending is lower-case, without the dot."""

    name: str
    data: bytes
    ending: str
    allowance: Allowance
    depth: int = 0

    def inner(self, name: str, data: bytes) -> "File":
        """A file that stands inside this one, under its own name."""
        return File(
            name=f"{self.name}/{readable(name)}",
            data=data,
            ending=ending_of(name),
            allowance=self.allowance,
            depth=self.depth + 1,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An article as its container holds it, before the text is repaired."""

    text: str
    url: str | None = None
    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    author: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A record that could not be read, with one sentence that says why and what to do."""

    reason: str


Part = Draft | Fault | File
Reader = Callable[[File], Iterator[Part]]


_UNREADABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


def readable(name: str) -> str:
    """A name without what no one sees, what turns the order of letters round, and halves of characters: `?` each."""
    return _UNREADABLE.sub("?", name)


def ending_of(name: str) -> str:
    """The lower-case ending of a file name without its dot, or an empty string."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return last.rsplit(".", 1)[1].lower().strip() if "." in last.strip(".") else ""
