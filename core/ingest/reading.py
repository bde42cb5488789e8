"""Drives the readers: picks one by content, follows what they find inside, numbers and repairs the articles."""

import hashlib
from collections.abc import Iterator

from core.errors import InputError
from core.ingest.archive import read_gzip, read_tar, read_zip
from core.ingest.formats import format_of
from core.ingest.jsonl import read_json, read_jsonl
from core.ingest.mail import read_mail, read_saved_page
from core.ingest.page import read_page
from core.ingest.parquet import read_parquet
from core.ingest.parts import MEGABYTE, Allowance, Draft, Fault, File, Part, Reader, ending_of, readable
from core.ingest.pdf import read_pdf
from core.ingest.plain import read_markdown, read_plain
from core.ingest.repair import repair
from core.ingest.richtext import read_rich_text
from core.ingest.sheet import read_sheet
from core.ingest.table import read_table
from core.ingest.warc import read_warc
from core.ingest.word import read_word
from core.model import RawArticle, Refusal, Source
from core.settings import Settings

READERS: dict[str, Reader] = {
    "plain": read_plain,
    "markdown": read_markdown,
    "page": read_page,
    "json": read_json,
    "jsonl": read_jsonl,
    "table": read_table,
    "sheet": read_sheet,
    "parquet": read_parquet,
    "pdf": read_pdf,
    "word": read_word,
    "rich_text": read_rich_text,
    "mail": read_mail,
    "saved_page": read_saved_page,
    "warc": read_warc,
    "zip": read_zip,
    "tar": read_tar,
    "gzip": read_gzip,
}
_FIELD_CHARACTERS = 2000  # longest title, address and the like; a longer one is some other text in the wrong place


def read(name: str, data: bytes, *, settings: Settings) -> Iterator[RawArticle | Refusal]:
    """The articles of a file in their order, and a Refusal for each file or record that can't be taken.

    Never raises for bad input. Source.sha256 is that of `data`, also for what stands inside an archive, so
    that it and `record` name one article of one upload; Source.name of a member is `archive.zip/member.txt`.
    `record` runs from 0 over all that the file holds; a refused record keeps its number.
    """
    reading = _Reading(sha256=hashlib.sha256(data).hexdigest(), settings=settings)
    name = readable(name)
    if len(data) > settings.max_upload_mb * MEGABYTE:
        yield reading.refusal(name, f"{name} is larger than {settings.max_upload_mb} MB: split it and add the parts.")
        return
    allowance = Allowance(
        unpacked_bytes=settings.max_unpacked_mb * MEGABYTE,
        limit_mb=settings.max_unpacked_mb,
        text_characters=settings.max_text_characters,
        packed_bytes=len(data),
        ratio=settings.max_unpacked_ratio,
        archive_depth=settings.max_archive_depth,
    )
    yield from reading.file(File(name=name, data=data, ending=ending_of(name), allowance=allowance))


def expected(name: str, data: bytes) -> int | None:
    """About how many articles a file holds, where that is seen without reading it: lines of JSON; else None."""
    allowance = Allowance(
        unpacked_bytes=0, limit_mb=0, text_characters=0, packed_bytes=len(data), ratio=1, archive_depth=0
    )
    try:
        kind = format_of(File(name=name, data=data, ending=ending_of(name), allowance=allowance))
    except InputError:
        return None
    return data.count(b"\n") + (not data.endswith(b"\n")) if kind == "jsonl" else None


class _Reading:
    """One upload being read: its checksum and the number of the next record."""

    def __init__(self, *, sha256: str, settings: Settings) -> None:
        self._sha256 = sha256
        self._settings = settings
        self._next = 0
        self._full = False

    def file(self, file: File) -> Iterator[RawArticle | Refusal]:
        """All that a file holds; its own failure is its last Refusal and does not reach the file around it."""
        before = self._next
        try:
            for part in READERS[format_of(file)](file):
                yield from self._part(part, file)
                if self._full:
                    return
        except InputError as error:
            yield self.refusal(file.name, str(error))
            return
        except Exception:  # readers of foreign formats fail in ways that nobody has listed
            reason = f"{file.name} is damaged and can't be read: save it again, or in another format, and add that."
            yield self.refusal(file.name, reason)
            return
        if self._next == before:
            yield self.refusal(
                file.name, f"{file.name} holds no article: check what is in it and add the article itself."
            )

    def _part(self, part: Part, file: File) -> Iterator[RawArticle | Refusal]:
        if self._next >= self._settings.max_records:
            self._full = True
            most = self._settings.max_records
            yield self.refusal(file.name, f"{file.name} holds more than {most} articles, the rest was left: split it.")
        elif isinstance(part, File):
            yield from self.file(part)
        elif isinstance(part, Fault):
            yield self.refusal(file.name, part.reason)
        else:
            yield self._article(part, file)

    def _article(self, draft: Draft, file: File) -> RawArticle | Refusal:
        longest = self._settings.max_text_characters
        text, notes = repair(draft.text) if len(draft.text) <= 2 * longest else (draft.text, ())
        which = file.name if self._next == 0 else f"Record {self._next} of {file.name}"
        if len(text) > longest:
            return self.refusal(file.name, f"{which} is longer than {longest} characters: split it into its articles.")
        if not text.strip():
            return self.refusal(file.name, f"{which} has no text: add the article with its text.")
        return RawArticle(
            source=self._source(file.name),
            raw_text=text,
            url=_field(draft.url),
            title=_field(draft.title),
            outlet=_field(draft.outlet),
            published=_field(draft.published),
            author=_field(draft.author),
            notes=tuple(dict.fromkeys((*draft.notes, *notes))),
        )

    def refusal(self, name: str, reason: str) -> Refusal:
        return Refusal(source=self._source(name), reason=reason)

    def _source(self, name: str) -> Source:
        number = self._next
        self._next += 1
        return Source(name=name, sha256=self._sha256, record=number)


def _field(value: str | None) -> str | None:
    """A container field on one line, repaired as the text is."""
    if value is None or len(value) > _FIELD_CHARACTERS:
        return None
    return " ".join(repair(value)[0].split()) or None
