"""What stands and what is missing: versions, rules, the corpus, the folders."""

import os
import platform
from dataclasses import dataclass
from importlib import metadata

from core import __version__
from core.errors import CorpusBusyError, TelaahError
from core.inbox import waiting
from core.settings import Settings
from core.store import Corpus
from core.tag import tagger_version

REPORTED = ("streamlit", "altair", "pandas", "duckdb", "langdetect", "trafilatura")


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Lines to print, and whether all that must stand does."""

    lines: tuple[str, ...]
    healthy: bool


def examine(settings: Settings) -> Report:
    """Look at versions, folders and the corpus; changes nothing."""
    lines = [f"telaah {__version__}, rules and models {tagger_version()}, Python {platform.python_version()}"]
    lines += [f"{name} {metadata.version(name)}" for name in REPORTED]
    folder_line, folder_fine = _folder(settings)
    corpus_line, corpus_fine = _corpus(settings)
    lines += [folder_line, corpus_line, f"inbox: {len(waiting(settings))} files waiting"]
    return Report(lines=tuple(lines), healthy=folder_fine and corpus_fine)


def _folder(settings: Settings) -> tuple[str, bool]:
    folder = settings.data_folder
    if not folder.exists():
        return f"data folder: {folder} will be made at the first start", True
    if not os.access(folder, os.W_OK):
        return f"data folder: {folder} cannot be written to: give write access or set TELAAH_DATA_FOLDER", False
    return f"data folder: {folder}", True


def _corpus(settings: Settings) -> tuple[str, bool]:
    if not settings.corpus_file.exists():
        return "corpus: none yet; the first start or the first ingest makes it", True
    try:
        corpus = Corpus.open(settings.corpus_file)
    except CorpusBusyError:
        return "corpus: in use by a running dashboard", True
    except TelaahError as error:
        return f"corpus: {error}", False
    try:
        return f"corpus: {corpus.article_count()} articles, version {corpus.version}", True
    finally:
        corpus.close()
