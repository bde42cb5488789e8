"""The Corpus screen: removing and replacing files, the log, naming outlets, tagging again, taking all along."""

import json
import time
import zipfile

import pytest

from core.analyze import articles, corpus_files, corrections
from core.model import Filters
from core.store import corrections as stored
from pages.parts import jobs
from pages.parts.house import ask, house
from tests.pages.uploading import upload

TEXTS = {
    "satu.txt": "JAKARTA, KOMPAS.com - Presiden Rusia Vladimir Putin menyambut Kim Jong Un di Vladivostok, Senin "
    "(5/2/2024).\nPertemuan itu berlangsung dua jam dan membahas kapal riset bersama rombongan besar pejabat.\n",
    "dua.txt": "SEOUL, detik.com - Menteri Luar Negeri Sergei Lavrov tiba di Pyongyang, Rabu (7/2/2024).\n",
    "tiga.jsonl": '{"text": "Kapal riset itu tiba di pelabuhan pada pagi hari dengan selamat.", '
    '"url": "https://www.kabar-warga.id/1", "title": "Kapal"}\n'
    '{"text": "Warga menonton kapal itu dari dermaga sampai malam hari.", '
    '"url": "https://kabar-warga.id/2", "title": "Dermaga"}\n',
}
SECONDS = 30


@pytest.fixture
def opened(on_nothing):
    app = on_nothing("corpus", lang="en")
    upload(app, *((name, text.encode()) for name, text in TEXTS.items()))
    app.session_state["who"] = "Ani"
    return app


def view(app, name):
    app.session_state["sections.corpus"] = name
    return app.run()


def clean(app):
    assert not app.exception
    assert [error.value for error in app.error] == []
    return app


def number_of(name):
    frame = ask(corpus_files.files)
    return int(frame.loc[frame["name"] == name, "file_id"].iloc[0])


def said(app):
    return "\n".join(element.value for element in [*app.markdown, *app.caption, *app.success, *app.warning])


def test_a_removed_file_goes_with_its_articles_after_a_question(opened):
    number = number_of("tiga.jsonl")
    opened.session_state["file_chosen"] = number
    view(opened, "files")
    assert "2 articles go when this file is removed" in said(opened)
    assert "cannot be undone" in said(opened)
    assert opened.button(key=f"remove.{number}").disabled
    opened.checkbox(key=f"remove_sure.{number}").check().run()
    clean(opened.button(key=f"remove.{number}").click().run())
    assert "was removed with 2 articles" in said(opened)
    assert ask(articles.count, Filters()) == 2
    assert "tiga.jsonl" not in ask(corpus_files.files)["name"].tolist()


def test_a_file_is_replaced(opened):
    number = number_of("dua.txt")
    opened.session_state["file_chosen"] = number
    view(opened, "files")
    other = b"JAKARTA, KOMPAS.com - Kapal lain berangkat ke utara, Kamis (8/2/2024).\n"
    box = next(one for one in opened.file_uploader if one.key and one.key.startswith(f"replace_by.{number}"))
    box.set_value([("lain.txt", other, "text/plain")]).run()
    clean(opened.button(key=f"replace.{number}").click().run())
    assert sorted(ask(corpus_files.files)["name"]) == ["lain.txt", "satu.txt", "tiga.jsonl"]
    assert ask(articles.count, Filters()) == 4


def test_a_file_that_cannot_be_read_is_refused_and_the_old_one_stays(opened):
    number = number_of("dua.txt")
    opened.session_state["file_chosen"] = number
    view(opened, "files")
    box = next(one for one in opened.file_uploader if one.key and one.key.startswith(f"replace_by.{number}"))
    box.set_value([("rusak.bin", bytes(range(256)) * 20, "application/octet-stream")]).run()
    opened.button(key=f"replace.{number}").click().run()
    assert "the old file was kept" in opened.error[0].value
    assert number_of("dua.txt") == number


def test_an_outlet_that_is_only_an_address_is_named_for_all_of_its_articles(opened):
    assert ask(articles.count, Filters(outlets=("kabar-warga-id",))) == 2
    opened.session_state["lang"] = "id"  # the driver writes options of a list in the default language
    view(opened, "corrections")
    opened.selectbox(key="domain_chosen").set_value("kabar-warga.id").run()
    key = "domain.kabar-warga.id"
    opened.selectbox(key=f"correction_outlet.{key}").select_index(0).run()
    opened.text_input(key=f"correction_outlet_name.{key}").set_value("Kabar Warga").run()
    clean(opened.button(key=f"correction_save.{key}").click().run())
    assert ask(articles.count, Filters(outlets=("kabar-warga",))) == 2
    log = ask(corrections.listing)
    assert log[["kind", "what", "after", "state", "affected"]].to_numpy().tolist() == [
        ["set_outlet_of_domain", "kabar-warga.id", "Kabar Warga", "stands", 2]
    ]


def test_the_log_is_undone_from_the_screen(opened):
    document_id = ask(articles.list_articles, Filters())["document_id"].iloc[0]
    made = stored.correct(house().corpus, "set_title", {"article": document_id}, {"title": "Lain"}, who="Budi")
    opened.session_state["correction_chosen"] = made.id
    view(opened, "corrections")
    table = next(frame.value for frame in opened.dataframe if "state_name" in frame.value)
    assert table[["who", "after", "state_name"]].to_numpy().tolist() == [["Budi", "Lain", "stands"]]
    clean(opened.button(key=f"correction_undo.log.{made.id}").click().run())
    assert ask(corrections.listing)["state"].tolist() == ["undo", "undone"]


def test_corrections_that_no_longer_apply_are_told(opened):
    document_id = ask(articles.list_articles, Filters(words="Lavrov"))["document_id"].iloc[0]
    stored.correct(house().corpus, "set_title", {"article": document_id}, {"title": "Lain"}, who="Budi")
    house().inbox.remove(number_of("dua.txt"), who="Budi")
    view(opened, "corrections")
    assert "1 correction no longer applies" in said(opened)


def test_a_log_from_a_file_is_laid_over_the_corpus(opened):
    document_id = ask(articles.list_articles, Filters())["document_id"].iloc[0]
    line = {"schema": "telaah.correction/1", "id": 1, "made_at": "2024-01-01T00:00:00Z", "who": "Citra",
            "kind": "set_title", "target": {"article": document_id}, "before": {}, "after": {"title": "Dari Berkas"},
            "reason": ""}  # fmt: skip
    view(opened, "corrections")
    box = next(one for one in opened.file_uploader if one.key == "corrections_import")
    box.set_value([("log.jsonl", json.dumps(line).encode(), "application/jsonl")]).run()
    clean(opened.button(key="corrections_import_now").click().run())
    assert "1 of 1 entries" in said(opened)
    assert ask(articles.load, document_id).document.title == "Dari Berkas"


def wait(name):
    end = time.monotonic() + SECONDS
    while jobs.job(name) is None or jobs.job(name).running:
        assert time.monotonic() < end
        time.sleep(0.05)


def test_stale_articles_are_told_and_tagged_again(opened):
    with house().corpus.writing("no") as cursor:
        cursor.execute("UPDATE main.documents SET tagger_version = '0.0+old' WHERE file = 'tiga.jsonl'")
    view(opened, "files")
    assert "2 articles were tagged under other code or rules" in said(opened)
    assert "0.0+old" in said(opened)
    opened.button(key="retag_start").click().run()
    wait("retag")
    clean(opened.run())
    assert "0.0+old" not in said(opened)
    assert len(ask(corpus_files.tagger_versions)) == 1


def test_the_whole_corpus_is_taken_along(opened):
    view(opened, "export")
    opened.button(key="takeout_start").click().run()
    wait("takeout")
    clean(opened.run())
    with zipfile.ZipFile(jobs.job("takeout").result) as archive:
        assert json.loads(archive.read("manifest.json"))["parts"]["articles.csv"]["rows"] == 4
    assert any("telaah-korpus.csv.zip" in button.label for button in opened.get("download_button"))
