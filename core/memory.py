"""Memory: giving it back in a server that runs for long, and looking for it seldom in a process that tags."""

import ctypes
import gc
import sys

SELDOM = 200_000  # objects made and not freed before the youngest are looked at; 700 by default


def tidy() -> None:
    """Collect what nothing refers to any more, and hand freed memory back to the system where it can be (glibc).

    Python collects its oldest objects only when a quarter as many new ones have lived long; in a server with large
    tables that is late. glibc keeps what threads have freed in an arena of each.
    """
    gc.collect()
    if (arrow := sys.modules.get("pyarrow")) is not None:
        arrow.default_memory_pool().release_unused()
    if sys.platform == "linux" and hasattr(libc := ctypes.CDLL(None), "malloc_trim"):
        libc.malloc_trim(0)


def collect_seldom() -> None:
    """For a process that tags: what there is stays, and articles leave no rings behind.

    Looking for some took 7 % of the time of tag and 12 % of normalize (benchmarks/tag.py).
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(SELDOM)
