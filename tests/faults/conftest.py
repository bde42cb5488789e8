"""A corpus with an inbox whose files are tagged by real worker processes, and folders that cannot be written to."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core.inbox import Inbox
from core.settings import PROJECT, Settings
from core.store import Corpus


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_folder=tmp_path / "data", workers=1)


@pytest.fixture
def corpus(settings: Settings) -> Iterator[Corpus]:
    opened = Corpus.open(settings.corpus_file)
    yield opened
    opened.close()


@pytest.fixture
def open_inbox(corpus: Corpus) -> Iterator[Callable[[Settings], Inbox]]:
    """Opens inboxes on the corpus and ends their workers afterwards."""
    opened: list[Inbox] = []

    def open_one(settings: Settings) -> Inbox:
        opened.append(Inbox(corpus, settings))
        return opened[-1]

    yield open_one
    for inbox in opened:
        inbox.close()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 24 MB of our own."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount(folder, "size=24m")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


def mount(folder: Path, options: str) -> None:
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only root may make a small file system")
    if subprocess.run(["mount", "-t", "tmpfs", "-o", options, "none", folder], capture_output=True).returncode:
        pytest.skip("this machine lets nobody mount anything")


@pytest.fixture
def start() -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Starts Python processes in the project; what is left of them is killed afterwards."""
    started: list[subprocess.Popen[str]] = []

    def start_one(*arguments: object) -> subprocess.Popen[str]:
        command = [sys.executable, *map(str, arguments)]
        started.append(subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True))
        return started[-1]

    yield start_one
    for process in started:
        process.kill()
        process.communicate()


def wait_for(process: subprocess.Popen[str], word: str) -> None:
    """Until the process has printed a line that begins so."""
    for line in process.stdout or ():
        if line.startswith(word):
            return
    pytest.fail(f"the process ended without saying {word}")
