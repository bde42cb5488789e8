"""Every reader on broken files: only articles and refusals come out, whatever was cut off or flipped."""

import gzip
import io
import tarfile
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.ingest.reading import READERS
from core.model import RawArticle, Refusal
from tests.ingest import samples
from tests.ingest.samples import PAGE, PROSE, SECOND

Reading = Callable[..., list[RawArticle | Refusal]]


def zipped() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", PROSE)
        archive.writestr("b.html", PAGE)
    return target.getvalue()


def tarred() -> bytes:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w") as archive:
        info = tarfile.TarInfo("a.txt")
        info.size = len(PROSE)
        archive.addfile(info, io.BytesIO(PROSE.encode()))
    return target.getvalue()


FILES = {
    "plain": ("a.txt", SECOND.encode()),
    "markdown": ("a.md", f"---\ntitle: Judul\n---\n# Jembatan\n\n**{PROSE}** [a](b) “c”".encode()),
    "page": ("a.html", PAGE.encode()),
    "json": ("a.json", b'{"data": [{"text": "Isi.", "author": [{"name": "Sari"}]}]}'),
    "jsonl": ("a.jsonl", b'{"text": "Isi.", "title": "Judul"}\n' * 3),
    "table": ("a.csv", 'judul;isi\nA;"Teks “satu”; dua"\n'.encode() * 3),
    "sheet": ("a.xlsx", samples.xlsx(("A", [["judul", "isi"], ["Satu", PROSE]]))),
    "parquet": ("a.parquet", samples.parquet({"isi": [PROSE, SECOND], "judul": ["A", "B"]})),
    "pdf": ("a.pdf", samples.pdf([PROSE, SECOND])),
    "word": ("a.docx", samples.docx()),
    "rich_text": ("a.rtf", samples.rtf()),
    "mail": ("a.eml", samples.mail()),
    "saved_page": ("a.mhtml", samples.saved_page()),
    "warc": ("a.warc", samples.warc()),
    "zip": ("a.zip", zipped()),
    "tar": ("a.tar", tarred()),
    "gzip": ("a.txt.gz", gzip.compress(PROSE.encode())),
}


def test_every_reader_is_fuzzed() -> None:
    assert set(FILES) == set(READERS)


@pytest.mark.parametrize("kind", FILES)
def test_the_unbroken_file_gives_an_article(parts: Reading, kind: str) -> None:
    assert any(isinstance(part, RawArticle) for part in parts(*FILES[kind]))


@pytest.mark.parametrize("kind", FILES)
@given(draw=st.data())
@settings(max_examples=40, deadline=10_000, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_a_broken_file_never_raises(parts: Reading, kind: str, draw: st.DataObject) -> None:
    name, data = FILES[kind]
    broken = bytearray(data[: draw.draw(st.integers(0, len(data)), label="kept")])
    flips = st.tuples(st.integers(0, max(len(broken) - 1, 0)), st.integers(1, 255))
    for place, mask in draw.draw(st.lists(flips, max_size=12), label="flips") if broken else ():
        broken[place] ^= mask
    found = parts(name, bytes(broken), max_unpacked_mb=20)
    assert found
    assert [part.source.record for part in found] == list(range(len(found)))
    for part in found:
        assert part.raw_text.strip() if isinstance(part, RawArticle) else part.reason.endswith(".")


@pytest.mark.parametrize("kind", ["word", "sheet"])
@given(draw=st.data())
@settings(max_examples=25, deadline=10_000, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_a_broken_part_of_an_office_file_never_raises(parts: Reading, kind: str, draw: st.DataObject) -> None:
    name, data = FILES[kind]
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as book, zipfile.ZipFile(target, "w") as changed:
        chosen = draw.draw(st.sampled_from(book.namelist()), label="part")
        for member in book.namelist():
            content = bytearray(book.read(member))
            if member == chosen and content:
                flips = st.tuples(st.integers(0, len(content) - 1), st.integers(1, 255))
                for place, mask in draw.draw(st.lists(flips, min_size=1, max_size=8), label="flips"):
                    content[place] ^= mask
            changed.writestr(member, bytes(content))
    assert parts(name, target.getvalue())


@given(st.binary(max_size=400), st.sampled_from(["a.txt", "a.pdf", "a.zip", "a.csv", "a.json", "a.eml", "a"]))
@settings(max_examples=100, deadline=None)
def test_any_bytes_under_any_name_are_answered(parts: Reading, data: bytes, name: str) -> None:
    assert parts(name, data)
