"""The inbox folder: files wait there under tickets, in the order they came, each with a note of how often it was begun.

A ticket is a file name: a number that only grows, a mark of its own, and the file's own name. What begins with a dot
is ours and never taken for an article: half-written files, notes, the lock, and rows on their way into the corpus.
"""

import hashlib
import json
import logging
import os
import time
import uuid
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Lock
from urllib.parse import quote, unquote

from core.errors import CorpusError
from core.model import Origin
from core.settings import Settings

log = logging.getLogger(__name__)

MARK = "--"  # stands between the ticket and the file's own name
NUMBER_DIGITS = 20
TICKET_LENGTH = 29  # the number, a dash, eight characters of its own
NAME_BYTES = 180  # leaves room for the ticket within the 255 bytes of a file name
PARTIAL, BEGUN, STAGED = ".partial-", ".begun-", ".staged-"
ABANDONED_SECONDS = 24 * 3600  # a half-written file that no one has written to for so long is of a process that ended

_numbers: dict[Path, int] = {}
_numbering = Lock()


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """What is known of a file that was begun: how often, how many worker processes it ended, and since when.

    since is the number of the last file in the corpus when it was begun first: if a later one is this file, it was
    committed, and only the leaving of the inbox is still to do.
    """

    starts: int
    deaths: int
    since: int


def submit(data: bytes, name: str, *, settings: Settings) -> Path:
    """Spool a file into the inbox; returns its ticket, the path where it waits.

    Raises: CorpusError when the inbox cannot be written to; nothing of the file is left there then.
    """
    folder = settings.inbox_folder
    partial = put_aside(data, name, settings=settings)
    try:
        ticket = folder / f"{_next_number(folder):0{NUMBER_DIGITS}d}-{uuid.uuid4().hex[:8]}{MARK}{_packed(name)}"
        partial.replace(ticket)
    except OSError as error:
        _drop(partial)
        raise _unwritten(folder, name, error) from error
    return ticket


def put_aside(data: bytes, name: str, *, settings: Settings) -> Path:
    """Write bytes into the inbox's folder where no worker takes them; returns the path.

    Raises: CorpusError when it cannot be written to; nothing is left there then.
    """
    folder = settings.inbox_folder
    partial = folder / f"{PARTIAL}{uuid.uuid4().hex}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with partial.open("wb") as spool:
            spool.write(data)
            spool.flush()
            os.fsync(spool.fileno())
    except OSError as error:
        _drop(partial)
        raise _unwritten(folder, name, error) from error
    return partial


def _unwritten(folder: Path, name: str, error: OSError) -> CorpusError:
    return CorpusError(
        f"{name} could not be put into {folder} ({error.strerror}): free space there or give write access."
    )


def _next_number(folder: Path) -> int:
    """The time, or one more than the last ticket where the clock was put back: who came first is taken first."""
    with _numbering:
        last = _numbers.get(folder)
        if last is None:
            numbers = (found.name[:NUMBER_DIGITS] for found in folder.iterdir() if is_ticket(found.name))
            last = max(map(int, numbers), default=0)
        _numbers[folder] = max(time.time_ns(), last + 1)
        return _numbers[folder]


def waiting(settings: Settings) -> list[Path]:
    """Files in the inbox, oldest ticket first, then by name those that were dropped by hand. Links are passed over."""
    folder = settings.inbox_folder
    if not folder.is_dir():
        return []
    found = [entry for entry in os.scandir(folder) if not entry.name.startswith(".")]
    names = [entry.name for entry in found if entry.is_file(follow_symlinks=False)]
    return [folder / name for name in sorted(names, key=lambda name: (not is_ticket(name), name))]


def is_ticket(name: str) -> bool:
    """Whether a file came by submit, and not by hand."""
    number, mark, _ = name.partition(MARK)
    return bool(mark) and len(number) == TICKET_LENGTH and number[:NUMBER_DIGITS].isdecimal()


def own_name(ticket: Path) -> tuple[str, Origin]:
    """The file's own name, and whether it came by submit or was dropped into the folder."""
    if is_ticket(ticket.name):
        return unquote(ticket.name.partition(MARK)[2]), "upload"
    return os.fsencode(ticket.name).decode("utf-8", "replace"), "inbox"  # a name may be in another encoding


def original_path(settings: Settings, sha256: str) -> Path:
    """Where the original bytes of a taken file are kept."""
    return settings.data_folder / "originals" / sha256[:2] / sha256


def sha256_of(path: Path) -> str:
    """Checksum of a file that need not fit into memory."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def staged_path(settings: Settings) -> Path:
    """A new place for the rows of a file on their way into the corpus."""
    return settings.inbox_folder / f"{STAGED}{uuid.uuid4().hex[:12]}"


def begun(ticket: Path) -> Begun | None:
    """The note on a file that was begun and not finished; a broken note counts as none."""
    try:
        return Begun(**json.loads(_note_path(ticket).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def note(ticket: Path, what: Begun) -> None:
    """Write down that a file was begun, whole or not at all."""
    path = _note_path(ticket)
    half = path.with_name(f"{PARTIAL}{path.name}")
    half.write_text(json.dumps(asdict(what)), encoding="utf-8")
    half.replace(path)


def forget(ticket: Path) -> None:
    """The file left the inbox, so its note goes too."""
    _drop(_note_path(ticket))


def _note_path(ticket: Path) -> Path:
    return ticket.with_name(f"{BEGUN}{hashlib.sha256(os.fsencode(ticket.name)).hexdigest()[:24]}")


def sweep(settings: Settings) -> None:
    """Clear away what processes that were killed have left half done. Only for who holds the inbox."""
    kept = {_note_path(ticket).name for ticket in waiting(settings)}
    for entry in os.scandir(settings.inbox_folder):
        stale = entry.name.startswith(STAGED) or (entry.name.startswith(BEGUN) and entry.name not in kept)
        if stale or (entry.name.startswith(PARTIAL) and _abandoned(entry)):
            _drop(Path(entry.path))


def _abandoned(part: os.DirEntry[str]) -> bool:
    """Whether nobody writes this any more; one that is gone was just finished by whoever wrote it."""
    try:
        return time.time() - part.stat(follow_symlinks=False).st_mtime > ABANDONED_SECONDS
    except FileNotFoundError:
        return False


def _drop(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        log.warning("%s could not be cleared away", path)


def _packed(name: str) -> str:
    """A file name that is safe on any disk and gives the original name back."""
    whole = name.encode("utf-8", "replace").decode("utf-8")  # halves of characters stand for bytes that are no UTF-8
    plain = whole.replace("\\", "/").rsplit("/", 1)[-1] or "file"
    packed = quote(plain, safe=" ()[],;=@+")
    if len(packed) <= NAME_BYTES:
        return packed
    stem, dot, ending = plain.rpartition(".")
    tail = f"~{hashlib.sha256(plain.encode('utf-8', 'replace')).hexdigest()[:8]}{dot}{ending[:10]}"
    while len(quote(stem + tail)) > NAME_BYTES and stem:
        stem = stem[:-1]
    return quote(stem + tail, safe=" ()[],;=@+~")
