"""retag, export and corrections from the command line."""

import json
import zipfile

import pytest

from core.__main__ import main
from core.settings import Settings
from core.store import Corpus, corrections

TEXT = "JAKARTA, KOMPAS.com - Presiden Rusia Vladimir Putin menyambut Kim Jong Un, Senin (5/2/2024).\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("TELAAH_DATA_FOLDER", str(tmp_path / "data"))
    (tmp_path / "satu.txt").write_text(TEXT, encoding="utf-8")
    assert main(["ingest", str(tmp_path / "satu.txt")]) == 0
    return tmp_path


def opened(folder):
    return Corpus.open(Settings(data_folder=folder / "data").corpus_file)


def test_retag_tags_again_what_is_stale(folder, capsys):
    corpus = opened(folder)
    with corpus.writing("no") as cursor:
        cursor.execute("UPDATE main.documents SET tagger_version = 'old'")
    corpus.close()
    assert main(["retag"]) == 0
    assert "1 of 1 tagged again, 0 left" in capsys.readouterr().out
    assert main(["retag"]) == 0
    assert "0 of 0" in capsys.readouterr().out


@pytest.mark.parametrize("kind", ["csv", "parquet", "jsonl"])
def test_export_writes_an_archive_with_its_manifest(folder, kind):
    assert main(["export", kind, str(folder / "out.zip")]) == 0
    with zipfile.ZipFile(folder / "out.zip") as archive:
        assert json.loads(archive.read("manifest.json"))["format"] == kind


@pytest.mark.parametrize("ending", ["jsonl", "csv"])
def test_corrections_go_out_and_come_in(folder, capsys, ending, tmp_path, monkeypatch):
    corpus = opened(folder)
    corrections.correct(corpus, "rename_entity", {"entity_id": "per:kim-jong-un"}, {"name": "Kim"}, who="Ani")
    log = corrections.log(corpus)
    corpus.close()
    out = str(folder / f"log.{ending}")
    assert main(["corrections", "export", out]) == 0
    monkeypatch.setenv("TELAAH_DATA_FOLDER", str(tmp_path / "other"))
    assert main(["corrections", "import", out]) == 0
    assert "1 of 1 were new" in capsys.readouterr().out
    other = Corpus.open(Settings(data_folder=tmp_path / "other").corpus_file)
    assert corrections.log(other) == log
    other.close()


def test_a_file_that_is_no_log_is_told_in_a_sentence(folder, capsys):
    assert main(["corrections", "import", str(folder / "satu.txt")]) == 1
    assert "line 1" in capsys.readouterr().err
    assert main(["corrections", "import", str(folder / "tiada.jsonl")]) == 1
    assert "cannot be read" in capsys.readouterr().err
