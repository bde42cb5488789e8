"""Backups: whole, read back, made while the corpus is in use, put back beside what was there, refused where unsound."""

import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from core import backup, orders
from core import restore as restoring
from core.__main__ import main
from core.backup import back_up
from core.errors import BackupError, CorpusBusyError, CorpusError
from core.restore import KEPT, check, restore
from core.settings import Settings
from core.store import Corpus, corpus_copy, corrections
from core.store.schema import RESTORING, SCHEMA_VERSION
from tests.store.making import S, article, file_of

PROJECT = Path(__file__).resolve().parent.parent
ODD = "koran pagi%20\\dua \u200bé.txt" if os.name == "posix" else "koran pagi%20 é.txt"


def fill(settings: Settings, *names: str) -> None:
    """A corpus with one article a name, its original, and a correction; a briefing, a waiting file, an audit line."""
    corpus = Corpus.open(settings.corpus_file)
    for name in names:
        tagged = article(name, S(f"Putin bertemu Kim di kota {name}."))
        corpus.add(file_of(tagged))
        digest = tagged.document.source.sha256
        put(settings.data_folder / "originals" / digest[:2] / digest, name.encode())
        corrections.correct(corpus, "set_title", {"article": f"doc-{name}"}, {"title": f"Judul {name}"}, who="Citra")
    corpus.close()
    put(settings.briefings_folder / "0123456789ab.json", b"{}")
    put(settings.inbox_folder / ODD, b"menunggu")
    put(settings.inbox_folder / ".partial-1", b"half")
    put(settings.data_folder / "audit" / "audit.jsonl", b'{"who": "Citra"}\n')


def put(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def stand(folder: Path) -> dict[str, bytes]:
    """All that is kept, by path; the corpus file itself is compared by what it says."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        hidden = any(part.startswith((".", KEPT)) for part in Path(name).parts)
        if path.is_file() and not hidden and not name.startswith("corpus.duckdb"):
            found[name] = path.read_bytes()
    return found


def titles(settings: Settings) -> list[str]:
    corpus = Corpus.open(settings.corpus_file)
    try:
        return [title for (title,) in corpus.rows("SELECT title FROM documents ORDER BY doc")]
    finally:
        corpus.close()


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with two articles, and beside it a backup."""
    folder = tmp_path_factory.mktemp("once")
    settings = Settings(data_folder=folder / "data")
    fill(settings, "satu", "dua")
    back_up(settings, folder / "a.zip")
    return folder


@pytest.fixture
def made(once: Path, tmp_path: Path, settings: Settings) -> Path:
    """A backup of the two articles that are in the data folder."""
    shutil.copytree(once / "data", settings.data_folder)
    return Path(shutil.copy(once / "a.zip", tmp_path / "a.zip"))


@pytest.fixture
def elsewhere(tmp_path: Path, settings: Settings) -> Settings:
    return replace(settings, data_folder=tmp_path / "elsewhere")


def test_what_was_backed_up_comes_back(made: Path, settings: Settings, elsewhere: Settings) -> None:
    found = restore(elsewhere, made)
    assert found.kept is None
    assert stand(elsewhere.data_folder) == {
        name: data for name, data in stand(settings.data_folder).items() if not name.endswith(".partial-1")
    }
    assert titles(elsewhere) == ["Judul satu", "Judul dua"]
    corpus = Corpus.open(elsewhere.corpus_file)
    assert len(corrections.log(corpus)) == 2
    corpus.close()


def test_the_manifest_names_versions_counts_and_every_part(made: Path) -> None:
    with zipfile.ZipFile(made) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        assert set(manifest["parts"]) | {"manifest.json"} == set(archive.namelist())
        assert manifest["schema"] == backup.SCHEMA
        assert manifest["schema_version"] == SCHEMA_VERSION
        assert (manifest["counts"]["articles"], manifest["counts"]["corrections"]) == (2, 2)
        assert manifest["duckdb"] == duckdb.__version__
        log = archive.read(backup.CORRECTIONS).decode().splitlines()
    assert [json.loads(line)["who"] for line in log] == ["Citra", "Citra"]


def test_the_word_index_and_work_in_progress_stay_behind(made: Path) -> None:
    with zipfile.ZipFile(made) as archive:
        assert not [name for name in archive.namelist() if "words" in name or "/." in name]


@pytest.mark.skipif(os.name != "posix", reason="modes are a thing of POSIX")
def test_only_its_owner_may_read_a_backup(made: Path) -> None:
    assert stat.S_IMODE(made.stat().st_mode) == 0o600


def test_into_a_folder_the_name_is_the_date(tmp_path: Path, settings: Settings) -> None:
    fill(settings, "satu")
    folder = tmp_path / "backups"
    folder.mkdir()
    path = back_up(settings, folder).path
    assert [found.name for found in folder.iterdir()] == [path.name]
    assert path.name.startswith("20")


def test_nothing_of_the_making_is_left_in_the_data_folder(made: Path, settings: Settings) -> None:
    assert not [path.name for path in settings.data_folder.iterdir() if path.name.startswith(".")]


@pytest.mark.parametrize(("target", "says"), [
    ("a.zip", "not overwritten"), ("no folder/b.zip", "make it first"), ("data/b.zip", "data folder"),
])  # fmt: skip
def test_a_target_that_cannot_be_is_told(made: Path, settings: Settings, target: str, says: str) -> None:
    before = made.read_bytes()
    with pytest.raises(BackupError, match=says):
        back_up(settings, made.parent / target)
    assert made.read_bytes() == before


def test_without_a_corpus_there_is_nothing_to_back_up(tmp_path: Path, settings: Settings) -> None:
    with pytest.raises(BackupError, match="no corpus"):
        back_up(settings, tmp_path / "a.zip")
    assert not settings.data_folder.exists()


def test_a_full_disk_leaves_no_half_backup(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(settings, "satu")

    def full(*_given: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup, "read_back", full)
    with pytest.raises(BackupError, match="No space left"):
        back_up(settings, tmp_path / "a.zip")
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_too_little_room_is_told_before_anything_is_written(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(settings, "satu")
    monkeypatch.setattr(backup.shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10, 10, 0))
    with pytest.raises(BackupError, match="0 MB free"):
        back_up(settings, tmp_path / "a.zip")


def test_an_older_schema_is_backed_up_as_it_is(tmp_path: Path, settings: Settings, elsewhere: Settings) -> None:
    from tests.store.old_schemas import EMPTY

    settings.data_folder.mkdir()
    number, tables = EMPTY["schema 1"]
    with duckdb.connect(str(settings.corpus_file)) as old:
        old.execute(tables)
        old.execute("INSERT INTO meta VALUES ('schema_version', ?), ('corpus_version', 7)", [number])
    made = back_up(settings, tmp_path / "a.zip").path
    assert not list(settings.data_folder.glob("*.schema-*"))
    restore(elsewhere, made)
    corpus = Corpus.open(elsewhere.corpus_file)
    assert corpus.version == 7
    corpus.close()


# ---------------------------------------------------------------- while the corpus is in use


@pytest.fixture
def in_use(settings: Settings) -> Iterator[Settings]:
    """A process that has the corpus open, adds to it all the time and carries out orders."""
    fill(settings, "satu")
    serving = subprocess.Popen(
        [sys.executable, "-c", SERVER, str(settings.data_folder)], cwd=PROJECT, stdout=subprocess.PIPE, text=True
    )
    assert serving.stdout is not None
    assert serving.stdout.readline() == "open\n"
    yield settings
    serving.terminate()
    serving.wait(30)


SERVER = """
import sys, threading
from pathlib import Path
from core import orders
from core.settings import Settings
from core.store import Corpus
from tests.store.making import S, article, file_of

settings = Settings(data_folder=Path(sys.argv[1]))
corpus = Corpus.open(settings.corpus_file)
threading.Thread(target=orders.watch, args=(corpus, settings, threading.Event()), daemon=True).start()
print("open", flush=True)
number = 0
while True:
    number += 1
    corpus.add(file_of(article(f"n{number}", S(f"Kim tiba di pelabuhan nomor {number}."))))
"""


def test_it_is_consistent_while_others_write(tmp_path: Path, in_use: Settings, elsewhere: Settings) -> None:
    told: list[str] = []
    counts = [back_up(in_use, tmp_path / name, told.append).counts for name in ("a.zip", "b.zip")]
    assert "dashboard" in told[0]
    assert counts[1]["articles"] > counts[0]["articles"] > 0
    assert all(found["articles"] == found["files"] for found in counts), "each file is one article, whole"
    assert restore(elsewhere, tmp_path / "a.zip").backup.counts == counts[0]
    assert len(titles(elsewhere)) == counts[0]["articles"]
    with pytest.raises(CorpusBusyError, match="stop the dashboard"):
        restore(in_use, tmp_path / "a.zip")
    assert not (in_use.data_folder / RESTORING).exists()
    assert not list(in_use.data_folder.glob(f"{KEPT}*"))


def test_the_dashboard_takes_orders(tmp_path: Path, settings: Settings) -> None:
    from pages.parts.house import _open

    fill(settings, "satu")
    opened = _open(replace(settings, load_sample=False))
    try:
        done = subprocess.run(
            [sys.executable, "-m", "core", "backup", str(tmp_path / "a.zip")],
            cwd=PROJECT,
            env=os.environ | {"TELAAH_DATA_FOLDER": str(settings.data_folder)},
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        opened.close()
    assert done.returncode == 0, done.stderr
    assert "The dashboard holds the corpus" in done.stderr


def test_who_takes_no_orders_is_told_of(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(orders, "UNHEARD_SECONDS", 0.3)
    fill(settings, "satu")
    holding = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(settings.corpus_file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert holding.stdout is not None
    holding.stdout.readline()
    with pytest.raises(BackupError, match="copies nothing"):
        back_up(settings, tmp_path / "a.zip")
    holding.kill()
    holding.wait(30)
    assert not (settings.data_folder / orders.FOLDER).exists()


HOLDER = "import duckdb, sys; held = duckdb.connect(sys.argv[1]); print('open', flush=True); sys.stdin.read()"


def test_what_cannot_be_copied_is_told_to_who_ordered(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(corpus: Corpus, target: Path) -> None:
        raise OSError(28, "No space left on device")

    fill(settings, "satu")
    corpus = Corpus.open(settings.corpus_file)
    closing = threading.Event()
    monkeypatch.setattr(orders, "copy_open", full)
    watching = threading.Thread(target=orders.watch, args=(corpus, settings, closing))
    watching.start()
    order = settings.data_folder / orders.FOLDER / "0123456789abcdef"
    order.parent.mkdir(exist_ok=True)
    with pytest.raises(BackupError, match="No space left"):
        orders._have_copied(settings, order)
    closing.set()
    watching.join(30)
    corpus.close()


KILLED_BACKUP = """
import os, signal, sys
from pathlib import Path
from core import backup
from core.settings import Settings

def killed(*_given):
    os.kill(os.getpid(), signal.SIGKILL)

setattr(backup, sys.argv[3], killed)
backup.back_up(Settings(data_folder=Path(sys.argv[1])), Path(sys.argv[2]))
"""


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is a thing of POSIX")
@pytest.mark.parametrize("moment", ["settle", "read_back"])
def test_killed_while_it_is_made_there_is_none_and_the_next_one_clears_up(
    made: Path, settings: Settings, tmp_path: Path, moment: str
) -> None:
    target = tmp_path / "b.zip"
    command = [sys.executable, "-c", KILLED_BACKUP, str(settings.data_folder), str(target), moment]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()
    assert not target.exists()
    left = [*settings.data_folder.glob(f"{backup.KEPT}*"), *(settings.data_folder / orders.FOLDER).iterdir()]
    assert len(left) == 2
    for path in left:
        os.utime(path, (0, 0))
    assert back_up(settings, target).counts["articles"] == 2
    assert not [path for path in left if path.exists()]
    assert sorted(path.name for path in tmp_path.glob("*b.zip")) == ["b.zip"]


def test_a_corpus_that_changes_while_it_is_copied_is_copied_again(
    made: Path, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, turns = corpus_copy.copy_file, []

    def changing(source: Path, target: Path) -> str:
        turns.append(source)
        if len(turns) == 1:
            os.utime(source, (1, 1))
        return real(source, target)

    monkeypatch.setattr(corpus_copy, "copy_file", changing)
    assert back_up(settings, tmp_path / "b.zip").counts["articles"] == 2
    assert len(turns) >= 2


@pytest.mark.parametrize("name", ["../out", "0123", "0123456789abcdeg", "0123456789ABCDEF"])
def test_only_orders_are_carried_out(settings: Settings, name: str) -> None:
    fill(settings, "satu")
    corpus = Corpus.open(settings.corpus_file)
    folder = settings.data_folder / orders.FOLDER
    folder.mkdir()
    (folder / f"{name}.{orders.WANTED}").touch()
    assert orders.carry_out(corpus, settings) == 0
    corpus.close()


def test_a_file_taken_while_the_backup_is_made_is_in_it(
    tmp_path: Path, settings: Settings, elsewhere: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It leaves the inbox after the corpus was copied: the copy does not know it, so the backup's inbox must."""
    fill(settings, "satu")
    real = backup.settle

    def taken(copy: Path) -> object:
        (settings.inbox_folder / ODD).rename(settings.data_folder / "originals" / "taken")
        return real(copy)

    monkeypatch.setattr(backup, "settle", taken)
    restore(elsewhere, back_up(settings, tmp_path / "a.zip").path)
    assert (elsewhere.inbox_folder / ODD).read_bytes() == b"menunggu"
    assert (elsewhere.data_folder / "originals" / "taken").exists()


# ---------------------------------------------------------------- putting back


def test_what_was_there_is_kept_under_a_dated_name(made: Path, settings: Settings) -> None:
    fill(settings, "tiga")
    put(settings.data_folder / "corpus.duckdb.words", b"an index of what was there")
    before = stand(settings.data_folder)
    kept = restore(settings, made).kept
    assert titles(settings) == ["Judul satu", "Judul dua"]
    assert kept is not None
    assert kept.name.startswith(KEPT)
    assert titles(replace(settings, data_folder=kept)) == ["Judul satu", "Judul dua", "Judul tiga"]
    audit = {name: data for name, data in before.items() if name.startswith("audit")}
    assert {name: data for name, data in stand(kept).items() if not name.endswith(".partial-1")} | audit == before


def test_the_audit_log_goes_on_and_that_of_the_backup_stands_beside_it(made: Path, settings: Settings) -> None:
    log = settings.data_folder / "audit" / "audit.jsonl"
    log.write_bytes(log.read_bytes() + b'{"who": "later"}\n')
    restore(settings, made)
    assert log.read_bytes() == b'{"who": "Citra"}\n{"who": "later"}\n'
    (beside,) = log.parent.glob("of-backup-*")
    assert (beside / "audit.jsonl").read_bytes() == b'{"who": "Citra"}\n'


def test_twice_keeps_both(made: Path, settings: Settings) -> None:
    first, second = restore(settings, made).kept, restore(settings, made).kept
    assert first is not None
    assert second is not None
    assert titles(replace(settings, data_folder=first)) == ["Judul satu", "Judul dua"]
    assert titles(settings) == ["Judul satu", "Judul dua"]


def test_a_broken_corpus_is_no_obstacle(made: Path, settings: Settings) -> None:
    settings.corpus_file.write_bytes(b"not a database at all" * 1000)
    kept = restore(settings, made).kept
    assert kept is not None
    assert (kept / "corpus.duckdb").read_bytes().startswith(b"not a database")
    assert titles(settings) == ["Judul satu", "Judul dua"]


Change = Callable[[dict[str, bytes], dict[str, object]], None]


def doctored(made: Path, change: Change, target: Path) -> Path:
    """The same archive with other parts or another manifest."""
    with zipfile.ZipFile(made) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if name != "manifest.json"}
        manifest = json.loads(archive.read("manifest.json"))
    change(parts, manifest)
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
        archive.writestr("manifest.json", json.dumps(manifest))
    return target


def listed(parts: dict[str, bytes], manifest: dict[str, object], name: str, data: bytes = b"x") -> None:
    """Put a part in and list it as any other."""
    import hashlib

    parts[name] = data
    manifest["parts"][name] = {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}  # type: ignore[index]


NAMES = (
    "../evil.txt", "inbox/../../evil.txt", "/etc/evil", "inbox//evil", "inbox/./evil", "C:/evil", "inbox/..%2Fevil",
    "inbox/%2e%2e/evil", "inbox/%00evil", "inbox/a\\..\\evil", "inbox/.hidden", ".orders/evil", "inbox", "evil.txt",
    "corpus.duckdb.wal", "corpus.duckdb/evil", "inbox/a/b/c/d", "originals/%zz", "inbox/\u00e9", "before-restore-1/x",
    "settings/secrets.toml", "inbox/a b\n", "CORPUS.DUCKDB",
)  # fmt: skip


def unchanged(settings: Settings, before: dict[str, bytes]) -> None:
    assert stand(settings.data_folder) == before
    assert titles(settings) == ["Judul satu", "Judul dua"]
    assert not (settings.data_folder / RESTORING).exists()
    assert not list(settings.data_folder.glob(f"{KEPT}*"))
    assert not list(settings.data_folder.glob(".restore-*"))


@pytest.mark.parametrize("name", NAMES)
def test_a_path_trick_is_refused(made: Path, settings: Settings, tmp_path: Path, name: str) -> None:
    before = stand(settings.data_folder)
    evil = doctored(made, lambda parts, manifest: listed(parts, manifest, name), tmp_path / "evil.zip")
    with pytest.raises(BackupError, match=r"no backup has|broken"):
        restore(settings, evil)
    unchanged(settings, before)
    assert not [path for path in tmp_path.rglob("*evil*") if path != evil]


def lose(parts: dict[str, bytes], _manifest: dict[str, object]) -> None:
    del parts["briefings/0123456789ab.json"]


def slip_in(parts: dict[str, bytes], _manifest: dict[str, object]) -> None:
    parts["inbox/more.txt"] = b"x"


def swap(parts: dict[str, bytes], _manifest: dict[str, object]) -> None:
    parts["briefings/0123456789ab.json"] = b"[]"


def swell(parts: dict[str, bytes], _manifest: dict[str, object]) -> None:
    parts["briefings/0123456789ab.json"] = b"{}" * 10**6


def break_corpus(parts: dict[str, bytes], manifest: dict[str, object]) -> None:
    listed(parts, manifest, "corpus.duckdb", b"no corpus" * 500)


def miscount(_parts: dict[str, bytes], manifest: dict[str, object]) -> None:
    manifest["counts"]["articles"] = 3  # type: ignore[index]


def double(parts: dict[str, bytes], manifest: dict[str, object]) -> None:
    listed(parts, manifest, "briefings/0123456789AB.json")


def without_corpus(parts: dict[str, bytes], manifest: dict[str, object]) -> None:
    del parts["corpus.duckdb"], manifest["parts"]["corpus.duckdb"]  # type: ignore[attr-defined]


def of(**said: object) -> Change:
    return lambda _parts, manifest: manifest.update(said)


CHANGES: dict[str, tuple[Change, str]] = {
    "a part is missing": (lose, "does not hold"),
    "a part is not listed": (slip_in, "does not hold"),
    "a part was changed": (swap, "damaged"),
    "a part is larger than listed": (swell, "damaged"),
    "the corpus is none": (break_corpus, "cannot be opened"),
    "counts are others": (miscount, "other than its manifest"),
    "two parts for one place": (double, "two parts"),
    "without a corpus": (without_corpus, "does not hold"),
    "of a newer program": (of(schema_version=SCHEMA_VERSION + 1), "newer Telaah"),
    "of another form": (of(schema="other/1"), "no manifest"),
    "sizes below nothing": (of(parts={"corpus.duckdb": {"bytes": -1, "sha256": "0" * 64}}), "no manifest"),
    "parts are no table": (of(parts=["corpus.duckdb"]), "no manifest"),
    "counts are no numbers": (of(counts={"articles": "many"}), "no manifest"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_changed_archive_is_refused(made: Path, settings: Settings, tmp_path: Path, name: str) -> None:
    change, says = CHANGES[name]
    before = stand(settings.data_folder)
    with pytest.raises(BackupError, match=says):
        restore(settings, doctored(made, change, tmp_path / "changed.zip"))
    unchanged(settings, before)


def test_a_bit_that_flipped_anywhere_is_found_or_harmless(made: Path, settings: Settings, tmp_path: Path) -> None:
    data, found = bytearray(made.read_bytes()), 0
    for place in range(100, len(data) - 100, len(data) // 30):
        broken = tmp_path / "broken.zip"
        broken.write_bytes(data[:place] + bytes([data[place] ^ 0x10]) + data[place + 1 :])
        try:
            assert check(broken, tmp_path) == check(made, tmp_path)  # a date, or how zeros are packed
        except BackupError:
            found += 1
    assert found >= 5


@pytest.mark.parametrize(("content", "says"), [
    (b"", "no backup"), (b"PK\x03\x04 and then nothing", "no backup"), (b"\x00" * 5000, "no backup"),
])  # fmt: skip
def test_what_is_no_archive_is_refused(settings: Settings, tmp_path: Path, content: bytes, says: str) -> None:
    put(tmp_path / "a.zip", content)
    with pytest.raises(BackupError, match=says):
        restore(settings, tmp_path / "a.zip")


def test_a_cut_archive_is_refused(made: Path, settings: Settings) -> None:
    made.write_bytes(made.read_bytes()[:-3000])
    with pytest.raises(BackupError, match="broken"):
        restore(settings, made)


def test_a_link_in_an_archive_is_refused(made: Path, settings: Settings) -> None:
    with zipfile.ZipFile(made) as archive:
        parts = [(info, archive.read(info)) for info in archive.infolist()]
    with zipfile.ZipFile(made, "w") as archive:
        for info, data in parts:
            if info.filename.startswith("briefings/"):
                info.external_attr = (stat.S_IFLNK | 0o777) << 16
            archive.writestr(info, data)
    with pytest.raises(BackupError, match="no backup has"):
        restore(settings, made)


@pytest.mark.parametrize(("source", "says"), [("missing.zip", "no file"), (".", "is a folder")])
def test_a_source_that_is_not_there_is_told(settings: Settings, tmp_path: Path, source: str, says: str) -> None:
    with pytest.raises(BackupError, match=says):
        restore(settings, tmp_path / source)


def test_a_disk_that_fills_up_while_it_is_unpacked_changes_nothing(
    made: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_file: int) -> None:
        raise OSError(28, "No space left on device")

    before = stand(settings.data_folder)
    with monkeypatch.context() as patched:
        patched.setattr(restoring.os, "fsync", full)
        with pytest.raises(BackupError, match="No space left"):
            restore(settings, made)
    unchanged(settings, before)


KILLED = """
import os, signal, sys
from pathlib import Path
from core.restore import restore
from core.settings import Settings

left, real = int(sys.argv[3]), Path.rename

def rename(self, target):
    global left
    left -= 1
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return real(self, target)

Path.rename = rename
restore(Settings(data_folder=Path(sys.argv[1])), Path(sys.argv[2]))
"""


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is a thing of POSIX")
@pytest.mark.parametrize("renames", [0, 1, 2, 5, 8, 10])
def test_killed_at_any_rename_it_is_undone_or_finished(made: Path, settings: Settings, renames: int) -> None:
    fill(settings, "tiga")
    command = [sys.executable, "-c", KILLED, str(settings.data_folder), str(made), str(renames)]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()
    if renames:
        with pytest.raises(CorpusError, match="broken off"):
            Corpus.open(settings.corpus_file)
    else:
        assert titles(settings) == ["Judul satu", "Judul dua", "Judul tiga"]
    found = restore(settings, made)
    assert found.finished == bool(renames)
    assert titles(settings) == ["Judul satu", "Judul dua"]
    assert found.kept is not None
    assert titles(replace(settings, data_folder=found.kept)) == ["Judul satu", "Judul dua", "Judul tiga"]
    assert (settings.inbox_folder / ODD).exists()


def test_another_backup_is_restored_after_one_that_was_broken_off(
    made: Path, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(restoring, "_finish", lambda _folder: None)
        restore(settings, made)
    assert (settings.data_folder / RESTORING).exists()
    other = shutil.copy(made, tmp_path / "other.zip")
    assert not restore(settings, Path(other)).finished
    assert titles(settings) == ["Judul satu", "Judul dua"]


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only the superuser gives files away")
def test_what_the_superuser_restores_belongs_to_the_owner_of_the_folder(made: Path, elsewhere: Settings) -> None:
    elsewhere.data_folder.mkdir()
    os.chown(elsewhere.data_folder, 4711, 4712)
    restore(elsewhere, made)
    found = {(path.stat().st_uid, path.stat().st_gid) for path in elsewhere.data_folder.rglob("*")}
    assert found == {(4711, 4712)}
    assert elsewhere.corpus_file.stat().st_uid == 4711


# ---------------------------------------------------------------- the commands


def test_the_commands(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fill(settings, "satu")
    monkeypatch.setenv("TELAAH_DATA_FOLDER", str(settings.data_folder))
    target = tmp_path / "a.zip"
    assert main(["backup", str(target)]) == 0
    assert "1 articles, 1 files, 1 corrections, read back" in capsys.readouterr().out
    assert main(["restore", "--check", str(target)]) == 0
    assert f"{target}: whole" in capsys.readouterr().out
    assert main(["restore", str(target)]) == 0
    assert "What was there before stands in" in capsys.readouterr().out
    assert main(["backup", str(target)]) == 1
    assert "not overwritten" in capsys.readouterr().err
    target.write_bytes(b"")
    assert main(["restore", "--check", str(target)]) == 1
    assert "no backup of Telaah" in capsys.readouterr().err


def test_every_folder_that_holds_what_users_made_is_backed_up(settings: Settings) -> None:
    own = {name for name in dir(Settings) if name.endswith("_folder")} - {"data_folder", "tone_model_folder"}
    named = {getattr(settings, name).relative_to(settings.data_folder).parts[0] for name in own}
    assert named | {"originals"} <= set(backup.FOLDERS)
