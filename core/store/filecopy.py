"""Copying a corpus file that this process has open, in a process of its own.

Whoever closes a file lets go of every lock that its process has on it (POSIX), so reading the corpus here would open it
to a second writer. The copy is written to the disk, read back and compared before it counts.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

PART_BYTES = 1 << 20


def copy_file(source: Path, target: Path) -> str:
    """Copy the bytes; the SHA-256 of both. Nothing may write to source meanwhile.

    Raises: OSError when they cannot be read or written; no target is left then.
    """
    done = subprocess.run(
        [sys.executable, "-I", "-S", __file__, str(source), str(target)], capture_output=True, text=True, check=False
    )
    if done.returncode == 0:
        return done.stdout.strip()
    number, _, said = done.stderr.strip().rpartition("\n")[2].partition(" ")
    target.unlink(missing_ok=True)
    raise OSError(int(number) if number.isdecimal() else 0, said or f"the copy ended with code {done.returncode}")


def hash_of(path: Path) -> str:
    """SHA-256 of a file that this process does not hold open elsewhere."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while part := file.read(PART_BYTES):
            found.update(part)
    return found.hexdigest()


def _copy_here(source: Path, target: Path) -> str:
    found = hashlib.sha256()
    with source.open("rb") as old, target.open("xb") as new:
        while part := old.read(PART_BYTES):
            found.update(part)
            new.write(part)
        new.flush()
        os.fsync(new.fileno())
    if hash_of(target) != found.hexdigest():
        raise OSError(5, "the copy reads back otherwise than it was written")
    return found.hexdigest()


if __name__ == "__main__":
    try:
        print(_copy_here(Path(sys.argv[1]), Path(sys.argv[2])))
    except OSError as error:
        print(error.errno or 0, error.strerror or str(error), file=sys.stderr)
        sys.exit(1)
