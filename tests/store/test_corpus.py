import os
import signal
import subprocess
import sys
import textwrap
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from core.errors import CorpusBusyError, CorpusDamagedError, CorpusError
from core.model import Filters, Span, Zone
from core.store import Corpus, Selection, evidence, files, records
from core.store.articles import article_total
from tests.store.making import GIVEN, S, article, file_of, result

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture
def corpus(tmp_path):
    opened = Corpus.open(tmp_path / "corpus.duckdb")
    yield opened
    opened.close()


def counts(corpus):
    tables = ("documents", "sentences", "mentions", "quotes", "sources", "claims", "clusters", "shingles", "terms")
    return {table: corpus.rows(f"SELECT count(*) FROM {table}")[0][0] for table in tables}


def rich(name="satu", **given):
    return article(
        name,
        S("Putin memberi Kim sebuah mobil.", 0.4, claims=((GIVEN, "asserts", None),)),
        S("“Terima kasih,” kata Kim menurut KCNA.", quote=("Terima kasih", "Kim Jong Un"), source="KCNA"),
        S("Moskow senang.", metonyms={"Moskow": "org:pemerintah-rusia"}),
        **given,
    )


def test_an_added_article_comes_back_as_it_was(corpus):
    tagged = rich(published="2024-02-20T09:15+07:00", notes=("satu", "dua"))
    assert corpus.add(file_of(tagged)).outcome == "added"
    stored = records.load(corpus, tagged.document.id)
    assert stored.document == tagged.document
    assert stored.annotations == tagged.annotations
    assert (stored.file_name, stored.origin) == ("satu.txt", "upload")


def test_an_article_without_anything_optional_comes_back_as_it_was(corpus):
    tagged = article("kosong", S("Hujan turun."), outlet=None, published=None, title=None, language="und")
    corpus.add(file_of(tagged))
    assert records.load(corpus, "doc-kosong").document == tagged.document


def test_an_id_that_is_not_there_is_none(corpus):
    assert records.load(corpus, "doc-tiada") is None


def test_half_a_surrogate_pair_is_stored_without_moving_offsets(corpus):
    tagged = article("aneh", S("Kim \ud83d senang."))
    corpus.add(file_of(tagged))
    assert records.load(corpus, "doc-aneh").document.text == "Kim ? senang."


def test_the_same_bytes_twice_are_known_and_recorded(corpus):
    corpus.add(file_of(rich()))
    before = counts(corpus)
    assert corpus.add(file_of(rich())).outcome == "known"
    assert counts(corpus) == before
    newest = files.files(corpus).iloc[0]
    assert (newest["outcome"], newest["articles"], newest["known"]) == ("known", 0, 1)
    assert "satu.txt" in newest["reason"]


def test_the_same_bytes_are_known_even_when_rules_gave_the_article_another_id(corpus):
    corpus.add(file_of(rich()))
    assert corpus.add(file_of(rich(id="doc-lain"))).outcome == "known"
    assert corpus.article_count() == 1


def test_the_same_article_in_another_file_is_not_doubled(corpus):
    corpus.add(file_of(rich()))
    again, new = rich("dua", id="doc-satu"), article("dua", S("Hujan turun."), record=1)
    assert corpus.add(result("dua", again, new)).outcome == "added"
    assert corpus.article_count() == 2
    newest = files.files(corpus).iloc[0]
    assert (newest["articles"], newest["known"]) == (1, 1)
    assert "1 of its 2" in newest["reason"]
    assert list(files.seen_again(corpus, "doc-satu")["name"]) == ["dua.txt"]


def test_the_same_article_twice_in_one_file_is_one(corpus):
    assert corpus.add(result("satu", rich(), rich(record=1))).outcome == "added"
    assert corpus.article_count() == 1


def test_the_sample_offered_again_leaves_no_trace(corpus):
    corpus.add(file_of(rich(), origin="sample"))
    version = corpus.version
    assert corpus.add(file_of(rich(), origin="sample")).outcome == "known"
    assert corpus.version == version
    assert len(files.files(corpus)) == 1


def test_refused_records_are_kept_with_their_reason_beside_the_articles(corpus):
    assert corpus.add(result("campur", rich("campur"), refusals=("Record 1 is empty.",))).outcome == "added"
    rows = files.refusals(corpus)
    assert list(rows[["name", "record", "reason"]].itertuples(index=False, name=None)) == [
        ("campur.txt", 1, "Record 1 is empty.")
    ]


def test_a_refused_file_is_kept_with_its_reason(corpus):
    assert corpus.add(result("rusak", refusals=("It is no text.",))).outcome == "refused"
    assert files.files(corpus).iloc[0]["reason"] == "It is no text."
    assert corpus.article_count() == 0


def test_a_file_with_nothing_in_it_is_refused(corpus):
    assert corpus.add(result("hampa")).outcome == "refused"
    assert "no article" in files.files(corpus).iloc[0]["reason"]


def test_a_file_refused_before_is_taken_once_it_can_be_read(corpus):
    corpus.add(result("satu", refusals=("Too large.",)))
    assert corpus.add(file_of(rich())).outcome == "added"


def test_the_version_grows_with_each_commit_and_survives_reopening(tmp_path):
    path = tmp_path / "corpus.duckdb"
    corpus = Corpus.open(path)
    assert corpus.version == 0
    corpus.add(file_of(rich()))
    corpus.add(result("rusak", refusals=("It is no text.",)))
    assert corpus.version == 2
    corpus.close()
    again = Corpus.open(path)
    assert (again.version, again.article_count()) == (2, 1)
    again.close()


def test_a_failing_write_leaves_nothing_and_the_corpus_goes_on(corpus, monkeypatch):
    corpus.add(file_of(rich()))
    before, version = counts(corpus), corpus.version
    broken = article("dua", S("Kim datang."), confidence=None)  # the column must not be null
    with pytest.raises(CorpusError, match=r"dua\.txt could not be written"):
        corpus.add(result("dua", rich("tiga"), broken))
    assert (counts(corpus), corpus.version) == (before, version)
    assert corpus.add(file_of(rich("empat"))).outcome == "added"


def test_a_folder_that_is_not_there_is_made(tmp_path):
    Corpus.open(tmp_path / "a" / "b" / "corpus.duckdb").close()
    assert (tmp_path / "a" / "b" / "corpus.duckdb").is_file()


@pytest.mark.parametrize("content", [b"not a database", b"\0" * 5000, b"DUCK" * 2000])
def test_a_file_that_is_no_corpus_is_told_plainly_and_left_alone(tmp_path, content):
    path = tmp_path / "corpus.duckdb"
    path.write_bytes(content)
    with pytest.raises(CorpusDamagedError, match="Move it away"):
        Corpus.open(path)
    assert path.read_bytes() == content


def test_a_database_of_something_else_is_not_taken(tmp_path):
    import duckdb

    path = tmp_path / "other.duckdb"
    with duckdb.connect(str(path)) as other:
        other.execute("CREATE TABLE invoices (n INTEGER)")
    with pytest.raises(CorpusDamagedError, match="something else"):
        Corpus.open(path)


def test_a_corpus_of_another_schema_is_not_touched(tmp_path):
    import duckdb

    path = tmp_path / "corpus.duckdb"
    Corpus.open(path).close()
    with duckdb.connect(str(path)) as later:
        later.execute("UPDATE meta SET number = 999 WHERE key = 'schema_version'")
    with pytest.raises(CorpusDamagedError, match="999"):
        Corpus.open(path)


def test_a_folder_that_cannot_be_made_is_told_plainly(tmp_path):
    (tmp_path / "taken").write_text("a file where the folder should be")
    with pytest.raises(CorpusError, match="cannot be used"):
        Corpus.open(tmp_path / "taken" / "corpus.duckdb")


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_folder_without_write_access_is_told_plainly(tmp_path):
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o500)
    with pytest.raises(CorpusError, match="write access"):
        Corpus.open(folder / "corpus.duckdb")


def script(body: str, *arguments: str) -> subprocess.Popen:
    code = textwrap.dedent(body)
    return subprocess.Popen([sys.executable, "-c", code, *arguments], cwd=PROJECT, stdout=subprocess.PIPE, text=True)


HOLD = """
    import sys, time
    from pathlib import Path
    from core.store import Corpus
    corpus = Corpus.open(Path(sys.argv[1]))
    print("open", flush=True)
    time.sleep(60)
"""

WRITE = """
    import sys
    from pathlib import Path
    from core.store import Corpus
    from tests.store.making import S, article, result
    corpus = Corpus.open(Path(sys.argv[1]))
    for n in range(10_000):
        articles = [article(f"f{n}a{k}", S(f"Kim dan Putin bertemu ke-{n} {k}."), record=k) for k in range(40)]
        corpus.add(result(f"f{n}", *articles))
        print(n, flush=True)
"""


def test_a_second_process_is_told_that_the_corpus_is_open(tmp_path):
    path = tmp_path / "corpus.duckdb"
    holder = script(HOLD, str(path))
    try:
        assert holder.stdout.readline() == "open\n"
        with pytest.raises(CorpusBusyError, match="another process"):
            Corpus.open(path)
    finally:
        holder.kill()
        holder.wait()


@pytest.mark.parametrize("commits", [2, 5])
def test_a_kill_in_mid_write_loses_nothing_committed(tmp_path, commits):
    path = tmp_path / "corpus.duckdb"
    writer = script(WRITE, str(path))
    for _ in range(commits):
        told = int(writer.stdout.readline())
    writer.send_signal(signal.SIGKILL)
    writer.wait()
    corpus = Corpus.open(path)
    whole = len(files.files(corpus))
    assert whole >= told + 1
    assert corpus.version == whole
    assert corpus.article_count() == whole * 40
    assert counts(corpus)["mentions"] == whole * 40 * 2
    corpus.close()


def test_threads_may_write_and_read_at_once(corpus):
    faults: list[Exception] = []
    seen: list[int] = []

    def write(worker: int) -> None:
        try:
            for n in range(6):
                corpus.add(file_of(rich(f"w{worker}n{n}")))
        except Exception as fault:  # a thread's fault must reach the test
            faults.append(fault)

    def read() -> None:
        try:
            seen.extend(article_total(corpus, Filters())[0] for _ in range(20))
        except Exception as fault:
            faults.append(fault)

    threads = [threading.Thread(target=write, args=(n,)) for n in range(4)]
    threads += [threading.Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert corpus.article_count() == 24
    assert corpus.version == 24
    assert all(0 <= count <= 24 for count in seen)


def test_a_source_in_a_credit_line_can_be_shown_where_it_stands(corpus):
    tagged = rich()
    text = tagged.document.text + "\n(KCNA/abc)\n"
    credit = Span(start=text.index("(KCNA"), end=len(text) - 1)
    document = replace(
        tagged.document, text=text, raw_text=text, removed=(), zones=(Zone(span=credit, kind="credit", rule="test"),)
    )
    cite = replace(tagged.annotations.sources[0], span=Span(start=credit.start + 1, end=credit.start + 5))
    both = replace(tagged.annotations, sources=(*tagged.annotations.sources, cite))
    with_credit = replace(tagged, document=document, annotations=both)
    corpus.add(result("satu", with_credit))
    rows = evidence.page_of_sentences(corpus, Filters(), Selection(source="KCNA"), page=1, page_size=9)
    assert list(rows[["sentence", "zone", "text"]].itertuples(index=False, name=None)) == [
        (1, "body", "“Terima kasih,” kata Kim menurut KCNA."),
        (3, "credit", "(KCNA/abc)"),
    ]
    assert evidence.totals(corpus, Filters(), Selection()) == (3, 3, 1, 1)  # an aside is no sentence
    assert records.load(corpus, "doc-satu").annotations == both


def test_a_phrase_is_found_across_a_no_break_space(corpus):
    corpus.add(file_of(article("satu", S("Sebuah mobil\u00a0mewah tiba."))))
    phrase = '"mobil mewah"'
    assert article_total(corpus, Filters(words=phrase)) == (1, 1)
    assert evidence.totals(corpus, Filters(), Selection(words=phrase)) == (1, 1, 1, 1)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_csv('/etc/passwd')",
        "COPY documents TO '{folder}/stolen.csv'",
        "ATTACH '{folder}/other.duckdb'",
        "INSTALL httpfs",
        "SET enable_external_access = true",
    ],
)
def test_no_query_reaches_beyond_the_corpus(corpus, tmp_path, sql):
    import duckdb

    with pytest.raises(duckdb.Error):
        corpus.rows(sql.format(folder=tmp_path))
    assert [path.name for path in tmp_path.iterdir() if path.suffix in (".csv", ".duckdb")] == ["corpus.duckdb"]
