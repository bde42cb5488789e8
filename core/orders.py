"""Orders to the process that has the corpus open, by files in a folder: a copy of the corpus, please.

The command line cannot read a corpus that the dashboard holds. It puts down an order; a thread of the dashboard copies
the file while nothing is written to it and says that it is done. Whoever ordered takes the copy and clears it away.
"""

import json
import logging
import re
import secrets
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from core.errors import BackupError, CorpusBusyError, TelaahError
from core.settings import Settings
from core.store import Corpus
from core.store.corpus_copy import copy_closed, copy_open

log = logging.getLogger(__name__)

FOLDER = ".orders"
WANTED, TAKEN, DONE = "wanted", "taken", "done"
COPY = "corpus.duckdb"
LOOK_SECONDS = 0.5
UNHEARD_SECONDS = 20  # who has the corpus and takes no order for so long will take none
ABANDONED_SECONDS = 24 * 3600
_ID = re.compile(r"[0-9a-f]{16}")


def watch(corpus: Corpus, settings: Settings, closing: threading.Event) -> None:
    """Carry out orders until closing is set: what a thread of the dashboard does."""
    try:
        _folder(settings).mkdir(mode=0o700, exist_ok=True)  # ours, though the superuser may put down the first order
        _sweep(_folder(settings))
    except OSError as error:
        log.error("No orders are taken in %s: %s", _folder(settings), error)
        return
    while not closing.wait(LOOK_SECONDS):
        try:
            carry_out(corpus, settings)
        except OSError as error:
            log.error("Orders in %s cannot be carried out: %s", _folder(settings), error)


def carry_out(corpus: Corpus, settings: Settings) -> int:
    """Carry out what was ordered; how many orders that were."""
    done = 0
    folder = _folder(settings)
    for wanted in sorted(folder.glob(f"*.{WANTED}")) if folder.is_dir() else ():
        if not _ID.fullmatch(wanted.stem) or wanted.is_symlink():
            continue
        taken = wanted.with_suffix(f".{TAKEN}")
        try:
            wanted.replace(taken)
        except FileNotFoundError:  # withdrawn
            continue
        _answer(folder / wanted.stem, _copied(corpus, folder / wanted.stem))
        taken.unlink(missing_ok=True)
        done += 1
    return done


def _copied(corpus: Corpus, place: Path) -> str:
    """Copy into the folder of an order; what went wrong, empty where nothing did."""
    try:
        place.mkdir(mode=0o700)
        copy_open(corpus, place / COPY)
    except (OSError, TelaahError) as error:
        log.exception("The corpus could not be copied for a backup")
        shutil.rmtree(place, ignore_errors=True)
        return str(error)
    return ""


def _answer(place: Path, wrong: str) -> None:
    half = place.with_suffix(".half")
    half.write_text(json.dumps({"wrong": wrong}), encoding="utf-8")
    half.replace(place.with_suffix(f".{DONE}"))


def _sweep(folder: Path) -> None:
    """Clear away the orders that a dashboard began which ended."""
    for left in folder.glob(f"*.{TAKEN}"):
        left.unlink(missing_ok=True)
    _drop_old_copies(folder)


def _drop_old_copies(folder: Path) -> None:
    """Those that nobody fetched for a day: who ordered them was ended."""
    for left in folder.iterdir() if folder.is_dir() else ():
        if left.is_dir() and not left.is_symlink() and time.time() - left.stat().st_mtime > ABANDONED_SECONDS:
            shutil.rmtree(left, ignore_errors=True)


@contextmanager
def corpus_copy(settings: Settings, tell: Callable[[str], None] = lambda _: None) -> Iterator[Path]:
    """A copy of the corpus as it stands, for the block: made here where nobody holds it, else by who does.

    Raises: BackupError where there is no corpus, it takes no orders or no copy can be written; CorpusDamagedError.
    """
    if not settings.corpus_file.is_file():
        raise BackupError(f"There is no corpus in {settings.data_folder}: check TELAAH_DATA_FOLDER.")
    folder = _folder(settings)
    order = folder / secrets.token_hex(8)
    alone = not folder.exists()
    _drop_old_copies(folder)
    try:
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
            order.mkdir(mode=0o700)
            copy_closed(settings.corpus_file, order / COPY)
        except CorpusBusyError:
            order.rmdir()
            tell("The dashboard holds the corpus and copies it.")
            _have_copied(settings, order)
        except OSError as error:
            raise BackupError(
                f"The corpus could not be copied within {settings.data_folder} ({error.strerror or error}): free as "
                "much space there as it takes, or run this as the user whom the folder belongs to."
            ) from error
        yield order / COPY
    finally:
        for ending in (WANTED, TAKEN, DONE):
            order.with_suffix(f".{ending}").unlink(missing_ok=True)
        shutil.rmtree(order, ignore_errors=True)
        if alone and folder.is_dir() and not any(folder.iterdir()):  # it would be another user's for the dashboard
            folder.rmdir()


def _have_copied(settings: Settings, order: Path) -> None:
    """Order a copy of who has the corpus open, and wait for it."""
    wanted, taken, done = (order.with_suffix(f".{ending}") for ending in (WANTED, TAKEN, DONE))
    wanted.touch()
    heard_at = time.monotonic()
    while not done.exists():
        time.sleep(LOOK_SECONDS / 5)
        if taken.exists():
            heard_at = time.monotonic()
        if time.monotonic() - heard_at > UNHEARD_SECONDS:
            raise BackupError(
                f"{settings.corpus_file} is open in a process that copies nothing, such as a command at work or an "
                "older dashboard: wait for it or stop it, then try again."
            )
    wrong = json.loads(done.read_text(encoding="utf-8"))["wrong"]
    if wrong:
        raise BackupError(f"The dashboard could not copy the corpus: {wrong}")


def _folder(settings: Settings) -> Path:
    return settings.data_folder / FOLDER
