"""Readings by hand: a text, its sentences, and mentions for the surface forms a test names."""

import re
from dataclasses import replace

from core.model import Document, Entity, Label, Mention, Outlet, PartialDate, Published, Span, Zone
from core.tag.entities import tag_mentions
from core.tag.quotes import tag_quotes
from core.tag.reading import Reading, bare
from core.tag.sentences import split_sentences
from core.tag.sources import tag_sources

# What the examples in resources and tests speak of.
KNOWN: dict[str, tuple[Label, str]] = {
    "Kim Jong Un": ("PER", "Kim Jong Un"),
    "Kim Yo Jong": ("PER", "Kim Yo Jong"),
    "Putin": ("PER", "Vladimir Putin"),
    "Vladimir Putin": ("PER", "Vladimir Putin"),
    "Rina Sari": ("PER", "Rina Sari"),
    "Rina": ("PER", "Rina Sari"),
    "Dmitry Peskov": ("PER", "Dmitry Peskov"),
    "Peskov": ("PER", "Dmitry Peskov"),
    "Kremlin": ("ORG", "Kremlin"),
    "KCNA": ("ORG", "KCNA"),
    "Yonhap": ("ORG", "Yonhap"),
    "Reuters": ("ORG", "Reuters"),
    "PBB": ("ORG", "PBB"),
    "Kementerian Kelautan": ("ORG", "Kementerian Kelautan"),
    "Perusahaan Kereta": ("ORG", "Perusahaan Kereta"),
    "Badan Statistik Kota": ("ORG", "Badan Statistik Kota"),
    "Radio Pesisir": ("ORG", "Radio Pesisir"),
    "Pengembang Taman Sari": ("ORG", "Pengembang Taman Sari"),
    "Rusia": ("GPE", "Rusia"),
    "Moskow": ("GPE", "Moskow"),
    "Korea Utara": ("GPE", "Korea Utara"),
    "Korut": ("GPE", "Korea Utara"),
    "Pyongyang": ("GPE", "Pyongyang"),
    "Korea Selatan": ("GPE", "Korea Selatan"),
    "Korsel": ("GPE", "Korea Selatan"),
    "Amerika Serikat": ("GPE", "Amerika Serikat"),
    "AS": ("GPE", "Amerika Serikat"),
    "Solo": ("GPE", "Solo"),
}


def document_of(text: str, *, outlet: str | None = None, published: str | None = None) -> Document:
    return replace(
        bare(text),
        outlet=Outlet(id=outlet, name=outlet, rule="test") if outlet else None,
        published=Published(date=PartialDate(iso=published, precision="day"), basis="test", evidence="")
        if published
        else None,
    )


def mentions_of(text: str, *zones: Zone) -> tuple[Mention, ...]:
    """What the name stage finds in a text."""
    document = replace(bare(text), zones=zones)
    return tag_mentions(Reading(document=document, sentences=split_sentences(document)))


def mentions_in(text: str, names: dict[str, tuple[Label, str]]) -> tuple[Mention, ...]:
    """Every occurrence of the surface forms, longest first."""
    taken: list[tuple[int, int, Label, str]] = []
    for surface in sorted(names, key=len, reverse=True):
        label, name = names[surface]
        for found in re.finditer(rf"(?<!\w){re.escape(surface)}(?!\w)", text):
            if all(found.end() <= low or found.start() >= high for low, high, *_ in taken):
                taken.append((found.start(), found.end(), label, name))
    return tuple(
        Mention(
            span=Span(start=low, end=high),
            label=label,
            entity=Entity(id=f"{label.lower()}:" + name.lower().replace(" ", "-"), name=name, label=label),
            refers_to=None,
            where="body",
            rule="test",
            score=1.0,
        )
        for low, high, label, name in sorted(taken)
    )


def reading_of(
    text: str,
    names: dict[str, tuple[Label, str]] | None = None,
    *,
    outlet: str | None = None,
    published: str | None = None,
) -> Reading:
    """A reading with sentences and mentions, before speech and sources are tagged."""
    document = document_of(text, outlet=outlet, published=published)
    found = mentions_in(text, KNOWN if names is None else KNOWN | names)
    return Reading(document=document, sentences=split_sentences(document), mentions=found)


def tagged(reading: Reading) -> Reading:
    """The reading with its quotes and sources."""
    reading = replace(reading, quotes=tag_quotes(reading))
    return replace(reading, sources=tag_sources(reading))
