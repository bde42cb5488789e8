"""Prints how fast articles are read and their language told, on one core.

Usage: python benchmarks/ingest.py [DATA_FOLDER]     (the folder with news/news.jsonl.gz)
"""

import gzip
import io
import json
import resource
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from core.ingest import read
from core.model import RawArticle
from core.normalize.language import identify
from core.settings import Settings

PAGES = 300


def main() -> None:
    data = Path(sys.argv[1]) if len(sys.argv) > 1 else PROJECT.parent / "shared" / "data"
    packed = (data / "news" / "news.jsonl.gz").read_bytes()
    articles = timed("JSON lines, packed", lambda: list(read("news.jsonl.gz", packed, settings=Settings())))
    taken = [article for article in articles if isinstance(article, RawArticle)]
    print(f"  refused: {len(articles) - len(taken)}")
    timed("each as its own text in a zip", lambda: list(read("news.zip", zipped(taken[:3000]), settings=Settings())))
    pages = [page(article).encode() for article in taken[:: len(taken) // PAGES]]
    timed("web pages", lambda: [part for data in pages for part in read("a.html", data, settings=Settings())])
    texts = [json.loads(line)["text"] for line in gzip.decompress(packed).split(b"\n")[::9] if line]
    timed("language", lambda: [identify(text) for text in texts])
    print(f"peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


def timed(what: str, work: object) -> list[object]:
    """Run once to load what is loaded late, then time; print articles a second of processor time."""
    assert callable(work)
    work()
    start = time.process_time()
    done = work()
    spent = time.process_time() - start
    print(f"{what}: {len(done)} in {spent:.1f} s, {len(done) / spent:.0f} a second")
    return list(done)


def zipped(articles: list[RawArticle]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, article in enumerate(articles):
            archive.writestr(f"{number}.txt", article.raw_text)
    return target.getvalue()


def page(article: RawArticle) -> str:
    body = "".join(paragraphs(article))
    return f"<html><head><title>{article.title}</title></head><body><article>{body}</article></body></html>"


def paragraphs(article: RawArticle) -> Iterator[str]:
    words = article.raw_text.split()
    for start in range(0, len(words), 40):
        yield f"<p>{' '.join(words[start : start + 40])}</p>"


if __name__ == "__main__":
    main()
