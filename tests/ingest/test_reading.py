import gzip
import io
import json
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from core.ingest import expected
from core.model import RawArticle, Refusal

Reading = Callable[..., list[RawArticle | Refusal]]
PROSE = (
    "Warga desa memperbaiki jembatan bambu yang hanyut diterjang banjir pada akhir pekan. "
    "Pekerjaan itu rampung dalam dua hari berkat gotong royong lima puluh orang."
)
PAGE = (
    f"<!DOCTYPE html><html><head><title>Jembatan</title></head><body><p>{PROSE}</p><p>{PROSE[::-1]}</p></body></html>"
)


def zip_of(**members: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return target.getvalue()


def tar_of(*members: tuple[tarfile.TarInfo, bytes]) -> bytes:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w") as archive:
        for info, data in members:
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return target.getvalue()


def texts(found: list[RawArticle | Refusal]) -> list[str | None]:
    return [part.raw_text if isinstance(part, RawArticle) else None for part in found]


@pytest.mark.parametrize(
    ("name", "data", "number"),
    [
        ("tiga.jsonl", b'{"text": "a"}\n{"text": "b"}\n{"text": "c"}\n', 3),
        ("dua.jsonl", b'{"text": "a"}\n{"text": "b"}', 2),
        ("artikel.txt", b"Baris satu.\nBaris dua.\n", None),
        ("daftar.json", b'[{"text": "a"},\n{"text": "b"}]', None),
        ("kosong.txt", b"", None),
    ],
)
def test_how_many_articles_to_expect_is_told_for_lines_alone(name: str, data: bytes, number: int | None) -> None:
    assert expected(name, data) == number


@pytest.mark.parametrize("number", range(5))
def test_a_saved_article_keeps_every_place(shared_data: Path, article: Callable[..., RawArticle], number: int) -> None:
    path = sorted((shared_data / "seeds").glob("*.txt"))[number]
    written = path.read_text(encoding="utf-8")
    found = article(path.name, path.read_bytes())
    assert found.raw_text == written
    assert found.source.record == 0


def test_plain_text_comes_out_character_for_character(article: Callable[..., RawArticle]) -> None:
    text = "\n  Judul\n\nJAKARTA - Kata “baik”.\n\n"
    assert article("a.txt", text.encode()).raw_text == text


@pytest.mark.parametrize("name", ["halaman.html", "halaman.txt", "halaman", "halaman.pdf"])
def test_a_page_is_a_page_under_any_name(article: Callable[..., RawArticle], name: str) -> None:
    assert article(name, PAGE.encode()).raw_text.startswith(PROSE)


@pytest.mark.parametrize("name", ["a.jsonl", "a.txt", "a.json", "a"])
def test_json_lines_are_json_lines_under_any_name(parts: Reading, name: str) -> None:
    data = b'{"text": "Satu."}\n{"text": "Dua."}\n'
    assert texts(parts(name, data)) == ["Satu.", "Dua."]


@pytest.mark.parametrize("name", ["a.csv", "a.txt", "a.tsv"])
@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_a_table_is_a_table_under_any_name(parts: Reading, name: str, mark: str) -> None:
    data = f"judul{mark}isi\nSatu{mark}Teks satu.\nDua{mark}Teks dua.\n".encode()
    found = parts(name, data)
    assert texts(found) == ["Teks satu.", "Teks dua."]
    assert all(isinstance(part, RawArticle) and "columns: text=isi, title=judul" in part.notes for part in found)


@pytest.mark.parametrize(
    "text",
    [
        "Isi, judul, dan tanggal harus jelas.\nItu kata redaktur, bukan wartawan.",
        "{kurung} bukan JSON",
        "[Foto: Antara] Warga berkumpul.",
        "a < b dan c > d, begitu rumusnya.",
        "Tanggal: 3 Mei 2024\nPenulis: Sari\n\nIsi berita.",
    ],
)
def test_prose_that_looks_like_data_stays_prose(article: Callable[..., RawArticle], text: str) -> None:
    assert article("a.txt", text.encode()).raw_text == text


def test_what_the_container_said_is_kept(article: Callable[..., RawArticle]) -> None:
    record = {
        "text": "Isi.",
        "title": "Judul &amp; anak judul",
        "url": "https://contoh.id/1",
        "outlet": "Contoh",
        "published": "2024-03-05",
        "author": ["Sari", "Budi"],
    }
    found = article("a.jsonl", json.dumps(record).encode())
    assert (found.title, found.url, found.outlet) == ("Judul & anak judul", "https://contoh.id/1", "Contoh")
    assert (found.published, found.author, found.notes) == ("2024-03-05", "Sari, Budi", ())


def test_an_address_in_the_source_column_is_the_address(article: Callable[..., RawArticle]) -> None:
    found = article("a.csv", b"isi,sumber\nTeks.,https://contoh.id/1\n")
    assert (found.url, found.outlet) == ("https://contoh.id/1", None)


def test_a_broken_line_is_refused_and_the_rest_goes_on(parts: Reading) -> None:
    data = b'{"text": "Satu."}\n{"text": \n\n{"title": "Tanpa isi"}\n{"text": 5}\n[1]\n{"text": "Kata \x93baik\x94."}\n'
    found = parts("a.jsonl", data)
    assert texts(found) == ["Satu.", None, None, None, None, "Kata “baik”."]
    assert [part.source.record for part in found] == list(range(6))
    reasons = [part.reason for part in found if isinstance(part, Refusal)]
    assert [reason.split(" is ")[0].split(" has ")[0] for reason in reasons] == [
        f"Line {number} of a.jsonl" for number in (2, 4, 5, 6)
    ]


def test_a_row_without_text_is_refused_and_the_rest_goes_on(parts: Reading) -> None:
    found = parts("a.csv", b'title,text\nA,"Isi ""satu"", dua"\nB,\n,,\nC,Isi tiga\n')
    assert texts(found) == ['Isi "satu", dua', None, "Isi tiga"]


def test_a_table_without_known_names_is_read_when_one_column_is_prose(article: Callable[..., RawArticle]) -> None:
    found = article("a.csv", f"kolom1,kolom2\n12,{PROSE} {PROSE}\n".encode())
    assert found.raw_text == f"{PROSE} {PROSE}"
    assert found.notes == ("columns: text=kolom2",)


def test_markdown_loses_its_marks_and_gives_its_front_matter(article: Callable[..., RawArticle]) -> None:
    data = b"---\njudul: Jembatan baru\ndate: 2024-03-05\n---\n# Jembatan\n\nWarga **gembira**, kata [Sari](https://x.id/a).\n"
    found = article("a.md", data)
    assert (found.title, found.published) == ("Jembatan baru", "2024-03-05")
    assert found.raw_text == "Jembatan\n\nWarga gembira, kata Sari.\n"


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("kosong.txt", b"", "empty"),
        ("spasi.txt", b" \r\n\t ", "empty"),
        ("tanda.txt", b"\xef\xbb\xbf\r\n", "empty"),
        ("gambar.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "picture"),
        ("acak.txt", bytes(range(256)) * 4, "binary"),
        ("nol.txt", b"\x00" * 100, "empty"),
        ("tabel.csv", b"nama,umur\nSari,30\n", "no column"),
        ("tabel.csv", b"judul,isi\n", "no rows"),
        ("skrip.py", b"print('halo')\n", ".py"),
        ("umpan.xml", b"<?xml version='1.0'?><rss><channel/></rss>", "XML"),
        ("rusak.json", b'{"text": "terpot', "not valid JSON"),
        ("angka.json", b"[]", "no object"),
        ("kosong.html", b"<html><head><title>x</title></head><body></body></html>", "without article text"),
        ("rusak.zip", b"PK\x03\x04" + b"x" * 50, "damaged"),
        ("rusak.gz", b"\x1f\x8b\x08" + b"x" * 50, "damaged"),
        ("kosong.zip", zip_of(), "no article"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(
    refusal: Callable[..., Refusal], name: str, data: bytes, says: str
) -> None:
    assert says in refusal(name, data).reason


def test_limits_of_the_settings_hold(parts: Reading, refusal: Callable[..., Refusal]) -> None:
    assert "1 MB" in refusal("besar.txt", b"a" * (2**20 + 1), max_upload_mb=1).reason
    assert "10 characters" in refusal("panjang.txt", b"a" * 11, max_text_characters=10).reason
    assert texts(parts("pas.txt", b"a" * 10, max_text_characters=10)) == ["a" * 10]
    found = parts("banyak.jsonl", b'{"text": "Isi."}\n' * 5, max_records=3)
    assert texts(found) == ["Isi."] * 3 + [None]
    assert texts(parts("pas.jsonl", b'{"text": "Isi."}\n' * 3, max_records=3)) == ["Isi."] * 3


def test_archives_hand_out_their_members_in_order(parts: Reading) -> None:
    inner = zip_of(**{"c.txt": b"Tiga."})
    data = zip_of(
        **{"a.txt": b"Satu.", "dir/b.jsonl": b'{"text": "Dua."}\n{}\n', "inner.zip": inner, "x.bin": bytes(64)}
    )
    found = parts("arsip.zip", data)
    assert texts(found) == ["Satu.", "Dua.", None, "Tiga.", None]
    assert [part.source.name for part in found] == [
        "arsip.zip/a.txt",
        "arsip.zip/dir/b.jsonl",
        "arsip.zip/dir/b.jsonl",
        "arsip.zip/inner.zip/c.txt",
        "arsip.zip/x.bin",
    ]
    assert [part.source.record for part in found] == [0, 1, 2, 3, 4]
    assert len({part.source.sha256 for part in found}) == 1


def test_gzip_and_tar_are_opened(parts: Reading) -> None:
    lines = b'{"text": "Satu."}\n{"text": "Dua."}\n'
    assert texts(parts("a.jsonl.gz", gzip.compress(lines))) == ["Satu.", "Dua."]
    packed = gzip.compress(tar_of((tarfile.TarInfo("b/a.txt"), b"Isi.")))
    for name in ("a.tar.gz", "a.tgz", "tanpa-nama"):
        (found,) = parts(name, packed)
        assert isinstance(found, RawArticle)
        assert (found.source.name, found.raw_text) == (f"{name}/b/a.txt", "Isi.")


def test_what_systems_leave_in_archives_is_passed_over(parts: Reading) -> None:
    data = zip_of(**{"__MACOSX/._a.txt": b"\x00\x05", ".DS_Store": b"\x00", "a.txt": b"Isi."})
    assert texts(parts("arsip.zip", data)) == ["Isi."]


@pytest.mark.parametrize("path", ["../keluar.txt", "/etc/keluar.txt", "C:\\keluar.txt", "a/../../keluar.txt"])
def test_paths_that_lead_out_of_an_archive_are_refused(parts: Reading, path: str) -> None:
    for name, data in (
        ("a.zip", zip_of(**{path: b"Isi.", "baik.txt": b"Baik."})),
        ("a.tar", tar_of((tarfile.TarInfo(path), b"Isi."), (tarfile.TarInfo("baik.txt"), b"Baik."))),
    ):
        found = parts(name, data)
        assert texts(found) == [None, "Baik."]
        assert isinstance(found[0], Refusal)
        assert "leads out" in found[0].reason


def test_links_in_archives_are_refused(parts: Reading) -> None:
    link = tarfile.TarInfo("tautan.txt")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/hosts"
    assert texts(parts("a.tar", tar_of((link, b""), (tarfile.TarInfo("baik.txt"), b"Baik.")))) == [None, "Baik."]
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        info = zipfile.ZipInfo("tautan.txt")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/hosts")
        archive.writestr("baik.txt", "Baik.")
    assert texts(parts("a.zip", target.getvalue())) == [None, "Baik."]


def test_a_bomb_is_refused_while_it_unpacks(parts: Reading, refusal: Callable[..., Refusal]) -> None:
    bomb = gzip.compress(b"a" * (3 * 2**20))
    assert "1 MB" in refusal("bom.gz", bomb, max_unpacked_mb=1).reason
    found = parts(
        "bom.zip", zip_of(**{"a.txt": b"Isi.", "b.txt": b"b" * 2**21, "c.txt": b"c" * 2**21}), max_unpacked_mb=1
    )
    assert texts(found) == ["Isi.", None]


def test_archives_too_deep_inside_each_other_are_refused(parts: Reading) -> None:
    data = b"Isi."
    for _ in range(4):
        data = zip_of(a=data)
    assert texts(parts("dalam.zip", data)) == ["Isi."]
    (found,) = parts("dalam.zip", zip_of(a=data))
    assert isinstance(found, Refusal)
    assert "archives deep" in found.reason


def test_how_deep_and_how_far_an_archive_may_unpack_are_settings(parts: Reading) -> None:
    nested = zip_of(**{"inner.zip": zip_of(**{"a.txt": PROSE.encode()})})
    assert texts(parts("luar.zip", nested, max_archive_depth=2)) == [PROSE]
    [deep] = parts("luar.zip", nested, max_archive_depth=1)
    assert isinstance(deep, Refusal)
    assert "more than 1 archives deep" in deep.reason
    wide = zip_of(**{"a.txt": PROSE.encode() + b"\n" * (17 * 2**20)})
    [far] = parts("lebar.zip", wide, max_unpacked_ratio=2)
    assert isinstance(far, Refusal)
    assert "TELAAH_MAX_UNPACKED_RATIO" in far.reason
