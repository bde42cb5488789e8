"""The audit log: who came in, what they did to the corpus and what they took along.

Lines of JSON in the data folder and no table of the corpus: it must take a refusal before the corpus is open, and
a deed on a corpus that is locked, damaged or put back from a backup; and any tool can read it. Only ever appended
to, each line forced to disk. What cannot be written is counted and told, and stops nobody's work.
"""

import json
import logging
import os
import threading
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, get_args

log = logging.getLogger(__name__)

Event = Literal[
    "sign_in", "sign_out", "read", "upload", "correct", "remove", "replace", "retag", "export", "brief", "audit"
]
Result = Literal["done", "refused", "failed"]
EVENTS: tuple[Event, ...] = get_args(Event)
RESULTS: tuple[Result, ...] = get_args(Result)

CURRENT = "audit.jsonl"
PARTS = 5  # the log is this many files at most; the oldest goes when the limit is reached
LONGEST_TEXT = 300
MOST_DETAILS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One deed. who is an address or a name that was given; what names a file or a thing; details hold numbers and ids.

    lost is how many entries before it could not be written.
    """

    at: str
    who: str
    role: str
    event: str
    what: str
    result: str
    details: Mapping[str, str | int] = field(default_factory=dict)
    lost: int = 0


class AuditLog:
    """The log of one data folder. Threads may share it; one process writes."""

    def __init__(self, folder: Path, *, max_mb: int) -> None:
        self._folder = folder
        self._part_bytes = max_mb * 2**20 // PARTS
        self._lock = threading.Lock()
        self.lost = 0

    def write(
        self, event: Event, result: Result, *, who: str, role: str = "", what: str = "",
        details: Mapping[str, str | int] | None = None,
    ) -> bool:  # fmt: skip
        """Append a line, in UTC of now. False where it could not be written: the server's log says so."""
        with self._lock:
            entry = Entry(
                at=datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
                who=who[:LONGEST_TEXT], role=role, event=event, what=what[:LONGEST_TEXT], result=result,
                details=_short(details or {}), lost=self.lost,
            )  # fmt: skip
            try:
                self._append(json.dumps(asdict(entry), ensure_ascii=True).encode() + b"\n")
            except OSError as error:
                self.lost += 1
                log.error(
                    "The audit log lost an entry (%s): free space on the disk of %s", error.strerror, self._folder
                )
                return False
            self.lost = 0
            return True

    def _append(self, line: bytes) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        current = self._folder / CURRENT
        if current.exists() and current.stat().st_size + len(line) > self._part_bytes:
            current.rename(self._folder / f"audit-{datetime.now(UTC):%Y%m%dT%H%M%S%f}.jsonl")
            for old in self._files()[PARTS - 1 :]:
                old.unlink()
        with current.open("ab+") as file:
            if end := file.seek(0, os.SEEK_END):
                file.seek(end - 1)
                if file.read(1) != b"\n":  # a crash in mid-line: it stays a line of its own
                    line = b"\n" + line
            file.write(line)
            file.flush()
            os.fsync(file.fileno())

    def _files(self) -> list[Path]:
        """The newest first."""
        closed = sorted(self._folder.glob("audit-*.jsonl"), reverse=True)
        current = self._folder / CURRENT
        return [current, *closed] if current.exists() else closed

    def newest(self) -> Iterator[Entry]:
        """All entries, the newest first; a line that cannot be read is passed over."""
        for path in self._files():
            for line in reversed(path.read_bytes().splitlines()):
                if (entry := _entry(line)) is not None:
                    yield entry

    def whole(self) -> bytes:
        """The log as it stands on disk, the oldest line first."""
        return b"".join(path.read_bytes() for path in reversed(self._files()))


def _short(details: Mapping[str, str | int]) -> dict[str, str | int]:
    return {
        str(name)[:LONGEST_TEXT]: said if isinstance(said, int) else str(said)[:LONGEST_TEXT]
        for name, said in list(details.items())[:MOST_DETAILS]
    }


def _entry(line: bytes) -> Entry | None:
    try:
        found: Any = json.loads(line)
        return Entry(**found) if isinstance(found, dict) else None
    except (ValueError, TypeError):
        return None
