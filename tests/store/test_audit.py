"""The audit log: appended to, bounded, honest about what it lost, and never in the way."""

import json
import threading

import pytest

from core.store import audit
from core.store.audit import AuditLog


@pytest.fixture
def log(tmp_path):
    return AuditLog(tmp_path / "audit", max_mb=1)


def lines(log):
    return [json.loads(line) for line in log.whole().splitlines()]


def test_an_entry_says_who_did_what_and_what_came_of_it(log):
    assert log.write("remove", "done", who="budi@example.org", role="admin", what="satu.txt", details={"articles": 3})
    (entry,) = lines(log)
    assert entry.pop("at").endswith("Z")
    assert entry == {"who": "budi@example.org", "role": "admin", "event": "remove", "what": "satu.txt",
                     "result": "done", "details": {"articles": 3}, "lost": 0}  # fmt: skip


def test_the_newest_comes_first(log):
    for name in "abc":
        log.write("upload", "done", who="", what=name)
    assert [entry.what for entry in log.newest()] == ["c", "b", "a"]
    assert [entry["what"] for entry in lines(log)] == ["a", "b", "c"]


@pytest.mark.parametrize("name", ["a\nb.txt", 'a\r\n{"who": "x"}', "\u202etxt.exe", "\u2028", "\x1b[31m", "\ud800"])
def test_no_name_can_forge_a_line_or_reach_a_terminal(log, name):
    log.write("upload", "done", who=name, what=name, details={name: name})
    assert len(log.whole().splitlines()) == 1
    assert all(32 <= sign < 127 for sign in log.whole().rstrip(b"\n"))
    assert [entry.what for entry in log.newest()] == [name]


def test_long_texts_are_cut(log):
    log.write("upload", "done", who="x" * 9000, what="y" * 9000, details={str(n): "z" * 9000 for n in range(99)})
    assert len(log.whole()) < 6000


def test_the_oldest_part_goes_when_the_room_is_used_up(tmp_path, monkeypatch):
    log = AuditLog(tmp_path, max_mb=1)
    monkeypatch.setattr(log, "_part_bytes", 2000)
    for number in range(200):
        assert log.write("upload", "done", who="eka@example.org", what=f"{number:03}.txt")
    kept = [entry.what for entry in log.newest()]
    assert kept == [f"{number:03}.txt" for number in range(199, 199 - len(kept), -1)]
    assert 30 < len(kept) < 200
    assert len(list(tmp_path.iterdir())) == audit.PARTS
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) <= 2000 * audit.PARTS


def test_what_could_not_be_written_is_counted_and_told(log, monkeypatch, caplog):
    def full(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(audit.os, "fsync", full)
        broken.setattr(log, "_append", full)
        assert not log.write("upload", "done", who="eka@example.org", what="a")
        assert not log.write("upload", "done", who="eka@example.org", what="b")
    assert log.lost == 2
    assert "No space left on device" in caplog.text
    assert log.write("upload", "done", who="eka@example.org", what="c")
    assert [(entry.what, entry.lost) for entry in log.newest()] == [("c", 2)]
    assert log.lost == 0


def test_a_line_torn_by_a_crash_spoils_no_other(log):
    log.write("upload", "done", who="", what="a")
    with (log._folder / audit.CURRENT).open("ab") as file:
        file.write(b'{"at": "2026-01-01T00:00')
    log.write("upload", "done", who="", what="b")
    assert [entry.what for entry in log.newest()] == ["b", "a"]


@pytest.mark.parametrize("line", [b"7", b"[]", b'{"who": 1}', b'{"x": 1}', b"\xff\xfe", b"null"])
def test_a_line_of_something_else_is_passed_over(log, line):
    log.write("upload", "done", who="", what="a")
    with (log._folder / audit.CURRENT).open("ab") as file:
        file.write(line + b"\n")
    assert [entry.what for entry in log.newest()] == ["a"]


def test_threads_write_whole_lines(log):
    def work(name):
        for number in range(20):
            log.write("upload", "done", who=name, what=str(number))

    threads = [threading.Thread(target=work, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(lines(log)) == 80
    assert [entry.what for entry in log.newest() if entry.who == "c"] == [str(n) for n in range(19, -1, -1)]


def test_an_empty_folder_has_no_entries(log):
    assert list(log.newest()) == []
    assert log.whole() == b""
