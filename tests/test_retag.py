"""Tagging again: in place, from the originals, safe when broken off, corrections on top."""

import pytest

from core import retag as module
from core.inbox import Inbox, original_path
from core.model import Filters
from core.retag import retag, stale
from core.settings import Settings
from core.store import Corpus, articles, corrections, files, records

TEXTS = {
    "satu.txt": "JAKARTA, KOMPAS.com - Presiden Rusia Vladimir Putin menyambut Kim Jong Un, Senin (5/2/2024).\n"
    '"Kami menghargai kunjungan ini," kata Putin kepada wartawan di Moskwa.\n',
    "dua.txt": "SEOUL, detik.com - Menteri Luar Negeri Sergei Lavrov tiba di Pyongyang, Rabu (7/2/2024).\n"
    "Ia membawa hadiah sebuah mobil mewah untuk tuan rumah.\n",
    "tiga.jsonl": '{"text": "Kapal riset itu tiba di pelabuhan Vladivostok pada pagi hari.", "title": "Kapal Riset"}\n'
    '{"text": "Delegasi dari Korea Utara mengunjungi museum di Moskow bersama rombongan.", "title": "Museum"}\n',
}


@pytest.fixture
def house(tmp_path):
    settings = Settings(data_folder=tmp_path, load_sample=False)
    corpus = Corpus.open(settings.corpus_file)
    inbox = Inbox(corpus, settings)
    for name, text in TEXTS.items():
        inbox.submit(text.encode(), name)
    inbox.drain()
    yield corpus, settings
    corpus.close()


def contents(corpus):
    """Every row of the machine, by article, without what only tells rows apart."""
    seen = {}
    for table in ("mentions", "sentences", "quotes", "sources", "claims", "terms", "shingles"):
        seen[table] = corpus.rows(f"SELECT * FROM main.{table} ORDER BY ALL")
    seen["documents"] = corpus.rows("SELECT * FROM main.documents ORDER BY doc")
    seen["entities"] = corpus.rows("SELECT * FROM main.entities ORDER BY ALL")
    seen["clusters"] = corpus.rows("SELECT doc, cluster_id FROM main.clusters ORDER BY doc")
    return seen


def age(corpus):
    """As if all had been tagged under poorer rules: no mention, other outlet, another name for a person."""
    with corpus.writing("no") as cursor:
        cursor.execute("UPDATE main.documents SET tagger_version = 'old', outlet = 'unknown', outlet_name = NULL")
        cursor.execute("DELETE FROM main.mentions WHERE entity_id = 'per:vladimir-putin'")
        cursor.execute("UPDATE main.entities SET name = 'Lama' WHERE entity_id = 'per:kim-jong-un'")


def test_what_is_fresh_is_left_alone(house):
    corpus, settings = house
    version = corpus.version
    assert stale(corpus) == 0
    assert retag(corpus, settings).total == 0
    assert corpus.version == version


def test_tagging_again_gives_what_tagging_gave(house):
    corpus, settings = house
    before = contents(corpus)
    age(corpus)
    assert stale(corpus) == 4
    heard = []
    found = retag(corpus, settings, on_progress=lambda done, total: heard.append((done, total)))
    assert (found.done, found.total, found.left) == (4, 4, 0)
    assert heard[-1] == (4, 4)
    assert contents(corpus) == before


def test_a_changed_text_is_put_into_its_cluster_anew(house):
    corpus, settings = house
    before = contents(corpus)
    age(corpus)
    with corpus.writing("no") as cursor:
        cursor.execute("UPDATE main.documents SET text = 'lain ' || text")
        cursor.execute("DELETE FROM main.shingles")
        cursor.execute("UPDATE main.clusters SET cluster_id = 0")
    retag(corpus, settings)
    assert contents(corpus) == before


def test_without_the_original_the_kept_text_is_tagged(house):
    corpus, settings = house
    age(corpus)
    for sha256 in files.files(corpus)["sha256"]:
        original_path(settings, sha256).unlink()
    assert retag(corpus, settings).left == 0
    names = corpus.rows("SELECT DISTINCT entity_id FROM mentions WHERE entity_id = 'per:vladimir-putin'")
    assert names == [("per:vladimir-putin",)]


def test_a_run_that_was_broken_off_goes_on(house, monkeypatch):
    corpus, settings = house
    before = contents(corpus)
    age(corpus)
    monkeypatch.setattr(module, "BATCH_ARTICLES", 1)
    asked = iter([False, False, True])
    found = retag(corpus, settings, stopped=lambda: next(asked))
    assert (found.done, found.left) == (2, 2)
    assert stale(corpus) == 2
    assert articles.article_total(corpus, Filters())[0] == 4
    assert retag(corpus, settings).left == 0
    assert contents(corpus) == before


def test_a_fault_in_a_batch_changes_nothing_of_it(house, monkeypatch):
    corpus, settings = house
    age(corpus)
    before = contents(corpus)
    monkeypatch.setattr("core.store.retagging._write_entities", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        retag(corpus, settings)
    assert contents(corpus) == before


def test_corrections_hold_after_tagging_again(house):
    corpus, settings = house
    document_id = corpus.rows("SELECT document_id FROM documents WHERE file = 'satu.txt'")[0][0]
    stored = records.load(corpus, document_id)
    mention = next(m for m in stored.annotations.mentions if m.entity.id == "gpe:moskow")
    place = {"article": document_id, "start": mention.span.start, "end": mention.span.end}
    corrections.correct(corpus, "reject_mention", place, {}, who="Ani")
    corrections.correct(corpus, "rename_entity", {"entity_id": "per:kim-jong-un"}, {"name": "Kim"}, who="Ani")
    corrections.correct(corpus, "set_outlet", {"article": document_id}, {"outlet": "x", "outlet_name": "X"}, who="Ani")
    shown = records.load(corpus, document_id)
    age(corpus)
    retag(corpus, settings)
    assert records.load(corpus, document_id) == shown
    assert set(corrections.standing(corpus)["state"]) == {"stands"}


def test_a_correction_follows_its_words_when_other_furniture_is_cut(house):
    """The place of a correction counts in raw text, so a line more or less in front moves it along."""
    corpus, settings = house
    document_id = corpus.rows("SELECT document_id FROM documents WHERE file = 'satu.txt'")[0][0]
    stored = records.load(corpus, document_id)
    mention = next(m for m in stored.annotations.mentions if m.entity.id == "gpe:moskow")
    place = {"article": document_id, "start": mention.span.start, "end": mention.span.end}
    made = corrections.correct(corpus, "reject_mention", place, {}, who="Ani")
    with corpus.writing("no") as cursor:  # as if the rules of then had cut the first eight characters
        cursor.execute("UPDATE main.documents SET text = text[9:], removed = '[[0, 8, \"x\"]]', tagger_version = 'old' "
                       "WHERE file = 'satu.txt'")  # fmt: skip
        cursor.execute("UPDATE main.mentions SET first = first - 8, past = past - 8 "
                       "WHERE doc = (SELECT doc FROM main.documents WHERE file = 'satu.txt')")  # fmt: skip
        from core.store.correction_log import read_log
        from core.store.replay import replay

        replay(cursor, read_log(cursor))
    assert corrections.standing(corpus)["state"].tolist() == ["stands"]
    assert corpus.rows("SELECT 1 FROM mentions WHERE entity_id = 'gpe:moskow' AND surface = 'Moskwa'") == []
    retag(corpus, settings)
    assert corrections.standing(corpus).loc[0, "affected"] == 1
    assert corrections.standing(corpus).loc[0, "correction_id"] == made.id


def test_a_correction_whose_words_are_gone_says_so(house):
    corpus, _ = house
    document_id = corpus.rows("SELECT document_id FROM documents WHERE file = 'satu.txt'")[0][0]
    mention = next(m for m in records.load(corpus, document_id).annotations.mentions if m.entity.id == "gpe:moskow")
    place = {"article": document_id, "start": mention.span.start, "end": mention.span.end}
    corrections.correct(corpus, "reject_mention", place, {}, who="Ani")
    with corpus.writing("no") as cursor:
        from core.store.correction_log import read_log
        from core.store.replay import replay

        cursor.execute("DELETE FROM main.mentions WHERE entity_id = 'gpe:moskow'")
        replay(cursor, read_log(cursor))
    assert corrections.standing(corpus)["state"].tolist() == ["place_changed"]
