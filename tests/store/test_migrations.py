"""Corpora of older schemas are brought up to that of now: whole, with a copy kept, or not at all."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from core.errors import CorpusDamagedError, CorpusError
from core.model import Filters
from core.pipeline import process
from core.settings import Settings
from core.store import Corpus, migrations
from core.store.articles import article_total
from core.store.schema import SCHEMA_VERSION, TABLES
from tests.store.old_schemas import EMPTY

PROJECT = Path(__file__).resolve().parents[2]
DERIVED = (
    "asides",
    "shingles",
    "clusters",
    "mentions",
    "sources",
    "quotes",
    "claims",
    "sentences",
    "terms",
    "documents",
)
TWICE = (
    "{title}\nJAKARTA - Pabrik kereta di Madiun mengirim dua puluh gerbong baru ke\u00a0Surabaya pada Senin. {words}\n"
)
CREDIT = "Sumber: KCNA"


def articles(settings: Settings):
    """Real files through the whole pipeline: copies, a no-break space, names, sources and credits."""
    words = " ".join(f"Gerbong nomor {n} dirawat oleh bengkel kota {n}." for n in range(12))
    one = TWICE.format(title="Gerbong baru", words=words) + CREDIT
    files = {"satu.txt": one, "dua.txt": one.replace("Senin", "Selasa")}
    files |= {path.name: path.read_text("utf-8") for path in sorted((PROJECT / "seeds").glob("*.txt"))[:6]}
    for name, text in files.items():
        yield process(name, text.encode(), origin="upload", settings=settings)


@pytest.fixture(scope="module")
def of_now(tmp_path_factory) -> Path:
    """A corpus as the program makes it now."""
    folder = tmp_path_factory.mktemp("now")
    corpus = Corpus.open(folder / "corpus.duckdb")
    for result in articles(Settings(data_folder=folder)):
        corpus.add(result)
    corpus.close()
    return folder / "corpus.duckdb"


def old_corpus(path: Path, kind: str, of_now: Path) -> None:
    """The same articles as an older version kept them."""
    number, tables = EMPTY[kind]
    with duckdb.connect(str(path)) as old:
        old.execute(tables)
        old.execute(f"ATTACH '{of_now}' AS present (READ_ONLY)")
        names = [name for (name,) in old.execute(
            "SELECT table_name FROM duckdb_tables() WHERE database_name = 'corpus' AND schema_name = 'main'"
        ).fetchall()]  # fmt: skip
        for name in names:
            columns = ", ".join(f'"{column}"' for (column,) in old.execute(
                "SELECT column_name FROM duckdb_columns() WHERE database_name = 'corpus' AND table_name = ?", [name]
            ).fetchall())  # fmt: skip
            old.execute(f"INSERT INTO {name} SELECT {columns} FROM present.main.{name} ORDER BY rowid")
        old.execute("DELETE FROM meta WHERE key NOT IN ('schema_version', 'corpus_version')")
        old.execute("UPDATE meta SET number = ? WHERE key = 'schema_version'", [number])
        old.execute("UPDATE documents SET folded = lower(coalesce(title, '') || chr(10) || text)")
        old.execute("UPDATE shingles SET hash = hash + 1 WHERE whole")
        if number == 1:
            for table, places in {"mentions": ("sentence",), "sources": ("sentence",),
                                  "quotes": ("sentence", "last_sentence"),
                                  "claims": ("sentence", "last_sentence")}.items():  # fmt: skip
                old.execute(
                    f"UPDATE {table} SET {', '.join(f'{place} = NULL' for place in places)} WHERE sentence >= "
                    "(SELECT count(*) FROM sentences AS s WHERE s.doc = " + table + ".doc)"
                )


def rows(path: Path, kind: str) -> dict[str, list[tuple[object, ...]]]:
    """What the tables hold, whatever the order; without the columns that the older kind never knew."""
    unknown = "" if "without" in kind else " EXCLUDE (towards, towards_score, towards_chance)"
    with duckdb.connect(str(path), read_only=True) as opened:
        return {
            table: sorted(
                opened.execute(f"SELECT *{unknown if table == 'mentions' else ''} FROM main.{table}").fetchall(),
                key=repr,
            )
            for table in DERIVED
        }


@pytest.mark.parametrize("kind", EMPTY)
def test_an_older_corpus_becomes_what_it_would_be_now(tmp_path: Path, of_now: Path, kind: str) -> None:
    path = tmp_path / "corpus.duckdb"
    old_corpus(path, kind, of_now)
    before = path.read_bytes()
    corpus = Corpus.open(path)
    assert article_total(corpus, Filters()) == (8, 7)
    assert corpus.rows("SELECT count(*) FROM sources WHERE sentence IS NULL") == [(0,)]
    for result in articles(Settings(data_folder=tmp_path)):
        assert corpus.add(result).added == 0
    corpus.close()
    found, wanted = rows(path, kind), rows(of_now, kind)
    assert wanted["asides"], "the example must hold a tag outside the sentences"
    for table in DERIVED:
        assert found[table] == wanted[table], table
    (kept,) = tmp_path.glob("corpus.duckdb.schema-*")
    assert kept.name.startswith(f"corpus.duckdb.schema-{EMPTY[kind][0]}.20")
    assert kept.read_bytes() == before


@pytest.mark.parametrize("kind", EMPTY)
def test_an_empty_older_corpus_is_brought_up_and_written_to(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "corpus.duckdb"
    number, tables = EMPTY[kind]
    with duckdb.connect(str(path)) as old:
        old.execute(tables)
        old.execute("INSERT INTO meta VALUES ('schema_version', ?), ('corpus_version', 0)", [number])
    corpus = Corpus.open(path)
    assert corpus.version == 0
    assert corpus.add(next(articles(Settings(data_folder=tmp_path)))).added == 1
    corpus.close()


def columns(path: Path) -> list[tuple[object, ...]]:
    with duckdb.connect(str(path), read_only=True) as opened:
        return opened.execute(
            "SELECT table_name, column_name, data_type, is_nullable FROM duckdb_columns() "
            "WHERE schema_name = 'main' ORDER BY ALL"
        ).fetchall()


@pytest.mark.parametrize("kind", EMPTY)
def test_tables_are_the_same_whether_brought_up_or_new(tmp_path: Path, kind: str) -> None:
    old, new = tmp_path / "old" / "corpus.duckdb", tmp_path / "new" / "corpus.duckdb"
    old.parent.mkdir()
    with duckdb.connect(str(old)) as opened:
        opened.execute(EMPTY[kind][1])
        opened.execute("INSERT INTO meta VALUES ('schema_version', ?), ('corpus_version', 0)", [EMPTY[kind][0]])
    for path in (old, new):
        Corpus.open(path).close()
    assert columns(old) == columns(new)


def test_there_is_a_step_to_every_schema() -> None:
    assert [step.to for step in migrations.STEPS] == list(range(2, SCHEMA_VERSION + 1))
    assert all(step.brings for step in migrations.STEPS)


def test_a_corpus_of_now_is_left_alone(tmp_path: Path, of_now: Path) -> None:
    shutil.copy(of_now, tmp_path / "corpus.duckdb")
    Corpus.open(tmp_path / "corpus.duckdb").close()
    assert not list(tmp_path.glob("*.schema-*"))


@pytest.mark.parametrize(("number", "says"), [(SCHEMA_VERSION + 1, "newer Telaah"), (0, "no Telaah ever wrote")])
def test_a_schema_that_is_not_known_is_refused_and_untouched(tmp_path: Path, number: int, says: str) -> None:
    path = tmp_path / "corpus.duckdb"
    with duckdb.connect(str(path)) as other:
        other.execute(TABLES)
        other.execute("INSERT INTO meta VALUES ('schema_version', ?), ('corpus_version', 5)", [number])
    before = path.read_bytes()
    with pytest.raises(CorpusDamagedError, match=says):
        Corpus.open(path)
    assert path.read_bytes() == before
    assert [found.name for found in tmp_path.iterdir()] == ["corpus.duckdb"]


def test_a_step_that_fails_leaves_the_old_file(tmp_path: Path, of_now: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "corpus.duckdb"
    old_corpus(path, "schema 1", of_now)
    broken = migrations.Step(to=3, brings="nothing", sql="DELETE FROM documents; SELECT missing FROM nowhere")
    with monkeypatch.context() as patched:
        patched.setattr(migrations, "STEPS", (migrations.STEPS[0], broken))
        with pytest.raises(CorpusError, match="stays as it was"):
            Corpus.open(path)
    assert not list(tmp_path.glob("*.schema-*")), "the copy of a file that did not change is of no use"
    with duckdb.connect(str(path), read_only=True) as opened:
        assert opened.execute("SELECT number FROM meta WHERE key = 'schema_version'").fetchall() == [(1,)]
        assert opened.execute("SELECT count(*) FROM documents").fetchall() == [(8,)]
    corpus = Corpus.open(path)
    assert corpus.article_count() == 8
    corpus.close()


def test_without_room_for_the_copy_nothing_is_changed(
    tmp_path: Path, of_now: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(source: Path, target: Path) -> str:
        target.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    path = tmp_path / "corpus.duckdb"
    old_corpus(path, "schema 1", of_now)
    with monkeypatch.context() as patched:
        patched.setattr(migrations, "copy_file", full)
        with pytest.raises(CorpusError, match="No space left"):
            Corpus.open(path)
    assert [found.name for found in tmp_path.iterdir() if "schema" in found.name] == []
    Corpus.open(path).close()


KILLED = """
import os, signal, sys
from pathlib import Path
from core.store import Corpus, migrations

path, moment = Path(sys.argv[1]), sys.argv[2]
real = {name: getattr(migrations, name) for name in ("copy_file", "tell_anew")}

def killing(name):
    def run(*given):
        if moment == "before " + name:
            os.kill(os.getpid(), signal.SIGKILL)
        answer = real[name](*given)
        if moment == "after " + name:
            os.kill(os.getpid(), signal.SIGKILL)
        return answer
    return run

for name in real:
    setattr(migrations, name, killing(name))
Corpus.open(path).close()
"""


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is a thing of POSIX")
@pytest.mark.parametrize("moment", ["before copy_file", "after copy_file", "before tell_anew", "after tell_anew"])
def test_killed_in_the_middle_it_opens_again(tmp_path: Path, of_now: Path, moment: str) -> None:
    path = tmp_path / "corpus.duckdb"
    old_corpus(path, "schema 1", of_now)
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(path), moment],
        cwd=PROJECT,
        capture_output=True,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()
    corpus = Corpus.open(path)
    assert corpus.article_count() == 8
    corpus.close()
    assert rows(path, "schema 1") == rows(of_now, "schema 1")
    assert list(tmp_path.glob("corpus.duckdb.schema-1.*"))


@pytest.mark.skipif(os.name != "posix", reason="elsewhere locks hold to the handle")
def test_copying_an_open_corpus_does_not_let_others_in(tmp_path: Path, of_now: Path) -> None:
    from core.store.filecopy import copy_file, hash_of

    path = tmp_path / "corpus.duckdb"
    shutil.copy(of_now, path)
    held = duckdb.connect(str(path))
    assert copy_file(path, tmp_path / "copy") == hash_of(tmp_path / "copy")
    other = subprocess.run(
        [sys.executable, "-c", f"import duckdb; duckdb.connect({str(path)!r})"], capture_output=True, check=False
    )
    held.close()
    assert other.returncode != 0
    assert b"lock" in other.stderr


@pytest.mark.parametrize(("source", "target", "says"), [
    ("missing", "copy", "No such file"), ("here", "no folder/copy", "No such file"), ("here", "here", "exists"),
])  # fmt: skip
def test_a_copy_that_cannot_be_made_says_why(tmp_path: Path, source: str, target: str, says: str) -> None:
    from core.store.filecopy import copy_file

    (tmp_path / "here").write_bytes(b"content")
    with pytest.raises(OSError, match=says):
        copy_file(tmp_path / source, tmp_path / target)
