"""Disks that are full or read-only, a corpus that is held, a clock that steps: told plainly, nothing lost."""

import os
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from core import tickets
from core.__main__ import main
from core.errors import CorpusBusyError, CorpusError
from core.folder_lock import held
from core.inbox import Inbox, submit, waiting
from core.settings import Settings
from core.store import Corpus, files
from tests.faults.conftest import wait_for
from tests.faults.server import bytes_of, name_of

Start = Callable[..., subprocess.Popen[str]]
SERVER = Path(__file__).with_name("server.py")
FULL = "could not be written to the corpus: Could not write file: No space left on device"


def fill(disk: Path, but_bytes: int) -> None:
    """Leave so little room."""
    stone = disk / "stone"
    with stone.open("ab", buffering=0) as file:
        try:
            while file.write(bytes(4096)):
                pass
        except OSError:
            pass
    os.truncate(stone, stone.stat().st_size - but_bytes)


def test_a_disk_that_fills_up_keeps_all_files_until_there_is_room(small_disk: Path) -> None:
    settings = Settings(data_folder=small_disk / "data", workers=0)
    corpus = Corpus.open(settings.corpus_file)
    inbox = Inbox(corpus, settings)
    for file in range(6):
        inbox.submit(bytes_of(file), name_of(file))
    fill(small_disk, 0)
    with pytest.raises(CorpusError, match="No space left"):
        inbox.submit(bytes_of(7), name_of(7))
    for kilobytes in (0, 4, 16, 48):
        fill(small_disk, kilobytes * 1024)
        with pytest.raises(CorpusError, match=r"No space left.*Nothing is lost"):
            inbox.drain()
    assert inbox.trouble
    (small_disk / "stone").unlink()
    inbox.drain()
    corpus.close()
    corpus = Corpus.open(settings.corpus_file)
    assert corpus.article_count() == 35
    assert waiting(settings) == []
    assert len(corpus.rows("SELECT name FROM files WHERE outcome = 'added'")) == 6
    corpus.close()


def test_a_disk_that_stays_full_costs_a_file_no_try(
    settings: Settings, corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox = Inbox(corpus, replace(settings, workers=0))
    inbox.submit(bytes_of(1), name_of(1))

    def full(*given: object) -> None:
        raise CorpusError(FULL)

    with monkeypatch.context() as patch:
        patch.setattr(Corpus, "add", full)
        for _ in range(12):
            with pytest.raises(CorpusError, match="free space there"):
                inbox.drain()
    assert [outcome.outcome for outcome in inbox.drain()] == ["added"]


def test_an_original_that_cannot_be_kept_is_tried_again_and_listed_once(settings: Settings, corpus: Corpus) -> None:
    inbox = Inbox(corpus, replace(settings, workers=0))
    inbox.submit(bytes_of(1), name_of(1))
    (settings.data_folder / "originals").write_text("in the way", encoding="utf-8")
    for _ in range(12):
        with pytest.raises(CorpusError, match=r"original of 1\.txt could not be kept"):
            inbox.drain()
    (settings.data_folder / "originals").unlink()
    assert [(outcome.outcome, outcome.added) for outcome in inbox.drain()] == [("added", 1)]
    assert list(files.files(corpus)["name"]) == ["1.txt"]
    assert waiting(settings) == []


def test_a_read_only_folder_is_told(small_disk: Path) -> None:
    settings = Settings(data_folder=small_disk / "data", workers=0)
    corpus = Corpus.open(settings.corpus_file)
    ticket = submit(bytes_of(1), name_of(1), settings=settings)
    corpus.close()
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    with pytest.raises(CorpusError, match="give write access"):
        submit(bytes_of(2), name_of(2), settings=settings)
    with pytest.raises(CorpusError, match="give write access"):
        Corpus.open(settings.corpus_file)
    assert waiting(settings) == [ticket]


def test_a_corpus_that_another_process_holds_is_told_and_the_file_waits(
    settings: Settings, start: Start, monkeypatch: pytest.MonkeyPatch, tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    other = start(SERVER, settings.data_folder, 0, 0, 0)
    wait_for(other, "open")
    with pytest.raises(CorpusBusyError, match="open in another process"):
        Corpus.open(settings.corpus_file)
    os.kill(other.pid, 19)  # stopped, so that it takes nothing
    (tmp_path / "satu.txt").write_bytes(bytes_of(1))
    monkeypatch.setenv("TELAAH_DATA_FOLDER", str(settings.data_folder))
    assert main(["ingest", str(tmp_path / "satu.txt")]) == 0
    assert "wait in the inbox" in capsys.readouterr().out
    assert len(waiting(settings)) == 1
    os.kill(other.pid, 18)
    wait_for(other, "taken satu.txt added")


def test_two_that_watch_one_folder_never_take_the_same_file(settings: Settings, corpus: Corpus, start: Start) -> None:
    inbox = Inbox(corpus, replace(settings, workers=0))
    inbox.submit(bytes_of(1), name_of(1))
    program = (
        "import sys, time; from pathlib import Path; from core.folder_lock import held\n"
        "with held(Path(sys.argv[1])) as ours: print('held', ours, flush=True); time.sleep(60)"
    )
    other = start("-c", program, settings.inbox_folder)
    wait_for(other, "held True")
    assert inbox.drain() == []
    other.kill()
    other.wait()  # the lock goes with its holder
    with held(settings.inbox_folder) as ours:
        assert ours
        assert inbox.drain() == []
    assert [outcome.outcome for outcome in inbox.drain()] == ["added"]


@pytest.mark.parametrize("restarted", [False, True])
def test_a_clock_put_back_changes_no_order(
    restarted: bool, settings: Settings, corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox = Inbox(corpus, replace(settings, workers=0))
    clock = iter([9_000, 5_000, 5_000, 2_000, 12_000])
    monkeypatch.setattr(tickets.time, "time_ns", lambda: next(clock))
    for file in (4, 1, 3, 0, 5):
        if restarted:
            tickets._numbers.clear()
        inbox.submit(bytes_of(file), name_of(file))
    assert [outcome.name for outcome in inbox.drain()] == [name_of(file) for file in (4, 1, 3, 0, 5)]


def test_an_upload_killed_before_it_was_whole_leaves_nothing_to_take(
    settings: Settings, corpus: Corpus, start: Start
) -> None:
    program = (
        "import os, sys, time; from pathlib import Path\n"
        "from core import tickets; from core.settings import Settings\n"
        "os.fsync = lambda _: (print('half', flush=True), time.sleep(60))\n"
        "tickets.submit(b'JAKARTA - Uji', 'satu.txt', settings=Settings(data_folder=Path(sys.argv[1])))"
    )
    half = start("-c", program, settings.data_folder)
    wait_for(half, "half")
    half.kill()
    half.wait()
    inbox = Inbox(corpus, replace(settings, workers=0))
    [partial] = settings.inbox_folder.glob(".partial-*")
    inbox.submit(bytes_of(1), name_of(1))
    assert [outcome.name for outcome in inbox.drain()] == ["1.txt"]
    assert partial.exists()  # it could still be at it
    os.utime(partial, (0, 0))
    inbox.submit(bytes_of(3), name_of(3))
    inbox.drain()
    assert not partial.exists()
