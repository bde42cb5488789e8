"""The one door for new files: they land in a folder by atomic rename and one worker at a time takes them.

The dashboard's uploads, the command line while the dashboard holds the corpus, and anything a cron job
drops into the folder all come this way. A file leaves the inbox only after its commit, so a restart at
any moment loses nothing; and as the same bytes are taken once, nothing comes in twice.
"""

import errno
import hashlib
import logging
import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock

from core import tickets
from core.errors import CorpusError, LimitError, TelaahError
from core.folder_lock import held
from core.model import Added, FileResult, Origin, Outcome, Refusal, Source
from core.pipeline import process
from core.settings import Settings
from core.store import Corpus, files, removal
from core.store.removal import Stakes
from core.store.staging import Staged, heard, stage
from core.tickets import Begun, original_path, own_name, sha256_of, submit, waiting
from core.workers import FaultError, Order, StoppedError, Tell, Worker, WorkerLostError

__all__ = ["FileOutcome", "Inbox", "Progress", "original_path", "own_name", "submit", "waiting"]

log = logging.getLogger(__name__)

OUTCOMES_KEPT = 10_000
DEATHS = 2  # so many worker processes may one file end
STARTS = 10  # so often may the whole of Telaah end while one file is being taken


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far the worker is: file `done` of `total`, and articles tagged in the file at hand.

    expected is about how many it holds, None where that is not known before the end.
    """

    name: str
    done: int
    total: int
    articles: int
    expected: int | None = None

    @property
    def share(self) -> float:
        """Of all files, in [0, 1]."""
        return (self.done + self.share_of_file) / self.total

    @property
    def share_of_file(self) -> float:
        return min(self.articles / self.expected, 1.0) if self.expected else 0.0


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


class _UnkeptError(CorpusError):
    """The bytes of a file could not be put away; it may be in the corpus already."""


class Inbox:
    """The worker's side. One object a corpus; drain() may be called from several threads."""

    def __init__(self, corpus: Corpus, settings: Settings) -> None:
        self._corpus = corpus
        self._settings = settings
        self._worker = Worker(settings)
        self._one_worker = Lock()
        self._filing = Lock()  # what the corpus says of a file and where its bytes are kept change together
        self._outcomes: OrderedDict[Path, FileOutcome] = OrderedDict()
        self._seen_by_hand: dict[Path, tuple[int, int]] = {}
        self._taking: Path | None = None
        self._closing = threading.Event()
        self._wake = threading.Event()
        self.at_hand: Progress | None = None
        """The file that is being taken, None while none is."""
        self.trouble: str = ""
        """Why nothing is taken at the moment though files wait; they are tried again."""

    def submit(self, data: bytes, name: str) -> Path:
        ticket = submit(data, name, settings=self._settings)
        self._wake.set()
        return ticket

    def wait(self, seconds: float) -> bool:
        """Until a file is submitted here or the time is over; False once the inbox is closed."""
        self._wake.wait(seconds)
        self._wake.clear()
        return not self._closing.is_set()

    def close(self) -> None:
        """Leave the file at hand in the inbox and end the worker process."""
        self._closing.set()
        self._wake.set()
        with self._one_worker:
            self._worker.end()

    @property
    def worker_pid(self) -> int | None:
        """The worker process, if there is one."""
        return self._worker.pid

    def rest(self) -> None:
        """End a worker process that had nothing to do for long."""
        with self._one_worker:
            self._worker.rest()

    def drain(
        self, on_progress: Callable[[Progress], None] | None = None, *, settled: bool = False
    ) -> list[FileOutcome]:
        """Take every waiting file into the corpus, one transaction each; waits while another thread drains.

        settled leaves files that were dropped by hand and grew since the last such call: they are still being written.
        Nothing is taken while another holds the inbox.
        Raises: TelaahError where no file is to blame (no room, a broken rule file); all that wait go on waiting.
        """
        outcomes: list[FileOutcome] = []
        with self._one_worker, self._alone() as alone:
            self.trouble = ""
            found = self._ready(settled=settled) if alone else []
            for done, ticket in enumerate(found):
                outcome = self._told(ticket, done, len(found), on_progress)
                if outcome is None:
                    break
                outcomes.append(outcome)
        return outcomes

    def outcomes(self, wanted: Sequence[Path]) -> list[FileOutcome]:
        """What became of these files, whichever thread took them; waiting ones not at all."""
        return [self._outcomes[ticket] for ticket in wanted if ticket in self._outcomes]

    def pending(self, wanted: Sequence[Path]) -> list[Path]:
        """Those of these files that wait or are being taken."""
        # a file leaves the folder a moment before its outcome is known, so the questions are asked in this order
        return [
            ticket for ticket in wanted if (ticket.exists() or ticket == self._taking) and ticket not in self._outcomes
        ]

    def remove(self, file_id: int, *, who: str) -> Stakes:
        """Take a file out of the corpus, its kept original too. There is no way back.

        Raises: CorpusError where there is no such file or it cannot be written; nothing is changed then.
        """
        with self._filing:
            gone = removal.remove(self._corpus, file_id, who=who)
            self._forget_original(gone.sha256)
        return gone

    def replace(self, file_id: int, data: bytes, name: str, *, who: str) -> tuple[Stakes, Added]:
        """Put another file in the place of one that is in the corpus, in one transaction.

        Raises: CorpusError where nothing in the new file can be read or it cannot be written; the old one stays then.
        """
        result = FileResult(name=name, sha256=hashlib.sha256(data).hexdigest(), size_bytes=len(data), origin="upload",
                            found=())  # fmt: skip
        spool = tickets.put_aside(data, name, settings=self._settings)
        worker = Worker(self._settings)  # of its own: the other may be at a long file
        try:
            with self._staged(worker, spool, result, lambda *_: None) as (_, staged), self._filing:
                self._keep_original(spool, result.sha256, name)  # first: what can fail shall fail before the commit
                try:
                    gone, added = removal.replace(self._corpus, file_id, result, who=who, staged=staged)
                finally:
                    self._forget_original(result.sha256)
                self._forget_original(gone.sha256)
        except (LimitError, WorkerLostError, FaultError) as error:
            reason = _reason(name, error)
            raise CorpusError(f"{name} was not put in its place and the old file was kept: {reason}") from error
        finally:
            worker.end()
            spool.unlink(missing_ok=True)
        return gone, added

    @contextmanager
    def _alone(self) -> Iterator[bool]:
        """Whether the folder is this inbox's to take from; what killed processes left behind is cleared away first."""
        if not waiting(self._settings):
            yield False
            return
        try:
            with held(self._settings.inbox_folder) as alone:
                if alone:
                    tickets.sweep(self._settings)
                yield alone
        except OSError as error:
            raise _unusable(self._settings, error.strerror) from error

    def _ready(self, *, settled: bool) -> list[Path]:
        found = []
        for path in waiting(self._settings):
            if os.access(path, os.R_OK):
                found.append(path)
            else:
                self.trouble = f"{path} cannot be read by the user that runs Telaah: give read access to it."
        if not settled:
            return found
        now = {path: (stat.st_size, stat.st_mtime_ns) for path in found if (stat := path.stat())}
        before, self._seen_by_hand = self._seen_by_hand, now
        return [path for path in found if tickets.is_ticket(path.name) or before.get(path) == now[path]]

    def _told(
        self, ticket: Path, done: int, total: int, on_progress: Callable[[Progress], None] | None
    ) -> FileOutcome | None:
        """What became of a file, None where we were asked to stop in the middle of it."""
        name, _ = own_name(ticket)

        holds: list[int] = []

        def tell(articles: int, expected: int | None = None) -> None:
            if expected:
                holds.append(expected)
            self.at_hand = Progress(
                name=name, done=done, total=total, articles=articles, expected=max(holds, default=None)
            )
            if on_progress is not None:
                on_progress(self.at_hand)

        self._taking = ticket
        try:
            tell(0)
            outcome = self._outcomes[ticket] = self._take(ticket, tell)
        except StoppedError:
            return None
        except (TelaahError, OSError) as error:
            wrong = self._plainly(error)
            self.trouble = str(wrong)
            raise wrong from error
        finally:
            self.at_hand = self._taking = None
        while len(self._outcomes) > OUTCOMES_KEPT:
            self._outcomes.popitem(last=False)
        return outcome

    def _plainly(self, error: TelaahError | OSError) -> TelaahError:
        """Why files wait: where the system is to blame, in words that name the folder."""
        if isinstance(error, OSError):
            return _unusable(self._settings, error.strerror)
        if (full := os.strerror(errno.ENOSPC)) in str(error) and not isinstance(error, _UnkeptError):
            return _unusable(self._settings, full)
        return error

    def _take(self, ticket: Path, on_article: Tell) -> FileOutcome:
        name, origin = own_name(ticket)
        before = tickets.begun(ticket)
        if before is not None:
            digest = sha256_of(ticket)
            added = files.committed(self._corpus, name, digest, since=before.since)
            if added is not None:  # ended between the commit and here
                with self._filing:
                    self._keep_original(ticket, digest, name)
                return _outcome(ticket, name, added)
        mark = before or Begun(starts=0, deaths=0, since=files.last_number(self._corpus))
        mark = replace(mark, starts=mark.starts + 1)
        tickets.note(ticket, mark)
        try:
            return _outcome(ticket, name, self._added(ticket, name, origin, mark, on_article))
        except _UnkeptError:
            raise
        except (TelaahError, StoppedError, OSError):
            tickets.forget(ticket)  # nothing of it was committed and it did not end us: as if it had not been begun
            raise

    def _added(self, ticket: Path, name: str, origin: Origin, mark: Begun, on_article: Tell) -> Added:
        """Tag and commit a file, or commit why it was set aside.

        Raises: TelaahError where the corpus or a rule file is to blame, and then the file stays in the inbox.
        """
        result = FileResult(name=name, sha256="", size_bytes=ticket.stat().st_size, origin=origin, found=())
        if mark.starts > STARTS:
            reason = f"{name} was set aside: Telaah ended {STARTS} times while it was being taken."
            return self._set_aside(ticket, result, f"{reason} Save it anew or split it.")
        while mark.deaths < DEATHS:
            try:
                with self._staged(self._worker, ticket, result, on_article) as (result, staged):
                    return self._commit(ticket, result, staged)
            except WorkerLostError:
                log.warning("A worker process ended in the middle of %s", name)
                mark = replace(mark, deaths=mark.deaths + 1)
                tickets.note(ticket, mark)
            except (LimitError, FaultError) as error:
                return self._set_aside(ticket, result, _reason(name, error))
        return self._set_aside(ticket, result, _reason(name, WorkerLostError()))

    @contextmanager
    def _staged(
        self, worker: Worker, path: Path, result: FileResult, on_article: Tell
    ) -> Iterator[tuple[FileResult, Staged]]:
        """The rows of a file, in this process or from the worker's; gone when the block ends."""
        if self._settings.workers == 0:
            yield self._staged_here(path, result, on_article)
            return
        rows = tickets.staged_path(self._settings)
        try:
            order = Order(path=path, name=result.name, rows=rows)
            answer = worker.carry_out(order, on_articles=on_article, stopped=self._closing.is_set)
            with rows.open("rb") as file:
                staged = heard(answer["done"], file)
                yield replace(result, sha256=answer["sha256"], size_bytes=answer["size_bytes"]), staged
        finally:
            rows.unlink(missing_ok=True)

    def _staged_here(self, path: Path, result: FileResult, on_article: Tell) -> tuple[FileResult, Staged]:
        def tell(articles: int) -> None:
            if self._closing.is_set():
                raise StoppedError
            on_article(articles, None)

        try:
            read = process(
                result.name, path.read_bytes(), origin=result.origin, settings=self._settings, on_article=tell
            )
            return read, stage(read.found, sample=False)
        except (TelaahError, StoppedError, OSError):
            raise
        except Exception as error:  # a fault of ours must not stop the files behind this one
            log.exception("A fault in Telaah while reading %s", result.name)
            raise FaultError from error

    def _commit(self, ticket: Path, result: FileResult, staged: Staged) -> Added:
        with self._filing:
            if self._closing.is_set():
                raise StoppedError
            added = self._corpus.add(result, staged)
            self._keep_original(ticket, result.sha256, result.name)
        return added

    def _set_aside(self, ticket: Path, result: FileResult, reason: str) -> Added:
        """Commit why no article came out of a file, for a reason that is not in the file; its bytes are kept."""
        digest = sha256_of(ticket)
        refusal = Refusal(source=Source(name=result.name, sha256=digest, record=0), reason=reason)
        refused = replace(result, sha256=digest, found=(refusal,))
        return self._commit(ticket, refused, stage(refused.found, sample=False))

    def _keep_original(self, ticket: Path, sha256: str, name: str) -> None:
        """Move the bytes beside the corpus under their hash: every article can be traced to them."""
        keep = original_path(self._settings, sha256)
        try:
            keep.parent.mkdir(parents=True, exist_ok=True)
            ticket.replace(keep)
        except OSError as error:
            raise _UnkeptError(
                f"The original of {name} could not be kept in {keep.parent} ({error.strerror}): "
                "free space there or give write access. It is tried again."
            ) from error
        tickets.forget(ticket)

    def _forget_original(self, sha256: str) -> None:
        """Let go of bytes that no file of the corpus has any more."""
        if not removal.is_kept(self._corpus, sha256):
            original_path(self._settings, sha256).unlink(missing_ok=True)


def _outcome(ticket: Path, name: str, added: Added) -> FileOutcome:
    return FileOutcome(
        ticket=ticket, name=name, outcome=added.outcome, articles=added.articles, added=added.added,
        refusals=added.refusals, columns=added.columns,
    )  # fmt: skip


def _reason(name: str, error: Exception) -> str:
    """Why a file is set aside, in a sentence."""
    if isinstance(error, LimitError):
        return str(error)
    if isinstance(error, WorkerLostError):
        return f"{name} was set aside: reading it ended the worker process {DEATHS} times. Save it anew or split it."
    return f"{name} met a fault in Telaah and was kept aside: the server's log says more."


def _unusable(settings: Settings, why: str | None) -> CorpusError:
    return CorpusError(
        f"The files in {settings.inbox_folder} wait, for the folder {settings.data_folder} cannot be written to "
        f"({why}): free space there or give write access. Nothing is lost, they are tried again."
    )
