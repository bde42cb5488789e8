"""Bytes -> text: which encoding, told by rule and not by statistics.

A byte-order mark decides; then strict UTF-8; then UTF-16 by the place of its zero bytes; then UTF-8 with a
few broken bytes; then Mac-Roman where its quotation marks stand like quotation marks; then cp1252.
"""

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is how this one starts
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE_BYTES = 65_536
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")
# Mac-Roman quotation marks and dashes where such marks stand: `\xd2Kata\xd3`, `Jum\xd5at`, `Moskow \xd0 Rusia`.
_MAC_MARK = re.compile(
    rb"(?:^|(?<=[\s(]))[\xd2\xd4](?=\w)|(?<=[\w.,!?])[\xd3\xd5](?=[\s.,;:)]|$)|(?<=[a-z])\xd5(?=[a-z])"
    rb"|(?<=\s)[\xd0\xd1](?=\s)"
)
_CP1252_MARK = re.compile(rb"[\x85\x91-\x97]")
_TAIL_BYTES = 3  # what a cut in the middle of a UTF-8 character can leave behind


def decode(data: bytes, *, declared: str | None = None) -> tuple[str, tuple[str, ...]]:
    """The text and notes on how it was read. declared is the container's own claim, used when UTF-8 fails."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text, notes = _with_replacement(data[len(mark) :], encoding)
            return text, (() if encoding == "utf-8" else (f"encoding {encoding[:6]}",)) + notes
    guess = wide_encoding(data)
    if guess is not None:
        text, notes = _with_replacement(data, guess)
        return text, (f"encoding {guess[:6]}", *notes)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        cut_off = error.start >= len(data) - _TAIL_BYTES and error.reason == "unexpected end of data"
        if cut_off and _MULTIBYTE.search(data):  # without other UTF-8 it is rather cp1252 that ends in `é`
            return data[: error.start].decode("utf-8"), ("cut-off last character dropped",)
    if _mostly_utf8(data):
        return _with_replacement(data, "utf-8")
    if declared is not None:
        try:
            return data.decode(declared), (f"encoding {declared.lower()}",)
        except (LookupError, UnicodeError, ValueError):
            pass  # an unknown or untrue claim: the rules below decide
    encoding = _one_byte_encoding(data)
    return _one_byte(data, encoding), (f"encoding {encoding}",)


def wide_encoding(data: bytes) -> str | None:
    """UTF-16 without a mark: Latin letters leave a zero in every second byte, always on the same side."""
    sample = data[:_SAMPLE_BYTES]
    sample = sample[: len(sample) // 2 * 2]
    if len(sample) < 4:
        return None
    half = len(sample) // 2
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > 0.6 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.6 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None


def _with_replacement(data: bytes, encoding: str) -> tuple[str, tuple[str, ...]]:
    try:
        return data.decode(encoding), ()
    except UnicodeDecodeError:
        return data.decode(encoding, errors="replace"), ("broken bytes replaced",)


def _mostly_utf8(data: bytes) -> bool:
    """True where whole UTF-8 characters far outnumber the bytes that are none."""
    whole = _MULTIBYTE.findall(data)
    broken = len(_HIGH.findall(data)) - sum(map(len, whole))
    return len(whole) > 4 * broken


def _one_byte_encoding(data: bytes) -> str:
    mac = len(_MAC_MARK.findall(data))
    return "mac-roman" if mac >= 2 and not _CP1252_MARK.search(data) else "cp1252"


def _one_byte(data: bytes, encoding: str) -> str:
    """Each byte one character; the five that cp1252 leaves open stay control characters, as browsers do."""
    if encoding == "cp1252":
        return data.decode("latin-1").translate(_CP1252)
    return data.decode("mac-roman")


_CP1252 = {
    byte: ord(bytes([byte]).decode("cp1252"))
    for byte in range(0x80, 0xA0)
    if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
