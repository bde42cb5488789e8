import pytest

from core.analyze import articles, copies, corpus_files
from core.model import Filters
from core.store import Corpus, Selection
from tests.store.making import S, article, file_of, result


def rows(frame, *columns):
    return list(frame[list(columns)].itertuples(index=False, name=None))


def ids(frame):
    return [document_id.removeprefix("doc-") for document_id in frame["document_id"]]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("newest", ["bulan", "salinan", "panjang", "kabar", "hadiah", "contoh", "asing"]),
        ("oldest", ["contoh", "hadiah", "kabar", "bulan", "panjang", "salinan", "asing"]),
        ("longest", ["salinan", "panjang", "kabar", "hadiah", "asing", "bulan", "contoh"]),
        ("most_negative", ["kabar", "asing", "salinan", "panjang", "bulan", "hadiah", "contoh"]),
        ("most_positive", ["contoh", "hadiah", "bulan", "panjang", "salinan", "asing", "kabar"]),
    ],
)
def test_articles_come_in_the_order_asked(corpus, order, expected):
    assert ids(articles.list_articles(corpus, Filters(), order=order)) == expected


def test_a_row_tells_what_is_in_the_article(corpus):
    frame = articles.list_articles(corpus, Filters(words="kabar", outlets=("harian-a",)))
    columns = ("document_id", "words", "mentions", "quotes", "sources", "claims", "cluster_size", "sample", "file")
    assert rows(frame, *columns) == [("doc-hadiah", 18, 4, 1, 1, 2, 1, False, "hadiah.txt")]


def test_pages_and_count_agree(corpus):
    pages = [ids(articles.list_articles(corpus, Filters(), page=page, page_size=3)) for page in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [3, 3, 1, 0]
    assert articles.count(corpus, Filters()) == len({one for page in pages for one in page}) == 7


def test_neighbours_follow_the_list(corpus):
    assert articles.neighbours(corpus, Filters(), "doc-panjang") == ("doc-salinan", "doc-kabar")
    assert articles.neighbours(corpus, Filters(), "doc-bulan") == (None, "doc-salinan")
    assert articles.neighbours(corpus, Filters(), "doc-asing") == ("doc-contoh", None)
    assert articles.neighbours(corpus, Filters(words="tiada"), "doc-asing") == (None, None)


def test_an_article_is_loaded_with_its_copies(corpus):
    found = articles.load(corpus, "doc-panjang")
    assert found.document.id == "doc-panjang"
    assert [found.document.text[s.span.start : s.span.end][:6] for s in found.annotations.sentences] == [
        "Kereta", "Warga ", "Putin ",
    ]  # fmt: skip
    assert (found.file_name, found.origin) == ("panjang.txt", "upload")
    assert rows(found.copies, "document_id", "contained") == [("doc-salinan", 1.0)]
    assert found.copies["contains"].iloc[0] == pytest.approx(38 / 44)  # six words more are six triples more
    assert len(found.also_in) == 0


def test_an_article_that_is_not_there_is_none(corpus):
    assert articles.load(corpus, "doc-tiada") is None


def test_clusters_of_at_least_two(corpus):
    frame = copies.clusters(corpus, Filters())
    columns = ("articles", "outlets", "outlet_names", "first_published", "last_published", "title")
    assert rows(frame, *columns) == [(2, 2, "Harian A, Harian C", "2024-03-05", "2024-03-06", "Panjang")]
    assert len(copies.clusters(corpus, Filters(outlets=("harian-a",)))) == 0


def test_members_of_a_cluster_come_earliest_first(corpus):
    cluster = copies.clusters(corpus, Filters())["cluster_id"].iloc[0]
    frame = copies.members(corpus, int(cluster))
    assert ids(frame) == ["panjang", "salinan"]
    assert frame["contained"].tolist() == [1.0, pytest.approx(38 / 44)]
    assert ids(articles.list_articles(corpus, Filters(), Selection(cluster_id=int(cluster)))) == ["salinan", "panjang"]


def test_differences_are_shown_word_by_word(corpus):
    frame = copies.differences(corpus, "doc-panjang", "doc-salinan")
    assert rows(frame, "kind")[0] == ("same",)
    assert rows(frame, "kind", "text")[1] == ("only_there", "\nKim menunggu di dalam, tulis KCNA.")
    back = copies.differences(corpus, "doc-salinan", "doc-panjang")
    assert back["kind"].tolist() == ["same", "only_here"]
    whole = "".join(frame.loc[frame["kind"] != "only_here", "text"])
    assert whole == articles.load(corpus, "doc-salinan").document.text


def test_files_and_refusals_are_listed_newest_first(tmp_path):
    corpus = Corpus.open(tmp_path / "corpus.duckdb")
    corpus.add(file_of(article("satu", S("Hujan."))))
    corpus.add(result("dua", article("dua", S("Panas.")), refusals=("Record 1 is empty.",)))
    corpus.add(result("tiga", refusals=("It is no text.",), origin="inbox"))
    frame = corpus_files.files(corpus)
    assert rows(frame, "name", "outcome", "articles", "known", "refused", "origin") == [
        ("tiga.txt", "refused", 0, 0, 1, "inbox"),
        ("dua.txt", "added", 1, 0, 1, "upload"),
        ("satu.txt", "added", 1, 0, 0, "upload"),
    ]
    assert rows(corpus_files.refusals(corpus), "name", "record", "reason") == [
        ("tiga.txt", 0, "It is no text."),
        ("dua.txt", 1, "Record 1 is empty."),
    ]
    assert rows(corpus_files.behind(corpus, Filters()), "name", "articles") == [("dua.txt", 1), ("satu.txt", 1)]
    assert corpus_files.file_of(corpus, "doc-dua") == ("dua.txt", frame.set_index("name").loc["dua.txt", "sha256"])
    assert corpus_files.file_of(corpus, "doc-tiga") is None
    narrow = corpus_files.behind(corpus, Filters(words="panas"))
    assert list(narrow["name"]) == ["dua.txt"]
    assert corpus_files.digest(narrow) != corpus_files.digest(corpus_files.behind(corpus, Filters()))
    corpus.close()
