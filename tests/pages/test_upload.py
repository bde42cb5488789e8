"""Uploads through the sidebar: what became of each file, and the figures that change at once."""

import errno
import os
import threading

from core.analyze import corpus_files
from core.store import Corpus
from pages.parts.house import KNOWN, ask, house
from tests.pages.uploading import SECONDS, send, upload

ARTICLE = """Dua Negara Bahas Kapal Riset
JAKARTA, KOMPAS.com - Menteri Luar Negeri Rusia Sergei Lavrov menyambut tamu dari Korea Utara, Senin (5/2/2024).
"Kami menghargai kunjungan ini," kata Lavrov kepada wartawan di Moskwa.
Pertemuan itu berlangsung dua jam dan membahas kapal riset.
"""


def texts(app):
    return "\n".join(element.value for element in app.markdown)


def test_an_upload_is_told_counted_and_the_sample_leaves(on_first_run):
    app = on_first_run(lang="en")
    before = int(app.metric[0].value)
    upload(app, ("kapal.txt", ARTICLE.encode()))
    assert before > 1
    assert "**kapal\\.txt**: 1 article added." in texts(app) or "**kapal.txt**: 1 article added." in texts(app)
    assert app.metric[0].value == "1"
    assert app.session_state["f_sample"] is False


def test_the_sample_can_be_switched_back_in(on_first_run):
    app = on_first_run(lang="en")
    before = int(app.metric[0].value)
    upload(app, ("kapal.txt", ARTICLE.encode()))
    app.toggle(key="f_sample").set_value(True).run()
    assert int(app.metric[0].value) == before + 1
    assert app.query_params["sample"] == "1"


def test_the_same_bytes_twice_are_one_article(on_nothing):
    app = on_nothing(lang="en")
    upload(app, ("satu.txt", ARTICLE.encode()))
    upload(app, ("dua.txt", ARTICLE.encode()))
    assert "already in the corpus" in texts(app)
    assert app.metric[0].value == "1"


def test_a_refused_file_says_why_and_the_rest_goes_on(on_nothing):
    app = on_nothing(lang="en")
    upload(app, ("kosong.txt", b""), ("kapal.txt", ARTICLE.encode()), ("gambar.png", b"\x89PNG\r\n\x1a\n\x00\x00"))
    assert texts(app).count("was refused") == 2
    assert app.metric[0].value == "1"
    reasons = ask(corpus_files.refusals)["reason"]
    assert len(reasons) == 2
    assert all(reasons.str.len() > 10)


def test_a_table_says_how_its_columns_were_taken(on_nothing):
    app = on_nothing(lang="en")
    rows = "judul,isi,sumber\nKapal Riset," + '"' + ARTICLE.replace('"', '""') + '"' + ",Kompas\n"
    upload(app, ("tabel.csv", rows.encode()))
    said = texts(app).replace("\\", "")
    assert "Columns taken: " in said
    assert "text=isi" in said
    assert "title=judul" in said


def test_uploading_waits_for_no_tagging_and_leaves_the_page_usable(on_nothing, monkeypatch):
    app = on_nothing(lang="en")
    go_on = threading.Event()
    add = Corpus.add
    monkeypatch.setattr(Corpus, "add", lambda *given: go_on.wait(SECONDS) and add(*given))
    send(app, ("kapal.txt", ARTICLE.encode()), ("dua.txt", ARTICLE.replace("dua jam", "tiga jam").encode()))
    assert "Processing 2 files" in app.progress[0].text
    app.switch_page("pages/corpus.py").run()
    assert "2 files in the inbox" in texts(app)
    go_on.set()
    assert not app.error


def test_an_outcome_stays_through_reruns_and_other_sessions(on_nothing):
    app, other = on_nothing(lang="en"), on_nothing(lang="en")
    upload(app, ("kapal.txt", ARTICLE.encode()))
    other.run()
    assert "kapal" not in texts(other)
    for _ in range(2):
        app.run()
        assert "1 article added." in texts(app)
    app.button(key="upload_dismiss").click().run()
    assert "1 article added." not in texts(app)


def test_more_files_than_one_upload_may_hold_are_named_and_the_rest_is_taken(on_nothing, monkeypatch):
    monkeypatch.setenv("TELAAH_MAX_FILES", "2")
    app = on_nothing(lang="en")
    upload(app, *((f"{name}.txt", f"{ARTICLE}Nomor {name}.".encode()) for name in "abcd"))
    assert "2 files were left out, from c.txt on" in app.error[0].value
    assert len(ask(corpus_files.files)) == 2


def test_a_full_disk_is_told_and_takes_nothing_half(on_nothing, monkeypatch):
    app = on_nothing(lang="en")

    def full(*given):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        upload(app, ("kapal.txt", ARTICLE.encode()))
    assert "No space left" in app.error[0].value
    assert [path.name for path in house().settings.inbox_folder.iterdir()] == []
    upload(app, ("kapal.txt", ARTICLE.encode()))
    assert not app.error
    assert "1 article added." in texts(app)


def test_answers_of_the_corpus_before_are_let_go(on_first_run):
    app = on_first_run(lang="en")
    before = {key[1] for key in KNOWN}
    upload(app, ("kapal.txt", ARTICLE.encode()))
    assert len(before) == 1
    assert {key[1] for key in KNOWN} == {house().corpus.version}
    assert before != {house().corpus.version}
