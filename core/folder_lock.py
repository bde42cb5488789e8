"""One holder of a folder at a time, over processes and threads; the system lets go when the holder ends."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

if sys.platform == "win32":
    import msvcrt

    def _grab(file: IO[bytes]) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _grab(file: IO[bytes]) -> None:
        # flock, not lockf: it holds against another opening of the same process too
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


LOCK = ".lock"


@contextmanager
def held(folder: Path) -> Iterator[bool]:
    """Whether the folder is ours inside the block; False where someone else holds it. Nobody is waited for."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK).open("ab") as file:
        try:
            _grab(file)
        except OSError:
            yield False
        else:
            yield True
