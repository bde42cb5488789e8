"""Opens archives: zip, tar and gzip. Nothing is ever written to disk; members come back as files to be read."""

import gzip
import io
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from core.errors import DamagedError, LimitError
from core.ingest.parts import Fault, File, readable

MAX_MEMBERS = 100_000  # of one archive: the list of them is held in memory, some kilobyte each
_CHUNK = 1 << 18
_ZIP_ENTRY = b"PK\x01\x02"  # how each entry of the list in a zip begins
_LITTER = ("__macosx/", ".ds_store", "thumbs.db", "desktop.ini", "._")  # what systems leave in archives by themselves


def read_zip(file: File) -> Iterator[File | Fault]:
    """The members of a zip in their order; a locked, broken or suspicious one is a Fault."""
    check_depth(file)
    check_members(file)
    try:
        archive = zipfile.ZipFile(io.BytesIO(file.data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeError) as error:
        raise DamagedError(f"{file.name} is a damaged zip archive: pack it again and add that.") from error
    for info in archive.infolist():
        name = info.filename
        if info.is_dir() or _is_litter(name):
            continue
        mode = info.external_attr >> 16
        problem = _name_problem(name) or ("is a link to another file" if mode & 0o170000 == 0o120000 else None)
        if problem is None and info.flag_bits & 0x1:
            problem = "is locked with a password"
        if problem is not None:
            yield Fault(reason=f"{file.name}/{_shown(name)} {problem}: unpack it yourself and add the file alone.")
            continue
        try:
            with archive.open(info) as stream:
                data = unpack(stream, file)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError):
            yield Fault(reason=f"{file.name}/{_shown(name)} is damaged inside the archive: pack it again and add that.")
            continue
        yield file.inner(name, data)


def read_tar(file: File) -> Iterator[File | Fault]:
    """The plain files of a tar in their order; links, devices and suspicious names are Faults."""
    check_depth(file)
    try:
        with tarfile.open(fileobj=io.BytesIO(file.data), mode="r:") as archive:
            for number, member in enumerate(archive, start=1):
                if number > MAX_MEMBERS:
                    raise _too_many(file)
                if member.isdir() or _is_litter(member.name):
                    continue
                problem = _name_problem(member.name)
                if problem is None and member.size > len(file.data):  # a sparse file: holes that cost nothing to claim
                    problem = "claims to be larger than the archive"
                stream = archive.extractfile(member) if problem is None and member.isreg() else None
                if stream is None:
                    problem = problem or "is a link or a device, not a file"
                    yield Fault(reason=f"{file.name}/{_shown(member.name)} {problem}: add the file itself.")
                    continue
                yield file.inner(member.name, unpack(stream, file))
    except (tarfile.TarError, EOFError, OSError, ValueError, UnicodeError, OverflowError) as error:
        raise DamagedError(f"{file.name} is a damaged tar archive: pack it again and add that.") from error


def read_gzip(file: File) -> Iterator[File]:
    """The one file inside, under the same name: `news.jsonl.gz` is read as JSON lines."""
    check_depth(file)
    ending = _ending_under_gzip(file.name)
    try:
        with gzip.open(io.BytesIO(file.data)) as stream:
            data = unpack(stream, file)
    except (OSError, EOFError, zlib.error, ValueError) as error:
        raise DamagedError(f"{file.name} is a damaged gzip file: pack it again and add that.") from error
    yield File(name=file.name, data=data, ending=ending, allowance=file.allowance, depth=file.depth + 1)


def unpack(stream: IO[bytes] | gzip.GzipFile, file: File) -> bytes:
    """All bytes of a packed stream, counted while they come, whatever the headers claim."""
    whole = io.BytesIO()  # gives its content away without a second copy
    while piece := stream.read(_CHUNK):
        file.allowance.take(file.name, len(piece))
        whole.write(piece)
    return whole.getvalue()


def check_members(file: File) -> None:
    """LimitError for a zip with so many members that their list alone fills memory; to be asked before it is read."""
    if file.data.count(_ZIP_ENTRY) > MAX_MEMBERS:
        raise _too_many(file)


def _too_many(file: File) -> LimitError:
    return LimitError(f"{file.name} holds more than {MAX_MEMBERS} files: pack them into several archives.")


def _ending_under_gzip(name: str) -> str:
    lower = name.lower()
    if lower.endswith(".tgz"):
        return "tar"
    bare = lower[:-3] if lower.endswith(".gz") else lower
    last = bare.replace("\\", "/").rsplit("/", 1)[-1]
    return last.rsplit(".", 1)[1] if "." in last else ""


def check_depth(file: File) -> None:
    most = file.allowance.archive_depth
    if file.depth >= most:
        raise LimitError(f"{file.name} lies more than {most} archives deep: unpack it yourself and add its files.")


def _is_litter(name: str) -> bool:
    lower = name.replace("\\", "/").lower()
    last = lower.rsplit("/", 1)[-1]
    return lower.startswith("__macosx/") or last in _LITTER or last.startswith("._")


def _name_problem(name: str) -> str | None:
    parts = name.replace("\\", "/").split("/")
    if parts[0] == "" or (len(parts[0]) == 2 and parts[0][1] == ":") or ".." in parts:
        return "has a path that leads out of the archive"
    return None


def _shown(name: str) -> str:
    """A member's name fit for a sentence."""
    return readable(name)[:200]
