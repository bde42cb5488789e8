"""Memory: giving it back in a server that runs for long, and looking for it seldom in a process that tags."""

import ctypes
import gc
import sys

ARENAS = 2  # of glibc's heaps for all threads of a server, one a core; eight times the cores by default
LARGE = 256 * 1024  # bytes; what is larger comes from the system and goes back to it when it is freed
M_ARENA_MAX, M_MMAP_THRESHOLD = -8, -3  # numbers of mallopt(3)
SELDOM = 200_000  # objects made and not freed before the youngest are looked at; 700 by default


def keep_compact() -> None:
    """For a server, before its threads begin: few heaps, so that what one thread freed is there for the next (glibc).

    With a heap of its own for each thread, and a threshold that rises with the largest block ever freed, every heap
    ends up as large as the largest answer it once held (mallopt(3); docs/progress.md has what a server held before and
    after).
    """
    if (libc := _glibc()) is not None:
        libc.mallopt(M_ARENA_MAX, ARENAS)
        libc.mallopt(M_MMAP_THRESHOLD, LARGE)


def tidy() -> None:
    """Collect what nothing refers to any more, and hand freed memory back to the system where it can be (glibc).

    Python collects its oldest objects only when a quarter as many new ones have lived long; in a server with large
    tables that is late. glibc keeps what threads have freed in an arena of each.
    """
    gc.collect()
    if (arrow := sys.modules.get("pyarrow")) is not None:
        arrow.default_memory_pool().release_unused()
    if (libc := _glibc()) is not None:
        libc.malloc_trim(0)


def _glibc() -> ctypes.CDLL | None:
    """The C library, where it is one that can be told how to keep memory."""
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None)
    return libc if hasattr(libc, "malloc_trim") and hasattr(libc, "mallopt") else None


def collect_seldom() -> None:
    """For a process that tags: what there is stays, and articles leave no rings behind.

    Looking for some took 7 % of the time of tag and 12 % of normalize (benchmarks/tag.py).
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(SELDOM)
