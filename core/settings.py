"""Typed settings, each with its unit in its name, read from TELAAH_* variables."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from core.errors import SettingError

PREFIX = "TELAAH_"
PROJECT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All that can be set from outside; `docs/settings.md` lists the same names.

    data_folder           where the corpus, the inbox and kept originals stand
    max_upload_mb         largest file taken, in megabytes (2**20 bytes)
    max_files             most files taken from one upload
    max_unpacked_mb       largest sum of what an archive holds, in megabytes
    max_unpacked_ratio    how many times its own size an archive may unpack to, once past 16 megabytes
    max_archive_depth     how deep archives may stand in archives
    max_records           most articles taken from one file
    max_text_characters   longest article, in code points
    max_file_seconds      longest time that reading and tagging one file may take
    max_article_seconds   longest time without a further article of it
    max_file_memory_mb    most memory that reading and tagging one file may take in a process, in megabytes
    workers               processes that tag; 0 tags in the calling process, where no limit of time or memory holds
    worker_idle_seconds   how long a worker process without work is kept
    max_audit_mb          most room that the audit log takes, in megabytes; the oldest part goes first
    load_sample           whether the bundled sample is loaded into an empty corpus (1 or 0)
    tone_model_folder     a sequence-classification model that rates tone in place of the shipped one; None for none
    tone_model_labels     what its outputs mean, in order, with commas between; empty where its config says it
    """

    data_folder: Path = PROJECT / "data"
    max_upload_mb: int = 200
    max_files: int = 2000
    max_unpacked_mb: int = 1000
    max_unpacked_ratio: int = 200
    max_archive_depth: int = 4
    max_records: int = 200_000
    max_text_characters: int = 500_000
    max_file_seconds: int = 3600
    max_article_seconds: int = 300
    max_file_memory_mb: int = 1200
    workers: int = 1
    worker_idle_seconds: int = 300
    max_audit_mb: int = 50
    load_sample: bool = True
    tone_model_folder: Path | None = None
    tone_model_labels: str = ""

    @property
    def corpus_file(self) -> Path:
        return self.data_folder / "corpus.duckdb"

    @property
    def audit_folder(self) -> Path:
        return self.data_folder / "audit"

    @property
    def briefings_folder(self) -> Path:
        return self.data_folder / "briefings"

    @property
    def inbox_folder(self) -> Path:
        return self.data_folder / "inbox"


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Settings from TELAAH_DATA_FOLDER, TELAAH_MAX_UPLOAD_MB and so on.

    Raises: SettingError naming the variable, for an unknown name or a value that cannot be used.
    """
    known = {PREFIX + entry.name.upper(): entry for entry in fields(Settings)}
    for name in environment:
        if name.startswith(PREFIX) and name not in known:
            raise SettingError(f"{name} is not a setting of Telaah; the settings are: {', '.join(sorted(known))}.")
    chosen: dict[str, Path | int | bool | str] = {}
    for name, entry in known.items():
        if name in environment:
            chosen[entry.name] = _value(name, environment[name], getattr(Settings(), entry.name))
    return Settings(**chosen)  # type: ignore[arg-type]  # each value has the type of its default


def _value(name: str, given: str, default: Path | int | bool | str | None) -> Path | int | bool | str:
    if isinstance(default, bool):
        if given not in ("0", "1"):
            raise SettingError(f"{name} must be 0 or 1, not {given!r}.")
        return given == "1"
    if isinstance(default, int):
        lowest = 0 if name == PREFIX + "WORKERS" else 1
        if not given.isdecimal() or int(given) < lowest:
            raise SettingError(f"{name} must be a whole number of at least {lowest}, not {given!r}.")
        return int(given)
    if isinstance(default, str):
        return given.strip()
    if not given.strip():
        raise SettingError(f"{name} must name a folder; it is empty.")
    return Path(given).expanduser().resolve()
