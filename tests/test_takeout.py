"""The whole corpus as a file: the same rows in every format, corrections applied, a manifest that can be checked."""

import csv
import hashlib
import io
import json
import zipfile

import pytest
from python_calamine import CalamineWorkbook

from core.analyze.export import CELL_CHARACTERS
from core.contract import article_json
from core.model import Tagged
from core.store import Corpus, correction_files, corrections, records
from core.store.whole import TABLES
from core.takeout import ENDINGS, FORMATS, write_takeout
from tests.store.making import GIVEN, S, article, result


@pytest.fixture
def corpus(tmp_path):
    opened = Corpus.open(tmp_path / "corpus.duckdb")
    opened.add(
        result(
            "semua",
            article(
                "satu",
                S("Putin memberi Kim sebuah mobil.", 0.4, claims=((GIVEN, "asserts", None),)),
                S("“Terima kasih,” kata Kim menurut KCNA.", quote=("Terima kasih", "Kim Jong Un"), source="KCNA"),
                title="=SUM(A1)",
            ),
            article("dua", S("Rusia diam. " * 4000), outlet=None, published=None),
            refusals=("Too short.",),
        )
    )
    corrections.correct(opened, "rename_entity", {"entity_id": "per:kim-jong-un"}, {"name": "Kim Baru"}, who="Ani")
    corrections.correct(opened, "set_outlet", {"article": "doc-dua"}, {"outlet": "x", "outlet_name": "X"}, who="Ani")
    yield opened
    opened.close()


def taken(corpus, kind, folder):
    return write_takeout(corpus, kind, folder / f"korpus.{ENDINGS[kind]}")


def csv_rows(data):
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("kind", ["csv", "parquet", "jsonl"])
def test_every_part_of_an_archive_is_what_the_manifest_says(corpus, tmp_path, kind):
    with zipfile.ZipFile(taken(corpus, kind, tmp_path)) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        assert set(manifest["parts"]) | {"manifest.json"} == set(archive.namelist())
        for name, part in manifest["parts"].items():
            assert hashlib.sha256(archive.read(name)).hexdigest() == part["sha256"]
    assert manifest["corpus_version"] == corpus.version
    assert manifest["files"][0]["name"] == "semua.txt"
    assert len(manifest["files"][0]["sha256"]) == 64
    assert manifest["corrections"] == {"entries": 2, "by_state": {"stands": 2}}
    assert manifest["tagged_by"] == {"0+test": 2}


def test_csv_has_the_corrected_values_and_no_formula(corpus, tmp_path):
    with zipfile.ZipFile(taken(corpus, "csv", tmp_path)) as archive:
        tables = {name: csv_rows(archive.read(f"{name}.csv")) for name in TABLES}
        log = correction_files.from_file(archive.read("corrections.jsonl"), "corrections.jsonl")
    assert [row["outlet_name"] for row in tables["articles"]] == ["Harian A", "X"]
    assert [row["corrected"] for row in tables["articles"]] == ["False", "True"]
    assert tables["articles"][0]["title"] == "'=SUM(A1)"
    assert {row["name"] for row in tables["entities"]} == {"Vladimir Putin", "Kim Baru", "Rusia"}
    assert [row["speaker"] for row in tables["quotes"]] == ["Kim Baru"]
    assert tables["quotes"][0]["text"] == "Terima kasih"
    assert log == corrections.log(corpus)


def test_parquet_has_the_rows_of_csv(corpus, tmp_path):
    from pyarrow import parquet

    with (
        zipfile.ZipFile(taken(corpus, "csv", tmp_path)) as plain,
        zipfile.ZipFile(taken(corpus, "parquet", tmp_path)) as packed,
    ):
        for name in TABLES:
            table = parquet.read_table(io.BytesIO(packed.read(f"{name}.parquet")))
            rows = csv_rows(plain.read(f"{name}.csv"))
            assert table.num_rows == len(rows)
            assert not rows or table.column_names == list(rows[0])


def test_jsonl_has_the_articles_as_the_reader_shows_them(corpus, tmp_path):
    with zipfile.ZipFile(taken(corpus, "jsonl", tmp_path)) as archive:
        found = [json.loads(line) for line in archive.read("articles.jsonl").decode().splitlines()]
    stored = [records.load(corpus, one) for one in ("doc-satu", "doc-dua")]
    expected = [article_json(Tagged(document=one.document, annotations=one.annotations)) for one in stored]
    assert found == json.loads(json.dumps(expected))


def test_a_book_says_what_it_cuts(corpus, tmp_path):
    book = CalamineWorkbook.from_path(str(taken(corpus, "xlsx", tmp_path)))
    assert book.sheet_names == [*TABLES, "manifest"]
    rows = book.get_sheet_by_name("articles").to_python()
    assert len(rows) == 3
    assert max(len(str(cell)) for cell in rows[2]) == CELL_CHARACTERS
    manifest = {row[0]: row[1] for row in book.get_sheet_by_name("manifest").to_python()}
    assert json.loads(manifest["notes"]) == [
        f"articles: 1 cells were cut at {CELL_CHARACTERS} characters.",
        f"sentences: 1 cells were cut at {CELL_CHARACTERS} characters.",
    ]


@pytest.mark.parametrize("kind", FORMATS)
def test_an_empty_corpus_is_an_empty_file(tmp_path, kind):
    opened = Corpus.open(tmp_path / "leer.duckdb")
    assert taken(opened, kind, tmp_path).stat().st_size > 0
    opened.close()


def test_a_run_that_is_broken_off_leaves_no_file(corpus, tmp_path):
    def stop(_done, _total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_takeout(corpus, "csv", tmp_path / "out" / "k.zip", tell=stop)
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.parametrize("kind", FORMATS)
def test_progress_is_told(corpus, tmp_path, kind):
    heard = []
    write_takeout(corpus, kind, tmp_path / "k", tell=lambda done, total: heard.append((done, total)))
    assert heard
    assert all(0 <= done <= total for done, total in heard)
