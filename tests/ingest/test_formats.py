"""The readers of formats that need a library: what comes out of a small file of each, under any name."""

import gzip
import io
import zipfile
from collections.abc import Callable
from datetime import datetime

import pytest

from core.ingest.mail import message_format
from core.ingest.pdf import join_lines
from core.model import RawArticle, Refusal
from tests.ingest import samples
from tests.ingest.samples import PROSE, SECOND

Reading = Callable[..., list[RawArticle | Refusal]]
One = Callable[..., RawArticle]
None_ = Callable[..., Refusal]

HEADER: list[object] = ["Judul", "Isi", "Tanggal", "Penulis"]
ROWS: list[list[object]] = [HEADER, ["Satu", PROSE, datetime(2024, 3, 5), "Sari"], ["Dua", None, None, None]]


@pytest.mark.parametrize("name", ["berkas.docx", "berkas.txt", "berkas"])
def test_word_gives_paragraphs_and_tables_in_order(article: One, name: str) -> None:
    found = article(name, samples.docx())
    assert found.raw_text == f"{PROSE}\nBiaya\tRp 5 juta\n{SECOND}"
    assert (found.title, found.author, found.published) == ("Jembatan baru", "Sari", None)


@pytest.mark.parametrize("name", ["tabel.xlsx", "tabel.csv"])
def test_a_workbook_gives_a_record_for_each_row(parts: Reading, name: str) -> None:
    first, second = parts(name, samples.xlsx(("Berita", ROWS), ("Catatan", [["nama", "umur"], ["Sari", 30]])))
    assert isinstance(first, RawArticle)
    assert (first.raw_text, first.title, first.published, first.author) == (PROSE, "Satu", "2024-03-05", "Sari")
    assert "columns: text=Isi, title=Judul, published=Tanggal, author=Penulis" in first.notes
    assert isinstance(second, Refusal)
    assert f"Row 3 of {name}, sheet Berita has no text" in second.reason


def test_all_sheets_with_a_text_column_are_read(parts: Reading) -> None:
    found = parts("a.xlsx", samples.xlsx(("A", ROWS[:2]), ("B", [["text"], [SECOND]])))
    assert [part.raw_text for part in found if isinstance(part, RawArticle)] == [PROSE, SECOND]


def test_a_workbook_without_a_text_column_is_refused(refusal: None_) -> None:
    assert "no column" in refusal("a.xlsx", samples.xlsx(("A", [["nama", "umur"], ["Sari", 30]]))).reason


def test_a_cell_in_the_far_corner_does_not_fill_the_memory(refusal: None_) -> None:
    data = samples.xlsx(("A", [["text"], [PROSE]]))
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as book, zipfile.ZipFile(target, "w") as changed:
        for name in book.namelist():
            content = book.read(name)
            if name.endswith("sheet1.xml"):
                content = content.replace(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"/></row></sheetData>')
            changed.writestr(name, content)
    assert "spreads over" in refusal("a.xlsx", target.getvalue()).reason


@pytest.mark.parametrize("name", ["tabel.parquet", "tabel.bin"])
def test_parquet_gives_a_record_for_each_row(parts: Reading, name: str) -> None:
    columns: dict[str, list[object]] = {
        "judul": ["Satu", "Dua"],
        "isi": [PROSE, None],
        "tanggal": [datetime(2024, 3, 5), None],
        "penulis": [["Sari", "Budi"], None],
    }
    first, second = parts(name, samples.parquet(columns))
    assert isinstance(first, RawArticle)
    assert (first.raw_text, first.title, first.published, first.author) == (PROSE, "Satu", "2024-03-05", "Sari, Budi")
    assert isinstance(second, Refusal)


def test_parquet_without_known_names_is_read_when_one_column_is_prose(article: One, refusal: None_) -> None:
    assert article("a.parquet", samples.parquet({"x": [PROSE + SECOND], "y": [1]})).raw_text == PROSE + SECOND
    assert "no column" in refusal("b.parquet", samples.parquet({"x": ["a"], "y": [1]})).reason


@pytest.mark.parametrize("name", ["halaman.pdf", "halaman.txt"])
def test_pdf_lines_become_paragraphs(article: One, name: str) -> None:
    lines = [
        "Jembatan bambu dibangun lagi",
        "JAKARTA - Warga desa memperbaiki jembatan bambu yang hanyut diterjang",
        "banjir. Pekerjaan itu rampung dalam dua hari berkat bantuan para anak-",
        "anak muda dan lima puluh warga lain yang datang dari desa-desa te-",
        "tangga.",
        "“Kuat” (kata lurah), dan ia berharap jembatan itu bertahan sampai tahun",
        "depan.",
    ]
    found = article(name, samples.pdf(lines))
    assert found.raw_text.split("\n") == [
        "Jembatan bambu dibangun lagi",
        "JAKARTA - Warga desa memperbaiki jembatan bambu yang hanyut diterjang banjir. Pekerjaan itu rampung dalam dua "
        "hari berkat bantuan para anak-anak muda dan lima puluh warga lain yang datang dari desa-desa tetangga.",
        "“Kuat” (kata lurah), dan ia berharap jembatan itu bertahan sampai tahun depan.",
        "",
    ]
    assert (found.title, found.author, found.published) == ("Jembatan baru", "Sari", None)


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["panjang sekali baris ini sayur-", "mayur dan buah"], "panjang sekali baris ini sayur-mayur dan buah"),
        (["panjang sekali baris ini mem-", "bangun dan jadi"], "panjang sekali baris ini membangun dan jadi"),
        (["panjang sekali baris ini Asia-", "Pasifik dan jauh"], "panjang sekali baris ini Asia- Pasifik dan jauh"),
        (["pendek", "panjang sekali baris yang ini."], "pendek\npanjang sekali baris yang ini."),
    ],
)
def test_hyphens_at_line_ends(lines: list[str], joined: str) -> None:
    assert join_lines("\n".join(lines)).strip() == joined


def test_a_scan_is_refused_with_advice(refusal: None_) -> None:
    assert "text recognition" in refusal("pindai.pdf", samples.pdf([])).reason


@pytest.mark.parametrize("name", ["surat.eml", "surat.txt"])
def test_mail_gives_its_text_and_its_attachments(parts: Reading, name: str) -> None:
    first, second = parts(name, samples.mail())
    assert isinstance(first, RawArticle)
    assert first.raw_text == f"{PROSE}\n\n{SECOND}\n"
    assert (first.title, first.author) == ("Jembatan “baru”", "Sari Wulan")
    assert first.published == "2024-03-05T08:10:00+07:00"
    assert isinstance(second, RawArticle)
    assert (second.source.name, second.source.record, second.raw_text) == (f"{name}/catatan.txt", 1, SECOND)


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"From: a@b.id\nTo: c@d.id\nMessage-ID: <1>\n\nIsi", "mail"),
        (b"MIME-Version: 1.0\nFrom: x\nContent-Type: multipart/related; boundary=a\n\n", "saved_page"),
        (b"From: Sari\nTo: Budi\nSubject: Surat\nDate: kemarin\n\nIsi", None),  # a letter typed by hand
        (b"Date: 5 Maret 2024\nAuthor: Sari\n\nIsi", None),
        (b"JAKARTA: warga berkumpul\n", None),
        (b"From: a@b.id\nSubject: Beras\nDate: kemarin\nContent-Type: text/plain; charset=utf-8\n\nIsi", "mail"),
        (b"\xef\xbb\xbfFrom: a@b.id\r\nSubject: Beras\r\nContent-Type: text/plain\r\n\r\nIsi", "mail"),
        (b"From: Sari\nSubject: Berkas\nContent-Type: cara baru menulis surat\n\nIsi", None),
        (b"From: Bali dengan cinta\nWarga menyambut tamu.\n\nSubject: x\nContent-Type: text/plain\n", None),
    ],
)
def test_messages_are_told_by_their_headers(head: bytes, kind: str | None) -> None:
    assert message_format(head) == kind


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"From: Sari\nSubject: Surat\n\nIsi", "mail"),
        (b"Subject: Surat\nDate: kemarin\n\nIsi", None),
        (b"From: Bali dengan cinta, begitu judul pameran itu.\n\nWarga menyambutnya.", None),
        (b"From: Bali\nDate\n\nIsi", None),
    ],
)
def test_the_ending_of_a_mail_supports_its_headers(head: bytes, kind: str | None) -> None:
    assert message_format(head, "eml") == kind


@pytest.mark.parametrize("name", ["surat.eml", "surat.txt"])
def test_headers_of_a_short_mail_stay_out_of_its_text(article: One, name: str) -> None:
    head = "From: Sari Wulan <sari@contoh.id>\nSubject: Jembatan\nDate: Tue, 05 Mar 2024 08:10:00 +0700\n"
    found = article(name, f"{head}Content-Type: text/plain; charset=utf-8\n\n{PROSE}\n".encode())
    assert found.raw_text == f"{PROSE}\n"
    assert (found.title, found.author, found.published) == ("Jembatan", "Sari Wulan", "2024-03-05T08:10:00+07:00")


def test_an_article_that_starts_like_a_header_stays_an_article(article: One) -> None:
    text = f"From: Bali dengan cinta, begitu judul pameran itu.\n\n{PROSE}\n"
    assert article("pameran.eml", text.encode()).raw_text == text


@pytest.mark.parametrize("name", ["halaman.mhtml", "halaman.mht", "halaman.txt"])
def test_a_saved_page_gives_the_article_and_not_the_day_it_was_saved(article: One, name: str) -> None:
    found = article(name, samples.saved_page())
    assert found.raw_text == f"{PROSE}\n{SECOND}"
    assert (found.url, found.title, found.published) == ("https://contoh.id/jembatan", "Jembatan baru", None)


@pytest.mark.parametrize("name", ["surat.rtf", "surat.doc"])
def test_rich_text_gives_its_words(article: One, name: str) -> None:
    found = article(name, samples.rtf())
    assert found.raw_text == "Warga desa bergotong royong.\n“Kuat”, kata “Lurah” di Café.\ntautan\nSenyum 😊\n"
    assert (found.title, found.author) == ("Jembatan baru", "Sari")


@pytest.mark.parametrize("data", [samples.warc(), gzip.compress(samples.warc())], ids=["warc", "warc.gz"])
def test_a_web_archive_gives_its_pages(parts: Reading, data: bytes) -> None:
    page, empty, text = parts("arsip.warc", data)
    assert isinstance(page, RawArticle)
    assert (page.raw_text, page.url, page.published) == (f"{PROSE}\n{SECOND}", "https://contoh.id/jembatan", None)
    assert isinstance(empty, Refusal)
    assert "https://contoh.id/kosong" in empty.reason
    assert isinstance(text, RawArticle)
    assert (text.raw_text, text.url) == (SECOND, "https://contoh.id/teks")


def test_everything_fits_into_an_archive(parts: Reading) -> None:
    target = io.BytesIO()
    members = {"a.docx": samples.docx(), "b.pdf": samples.pdf([PROSE]), "c.rtf": samples.rtf(), "d.eml": samples.mail()}
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    found = parts("semua.zip", target.getvalue())
    assert [part.source.name for part in found] == [
        "semua.zip/a.docx",
        "semua.zip/b.pdf",
        "semua.zip/c.rtf",
        "semua.zip/d.eml",
        "semua.zip/d.eml/catatan.txt",
    ]
    assert all(isinstance(part, RawArticle) for part in found)


@pytest.mark.parametrize(
    ("member", "what"),
    [
        ("ppt/presentation.xml", "PowerPoint"),
        ("content.xml", "OpenDocument"),
        ("META-INF/container.xml", "e-book"),
        ("META-INF/MANIFEST.MF", "program"),
        ("xl/workbook.bin", "binary Excel"),
    ],
)
def test_kinds_of_zip_that_are_not_read_are_named(refusal: None_, member: str, what: str) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(member, "<x/>")
    assert what in refusal("berkas.zip", target.getvalue()).reason


def test_an_office_file_that_unpacks_to_too_much_is_refused(refusal: None_) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * (2 * 2**20))
    assert "1 MB" in refusal("bom.docx", target.getvalue(), max_unpacked_mb=1).reason
