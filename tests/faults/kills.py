"""Kills a real process again and again while it takes files, and counts what is lost, doubled or broken.

`python tests/faults/kills.py [--kills 200] [--seed 1] [--workers 1]` prints the figures. A moment is drawn as a number
of events to wait for (the corpus opened, a file submitted, begun, drained) and a time after it, so that kills fall
everywhere whatever the machine is busy with. A file counts as brought once submitting it has returned.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from core.errors import TelaahError
from core.inbox import Inbox, waiting
from core.settings import Settings
from core.store import Corpus
from tests.faults.server import marks_of, name_of

SERVER = Path(__file__).with_name("server.py")
MOST_EVENTS = 14
MOST_SECONDS_AFTER = 0.25
FILES_A_ROUND = 3
PATIENCE_SECONDS = 120


@dataclass(slots=True)
class Figures:
    """What came of it; all but the first three and `moments` should be 0."""

    kills: int = 0
    files: int = 0
    articles: int = 0
    lost: int = 0
    doubled: int = 0
    refused: int = 0
    listed_twice: int = 0
    corrupt: int = 0
    orphans: int = 0
    left_over: int = 0
    moments: Counter[str] = field(default_factory=Counter)


def run(kills: int, seed: int, folder: Path, *, workers: int = 1, say: bool = False) -> Figures:
    """Kill as often, let the last one finish, then compare what was brought with what is there."""
    chance = random.Random(seed)
    figures = Figures()
    brought: list[int] = []
    for number in range(kills):
        first = number * FILES_A_ROUND
        events = _round(folder, workers, first, chance, figures)
        brought += [int(event.split()[1]) for event in events if event.startswith("submitted")]
        figures.kills += 1
        figures.moments[events[-1].split()[0] if events else "start"] += 1
        if say and (number + 1) % 10 == 0:
            print(f"{number + 1} kills, {len(brought)} files brought, moments {dict(figures.moments)}", flush=True)
    _compare(folder, brought, kills * FILES_A_ROUND, figures)
    return figures


def _round(folder: Path, workers: int, first: int, chance: random.Random, figures: Figures) -> list[str]:
    """One process from start to kill; the events that it told."""
    wanted, after = chance.randrange(MOST_EVENTS), chance.random() * MOST_SECONDS_AFTER
    process = subprocess.Popen(
        [sys.executable, str(SERVER), str(folder), str(workers), str(first), str(FILES_A_ROUND), "0.02"],
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    events: list[str] = []
    enough = threading.Event()

    def hear() -> None:
        for line in process.stdout or ():
            events.append(line.strip())
            if len(events) >= wanted:
                enough.set()
        enough.set()  # it ended by itself

    listener = threading.Thread(target=hear)
    listener.start()
    if wanted:
        enough.wait(PATIENCE_SECONDS)
    time.sleep(after if wanted else after * 8)
    figures.corrupt += process.poll() is not None  # it could not work on what the kill before had left
    workers_now = _children(process.pid)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    listener.join()
    figures.orphans += _outlive(workers_now)
    return events


def _children(pid: int) -> list[int]:
    found: list[int] = []
    try:
        for task in os.scandir(f"/proc/{pid}/task"):
            found += map(int, Path(task.path, "children").read_text(encoding="ascii").split())
    except OSError:
        pass
    return found


def _outlive(pids: list[int]) -> int:
    """How many processes are still there some seconds after who started them was killed."""
    patience = time.monotonic() + 10
    while pids and time.monotonic() < patience:
        pids = [pid for pid in pids if _lives(pid)]
        time.sleep(0.02)
    return len(pids)


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _compare(folder: Path, brought: list[int], tried: int, figures: Figures) -> None:
    settings = Settings(data_folder=folder, workers=0)
    try:
        corpus = Corpus.open(settings.corpus_file)
    except TelaahError:
        figures.corrupt += 1
        return
    try:
        Inbox(corpus, settings).drain()
        texts = "\n".join(str(text) for (text,) in corpus.rows("SELECT text FROM documents"))
        files = corpus.rows("SELECT name, outcome, refused FROM files")
        corpus.rows("SELECT count(*) FROM sentences JOIN mentions USING (doc)")
    finally:
        corpus.close()
    here = {file: [texts.count(mark) for mark in marks_of(file)] for file in range(tried)}
    figures.files = len(brought)
    figures.articles = sum(sum(counts) for counts in here.values())
    figures.lost = sum(count == 0 for file in brought for count in here[file])
    # half a file is as wrong as a lost one, also where its submitting was cut off
    figures.lost += sum(0 < sum(counts) < len(counts) for file, counts in here.items() if file not in set(brought))
    figures.doubled = sum(max(count - 1, 0) for counts in here.values() for count in counts)
    figures.refused = sum(outcome == "refused" or refused > 0 for _, outcome, refused in files)
    names = Counter(str(name) for name, _, _ in files)
    figures.listed_twice = sum(names[name_of(file)] > 1 for file in range(tried))
    figures.left_over = len(waiting(settings)) + sum(
        not found.name.startswith((".partial-", ".lock")) for found in settings.inbox_folder.iterdir()
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=1)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="telaah-kills-") as folder:
        print(run(chosen.kills, chosen.seed, Path(folder), workers=chosen.workers, say=True))


if __name__ == "__main__":
    main()
