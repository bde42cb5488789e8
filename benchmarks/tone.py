"""Print how many articles a second get their tone, on one core, over ../shared/data/news.

Usage: OMP_NUM_THREADS=1 python benchmarks/tone.py [ARTICLES]
"""

import gzip
import json
import re
import sys
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from core.model import Document, Language, Source, Span
from core.tag.reading import Reading, Stretch
from core.tag.tone import rate_article, rate_sentences

NEWS = PROJECT.parent / "shared" / "data" / "news" / "news.jsonl.gz"
SENTENCE = re.compile(r"\S.*?(?:[.?!][\"”]?(?=[\s,]|$)|\n|$)")  # rough: only the tone is timed


def read_articles(count: int) -> list[Reading]:
    readings = []
    with gzip.open(NEWS, "rt", encoding="utf-8") as lines:
        for number, line in zip(range(count), lines, strict=False):
            text = json.loads(line)["text"] or ""
            document = Document(
                id=str(number),
                source=Source(name=NEWS.name, sha256="", record=number),
                raw_text=text,
                text=text,
                removed=(),
                zones=(),
                language=Language(code="id", confidence=1.0),
            )
            spans = [Span(start=found.start(), end=found.end()) for found in SENTENCE.finditer(text)]
            sentences = tuple(Stretch(span=span, zone="body") for span in spans)
            readings.append(Reading(document=document, sentences=sentences))
    return readings


def main() -> None:
    readings = read_articles(int(sys.argv[1]) if len(sys.argv) > 1 else 5000)
    start = time.perf_counter()
    rate_sentences(readings[0])
    print(f"model loaded, first article rated: {1000 * (time.perf_counter() - start):.0f} ms")
    start, processor = time.perf_counter(), time.process_time()
    for reading in readings:
        rate_article(rate_sentences(reading))
    spent, processor = time.perf_counter() - start, time.process_time() - processor
    sentences = sum(len(reading.sentences) for reading in readings)
    print(
        f"{len(readings)} articles, {sentences / len(readings):.1f} sentences each: "
        f"{len(readings) / spent:.0f} articles/s by the clock, {len(readings) / processor:.0f} by processor time"
    )


if __name__ == "__main__":
    main()
