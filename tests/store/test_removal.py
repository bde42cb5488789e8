"""A removed file leaves what a corpus without it would be; a replaced one, what it would be with the other."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import CorpusError
from core.model import Filters
from core.store import Corpus, corrections, files, records, removal, tags
from core.store.articles import article_total
from tests.store.making import GIVEN, S, article, file_of, result

ALL = Filters()
WIRE = (
    S("Kereta khusus tiba di stasiun perbatasan pada pagi hari dengan membawa rombongan besar pejabat."),
    S("Warga setempat melambaikan bendera kecil sambil menyanyikan lagu penyambutan yang sudah lama dilatih."),
    S("Putin kemudian berjalan kaki menuju gedung pertemuan yang dijaga ketat oleh ratusan petugas."),
)
MORE = S("Setelah itu para tamu duduk bersama di aula besar dan mendengarkan pidato panjang tentang sejarah kota tua.")
STORIES = {
    "a": article("a", *WIRE),
    "b": article("b", *WIRE, S("Kim menunggu di dalam, tulis KCNA.", source="KCNA"), outlet="harian-b"),
    "c": article("c", *WIRE, MORE, outlet="harian-c"),
    "d": article("d", S("Seoul mengecam pemberian itu.", claims=((GIVEN, "denies", None),)), outlet="harian-d"),
    "e": article("e", S("Rusia mengirim beras kepada Korut."), outlet="harian-b"),
}


@pytest.fixture
def corpus(tmp_path):
    opened = Corpus.open(tmp_path / "corpus.duckdb")
    yield opened
    opened.close()


def fill(corpus, names):
    for name in names:
        corpus.add(file_of(STORIES[name]))


def number_of(corpus, name):
    frame = files.files(corpus)
    return int(frame.loc[frame["name"] == f"{name}.txt", "file_id"].iloc[-1])


def contents(corpus):
    """All that questions can see of the articles, without the numbers that the corpus gives them."""
    seen = {}
    for table in ("mentions", "sentences", "quotes", "sources", "claims", "terms", "asides"):
        place = "" if table in ("terms", "asides") else ", place"
        seen[table] = corpus.rows(
            f"SELECT d.document_id, t.* EXCLUDE (doc{place}) FROM {table} AS t JOIN documents AS d USING (doc) "
            "ORDER BY ALL"
        )
    seen["shingles"] = corpus.rows(
        "SELECT d.document_id, hash, whole FROM shingles JOIN documents AS d USING (doc) ORDER BY ALL"
    )
    seen["entities"] = corpus.rows("SELECT * FROM entities ORDER BY ALL")
    seen["clusters"] = corpus.rows(
        "SELECT list(document_id ORDER BY document_id) AS members FROM clusters JOIN documents USING (doc) "
        "GROUP BY cluster_id ORDER BY members"
    )
    return seen


def test_what_would_go_is_said_before(corpus):
    fill(corpus, "ad")
    found = removal.stakes(corpus, number_of(corpus, "a"))
    assert (found.name, found.going, found.staying) == ("a.txt", 1, 0)
    assert article_total(corpus, ALL) == (2, 2)


def test_a_removed_file_takes_all_of_its_articles_along(corpus):
    corpus.add(result("dua", STORIES["a"], STORIES["d"], refusals=("Too short.",)))
    fill(corpus, "e")
    gone = removal.remove(corpus, number_of(corpus, "dua"), who="Ani")
    assert gone.going == 2
    assert article_total(corpus, ALL) == (1, 1)
    assert records.load(corpus, "doc-a") is None
    assert files.files(corpus)["name"].tolist() == ["e.txt"]
    assert files.refusal_count(corpus) == 0
    assert corpus.rows("SELECT who, action FROM audit") == [("Ani", "remove")]


@given(brought=st.permutations("abcde"), taken=st.sets(st.sampled_from("abcde"), min_size=1, max_size=4))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_left_is_what_the_other_files_alone_would_be(tmp_path_factory, brought, taken):
    folder = tmp_path_factory.mktemp("removal")
    one, other = Corpus.open(folder / "one.duckdb"), Corpus.open(folder / "other.duckdb")
    fill(one, brought)
    for name in sorted(taken):
        removal.remove(one, number_of(one, name), who="Ani")
    fill(other, [name for name in brought if name not in taken])
    assert contents(one) == contents(other)
    one.close()
    other.close()


def test_copies_that_a_removed_text_joined_part(corpus):
    long = article("x", *WIRE, MORE, outlet="harian-x")
    near = article("y", MORE, S("Kemudian semua orang pulang ke rumah masing-masing dengan membawa bingkisan kecil."))
    for tagged in (long, near, STORIES["a"]):
        corpus.add(file_of(tagged))
    fill(corpus, "b")
    before = contents(corpus)["clusters"]
    removal.remove(corpus, number_of(corpus, "x"), who="Ani")
    assert any(len(members) == 3 for (members,) in before)
    assert [members for (members,) in contents(corpus)["clusters"] if len(members) > 1] == [["doc-a", "doc-b"]]


def test_an_article_that_another_file_brought_too_stays(corpus):
    fill(corpus, "a")
    corpus.add(result("lagi", STORIES["a"], STORIES["d"]))
    gone = removal.remove(corpus, number_of(corpus, "a"), who="Ani")
    assert (gone.going, gone.staying) == (0, 1)
    stored = records.load(corpus, "doc-a")
    assert stored.file_name == "lagi.txt"
    assert article_total(corpus, ALL) == (2, 2)
    removal.remove(corpus, number_of(corpus, "lagi"), who="Ani")
    assert article_total(corpus, ALL) == (0, 0)
    assert contents(corpus)["entities"] == []


def test_corrections_wait_for_a_removed_article(corpus):
    fill(corpus, "ad")
    made = corrections.correct(corpus, "set_title", {"article": "doc-a"}, {"title": "Lain"}, who="Ani")
    removal.remove(corpus, number_of(corpus, "a"), who="Ani")
    frame = corrections.standing(corpus)
    assert frame.loc[frame["correction_id"] == made.id, "state"].tolist() == ["article_gone"]
    fill(corpus, "a")
    assert records.load(corpus, "doc-a").document.title == "Lain"


def test_a_replaced_file_goes_and_the_other_comes_at_once(corpus):
    fill(corpus, "ad")
    gone, added = removal.replace(corpus, number_of(corpus, "a"), file_of(STORIES["e"]), who="Ani")
    assert (gone.going, added.added) == (1, 1)
    assert sorted(files.files(corpus)["name"]) == ["d.txt", "e.txt"]
    assert tags.entity_names(corpus, ["gpe:rusia"])["name"].tolist() == ["Rusia"]
    assert corpus.rows("SELECT action FROM audit") == [("replace",)]


def test_a_file_is_replaced_by_its_own_articles_again(corpus):
    fill(corpus, "abcde")
    before = contents(corpus)
    removal.replace(corpus, number_of(corpus, "b"), file_of(STORIES["b"]), who="Ani")
    assert contents(corpus) == before


def test_a_file_that_cannot_be_read_replaces_nothing(corpus):
    fill(corpus, "a")
    before, version = contents(corpus), corpus.version
    with pytest.raises(CorpusError, match="old file was kept"):
        removal.replace(corpus, number_of(corpus, "a"), result("rusak", refusals=("No text.",)), who="Ani")
    assert contents(corpus) == before
    assert corpus.version == version


def test_a_file_that_is_not_there_is_said(corpus):
    with pytest.raises(CorpusError, match="not in the corpus"):
        removal.remove(corpus, 7, who="Ani")
