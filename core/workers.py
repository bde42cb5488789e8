"""A worker process, seen from the process that gives it files.

It is a program of its own (`python -m core.worker_process`), not a fork: it inherits no open corpus, no threads and no
server. What a file can do to it (hang, grow, crash) ends it alone, and the next file gets a new one. Its memory is
watched from here, by what it has resident: a limit on address space would count what libraries reserve and never use,
and would show as a failed allocation somewhere inside them.
"""

import json
import logging
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from core.errors import CorpusError, LimitError
from core.settings import PROJECT, Settings

log = logging.getLogger(__name__)

COMMAND = (sys.executable, "-m", "core.worker_process")
LOOK_SECONDS = 0.1  # how often memory and time are looked at
START_SECONDS = 120
KEPT_MB = 150  # a process that a file left so much larger is not kept for the next one
MEGABYTE = 2**20
ALLOCATION = {"MALLOC_TRIM_THRESHOLD_": "268435456", "MALLOC_TOP_PAD_": "67108864"}
"""For the allocator of glibc: else it gives memory back to the system after an article and asks for it again."""


Tell = Callable[[int, int | None], None]
"""Hears how many articles are done, and once of about how many where that is known."""


class WorkerLostError(Exception):
    """The process ended in the middle of a file, and not by us."""


class StoppedError(Exception):
    """We were asked to stop in the middle of a file."""


class FaultError(Exception):
    """A fault of ours in the process; its log says more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A file to tag: where it is, what it is called, where its rows are to go."""

    path: Path
    name: str
    rows: Path


class Worker:
    """One process that tags, started when it is first needed and kept warm. One thread at a time."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._process: subprocess.Popen[bytes] | None = None
        self._heard: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
        self._free_since = time.monotonic()
        self._own_mb = 0  # what it holds before it has seen any file: rules, models

    @property
    def pid(self) -> int | None:
        """Of the process, if there is one."""
        return self._process.pid if self._process is not None else None

    def carry_out(self, order: Order, *, on_articles: Tell, stopped: Callable[[], bool]) -> dict[str, Any]:
        """Have a file read and tagged; what the process told at its end, its rows stand in order.rows.

        Raises: LimitError past a limit of time or memory; CorpusError (or another TelaahError) where the file is not
                to blame; WorkerLostError, StoppedError, FaultError.
        """
        self._start(stopped)
        try:
            self._say({"path": str(order.path), "name": order.name, "rows": str(order.rows),
                       "settings": _plain(self._settings)})  # fmt: skip
            answer = self._listen(order.name, on_articles, stopped)
        except BaseException:
            self.end()
            raise
        self._free_since = time.monotonic()
        if self._grown_mb() > KEPT_MB:
            self.end()
        if "trouble" in answer:
            raise CorpusError(str(answer["trouble"]))
        if "no_memory" in answer:
            self.end()
            raise self._too_big(order.name)
        if "fault" in answer:
            raise FaultError
        return answer

    def rest(self) -> None:
        """End the process if it had nothing to do for long."""
        if self._process is not None and time.monotonic() - self._free_since > self._settings.worker_idle_seconds:
            self.end()

    def end(self) -> None:
        """End the process and all that it started, whatever it is at."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.returncode is None:  # else the number may be another's by now; what it started ends by itself
            if sys.platform == "win32":
                process.kill()
            else:
                os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        for stream in (process.stdin, process.stdout):
            _close(stream)

    def _start(self, stopped: Callable[[], bool]) -> None:
        if self._process is not None and self._process.poll() is None:
            return
        self.end()
        self._heard = queue.SimpleQueue()
        try:
            self._process = subprocess.Popen(
                COMMAND, cwd=PROJECT, env=ALLOCATION | os.environ,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True,
            )  # fmt: skip
        except OSError as error:
            raise CorpusError(f"No worker process could be started ({error.strerror}): free memory.") from error
        threading.Thread(target=_hear, args=(self._process.stdout, self._heard), daemon=True).start()
        patience = time.monotonic() + START_SECONDS
        while (message := self._next()) != {"ready": True}:
            lost = message is None or time.monotonic() > patience
            if lost or stopped():
                self.end()
                if not lost:
                    raise StoppedError
                raise CorpusError("No worker process could be started: the server's log says more.")
        self._own_mb = resident_mb(self.pid)

    def _grown_mb(self) -> int:
        """What the file at hand has taken."""
        return resident_mb(self.pid) - self._own_mb

    def _say(self, order: dict[str, Any]) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(order).encode("ascii") + b"\n")
            self._process.stdin.flush()
        except OSError as error:
            raise WorkerLostError from error

    def _listen(self, name: str, on_articles: Tell, stopped: Callable[[], bool]) -> dict[str, Any]:
        limits = self._settings
        began = last = time.monotonic()
        while True:
            message = self._next()
            now = time.monotonic()
            if message is None:
                raise WorkerLostError
            if stopped():
                raise StoppedError
            if self._grown_mb() > limits.max_file_memory_mb:
                raise self._too_big(name)
            if not message:  # nothing was heard
                if now - last > limits.max_article_seconds:
                    raise LimitError(
                        f"{name} was given up: an article of it took longer than {limits.max_article_seconds} seconds. "
                        "Split it to find which one, or raise TELAAH_MAX_ARTICLE_SECONDS."
                    )
            elif "articles" in message:
                last = now
                on_articles(message["articles"], message.get("expected"))
            elif "begun" not in message:
                return message
            if now - began > limits.max_file_seconds:
                raise LimitError(
                    f"{name} was given up: it took longer than {limits.max_file_seconds} seconds. "
                    "Split it and add the parts, or raise TELAAH_MAX_FILE_SECONDS."
                )

    def _too_big(self, name: str) -> LimitError:
        return LimitError(
            f"{name} was given up: reading it took more than {self._settings.max_file_memory_mb} MB of memory. "
            "Split it and add the parts, or raise TELAAH_MAX_FILE_MEMORY_MB."
        )

    def _next(self) -> dict[str, Any] | None:
        """The next message; an empty one where nothing was heard for a moment, None where the process ended."""
        try:
            return self._heard.get(timeout=LOOK_SECONDS)
        except queue.Empty:
            return {}


def _hear(stream: IO[bytes] | None, heard: "queue.SimpleQueue[dict[str, Any] | None]") -> None:
    try:
        for line in stream or ():
            heard.put(json.loads(line))
    except ValueError:  # cut off in the middle of a line, or closed while it was read
        log.debug("A worker process was cut off")
    heard.put(None)


def _close(stream: IO[bytes] | None) -> None:
    try:
        if stream is not None:
            stream.close()
    except OSError:  # a pipe whose reader is gone still wants to get rid of what was written
        log.debug("A worker process left an order unread")


def _plain(settings: Settings) -> dict[str, Any]:
    """The settings as the process takes them, as far as reading a file depends on them."""
    return {name: value for name, value in asdict(settings).items() if isinstance(value, int)}


def resident_mb(pid: int | None) -> int:
    """Memory that a process or one it started holds, whichever holds most; 0 where the system does not say."""
    if pid is None:
        return 0
    try:
        pages = [_resident_pages(str(pid))]
        for task in os.scandir(f"/proc/{pid}/task"):
            children = Path(task.path, "children").read_text(encoding="ascii").split()
            pages += [_resident_pages(child) for child in children]
    except (OSError, ValueError, IndexError):
        return 0
    return max(pages) * os.sysconf("SC_PAGE_SIZE") // MEGABYTE


def _resident_pages(pid: str) -> int:
    return int(Path("/proc", pid, "statm").read_text(encoding="ascii").split()[1])
