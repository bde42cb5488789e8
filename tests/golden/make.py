"""Golden files of the sample corpus: what the whole house says of each article, in short.

Usage: python tests/golden/make.py     (rewrites tests/golden/*.json; read the diff before committing it)
"""

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(PROJECT))

from core.model import Tagged
from core.pipeline import SEEDS, sample_files, tag_file
from core.settings import Settings

FOLDER = Path(__file__).resolve().parent


def tagged(name: str) -> Tagged:
    """The one article of a sample file."""
    [found] = tag_file(name, (SEEDS / name).read_bytes(), settings=Settings())
    assert isinstance(found, Tagged), found
    return found


def summarise(article: Tagged) -> dict[str, Any]:
    """Small enough to read in a diff, whole enough that no change of a tag goes unseen.

    Polarity is left to its floors in tests/quality: every training moves a few sentences either way.
    """
    document, tags = article.document, article.annotations
    text = document.text
    return {
        "outlet": document.outlet and document.outlet.id,
        "title": document.title,
        "published": document.published and [document.published.date.iso, document.published.basis],
        "byline": document.byline,
        "language": document.language.code,
        "zones": [[zone.kind, zone.span.of(text)] for zone in document.zones],
        "removed": [
            [piece.rule, piece.span.of(document.raw_text)]
            for piece in document.removed
            if piece.span.of(document.raw_text).strip()
        ],
        "notes": list(document.notes),
        "sentences": dict(Counter(f"{one.zone} {one.tone.layer}" for one in tags.sentences)),
        "mentions": dict(
            sorted(
                Counter(
                    f"{one.entity.id} <- {one.span.of(text)}" + (f" = {one.refers_to}" if one.refers_to else "")
                    for one in tags.mentions
                ).items()
            )
        ),
        "quotes": [[one.kind, one.speaker, one.cue, one.content.of(text)[:60]] for one in tags.quotes],
        "sources": [[one.kind, one.name] for one in tags.sources],
        "claims": [[one.claim_id, one.stance, one.attributed_to, one.span.of(text)[:60]] for one in tags.claims],
    }


def golden_file(name: str) -> Path:
    return FOLDER / f"{Path(name).stem}.json"


def main() -> None:
    for name in sample_files():
        summary = json.dumps(summarise(tagged(name)), ensure_ascii=False, indent=1)
        golden_file(name).write_text(summary + "\n", encoding="utf-8")
    print(f"{len(sample_files())} golden files written to {FOLDER}")


if __name__ == "__main__":
    main()
