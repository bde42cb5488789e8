"""Putting a backup (core.backup) back: checked whole before anything is touched, and what was there is kept.

The parts are unpacked beside their places and compared with the manifest; then `.restoring` is set up, which keeps all
programs from opening the corpus, and the folders are exchanged by renaming. Broken off before that moment nothing has
changed; broken off after it, the next restore finishes it.
"""

import hashlib
import json
import os
import re
import secrets
import shutil
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

from core.backup import CORPUS, CORRECTIONS, DEEDS, FOLDERS, MANIFEST, PART_BYTES, SCHEMA, part_name
from core.errors import BackupError, CorpusBusyError, CorpusError
from core.folder_lock import held as alone
from core.settings import Settings
from core.store.corpus_copy import held, settle
from core.store.schema import RESTORING, SCHEMA_VERSION

KEPT = "before-restore-"
NEW, PLAN = "new", "plan.json"
AUDIT = "audit"
EXCHANGED = tuple(folder for folder in FOLDERS if folder != AUDIT)
ASIDE = (CORPUS, f"{CORPUS}.wal", f"{CORPUS}.words", f"{CORPUS}.words.wal", *EXCHANGED)
MOST_MANIFEST_BYTES = 256 * 2**20
DEEPEST = 4
ODD = {"/", "\0"} if os.name == "posix" else set('/\0\\:*?"<>|')
"""What no name of a file can have here."""
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A backup whose parts all are what its manifest says."""

    made_at: str
    telaah: str
    size_bytes: int
    counts: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What was put back, and the folder that keeps what was there, None where nothing was."""

    backup: Checked
    kept: Path | None
    finished: bool
    """Whether this only finished a restore of the same backup that had been broken off."""


def check(source: Path, room: Path) -> Checked:
    """Read a whole backup and open the corpus in it; nothing is put back. room is a folder with space for it.

    Raises: BackupError with what is wrong.
    """
    place = room / f".check-{secrets.token_hex(8)}"
    try:
        return _unpacked(source, place)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def restore(settings: Settings, source: Path, tell: Callable[[str], None] = lambda _: None) -> Restored:
    """Put a backup in the place of what is in the data folder, which is kept there under a dated name.

    Raises: BackupError where it is no whole backup, CorpusBusyError while a process has the corpus open; nothing
            is changed then.
    """
    folder = settings.data_folder
    try:
        with _alone(folder):
            begun = _finish(folder)
            if begun is not None and begun["source"] == source.name:
                checked = Checked(**begun["backup"])
                return Restored(backup=checked, kept=_kept(folder, begun), finished=True)
            place = folder / f".restore-{secrets.token_hex(8)}"
            try:
                checked = _unpacked(source, place / NEW)
                _give_to_owner(place, folder)
                tell("The backup is whole; it is put in its place.")
                _set_up(settings, place, source, checked)
            finally:
                shutil.rmtree(place, ignore_errors=True)
            plan = _finish(folder)
            return Restored(backup=checked, kept=_kept(folder, plan) if plan else None, finished=False)
    except OSError as error:
        raise BackupError(
            f"{source.name} could not be put back into {folder} ({error.strerror or error}): free space there or give "
            "write access, then run the same command again."
        ) from error


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    with alone(folder / ".restore") as ours:
        if not ours:
            raise BackupError(f"Another restore into {folder} is at work: wait for it.")
        for left in folder.glob(".restore-*"):  # of one that was killed while it unpacked
            shutil.rmtree(left, ignore_errors=True)
        _give_to_owner(folder / ".restore", folder)
        yield


def _give_to_owner(place: Path, folder: Path) -> None:
    """What the superuser restores belongs to whom the data folder belongs to: else the dashboard could not use it."""
    if os.name != "posix" or os.geteuid() != 0:
        return
    owner = folder.stat()
    for here, _, names in os.walk(place):
        for path in (Path(here), *(Path(here, name) for name in names)):
            os.chown(path, owner.st_uid, owner.st_gid)


# ---------------------------------------------------------------- reading the archive


def _unpacked(source: Path, place: Path) -> Checked:
    """Unpack every part into a new folder, comparing it with the manifest, and open the corpus there."""
    try:
        with zipfile.ZipFile(source) as archive:
            manifest = _manifest(archive, source)
            targets = _targets(archive, manifest, source)
            needed = sum(said["bytes"] for said in manifest["parts"].values())
            place.mkdir(parents=True, mode=0o700)
            if shutil.disk_usage(place).free < needed:
                raise BackupError(
                    f"{source.name} unpacks to {needed // 2**20} MB: free as much on the disk of {place}."
                )
            for info, target in targets.items():
                _unpack(archive, info, target and place / target, manifest["parts"][info.filename], source)
    except FileNotFoundError as error:
        raise BackupError(f"There is no file {source}: check the path.") from error
    except IsADirectoryError as error:
        raise BackupError(f"{source} is a folder: name the backup file in it.") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise BackupError(f"{source.name} is no backup of Telaah, or a broken one ({error}): take another.") from error
    _compare(place / CORPUS, manifest, source)
    return Checked(made_at=manifest["made_at"], telaah=manifest["telaah"], size_bytes=needed, counts=manifest["counts"])


def _manifest(archive: zipfile.ZipFile, source: Path) -> dict[str, Any]:
    foreign = BackupError(f"{source.name} is no backup of Telaah: it has no manifest of the form {SCHEMA}.")
    try:
        info = archive.getinfo(MANIFEST)
        if info.file_size > MOST_MANIFEST_BYTES:
            raise foreign
        manifest = json.loads(archive.read(info))
        if manifest["schema"] != SCHEMA:
            raise foreign
        sound = (
            isinstance(manifest["made_at"], str)
            and isinstance(manifest["telaah"], str)
            and isinstance(manifest["schema_version"], int)
            and all(isinstance(count, int) for count in manifest["counts"].values())
            and all(
                isinstance(said["bytes"], int) and said["bytes"] >= 0 and _SHA256.fullmatch(said["sha256"])
                for said in manifest["parts"].values()
            )
        )
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise foreign from error
    if not sound:
        raise foreign
    if manifest["schema_version"] > SCHEMA_VERSION:
        raise BackupError(
            f"{source.name} was made by a newer Telaah ({manifest['telaah']}, schema {manifest['schema_version']}; "
            f"this one reads up to {SCHEMA_VERSION}): restore it with that version or a later one."
        )
    return dict(manifest)


def _targets(archive: zipfile.ZipFile, manifest: dict[str, Any], source: Path) -> dict[zipfile.ZipInfo, Path | None]:
    """Where each part goes below the data folder; None for what is only there to be read by people.

    Raises: BackupError for names that are not of a backup, doubled, missing, or lead elsewhere.
    """
    infos = [info for info in archive.infolist() if info.filename != MANIFEST]
    names = [info.filename for info in infos]
    if len(set(names)) != len(names) or set(names) != set(manifest["parts"]) or CORPUS not in names:
        raise BackupError(f"{source.name} does not hold what its manifest lists, so it is broken: take another.")
    targets = {info: _target(info, source) for info in infos}
    places = [str(target).lower() for target in targets.values() if target is not None]
    if len(set(places)) != len(places):
        raise BackupError(f"{source.name} holds two parts for one place, so it is broken: take another.")
    return targets


def _target(info: zipfile.ZipInfo, source: Path) -> Path | None:
    if info.filename in (CORRECTIONS, DEEDS):
        return None
    parts = [os.fsdecode(unquote_to_bytes(part)) for part in info.filename.split("/")]
    kind = stat.S_IFMT(info.external_attr >> 16)
    sound = (
        kind in (0, stat.S_IFREG)
        and not info.flag_bits & 1  # encrypted
        and (parts == [CORPUS] or (parts[0] in FOLDERS and 2 <= len(parts) <= DEEPEST))
        and not any(part in ("", ".", "..") or part[0] == "." or set(part) & ODD for part in parts)
        and part_name(Path(*parts)) == info.filename
    )
    if not sound:
        raise BackupError(
            f"{source.name} holds a part that no backup has ({info.filename[:80]!a}), so it was made or changed by "
            "something else: it is not restored."
        )
    return Path(*parts)


def _unpack(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, target: Path | None, said: dict[str, Any], source: Path
) -> None:
    """Raises: BackupError where the part is not what the manifest says; not a byte more than it says is read."""
    found, left = hashlib.sha256(), said["bytes"]
    if target is not None:
        target.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(info) as part, open(target or os.devnull, "wb") as file:
        while left >= 0 and (block := part.read(PART_BYTES)):
            left -= len(block)
            found.update(block)
            file.write(block)
        file.flush()
        if target is not None:
            os.fsync(file.fileno())
    if left != 0 or found.hexdigest() != said["sha256"]:
        raise BackupError(f"{source.name} is damaged: {info.filename} is not what its manifest says. Take another.")


def _compare(corpus: Path, manifest: dict[str, Any], source: Path) -> None:
    """Raises: BackupError where the corpus cannot be opened or holds other than the manifest says."""
    try:
        holdings, _, _ = settle(corpus)
    except CorpusError as error:
        raise BackupError(f"The corpus in {source.name} cannot be opened: {error} Take another backup.") from error
    said = (manifest["schema_version"], manifest["corpus_version"], manifest["counts"])
    if (holdings.schema_version, holdings.corpus_version, holdings.counts) != said:
        raise BackupError(f"The corpus in {source.name} holds other than its manifest says: take another backup.")


# ---------------------------------------------------------------- exchanging


def _set_up(settings: Settings, place: Path, source: Path, checked: Checked) -> None:
    """Make what was unpacked the restore that is under way.

    Raises: CorpusBusyError where a process has the corpus open, and then nothing is under way.
    """
    for folder in FOLDERS:
        (place / NEW / folder).mkdir(exist_ok=True)
    plan = {
        "source": source.name,
        "kept": f"{KEPT}{datetime.now(UTC):%Y%m%dT%H%M%SZ}",
        "backup": {name: getattr(checked, name) for name in ("made_at", "telaah", "size_bytes", "counts")},
    }
    (place / PLAN).write_text(json.dumps(plan), encoding="utf-8")
    under_way = settings.data_folder / RESTORING
    place.rename(under_way)  # from here on nobody opens the corpus; who did before is seen below
    try:
        if settings.corpus_file.exists():
            with held(settings.corpus_file):
                pass
    except CorpusBusyError as error:
        under_way.rename(place)
        raise CorpusBusyError(
            f"The corpus {settings.corpus_file} is open in another process: stop the dashboard, then restore."
        ) from error
    except CorpusError:
        return  # it is broken: that is what a restore is for


def _finish(folder: Path) -> dict[str, Any] | None:
    """Do what is left to do of the restore that is under way; its plan, None where none is."""
    under_way = folder / RESTORING
    if not under_way.exists():
        return None
    plan: dict[str, Any] = json.loads((under_way / PLAN).read_text(encoding="utf-8"))
    kept = folder / plan["kept"]
    for name in ASIDE:
        new, there = under_way / NEW / name, folder / name
        if new.exists() or name not in (CORPUS, *EXCHANGED):  # else it has been put in its place already
            if os.path.lexists(there):
                kept.mkdir(exist_ok=True)
                there.rename(_free(kept / name))
            if new.exists():
                new.rename(there)
    _bring_audit(folder, under_way / NEW / AUDIT, plan["kept"].removeprefix(KEPT))
    done = folder / f".restore-{secrets.token_hex(8)}"
    under_way.rename(done)
    shutil.rmtree(done, ignore_errors=True)
    return plan


def _bring_audit(folder: Path, new: Path, day: str) -> None:
    """The audit log goes on where there is one: that of the backup then stands in a folder beside it."""
    there = folder / AUDIT
    if not new.exists() or not any(new.iterdir()):
        return
    if there.exists():
        new.rename(_free(there / f"of-backup-{day}"))
    else:
        new.rename(there)


def _free(path: Path) -> Path:
    """The path, or with a number where something is there."""
    number, free = 1, path
    while os.path.lexists(free):
        number += 1
        free = path.with_name(f"{path.name}.{number}")
    return free


def _kept(folder: Path, plan: dict[str, Any]) -> Path | None:
    kept = folder / str(plan["kept"])
    return kept if kept.exists() else None
