"""Uploads through the sidebar: what became of each file, and the figures that change at once."""

from core.analyze import corpus_files
from pages.parts.house import ask

ARTICLE = """Dua Negara Bahas Kapal Riset
JAKARTA, KOMPAS.com - Menteri Luar Negeri Rusia Sergei Lavrov menyambut tamu dari Korea Utara, Senin (5/2/2024).
"Kami menghargai kunjungan ini," kata Lavrov kepada wartawan di Moskwa.
Pertemuan itu berlangsung dua jam dan membahas kapal riset.
"""


def upload(app, *files):
    return app.file_uploader[0].set_value([(name, data, "text/plain") for name, data in files]).run()


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
