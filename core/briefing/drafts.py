"""Briefings under way, one JSON file each: a closed browser loses nothing, and colleagues find them."""

import os
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from core.briefing.records import Briefing, from_json, to_json
from core.errors import BriefingError

_ID = re.compile(r"[0-9a-f]{12}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A stored briefing in a list; changed_at in UTC."""

    id: str
    title: str
    items: int
    changed_at: datetime


def new_id() -> str:
    """An id that nobody can guess: whoever has it can change the briefing."""
    return secrets.token_hex(6)


def save(folder: Path, draft_id: str, briefing: Briefing) -> None:
    """Write by rename, so that a reader never sees half a file.

    Raises: BriefingError when the folder cannot be written to, or the id is none of ours.
    """
    path = _path(folder, draft_id)
    half = path.with_name(f".{draft_id}.{secrets.token_hex(4)}")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        half.write_text(to_json(briefing), encoding="utf-8")
        os.replace(half, path)
    except OSError as error:
        raise BriefingError(
            f"The briefing cannot be kept in {folder} ({error.strerror}): give it room and write access."
        ) from error


def load(folder: Path, draft_id: str) -> Briefing | None:
    """A stored briefing, or None when there is none of that id.

    Raises: BriefingError when its file is damaged.
    """
    path = _path(folder, draft_id)
    if not path.is_file():
        return None
    return from_json(path.read_text(encoding="utf-8", errors="replace"), path.name)


def delete(folder: Path, draft_id: str) -> None:
    """Twice does nothing more."""
    _path(folder, draft_id).unlink(missing_ok=True)


def drafts(folder: Path) -> list[Draft]:
    """All that can be read, the last changed first."""
    return sorted(_readable(folder), key=lambda draft: (draft.changed_at, draft.id), reverse=True)


def _readable(folder: Path) -> Iterator[Draft]:
    for path in folder.glob("*.json") if folder.is_dir() else ():
        if not _ID.fullmatch(path.stem):
            continue
        try:
            briefing = from_json(path.read_text(encoding="utf-8", errors="replace"), path.name)
            changed = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        except (BriefingError, OSError):
            continue  # a damaged or just deleted one is told when it is opened, not in a list
        yield Draft(id=path.stem, title=briefing.title, items=len(briefing.items), changed_at=changed)


def _path(folder: Path, draft_id: str) -> Path:
    if not _ID.fullmatch(draft_id):
        raise BriefingError("This address names no briefing: choose one from the list.")
    return folder / f"{draft_id}.json"
