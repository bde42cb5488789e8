"""A server without pages, to be killed: takes the inbox of a folder as the dashboard does, while files are submitted.

`python tests/faults/server.py FOLDER WORKERS FIRST COUNT [REST_SECONDS]` submits files FIRST to FIRST + COUNT and
prints one line an event: `open`, `submitted NAME` (only what it has heard back), `begun NAME`, `taken NAME`, `drained`.
"""

import hashlib
import json
import os
import sys
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from core.inbox import Inbox, Progress
from core.settings import Settings
from core.store import Corpus

LONG_ARTICLES = 30
CITIES = ("JAKARTA", "SURABAYA", "MEDAN", "MAKASSAR")


def mark(file: int, article: int) -> str:
    """A word that stands in one article alone."""
    return "tanda" + hashlib.sha256(f"{file}-{article}".encode()).hexdigest()[:12]


def marks_of(file: int) -> list[str]:
    return [mark(file, article) for article in range(LONG_ARTICLES if file % 5 == 2 else 1)]


def name_of(file: int) -> str:
    return f"{file}.jsonl" if file % 5 == 2 else f"{file}.txt"


def bytes_of(file: int) -> bytes:
    """Mostly one article a file; each fifth file is long, so that a kill finds it half read."""
    texts = [
        f"{CITIES[file % 4]}, KOMPAS.com - Menteri Pertahanan tiba di pelabuhan, Senin (5/2/2024).\n"
        f'"Kapal {word} berlayar besok," kata juru bicara rombongan kepada wartawan.\nPenjagaan diperketat.\n'
        for word in marks_of(file)
    ]
    if len(texts) == 1:
        return texts[0].encode()
    return "\n".join(json.dumps({"text": text}) for text in texts).encode()


def tell(*words: object) -> None:
    os.write(1, (" ".join(map(str, words)) + "\n").encode())  # in one piece: two threads tell


def main(folder: Path, workers: int, first: int, count: int, rest_seconds: float = 0.0) -> None:
    settings = Settings(data_folder=folder, workers=workers)
    corpus = Corpus.open(settings.corpus_file)
    tell("open")
    inbox = Inbox(corpus, settings)

    def submit() -> None:
        for file in range(first, first + count):
            inbox.submit(bytes_of(file), name_of(file))
            tell("submitted", file)
            time.sleep(rest_seconds)

    def hear(progress: Progress) -> None:
        if progress.articles == 0:
            tell("begun", progress.name)

    threading.Thread(target=submit, daemon=True).start()
    while inbox.wait(0.2):
        for outcome in inbox.drain(hear):
            tell("taken", outcome.name, outcome.outcome)
        tell("drained")


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:5]), *map(float, sys.argv[5:6]))
