"""A backup: the corpus, the kept originals, briefings, the audit log and what waits in the inbox, in one ZIP file.

Made while the dashboard runs or not, read back before it gets its name. manifest.json names versions, counts, and size
and SHA-256 of every part. The word index is left out: it is built anew. core.restore puts a backup back.
"""

import hashlib
import io
import json
import os
import platform
import secrets
import shutil
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

import duckdb

from core import __version__
from core.errors import BackupError
from core.orders import corpus_copy
from core.settings import Settings
from core.store import correction_files
from core.store.corpus_copy import settle

SCHEMA = "telaah.backup/1"
MANIFEST = "manifest.json"
CORPUS = "corpus.duckdb"
FOLDERS = ("inbox", "originals", "briefings", "audit")
"""Folders of the data folder that come along; names that begin with a dot are work in progress and stay behind."""

CORRECTIONS, DEEDS = "logs/corrections.jsonl", "logs/deeds.jsonl"
"""What the corpus holds of these, for people and other programs; nothing reads them back."""

KEPT = ".backup-"
ABANDONED_SECONDS = 24 * 3600

PLAIN = " ()[],;=@+~"
PART_BYTES = 1 << 20
ENDING = ".telaah.zip"


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A backup that was written and read back: counts are those of the corpus in it."""

    path: Path
    size_bytes: int
    parts: int
    counts: dict[str, int]


@dataclass(slots=True)
class _Archive:
    """The ZIP file that is being written, with what is in it so far."""

    zip: zipfile.ZipFile
    parts: dict[str, dict[str, Any]] = field(default_factory=dict)

    def put(self, name: str, content: IO[bytes]) -> None:
        found, size = hashlib.sha256(), 0
        with self.zip.open(name, "w", force_zip64=True) as sink:
            while part := content.read(PART_BYTES):
                found.update(part)
                size += len(part)
                sink.write(part)
        self.parts[name] = {"bytes": size, "sha256": found.hexdigest()}

    def put_file(self, name: str, path: Path) -> None:
        """Nothing where it went meanwhile."""
        try:
            with path.open("rb") as file:
                self.put(name, file)
        except FileNotFoundError:
            return


def back_up(settings: Settings, target: Path, tell: Callable[[str], None] = lambda _: None) -> Made:
    """Write a backup to a new file, or under a dated name into a folder that is there.

    Raises: BackupError where it cannot be written, or something of that name is there; CorpusError.
    """
    path = _named(settings, target)
    partial = path.with_name(f".partial-{path.name}")
    try:
        with _inbox_kept(settings) as waiting, corpus_copy(settings, tell) as copy:
            _room(settings, copy, path.parent)
            with _only_mine(partial) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as made:
                manifest = _write(settings, waiting, copy, _Archive(made))
            read_back(partial, manifest)
            partial.replace(path)
    except OSError as error:
        raise BackupError(
            f"The backup could not be written to {path.parent} ({error.strerror or error}): free space there, or give "
            "write access to it."
        ) from error
    finally:
        partial.unlink(missing_ok=True)
    return Made(path=path, size_bytes=path.stat().st_size, parts=len(manifest["parts"]), counts=manifest["counts"])


def _named(settings: Settings, target: Path) -> Path:
    """Raises: BackupError where a file of that name is there, its folder is not, or would itself be backed up."""
    target = target.expanduser().absolute()
    path = target / f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}{ENDING}" if target.is_dir() else target
    if path.exists():
        raise BackupError(f"{path} is there already and is not overwritten: choose another name, or name a folder.")
    if not path.parent.is_dir():
        raise BackupError(f"There is no folder {path.parent}: make it first.")
    if settings.data_folder.resolve() in path.resolve().parents:
        raise BackupError(f"{path} lies in the data folder, and would be lost with it: choose another folder.")
    return path


def _only_mine(path: Path) -> IO[bytes]:
    """A new file that only its owner may read: a backup holds all that the corpus does."""
    path.unlink(missing_ok=True)
    return os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600), "w+b")


def _room(settings: Settings, copy: Path, folder: Path) -> None:
    """Raises: BackupError where the disk has less room than the parts take, packed by nothing."""
    needed = copy.stat().st_size + sum(path.stat().st_size for _, path in _files(settings, FOLDERS))
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise BackupError(
            f"The backup may take {needed // 2**20} MB and {folder} has {free // 2**20} MB free: free space there or "
            "choose another folder."
        )


@contextmanager
def _inbox_kept(settings: Settings) -> Iterator[Path]:
    """What waits now, under second names: it may be taken before it is packed, and after the corpus was copied."""
    for left in settings.data_folder.glob(f"{KEPT}*"):
        if time.time() - left.stat().st_mtime > ABANDONED_SECONDS:
            shutil.rmtree(left, ignore_errors=True)
    kept = settings.data_folder / f"{KEPT}{secrets.token_hex(8)}"
    try:
        for _, path in _files(settings, ("inbox",)) if settings.corpus_file.is_file() else ():
            second = kept / path.relative_to(settings.data_folder)
            second.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            try:
                os.link(path, second)
            except FileNotFoundError:
                continue
            except OSError:  # a disk without second names
                shutil.copyfile(path, second)
        yield kept
    finally:
        shutil.rmtree(kept, ignore_errors=True)


def _write(settings: Settings, waiting: Path, copy: Path, archive: _Archive) -> dict[str, Any]:
    """All parts, then the manifest."""
    holdings, corrections, deeds = settle(copy)
    archive.put_file(CORPUS, copy)
    waited = replace(settings, data_folder=waiting)
    # a file that is taken meanwhile goes from the inbox to the originals: in this order it is met in one of them
    for stand, folders in ((waited, ("inbox",)), (settings, FOLDERS)):
        for name, path in _files(stand, folders):
            if name not in archive.parts:
                archive.put_file(name, path)
    archive.put(CORRECTIONS, io.BytesIO(correction_files.to_jsonl(corrections)))
    archive.put(DEEDS, io.BytesIO(_lines(deeds)))
    manifest = {
        "schema": SCHEMA,
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "telaah": __version__,
        "duckdb": duckdb.__version__,
        "python": platform.python_version(),
        **asdict(holdings),
        "parts": archive.parts,
    }
    archive.zip.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
    return manifest


def _files(settings: Settings, folders: tuple[str, ...]) -> Iterator[tuple[str, Path]]:
    """The name in the archive and the place of every file; links are passed over."""
    for folder in folders:
        top = settings.data_folder / folder
        for here, below, names in os.walk(top):
            below[:] = sorted(name for name in below if not name.startswith("."))
            for name in sorted(names):
                path = Path(here, name)
                if not name.startswith(".") and path.is_file() and not path.is_symlink():
                    yield part_name(path.relative_to(settings.data_folder)), path


def _lines(deeds: list[tuple[object, ...]]) -> bytes:
    names = ("done_at", "who", "action", "detail")
    rows = (dict(zip(names, deed, strict=True)) for deed in deeds)
    return "".join(json.dumps(row, ensure_ascii=False, default=str) + "\n" for row in rows).encode()


def part_name(path: Path) -> str:
    """A relative path as a name that every archive and disk can bear; core.restore gives the path back."""
    return "/".join(quote(os.fsencode(part), safe=PLAIN) for part in path.parts)


def read_back(path: Path, manifest: dict[str, Any]) -> None:
    """Raises: BackupError where a part reads back otherwise than it was written."""
    try:
        with zipfile.ZipFile(path) as archive:
            for name, said in manifest["parts"].items():
                with archive.open(name) as file:
                    found = hashlib.sha256()
                    while part := file.read(PART_BYTES):
                        found.update(part)
                if found.hexdigest() != said["sha256"]:
                    raise zipfile.BadZipFile(name)
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError) as error:
        raise BackupError(
            f"The backup reads back otherwise than it was written ({error}) and was thrown away: check the disk of "
            f"{path.parent}."
        ) from error
