"""Joins the stages: bytes of a file in, tagged articles out; and the bundled sample."""

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import chain, islice
from multiprocessing import get_context, parent_process
from threading import Thread

from core import ingest, normalize, tag
from core.memory import collect_seldom
from core.model import FileResult, Origin, RawArticle, Refusal, Source, Tagged
from core.settings import PROJECT, Settings
from core.store import Corpus

SEEDS = PROJECT / "seeds"
BATCH_ARTICLES = 100  # what one worker takes at a time: below this the hand-over costs more than it saves


def tag_article(raw: RawArticle) -> Tagged:
    """One article through normalize and tag."""
    document = normalize.document(raw)
    return Tagged(document=document, annotations=tag.annotate(document))


def tag_file(
    name: str, data: bytes, *, settings: Settings, wanted: Callable[[Source], bool] | None = None
) -> Iterator[Tagged | Refusal]:
    """Every article and every refusal of a file, in the file's order, or those that are wanted; nothing is stored.

    With settings.workers above 1 a long file is tagged in that many processes more.
    """
    found = ingest.read(name, data, settings=settings)
    if wanted is not None:
        found = (one for one in found if wanted(one.source))
    if settings.workers < 2:
        yield from map(_tag_or_pass, found)
        return
    yield from map(_tag_or_pass, islice(found, BATCH_ARTICLES))
    if (more := next(found, None)) is None:
        return  # too short to be worth the start of processes
    # spawn, not fork: the dashboard calls this from a thread of a process that runs many
    with ProcessPoolExecutor(settings.workers, get_context("spawn"), initializer=_begin_process) as pool:
        yield from _in_batches(pool.map, chain((more,), found), settings.workers)


def _begin_process() -> None:
    """One that tags, and that whatever ends the process that handed out the work ends too."""
    collect_seldom()
    parent = parent_process()

    def watch() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    Thread(target=watch, daemon=True).start()


def _in_batches(
    run: Callable[..., Iterable[Tagged | Refusal]], found: Iterator[RawArticle | Refusal], workers: int
) -> Iterator[Tagged | Refusal]:
    """Hands out a bounded stretch at a time, so that a large file is never held whole."""
    while stretch := list(islice(found, BATCH_ARTICLES * workers * 2)):
        yield from run(_tag_or_pass, stretch, chunksize=BATCH_ARTICLES)


def _tag_or_pass(found: RawArticle | Refusal) -> Tagged | Refusal:
    return found if isinstance(found, Refusal) else tag_article(found)


def process(
    name: str,
    data: bytes,
    *,
    origin: Origin,
    settings: Settings,
    on_article: Callable[[int], None] | None = None,
) -> FileResult:
    """A whole file, ready for Corpus.add, which pulls its articles through all stages.

    on_article hears how many articles are done.
    """
    return FileResult(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        size_bytes=len(data),
        origin=origin,
        found=_counted(tag_file(name, data, settings=settings), on_article),
    )


def _counted(found: Iterable[Tagged | Refusal], on_article: Callable[[int], None] | None) -> Iterator[Tagged | Refusal]:
    articles = 0
    for one in found:
        if isinstance(one, Tagged):
            articles += 1
            if on_article is not None:
                on_article(articles)
        yield one


def sample_files() -> list[str]:
    """Names of the bundled sample's article files, sorted."""
    return sorted(found.name for found in SEEDS.iterdir() if found.name[:2].isdigit())


def load_sample(corpus: Corpus, settings: Settings) -> int:
    """Put the bundled sample into the corpus; returns how many articles it holds. Twice changes nothing."""
    articles = 0
    for name in sample_files():
        result = process(name, (SEEDS / name).read_bytes(), origin="sample", settings=settings)
        articles += corpus.add(result).articles
    return articles
