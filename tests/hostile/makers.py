"""Makes the bytes of a hostile file. A row names a maker and its arguments; each is small code, nothing is stored."""

import bz2
import gzip
import io
import json
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

from tests.ingest import samples
from tests.ingest.samples import PROSE

Maker = Callable[..., bytes]
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NEVER = b"\x00\x00\x00\x00"


def text(text: str, encoding: str = "utf-8") -> bytes:
    return text.encode(encoding, "surrogatepass")


def hexed(hex: str) -> bytes:  # noqa: A002  the row reads `hex: fffe41`
    return bytes.fromhex(hex)


def around(before: str = "", piece: str = "", times: int = 1, after: str = "", encoding: str = "utf-8") -> bytes:
    return (before + piece * times + after).encode(encoding, "surrogatepass")


def nest(before: str, opening: str, middle: str, closing: str, times: int, after: str) -> bytes:
    return (before + opening * times + middle + closing * times + after).encode()


def numbered(before: str, piece: str, times: int, after: str) -> bytes:
    """`{}` in the piece counts."""
    return (before + "".join(piece.replace("{}", str(number)) for number in range(times)) + after).encode()


def zipped(members: list[list[Any]], flip: int | None = None, cut: int | None = None) -> bytes:
    """Members are [name, content] or [name, content, times]; a link has the mode of one."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content, *times in members:
            archive.writestr(zipfile.ZipInfo(name), content.encode() * (times[0] if times else 1), zipfile.ZIP_DEFLATED)
    return _spoilt(target.getvalue(), flip, cut)


def zip_link(name: str, target: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        info = zipfile.ZipInfo(name)
        info.external_attr = 0o120777 << 16
        archive.writestr(info, target)
    return made.getvalue()


def zip_named(name_hex: str) -> bytes:
    """A zip whose one member has exactly these bytes as its name, in both places."""
    name = bytes.fromhex(name_hex)
    stand_in = "x" * len(name)
    return zipped([[stand_in, PROSE]]).replace(stand_in.encode(), name)


def zip_patched(at_signature: str, offset: int, value: int, size: int) -> bytes:
    """A sound zip with a number in its list (`central`), first header (`local`) or end (`end`) overwritten."""
    data = bytearray(zipped([["a.txt", PROSE]]))
    place = data.index({"central": b"PK\x01\x02", "local": b"PK\x03\x04", "end": b"PK\x05\x06"}[at_signature])
    data[place + offset : place + offset + size] = value.to_bytes(size, "little")
    return bytes(data)


def zip_empty(count: int) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for number in range(count):
            archive.writestr(zipfile.ZipInfo(f"{number}/"), b"")
    return target.getvalue()


def zip_list(count: int) -> bytes:
    """Only the list of a zip: entries without any content."""
    entry = b"PK\x01\x02" + bytes(24) + struct.pack("<H", 1) + bytes(16) + b"a"
    return (
        b"PK\x03\x04"
        + entry * count
        + b"PK\x05\x06"
        + struct.pack("<HHHHIIH", 0, 0, 65535, 65535, len(entry) * count, 4, 0)
    )


def zip_overlapping(count: int, megabytes: int) -> bytes:
    """Entries that all point at the same packed bytes."""
    data = zipped([["a.txt", "a", megabytes << 20]])
    start = data.index(b"PK\x01\x02")
    end = data.index(b"PK\x05\x06")
    listed = b"".join(data[start:end].replace(b"a.txt", b"%05d" % number) for number in range(count))
    tail = struct.pack("<HHHHIIH", 0, 0, count, count, len(listed), start, 0)
    return data[:start] + listed + b"PK\x05\x06" + tail


def nested(kind: str, depth: int) -> bytes:
    data = PROSE.encode()
    for level in range(depth):
        inner = "a.txt" if level == 0 else f"a.{kind}"
        if kind == "zip":
            target = io.BytesIO()
            with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr(inner, data)
            data = target.getvalue()
        elif kind == "gz":
            data = gzip.compress(data)
        else:
            data = _tar_header(inner.encode(), len(data)) + data + bytes(-len(data) % 512) + bytes(1024)
    return data


def packed(kind: str, before: str = "", piece: str = "a", times: int = 1, cut: int | None = None) -> bytes:
    plain = before.encode() + piece.encode() * times
    squeeze = {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress}[kind]
    return _spoilt(squeeze(plain), None, cut)


def zstd_like() -> bytes:
    return b"\x28\xb5\x2f\xfd" + bytes(range(200))


def tarred(members: list[list[Any]], cut: int | None = None) -> bytes:
    """Members are [name, kind, link or content]; kinds: 0 file, 1 hard link, 2 link, 3 device, 6 pipe."""
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w", format=tarfile.GNU_FORMAT) as archive:
        for name, kind, content in members:
            info = tarfile.TarInfo(name)
            info.type = str(kind).encode()
            if kind == 0:
                info.size = len(content.encode())
                archive.addfile(info, io.BytesIO(content.encode()))
            else:
                info.linkname = content
                archive.addfile(info)
    return _spoilt(target.getvalue(), None, cut)


def tar_sized(size_hex: str, kind: str = "0") -> bytes:
    """One member whose size field holds these bytes."""
    header = bytearray(_tar_header(b"a.txt", 0))
    header[156:157] = kind.encode()
    field = bytes.fromhex(size_hex)
    header[124 : 124 + len(field)] = field
    return _summed(header) + PROSE.encode().ljust(512, b"\0") + bytes(1024)


def tar_named(name_hex: str) -> bytes:
    body = PROSE.encode()
    return _tar_header(bytes.fromhex(name_hex), len(body)) + body.ljust(512, b"\0") + bytes(1024)


def tar_sparse(megabytes: int) -> bytes:
    """A file that is one hole."""
    header = bytearray(_tar_header(b"a.txt", 512))
    header[156:157], header[257:265] = b"S", b"ustar  \0"
    header[386:398], header[398:410] = b"%011o\0" % 0, b"%011o\0" % 512
    header[483:495] = b"%011o\0" % (megabytes << 20)
    return _summed(header) + PROSE.encode().ljust(512, b"\0") + bytes(1024)


def tar_folders(count: int) -> bytes:
    header = bytearray(_tar_header(b"d/", 0))
    header[156:157] = b"5"
    return _summed(header) * count + bytes(1024)


def office(kind: str, part: str, xml: str, times: int = 1, piece: str = "") -> bytes:
    """A sound Word or Excel file with one part put in the place of its own; `{}` in xml is `piece` so many times."""
    whole = samples.docx() if kind == "docx" else samples.xlsx(("A", [["judul", "isi"], ["Satu", PROSE]]))
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as sound, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as changed:
        for name in dict.fromkeys([*sound.namelist(), part]):
            content = xml.replace("{}", piece * times).encode() if name == part else sound.read(name)
            changed.writestr(name, content)
    return target.getvalue()


def docx_body(body: str, before: str = "", piece: str = "", times: int = 1) -> bytes:
    xml = f'<?xml version="1.0"?>{before}<w:document {WORD}><w:body>{body}</w:body></w:document>'
    return office("docx", "word/document.xml", xml, times, piece)


def xlsx_lying(part: str, megabytes: int) -> bytes:
    """A part that says it is small and unpacks to so many megabytes."""
    data = bytearray(office("xlsx", part, "<a>{}</a>", megabytes << 20, " "))
    place = 0
    while (place := data.index(b"PK\x01\x02", place)) >= 0:
        size = struct.unpack_from("<H", data, place + 28)[0]
        if data[place + 46 : place + 46 + size] == part.encode():
            struct.pack_into("<I", data, place + 24, 100)
            return bytes(data)
        place += 4
    raise ValueError(part)


def xlsx_cell(cell: str) -> bytes:
    """A sheet with one cell far away."""
    row = "".join(mark for mark in cell if mark.isdigit())
    xml = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1"/>'
        f'</row><row r="{row}"><c r="{cell}"><v>1</v></c></row></sheetData></worksheet>'
    )
    return office("xlsx", "xl/worksheets/sheet1.xml", xml)


def xlsx_rows(rows: list[list[Any]]) -> bytes:
    return samples.xlsx(("A", [["judul", "isi"], *rows]))


def parquet(
    rows: int = 1, characters: int = 0, columns: int = 0, cut: int | None = None, flip: int | None = None
) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    body = PROSE if not characters else "a" * characters
    table: dict[str, list[str]] = {"isi": [body] * rows} | {f"k{number}": ["x"] * rows for number in range(columns)}
    target = io.BytesIO()
    pq.write_table(pa.table(table), target, compression="zstd", dictionary_pagesize_limit=1 << 30)
    return _spoilt(target.getvalue(), flip, cut)


def sound(kind: str, cut: int | None = None, flip: int | None = None, keep: float = 1.0) -> bytes:
    """A sound file of a format, cut or with bytes changed."""
    data = {
        "pdf": lambda: samples.pdf([PROSE]),
        "docx": samples.docx,
        "xlsx": lambda: samples.xlsx(("A", [["judul", "isi"], ["Satu", PROSE]])),
        "eml": samples.mail,
        "mhtml": samples.saved_page,
        "warc": samples.warc,
        "rtf": samples.rtf,
    }[kind]()
    return _spoilt(data[: int(len(data) * keep)], flip, cut)


def pdf(pages: str = "", page: str = "", content: str = "", forms: list[str] | None = None, deflate: int = 0) -> bytes:
    """A PDF of hand-made objects: 1 catalogue, 2 pages, 3 page, 4 content, 5 font, then forms from 6."""
    drawn = content.encode() * max(deflate, 1)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >>",
        (pages or "<< /Type /Pages /Kids [3 0 R] /Count 1 >>").encode(),
        (
            page
            or "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources "
            "<< /XObject << /A 6 0 R >> /Font << /F1 5 0 R >> >> >>"
        ).encode(),
        _stream(drawn, deflated=deflate > 0),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, form in enumerate(forms or []):
        extra = (
            "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /Font << /F1 5 0 R >> "
            f"/XObject << /A {7 + number if number + 1 < len(forms or []) else 6} 0 R >> >>"
        )
        objects.append(_stream(form.encode(), extra.encode()))
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    return data + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)


def warc(length: str, encoding: str = "", deflate: int = 0) -> bytes:
    body = f"<html><body><p>{PROSE}</p></body></html>".encode()
    if deflate:
        body = gzip.compress(body + b" " * (deflate << 20))
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{encoding}\r\n\r\n".encode()
    size = length.replace("right", str(len(head + body)))
    return (
        (
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://contoh.id/a\r\n"
            f"Content-Type: application/http\r\nContent-Length: {size}\r\n\r\n"
        ).encode()
        + head
        + body
        + b"\r\n\r\n"
    )


def mail_nested(kind: str, depth: int) -> bytes:
    head = b"From: a@contoh.id\nSubject: x\nDate: Tue, 05 Mar 2024 08:10:00 +0700\nMIME-Version: 1.0\n"
    if kind == "rfc822":
        return head + b"Content-Type: message/rfc822\n\n" * depth + PROSE.encode()
    return head + b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (level, level) for level in range(depth)
    )


def mail_attached(name: str) -> bytes:
    from email.message import EmailMessage

    message = EmailMessage()
    message["From"], message["Subject"], message["MIME-Version"] = "a@contoh.id", "x", "1.0"
    message["Date"] = "Tue, 05 Mar 2024 08:10:00 +0700"
    message.set_content(PROSE)
    message.add_attachment(PROSE.replace("Warga", "Petani").encode(), maintype="text", subtype="plain", filename=name)
    return message.as_bytes()


def jsonl(**fields: Any) -> bytes:
    return (json.dumps({"text": PROSE, **fields}) + "\n").encode()


def _stream(content: bytes, extra: bytes = b"", *, deflated: bool = False) -> bytes:
    if deflated:
        content, extra = zlib.compress(content), extra + b" /Filter /FlateDecode"
    return b"<< /Length %d %s >>\nstream\n" % (len(content), extra) + content + b"\nendstream"


def _tar_header(name: bytes, size: int) -> bytes:
    header = bytearray(512)
    header[: len(name)] = name
    header[100:124] = b"0000644\x000000000\x000000000\x00"
    header[124:136], header[136:148], header[156:157] = b"%011o\0" % size, b"00000000000\0", b"0"
    header[257:265] = b"ustar\x0000"
    return _summed(header)


def _summed(header: bytearray) -> bytes:
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    return bytes(header)


def _spoilt(data: bytes, flip: int | None, cut: int | None) -> bytes:
    spoilt = bytearray(data[:cut])
    if flip is not None:
        for place in range(flip, min(flip + 40, len(spoilt))):
            spoilt[place] ^= 0x5A
    return bytes(spoilt)


MAKERS: dict[str, Maker] = {
    made.__name__: made
    for made in (
        text, hexed, around, nest, numbered,
        zipped, zip_link, zip_named, zip_patched, zip_empty, zip_list, zip_overlapping,
        nested, packed, zstd_like, tarred, tar_sized, tar_named, tar_sparse, tar_folders, office, docx_body, xlsx_lying,
        xlsx_cell, xlsx_rows, parquet, sound, pdf, warc, mail_nested, mail_attached, jsonl,
    )
}  # fmt: skip
