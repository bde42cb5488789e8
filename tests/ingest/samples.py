"""One small file of each format, built on the spot and holding words of this project alone."""

import io
from datetime import datetime
from email.message import EmailMessage

PROSE = (
    "Warga desa memperbaiki jembatan bambu yang hanyut diterjang banjir pada akhir pekan. "
    "Pekerjaan itu rampung dalam dua hari berkat gotong royong lima puluh orang."
)
SECOND = "Kepala desa menyebut jembatan itu “kuat” dan berharap warga ikut merawatnya sepanjang musim hujan."
PAGE = (
    "<!DOCTYPE html><html><head><title>Jembatan baru</title></head>"
    f"<body><article><p>{PROSE}</p><p>{SECOND}</p></article></body></html>"
)


def pdf(lines: list[str]) -> bytes:
    """A PDF of one page, each line drawn by itself."""
    shown = (line.encode("cp1252").replace(b"(", b"\\(").replace(b")", b"\\)") for line in lines)
    content = b"BT /F1 11 Tf 72 760 Td 14 TL\n" + b"".join(b"(" + line + b") Tj T*\n" for line in shown) + b"ET"
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n" % len(content) + content + b"\nendstream",
        font,
        b"<< /Title (Jembatan baru) /Author (Sari) /CreationDate (D:20240101000000) >>",
    ]
    data = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table
    return data + b"trailer << /Size %d /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)


def docx() -> bytes:
    from docx import Document

    document = Document()
    document.core_properties.title = "Jembatan baru"
    document.core_properties.author = "Sari"
    document.add_paragraph(PROSE)
    cells = document.add_table(rows=1, cols=2).rows[0].cells
    cells[0].text, cells[1].text = "Biaya", "Rp 5 juta"
    document.add_paragraph(SECOND)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def xlsx(*sheets: tuple[str, list[list[object]]]) -> bytes:
    import xlsxwriter

    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for name, rows in sheets:
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, datetime):
                    sheet.write_datetime(number, column, cell, day)
                elif cell is not None:
                    sheet.write(number, column, cell)
    book.close()
    return target.getvalue()


def parquet(columns: dict[str, list[object]]) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    target = io.BytesIO()
    pq.write_table(pa.table(columns), target)
    return target.getvalue()


def mail(*, attach: bool = True) -> bytes:
    message = EmailMessage()
    message["From"] = "Sari Wulan <sari@contoh.id>"
    message["To"] = "redaksi@contoh.id"
    message["Subject"] = "Jembatan “baru”"
    message["Date"] = "Tue, 05 Mar 2024 08:10:00 +0700"
    message["Message-ID"] = "<1@contoh.id>"
    message.set_content(f"{PROSE}\n\n{SECOND}\n")
    if attach:
        message.add_attachment(SECOND.encode(), maintype="text", subtype="plain", filename="catatan.txt")
        message.add_attachment(b"\x89PNG\r\n\x1a\n\x00", maintype="image", subtype="png", filename="foto.png")
    return message.as_bytes()


def saved_page() -> bytes:
    page = PAGE.replace("=", "=3D")
    return (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://contoh.id/jembatan\r\nSubject: Jembatan\r\n"
        "Date: Tue, 5 Mar 2024 08:00:00 -0000\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="XX"\r\n\r\n\r\n--XX\r\n'
        "Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n"
        f"Content-Location: https://contoh.id/jembatan\r\n\r\n{page}\r\n--XX--\r\n"
    ).encode()


def rtf() -> bytes:
    return (
        rb"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Arial;}}{\info{\title Jembatan baru}{\author Sari}}"
        rb"{\*\generator Contoh}\f0\fs24 Warga \b desa\b0  bergotong royong.\par "
        rb"\'93Kuat\'94, kata \u8220?Lurah\u8221? di Caf\'e9.\par {\field{\*\fldinst HYPERLINK x}{\fldrslt tautan}}"
        rb"\par Senyum \u-10179?\u-8694?\par}"
    )


def warc() -> bytes:
    """A page, one that was not found, a picture, a page without text, and a converted text."""
    answers = [
        ("response", "https://contoh.id/jembatan", "application/http", _answer("200 OK", "text/html", PAGE)),
        ("response", "https://contoh.id/hilang", "application/http", _answer("404 Not Found", "text/html", PAGE)),
        ("response", "https://contoh.id/foto.png", "application/http", _answer("200 OK", "image/png", "PNG")),
        ("response", "https://contoh.id/kosong", "application/http", _answer("200 OK", "text/html", "<html></html>")),
        ("conversion", "https://contoh.id/teks", "text/plain", SECOND.encode()),
    ]
    return b"".join(_record(*answer) for answer in answers)


def _answer(status: str, kind: str, body: str) -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Type: {kind}; charset=utf-8\r\n\r\n{body}".encode()


def _record(kind: str, address: str, content_type: str, body: bytes) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2024-03-05T00:00:00Z\r\n"
        "WARC-Record-ID: <urn:uuid:12345678-1234-1234-1234-123456789012>\r\n"
        f"Content-Type: {content_type}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body + b"\r\n\r\n"
