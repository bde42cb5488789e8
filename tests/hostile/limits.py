"""What a row may cost: processor seconds and memory, measured around it, with a fuse for what never ends."""

import gc
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SECONDS = 8.0
MEGABYTES = 400
FUSE_SECONDS = 40  # of processor time too: the machine may be busy with something else


class NeverEndsError(BaseException):
    """Not an Exception: the readers take those for damage of the file."""


@contextmanager
def held(seconds: float = SECONDS, megabytes: float = MEGABYTES) -> Iterator[None]:
    """Fails where what runs inside takes more processor time or memory than it may, or does not come back."""
    gc.collect()
    before, begun = _resident("VmRSS"), time.process_time()
    _forget_peak()
    previous = signal.signal(signal.SIGPROF, _blow)
    signal.setitimer(signal.ITIMER_PROF, FUSE_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, previous)
    took, grown = time.process_time() - begun, _resident("VmHWM") - before
    assert took <= seconds, f"{took:.1f} s of processor time, allowed are {seconds}"
    assert grown <= megabytes, f"{grown:.0f} MB more, allowed are {megabytes}"


def _blow(*_: object) -> None:
    raise NeverEndsError


def _resident(which: str) -> float:
    """Megabytes that this process holds, or held at most; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
    return int(lines[which].split()[0]) / 1024


def _forget_peak() -> None:
    peak = Path("/proc/self/clear_refs")
    if peak.exists():
        peak.write_text("5")
