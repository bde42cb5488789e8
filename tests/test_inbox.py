"""The inbox loses nothing, doubles nothing and goes on after a bad file."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from core import inbox as inbox_module
from core import tickets
from core.errors import ResourceError
from core.inbox import Inbox, Progress, original_path, submit, waiting
from core.settings import Settings
from core.store import Corpus

ARTICLE = "JAKARTA, KOMPAS.com - Menteri Luar Negeri Rusia Sergei Lavrov tiba di Jakarta pada Senin (1/7/2024).\n"


@pytest.fixture
def corpus(settings: Settings) -> Iterator[Corpus]:
    settings.data_folder.mkdir()
    opened = Corpus.open(settings.corpus_file)
    yield opened
    opened.close()


def numbered(number: int) -> bytes:
    return f"{ARTICLE}Rombongan nomor {number} menyusul sehari kemudian.".encode()


@pytest.mark.parametrize(
    "name",
    [
        "berita.txt",
        "dengan spasi & tanda?.txt",
        "../../etc/passwd",
        "a/b\\c.txt",
        "北韩.txt",
        "x" * 400 + ".txt",
    ],
)
def test_any_name_survives_the_way_through(name: str, settings: Settings, corpus: Corpus) -> None:
    ticket = submit(numbered(1), name, settings=settings)
    assert ticket.parent == settings.inbox_folder
    [outcome] = Inbox(corpus, settings).drain()
    assert outcome.outcome == "added"
    own = name.replace("\\", "/").rsplit("/", 1)[-1]
    assert outcome.name == own or (outcome.name[:30] == own[:30] and outcome.name.endswith(".txt"))


def test_files_come_in_the_order_they_were_submitted(settings: Settings, corpus: Corpus) -> None:
    for number in range(5):
        submit(numbered(number), f"{9 - number}.txt", settings=settings)
    heard: list[Progress] = []
    outcomes = Inbox(corpus, settings).drain(heard.append)
    assert [outcome.name for outcome in outcomes] == ["9.txt", "8.txt", "7.txt", "6.txt", "5.txt"]
    assert corpus.article_count() == 5
    assert waiting(settings) == []
    assert [(told.done, told.total) for told in heard if told.articles == 0] == [(n, 5) for n in range(5)]


def test_the_same_bytes_are_taken_once(settings: Settings, corpus: Corpus) -> None:
    worker = Inbox(corpus, settings)
    worker.submit(numbered(1), "satu.txt")
    worker.submit(numbered(1), "salinan.txt")
    assert [(outcome.outcome, outcome.added) for outcome in worker.drain()] == [("added", 1), ("known", 0)]
    assert corpus.article_count() == 1


def test_the_original_bytes_are_kept(settings: Settings, corpus: Corpus) -> None:
    worker = Inbox(corpus, settings)
    worker.submit(numbered(7), "tujuh.txt")
    worker.drain()
    [kept] = [path for path in (settings.data_folder / "originals").rglob("*") if path.is_file()]
    assert kept.read_bytes() == numbered(7)
    assert kept == original_path(settings, kept.name)


def test_a_file_dropped_by_hand_is_taken_and_a_half_written_one_is_not(settings: Settings, corpus: Corpus) -> None:
    settings.inbox_folder.mkdir(parents=True)
    (settings.inbox_folder / "cron.txt").write_bytes(numbered(3))
    (settings.inbox_folder / ".partial-x").write_bytes(b"half")
    [outcome] = Inbox(corpus, settings).drain()
    assert (outcome.name, outcome.added) == ("cron.txt", 1)
    assert (settings.inbox_folder / ".partial-x").exists()


def test_a_refused_file_does_not_stop_those_behind_it(settings: Settings, corpus: Corpus) -> None:
    worker = Inbox(corpus, settings)
    worker.submit(b"", "kosong.txt")
    worker.submit(numbered(2), "dua.txt")
    refused, added = worker.drain()
    assert (refused.outcome, refused.articles) == ("refused", 0)
    assert "kosong.txt" in refused.refusals[0].reason
    assert added.outcome == "added"


def test_a_fault_of_ours_does_not_stop_those_behind_it(
    settings: Settings, corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = inbox_module.process

    def faulty(name: str, *given: object, **named: object) -> object:
        if name == "pemicu.txt":
            raise ZeroDivisionError
        return honest(name, *given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(inbox_module, "process", faulty)
    worker = Inbox(corpus, settings)
    worker.submit(numbered(1), "pemicu.txt")
    worker.submit(numbered(2), "dua.txt")
    assert [outcome.outcome for outcome in worker.drain()] == ["refused", "added"]
    assert waiting(settings) == []


def test_a_stop_between_commit_and_clean_up_doubles_nothing(settings: Settings, corpus: Corpus) -> None:
    worker = Inbox(corpus, settings)
    ticket = worker.submit(numbered(1), "satu.txt")
    data = ticket.read_bytes()
    worker.drain()
    ticket.write_bytes(data)  # as if the process had died before the file left the inbox
    assert [outcome.outcome for outcome in Inbox(corpus, settings).drain()] == ["known"]
    assert corpus.article_count() == 1


def test_a_file_that_is_finished_while_the_worker_clears_up_is_no_trouble(
    settings: Settings, corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticket = submit(numbered(1), "a.txt", settings=settings)
    partial = ticket.with_name(f"{tickets.PARTIAL}b")
    partial.write_bytes(numbered(2))
    seen = os.scandir

    def renamed_meanwhile(folder: str) -> list[os.DirEntry[str]]:
        entries = list(seen(folder))
        partial.rename(partial.with_name("done"))
        return entries

    monkeypatch.setattr(tickets, "waiting", lambda _: [ticket])
    monkeypatch.setattr(tickets.os, "scandir", renamed_meanwhile)
    tickets.sweep(settings)
    monkeypatch.undo()
    assert ticket.exists()
    assert not partial.exists()


def test_every_uploader_hears_of_its_own_files(settings: Settings, corpus: Corpus) -> None:
    worker = Inbox(corpus, settings)

    def upload(number: int) -> list[str]:
        ticket = worker.submit(numbered(number), f"{number}.txt")
        worker.drain()
        return [outcome.name for outcome in worker.outcomes([ticket])]

    with ThreadPoolExecutor(4) as threads:
        told = list(threads.map(upload, range(12)))
    assert told == [[f"{number}.txt"] for number in range(12)]
    assert corpus.article_count() == 12


def test_an_outcome_stays_told(settings: Settings, corpus: Corpus) -> None:
    worker = Inbox(corpus, settings)
    ticket = worker.submit(numbered(1), "satu.txt")
    assert worker.outcomes([ticket]) == []
    worker.drain()
    assert worker.outcomes([ticket]) == worker.outcomes([ticket])
    assert worker.outcomes([ticket])[0].added == 1


def test_a_file_that_still_grows_is_left_until_it_rests(settings: Settings, corpus: Corpus) -> None:
    settings.inbox_folder.mkdir(parents=True)
    dropped = settings.inbox_folder / "cron.txt"
    dropped.write_bytes(numbered(3)[:40])
    worker = Inbox(corpus, settings)
    assert worker.drain(settled=True) == []
    dropped.write_bytes(numbered(3))
    assert worker.drain(settled=True) == []
    assert [outcome.added for outcome in worker.drain(settled=True)] == [1]


def test_a_dropped_name_in_another_encoding_stops_nobody(settings: Settings, corpus: Corpus) -> None:
    settings.inbox_folder.mkdir(parents=True)
    dropped = os.fsencode(settings.inbox_folder) + b"/caf\xe9.txt"
    try:
        with open(dropped, "wb") as file:
            file.write(numbered(6))
    except OSError:
        pytest.skip("this file system takes no such name")
    worker = Inbox(corpus, settings)
    worker.submit(numbered(7), "tujuh.txt")
    assert [(outcome.name, outcome.added) for outcome in worker.drain()] == [("tujuh.txt", 1), ("caf\ufffd.txt", 1)]


def test_a_link_in_the_inbox_is_not_followed(settings: Settings, corpus: Corpus) -> None:
    settings.inbox_folder.mkdir(parents=True)
    outside = settings.data_folder / "outside.txt"
    outside.write_bytes(numbered(4))
    (settings.inbox_folder / "tautan.txt").symlink_to(outside)
    assert Inbox(corpus, settings).drain() == []
    assert outside.read_bytes() == numbered(4)


def test_a_broken_rule_file_leaves_the_files_waiting(
    settings: Settings, corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*given: object, **named: object) -> object:
        raise ResourceError("The rule file core/resources/x.yaml is missing: restore it from the repository.")

    worker = Inbox(corpus, settings)
    ticket = worker.submit(numbered(1), "satu.txt")
    with monkeypatch.context() as patch:
        patch.setattr(inbox_module, "process", broken)
        with pytest.raises(ResourceError):
            worker.drain()
    assert waiting(settings) == [ticket]
    assert [outcome.outcome for outcome in worker.drain()] == ["added"]
