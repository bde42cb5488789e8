"""The command line keeps its contract: what it prints, what it refuses, how it ends."""

import io
import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from core.__main__ import main
from core.store import Corpus

PROJECT = Path(__file__).resolve().parent.parent
SCHEMA = json.loads((PROJECT / "docs/article.schema.json").read_text(encoding="utf-8"))
ARTICLE = (
    "SURABAYA, KOMPAS.com - Presiden Rusia Vladimir Putin tiba di Pyongyang.\n"
    '"Kami datang membawa salam hangat dari seluruh rakyat kami," kata Putin, Rabu (19/6/2024).\n'
    "Baca juga: Harga Cabai Naik Lagi\n"
)


@pytest.fixture(autouse=True)
def own_corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TELAAH_DATA_FOLDER", str(tmp_path / "data"))
    return tmp_path / "data"


def printed_articles(text: str) -> list[dict]:
    return [json.loads(line) for line in text.splitlines()]


def test_tag_prints_one_article_a_line_as_the_schema_says(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "satu.txt").write_text(ARTICLE, encoding="utf-8")
    assert main(["tag", str(tmp_path / "satu.txt")]) == 0
    [article] = printed_articles(capsys.readouterr().out)
    jsonschema.validate(article, SCHEMA)
    assert article["outlet"]["id"] == "kompas"
    assert article["published"] == {"date": "2024-06-19", "precision": "day", "basis": "reporting_day"}
    assert article["dateline"]["city"] == "Surabaya"
    assert "Baca juga" not in article["text"]
    assert [(quote["speaker"], quote["kind"]) for quote in article["quotes"]] == [("Vladimir Putin", "direct")]


def test_offsets_cut_out_what_they_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "satu.txt").write_text(ARTICLE, encoding="utf-8")
    main(["tag", str(tmp_path / "satu.txt")])
    [article] = printed_articles(capsys.readouterr().out)
    assert article["mentions"]
    for mention in article["mentions"]:
        assert article["text"][mention["start"] : mention["end"]] == mention["text"]
    kept, place = "", 0
    for piece in article["removed"]:
        kept += article["raw_text"][place : piece["start"]]
        place = piece["end"]
    assert kept + article["raw_text"][place:] == article["text"]
    assert article["raw_text"][article["dateline"]["start"] : article["dateline"]["end"]].startswith("SURABAYA, KOMPAS")


def test_record_counts_the_articles_of_a_file_from_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [json.dumps({"text": f"{ARTICLE} Berita nomor {number}."}) for number in range(3)]
    (tmp_path / "tiga.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert main(["tag", str(tmp_path / "tiga.jsonl")]) == 0
    articles = printed_articles(capsys.readouterr().out)
    assert [article["source"]["record"] for article in articles] == [0, 1, 2]


def test_tag_reads_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    line = json.dumps({"text": ARTICLE, "title": "Judul Uji"}).encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(line)))
    assert main(["tag", "-"]) == 0
    [article] = printed_articles(capsys.readouterr().out)
    assert article["title"] == "Judul Uji"


def test_a_refused_file_is_named_and_the_rest_goes_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "kosong.txt").write_text("", encoding="utf-8")
    (tmp_path / "satu.txt").write_text(ARTICLE, encoding="utf-8")
    names = [str(tmp_path / name) for name in ("kosong.txt", "tiada.txt", "satu.txt")]
    assert main(["tag", *names]) == 1
    shown = capsys.readouterr()
    assert len(printed_articles(shown.out)) == 1
    assert "kosong.txt" in shown.err
    assert "tiada.txt" in shown.err
    assert "Traceback" not in shown.err


def test_tag_leaves_the_corpus_alone(tmp_path: Path, own_corpus: Path) -> None:
    (tmp_path / "satu.txt").write_text(ARTICLE, encoding="utf-8")
    main(["tag", str(tmp_path / "satu.txt")])
    assert not own_corpus.exists()


def test_ingest_takes_folders_and_sums_up(tmp_path: Path, own_corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "berkas"
    folder.mkdir()
    (folder / "satu.txt").write_text(ARTICLE, encoding="utf-8")
    (folder / "dua.txt").write_text(ARTICLE.replace("Pyongyang", "Vladivostok"), encoding="utf-8")
    (folder / "rusak.bin").write_bytes(bytes(range(256)) * 8)
    assert main(["ingest", str(folder)]) == 1
    shown = capsys.readouterr().out
    assert "files: 2 added, 0 already here, 1 refused" in shown
    assert "articles: 2 added" in shown
    assert "rusak.bin" in shown
    assert main(["ingest", str(folder / "satu.txt")]) == 0
    assert "files: 0 added, 1 already here, 0 refused" in capsys.readouterr().out
    corpus = Corpus.open(own_corpus / "corpus.duckdb")
    assert corpus.article_count() == 2
    corpus.close()


def test_ingest_hands_over_to_a_running_dashboard(
    tmp_path: Path, own_corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own_corpus.mkdir()
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys, pathlib; from core.store import Corpus;"
            f"c = Corpus.open(pathlib.Path({str(own_corpus / 'corpus.duckdb')!r}));"
            "print('open', flush=True); sys.stdin.read()",
        ],
        cwd=PROJECT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"open\n"
        (tmp_path / "satu.txt").write_text(ARTICLE, encoding="utf-8")
        assert main(["ingest", str(tmp_path / "satu.txt")]) == 0
        assert "inbox" in capsys.readouterr().out
        assert [path.name.partition("--")[2] for path in (own_corpus / "inbox").iterdir()] == ["satu.txt"]
    finally:
        holder.communicate()


def test_doctor_says_what_stands(own_corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor"]) == 0
    shown = capsys.readouterr().out
    assert "none yet" in shown
    own_corpus.mkdir()
    (own_corpus / "corpus.duckdb").write_bytes(b"this is no corpus at all" * 100)
    assert main(["doctor"]) == 1


def test_a_bad_setting_stops_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TELAAH_MAX_RECORDS", "lots")
    assert main(["doctor"]) == 1
    assert "TELAAH_MAX_RECORDS" in capsys.readouterr().err


def test_starting_up_loads_nothing_heavy() -> None:
    code = "import core.pipeline, sys; print([m for m in ('trafilatura', 'streamlit', 'sklearn') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
