"""What a file does to the process that reads it ends that process alone; the files behind it go on."""

import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from core import workers
from core.errors import CorpusError
from core.inbox import Inbox, Progress, original_path, waiting
from core.settings import Settings
from core.store import Corpus
from core.tickets import BEGUN, STAGED, sha256_of
from tests.faults.server import LONG_ARTICLES, bytes_of, name_of

STAND_IN = (sys.executable, str(Path(__file__).with_name("stand_in.py")))
OpenInbox = Callable[[Settings], Inbox]


def left_over(settings: Settings) -> list[str]:
    return [path.name for path in settings.inbox_folder.iterdir() if path.name.startswith((BEGUN, STAGED))]


@pytest.mark.parametrize(("times", "outcome"), [(1, "added"), (2, "refused")])
def test_a_worker_that_is_killed_gets_one_more_try(
    times: int, outcome: str, settings: Settings, corpus: Corpus, open_inbox: OpenInbox
) -> None:
    inbox = open_inbox(settings)
    kills: list[int] = []
    long = inbox.submit(bytes_of(2), name_of(2))
    digest = sha256_of(long)
    inbox.submit(bytes_of(3), name_of(3))

    def kill(progress: Progress) -> None:
        pid = inbox.worker_pid
        if progress.name == name_of(2) and progress.articles and len(kills) < times and pid not in (None, *kills):
            kills.append(pid)
            os.kill(pid, signal.SIGKILL)

    first, behind = inbox.drain(kill)
    assert len(kills) == times
    assert (first.outcome, behind.outcome) == (outcome, "added")
    assert corpus.article_count() == 1 + (LONG_ARTICLES if outcome == "added" else 0)
    if outcome == "refused":
        assert "2.jsonl was set aside" in first.refusals[0].reason
    assert original_path(settings, digest).read_bytes() == bytes_of(2)
    assert waiting(settings) == left_over(settings) == []


def test_a_file_that_takes_too_much_memory_is_given_up(
    settings: Settings, corpus: Corpus, open_inbox: OpenInbox
) -> None:
    inbox = open_inbox(replace(settings, max_file_memory_mb=160))
    inbox.submit(b"kata " * (38 * 2**20), "besar.txt")
    inbox.submit(bytes_of(3), name_of(3))
    big, behind = inbox.drain()
    assert "besar.txt was given up" in big.refusals[0].reason
    assert "TELAAH_MAX_FILE_MEMORY_MB" in big.refusals[0].reason
    assert behind.outcome == "added"


@pytest.mark.parametrize(
    ("word", "limits", "said"),
    [
        ("hang", {"max_article_seconds": 1}, "TELAAH_MAX_ARTICLE_SECONDS"),
        ("crawl", {"max_file_seconds": 1}, "TELAAH_MAX_FILE_SECONDS"),
        ("grow", {"max_file_memory_mb": 60}, "TELAAH_MAX_FILE_MEMORY_MB"),
        ("die", {}, "was set aside"),
        ("babble", {}, "was set aside"),
        ("break", {}, "the server's log says more"),
        ("rest", {"max_article_seconds": 1, "max_file_seconds": 1, "max_file_memory_mb": 60}, "Was read."),
    ],
)
def test_each_way_to_fail_is_told_and_ends_alone(
    word: str, limits: dict[str, int], said: str, settings: Settings, corpus: Corpus, open_inbox: OpenInbox,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(workers, "COMMAND", STAND_IN)
    inbox = open_inbox(replace(settings, **limits))
    inbox.submit(word.encode(), f"{word}.txt")
    inbox.submit(b"fine", "behind.txt")
    first, behind = inbox.drain()
    assert said in first.refusals[0].reason
    assert word == "rest" or f"{word}.txt" in first.refusals[0].reason
    assert behind.refusals[0].reason == "Was read."
    assert waiting(settings) == left_over(settings) == []


def test_a_worker_that_cannot_start_keeps_the_files_waiting(
    settings: Settings, corpus: Corpus, open_inbox: OpenInbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "COMMAND", (sys.executable, "-c", "raise SystemExit(1)"))
    inbox = open_inbox(settings)
    ticket = inbox.submit(b"fine", "behind.txt")
    for _ in range(12):  # more often than a file may end Telaah: this is not the file's fault
        with pytest.raises(CorpusError, match="No worker process"):
            inbox.drain()
    assert waiting(settings) == [ticket]
    assert "No worker process" in inbox.trouble
    monkeypatch.setattr(workers, "COMMAND", STAND_IN)
    assert [outcome.refusals[0].reason for outcome in inbox.drain()] == ["Was read."]
    assert inbox.trouble == ""


def test_closing_leaves_the_file_at_hand_in_the_inbox(
    settings: Settings, corpus: Corpus, open_inbox: OpenInbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "COMMAND", STAND_IN)
    inbox = open_inbox(settings)
    ticket = inbox.submit(b"crawl", "panjang.txt")

    def close(progress: Progress) -> None:
        if progress.articles:
            inbox._closing.set()

    assert inbox.drain(close) == []
    assert waiting(settings) == [ticket]
    assert left_over(settings) == []
    assert inbox.worker_pid is None


def test_a_worker_without_work_is_ended(
    settings: Settings, corpus: Corpus, open_inbox: OpenInbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "COMMAND", STAND_IN)
    inbox = open_inbox(replace(settings, worker_idle_seconds=1))
    inbox.submit(b"fine", "satu.txt")
    inbox.drain()
    first = inbox.worker_pid
    inbox.rest()
    assert inbox.worker_pid == first is not None
    time.sleep(1.1)
    inbox.rest()
    assert inbox.worker_pid is None
