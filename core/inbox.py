"""The one door for new files: they land in a folder by atomic rename and one worker at a time takes them.

The dashboard's uploads, the command line while the dashboard holds the corpus, and anything a cron job
drops into the folder all come this way. A file leaves the inbox only after its commit, so a restart at
any moment loses nothing; and as the same bytes are taken once, nothing comes in twice.
"""

import hashlib
import logging
import os
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from urllib.parse import quote, unquote

from core.errors import CorpusError, TelaahError
from core.model import Added, Origin, Outcome, Refusal
from core.pipeline import process, refused_file
from core.settings import Settings
from core.store import Corpus, removal
from core.store.removal import Stakes

log = logging.getLogger(__name__)

MARK = "--"  # stands between the ticket and the file's own name
NAME_BYTES = 180  # leaves room for the ticket within the 255 bytes of a file name
PARTIAL = ".partial-"  # files still being written; the worker passes over names with a leading dot


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far the worker is: file `done` of `total`, and articles tagged in the file at hand."""

    name: str
    done: int
    total: int
    articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FileOutcome:
    """What became of one file: articles counts those in the file, added those new to the corpus.

    columns says how the columns of a table were taken.
    """

    ticket: Path
    name: str
    outcome: Outcome
    articles: int
    added: int
    refusals: tuple[Refusal, ...]
    columns: tuple[str, ...]


def submit(data: bytes, name: str, *, settings: Settings) -> Path:
    """Spool a file into the inbox; returns its ticket, the path where it waits.

    Raises: CorpusError when the inbox cannot be written to.
    """
    folder = settings.inbox_folder
    ticket = folder / f"{time.time_ns():020d}-{uuid.uuid4().hex[:8]}{MARK}{_packed(name)}"
    partial = folder / f"{PARTIAL}{ticket.name[:29]}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with partial.open("wb") as spool:
            spool.write(data)
            spool.flush()
            os.fsync(spool.fileno())
        partial.replace(ticket)
    except OSError as error:
        raise CorpusError(
            f"{name} could not be put into {folder} ({error.strerror}): free space there or give write access."
        ) from error
    return ticket


def waiting(settings: Settings) -> list[Path]:
    """Files in the inbox, oldest ticket first; files dropped by hand come after them, by name."""
    folder = settings.inbox_folder
    if not folder.is_dir():
        return []
    return sorted(found for found in folder.iterdir() if found.is_file() and not found.name.startswith("."))


class Inbox:
    """The worker's side. One object a corpus; drain() may be called from several threads."""

    def __init__(self, corpus: Corpus, settings: Settings) -> None:
        self._corpus = corpus
        self._settings = settings
        self._one_worker = Lock()
        self._outcomes: dict[Path, FileOutcome] = {}

    def submit(self, data: bytes, name: str) -> Path:
        return submit(data, name, settings=self._settings)

    def drain(self, on_progress: Callable[[Progress], None] | None = None) -> list[FileOutcome]:
        """Take every waiting file into the corpus, one transaction each; waits while another thread drains."""
        outcomes: list[FileOutcome] = []
        with self._one_worker:
            tickets = waiting(self._settings)
            for done, ticket in enumerate(tickets):
                name, _ = _unpacked(ticket)

                def tell(articles: int, name: str = name, done: int = done) -> None:
                    if on_progress is not None:
                        on_progress(Progress(name=name, done=done, total=len(tickets), articles=articles))

                tell(0)
                outcomes.append(self._take(ticket, tell))
        return outcomes

    def outcomes(self, tickets: Sequence[Path]) -> list[FileOutcome]:
        """What became of these files, whichever thread took them; each is told once, waiting ones not at all."""
        return [self._outcomes.pop(ticket) for ticket in tickets if ticket in self._outcomes]

    def remove(self, file_id: int, *, who: str) -> Stakes:
        """Take a file out of the corpus, its kept original too. There is no way back.

        Raises: CorpusError where there is no such file or it cannot be written; nothing is changed then.
        """
        with self._one_worker:
            gone = removal.remove(self._corpus, file_id, who=who)
            self._forget_original(gone.sha256)
        return gone

    def replace(self, file_id: int, data: bytes, name: str, *, who: str) -> tuple[Stakes, Added]:
        """Put another file in the place of one that is in the corpus, in one transaction.

        Raises: CorpusError where nothing in the new file can be read or it cannot be written; the old one stays then.
        """
        with self._one_worker:
            result = process(name, data, origin="upload", settings=self._settings)
            gone, added = removal.replace(self._corpus, file_id, result, who=who)
            self._keep_original(submit(data, name, settings=self._settings), result.sha256)
            self._forget_original(gone.sha256)
        return gone, added

    def _forget_original(self, sha256: str) -> None:
        if not removal.is_kept(self._corpus, sha256):
            original_path(self._settings, sha256).unlink(missing_ok=True)

    def _take(self, ticket: Path, on_article: Callable[[int], None]) -> FileOutcome:
        name, origin = _unpacked(ticket)
        data = ticket.read_bytes()
        digest = hashlib.sha256(data).hexdigest()
        added = self._added(name, data, origin, on_article)
        self._keep_original(ticket, digest)
        told = FileOutcome(
            ticket=ticket,
            name=name,
            outcome=added.outcome,
            articles=added.articles,
            added=added.added,
            refusals=added.refusals,
            columns=added.columns,
        )
        self._outcomes[ticket] = told
        return told

    def _added(self, name: str, data: bytes, origin: Origin, on_article: Callable[[int], None]) -> Added:
        """Raises: TelaahError where the corpus or a rule file is to blame, and then the file stays in the inbox."""
        try:
            return self._corpus.add(process(name, data, origin=origin, settings=self._settings, on_article=on_article))
        except TelaahError:
            raise
        except Exception:  # a fault of ours must not stop the files behind this one
            log.exception("A fault in Telaah while reading %s", name)
            reason = f"{name} met a fault in Telaah and was kept aside: the server's log says more."
            return self._corpus.add(refused_file(name, data, origin=origin, reason=reason))

    def _keep_original(self, ticket: Path, sha256: str) -> None:
        """Move the bytes beside the corpus under their hash: every article can be traced to them."""
        keep = original_path(self._settings, sha256)
        keep.parent.mkdir(parents=True, exist_ok=True)
        ticket.replace(keep)


def original_path(settings: Settings, sha256: str) -> Path:
    """Where the original bytes of a taken file are kept."""
    return settings.data_folder / "originals" / sha256[:2] / sha256


def _packed(name: str) -> str:
    """A file name that is safe on any disk and gives the original name back."""
    plain = name.replace("\\", "/").rsplit("/", 1)[-1] or "file"
    packed = quote(plain, safe=" ()[],;=@+")
    if len(packed) <= NAME_BYTES:
        return packed
    stem, dot, ending = plain.rpartition(".")
    tail = f"~{hashlib.sha256(plain.encode('utf-8', 'replace')).hexdigest()[:8]}{dot}{ending[:10]}"
    while len(quote(stem + tail)) > NAME_BYTES and stem:
        stem = stem[:-1]
    return quote(stem + tail, safe=" ()[],;=@+~")


def _unpacked(ticket: Path) -> tuple[str, Origin]:
    """The file's own name, and whether it came by submit or was dropped into the folder."""
    number, mark, packed = ticket.name.partition(MARK)
    if mark and len(number) == 29 and number[:20].isdecimal():
        return unquote(packed), "upload"
    return ticket.name, "inbox"
