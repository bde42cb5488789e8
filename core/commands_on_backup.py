"""Commands that write and read backups; the first also while the dashboard runs."""

import argparse
import os
import sys
from pathlib import Path
from tempfile import gettempdir

from core.settings import Settings


def back_up_all(chosen: argparse.Namespace, settings: Settings) -> int:
    """Write all of the data folder to one file."""
    from core.backup import back_up

    made = back_up(settings, Path(chosen.target), _tell)
    print(f"{made.path}: {made.size_bytes} bytes, {made.parts} parts, {_counted(made.counts)}, read back")
    return 0


def put_back(chosen: argparse.Namespace, settings: Settings) -> int:
    """Put a backup in the place of what is in the data folder, or only check it."""
    from core.restore import check, restore

    source = Path(chosen.source).expanduser().absolute()
    if chosen.check:
        room = source.parent if os.access(source.parent, os.W_OK) else Path(gettempdir())
        checked = check(source, room)
        print(f"{source}: whole, made {checked.made_at} by telaah {checked.telaah}, {_counted(checked.counts)}")
        return 0
    found = restore(settings, source, _tell)
    if found.finished:
        print("A restore of this backup had been broken off; it is finished now.")
    print(f"{settings.data_folder}: restored as of {found.backup.made_at}, {_counted(found.backup.counts)}")
    if found.kept is not None:
        print(f"What was there before stands in {found.kept}: remove it when nothing in it is missed.")
    return 0


def _counted(counts: dict[str, int]) -> str:
    return ", ".join(f"{counts.get(name, 0)} {name}" for name in ("articles", "files", "corrections"))


def _tell(said: str) -> None:
    print(said, file=sys.stderr)
