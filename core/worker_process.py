"""The process that reads and tags files for another one: `python -m core.worker_process`, started by core.workers.

Orders come on standard input and answers go to standard output, one JSON object a line; rows go into a file that the
order names. It ends when its standard input does, so it never outlives the process that started it.
"""

import json
import logging
import os
import queue
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from core import ingest
from core.errors import TelaahError
from core.memory import collect_seldom
from core.model import RawArticle, Refusal, Source, Tagged
from core.pipeline import tag_article, tag_file
from core.settings import Settings
from core.store.staging import Spool, stage, told
from core.tickets import sha256_of

log = logging.getLogger("telaah.worker")

TELL_SECONDS = 0.2
CPU_SLACK_SECONDS = 60
NICE = 10  # people who read come before files that come in
WARMING = 'JAKARTA - Menteri luar negeri tiba di Jakarta, Senin (5/2/2024). "Kami datang," katanya kepada wartawan.'

Say = Callable[[dict[str, Any]], None]


def main() -> None:
    logging.basicConfig(level=logging.WARNING)
    say = _channel()
    orders = _orders()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in a terminal is for the server, which then ends us
    if sys.platform != "win32":
        os.nice(NICE)
        _offer_to_be_ended_first()
    tag_article(RawArticle(source=Source(name="", sha256="", record=0), raw_text=WARMING))
    collect_seldom()
    say({"ready": True})
    while True:
        say(_carry_out(orders.get(), say))


def _channel() -> Say:
    """Answers go where standard output went; what libraries print goes to the log instead."""
    channel = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)

    def say(what: dict[str, Any]) -> None:
        channel.write(json.dumps(what) + "\n")
        channel.flush()

    return say


def _orders() -> "queue.SimpleQueue[dict[str, Any]]":
    orders: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()

    def listen() -> None:
        for line in sys.stdin:
            orders.put(json.loads(line))
        os._exit(0)  # in the middle of a file too: whoever gave the order is gone

    threading.Thread(target=listen, daemon=True).start()
    return orders


def _offer_to_be_ended_first() -> None:
    """Where memory runs out, Linux shall end this process and not the server."""
    try:
        Path("/proc/self/oom_score_adj").write_text("800", encoding="ascii")
    except OSError:
        log.debug("This system takes no wish about who ends first")


def _bound_processor_time(seconds: int) -> None:
    """A fuse of the system's own: it blows where the process that should end this one is gone itself."""
    if sys.platform == "win32":
        return
    import resource

    usage = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = int(usage.ru_utime + usage.ru_stime) + seconds + CPU_SLACK_SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))


def _carry_out(order: dict[str, Any], say: Say) -> dict[str, Any]:
    settings = Settings(**order["settings"])
    path, name = Path(order["path"]), str(order["name"])
    say({"begun": True})
    try:
        _bound_processor_time(settings.max_file_seconds)
        data = path.read_bytes()
        say({"articles": 0, "expected": ingest.expected(name, data)})
        with Path(order["rows"]).open("w+b") as file:
            spool = Spool(file)
            found = _counted(tag_file(name, data, settings=settings), say)
            staged = stage(found, sample=False, spool=spool)
            spool.flush()
        return {"done": told(staged), "sha256": sha256_of(path), "size_bytes": len(data)}
    except TelaahError as error:
        return {"trouble": str(error)}
    except OSError as error:
        return {"trouble": f"{name} could not be worked on ({error.strerror}): free space or give access."}
    except MemoryError:
        return {"no_memory": True}
    except Exception:  # a fault of ours must not end the process: the files behind this one need it
        log.exception("A fault in Telaah while reading %s", name)
        return {"fault": True}


def _counted(found: Iterable[Tagged | Refusal], say: Say) -> Iterator[Tagged | Refusal]:
    """Tells now and then how many articles are done; silence means that one of them takes long."""
    articles, last = 0, 0.0
    for one in found:
        articles += isinstance(one, Tagged)
        if (now := time.monotonic()) - last >= TELL_SECONDS:
            last = now
            say({"articles": articles})
        yield one


if __name__ == "__main__":
    main()
