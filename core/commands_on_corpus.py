"""Commands that need the corpus to themselves: retag, export, corrections."""

import argparse
import sys
from pathlib import Path

from core.errors import CorrectionError
from core.settings import Settings

FORMATS = ("csv", "xlsx", "parquet", "jsonl")


def retag_all(_chosen: argparse.Namespace, settings: Settings) -> int:
    """Tag every stale article again. Exit code 1 where some are left."""
    from core.retag import retag
    from core.store import Corpus

    corpus = Corpus.open(settings.corpus_file)
    try:
        found = retag(corpus, settings, on_progress=_tell)
    finally:
        corpus.close()
    print(f"articles: {found.done} of {found.total} tagged again, {found.left} left")
    return int(found.left > 0)


def export(chosen: argparse.Namespace, settings: Settings) -> int:
    """Write the whole corpus to one file."""
    from core.store import Corpus
    from core.takeout import write_takeout

    corpus = Corpus.open(settings.corpus_file)
    try:
        written = write_takeout(corpus, chosen.format, Path(chosen.target).absolute(), tell=_tell)
    finally:
        corpus.close()
    print(f"{written}: {written.stat().st_size} bytes")
    return 0


def correction_log(chosen: argparse.Namespace, settings: Settings) -> int:
    """Write the log of corrections, or put the entries of a file at its end."""
    from core.store import Corpus, correction_files, corrections

    path = Path(chosen.file)
    corpus = Corpus.open(settings.corpus_file)
    try:
        if chosen.deed == "import":
            found = correction_files.bring_in(corpus, correction_files.from_file(_bytes_of(path), path.name))
            print(f"corrections: {found.added} of {found.entries} were new")
        else:
            log = corrections.log(corpus)
            write = correction_files.to_csv if path.suffix.lower() == ".csv" else correction_files.to_jsonl
            path.write_bytes(write(log))
            print(f"corrections: {len(log)} written")
    finally:
        corpus.close()
    return 0


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CorrectionError(f"{path} cannot be read ({error.strerror}): check the path.") from error


def _tell(done: int, total: int) -> None:
    """Progress on standard error, where somebody watches."""
    if sys.stderr.isatty():
        print(f"\r{done}/{total}", end="", file=sys.stderr, flush=True)
