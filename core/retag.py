"""Tags anew what was tagged under other rules, from the kept originals; where those are gone, from the kept text."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TypeVar

from core import tag
from core.inbox import original_path
from core.model import Refusal, Source, Tagged
from core.pipeline import SEEDS, tag_file
from core.settings import Settings
from core.store import Corpus, retagging
from core.store.retagging import StaleFile

Item = TypeVar("Item")
log = logging.getLogger(__name__)

BATCH_ARTICLES = 250


@dataclass(frozen=True, slots=True, kw_only=True)
class Retagged:
    """How many articles are done of all that were stale when the run began, and how many still are."""

    done: int
    total: int
    left: int


def stale(corpus: Corpus) -> int:
    """How many articles were tagged under other rules than those of now."""
    return sum(file.articles for file in retagging.stale_files(corpus, tag.tagger_version()))


def retag(
    corpus: Corpus,
    settings: Settings,
    *,
    on_progress: Callable[[int, int], None] | None = None,
    stopped: Callable[[], bool] = lambda: False,
) -> Retagged:
    """Tag every stale article again, in place; may be broken off at any moment and begun again.

    on_progress hears how many of how many are done; stopped is asked after each batch.
    """
    version = tag.tagger_version()
    files = retagging.stale_files(corpus, version)
    total, done = sum(file.articles for file in files), 0
    for file in files:
        for batch in _batches(corpus, settings, file, version):
            if stopped():
                return Retagged(done=done, total=total, left=total - done)
            retagging.write_again(corpus, batch)
            done += len(batch)
            if on_progress is not None:
                on_progress(done, total)
    if done:
        retagging.settle(corpus)
    return Retagged(done=done, total=total, left=stale(corpus))


def _batches(corpus: Corpus, settings: Settings, file: StaleFile, version: str) -> Iterator[list[tuple[int, Tagged]]]:
    """The stale articles of a file, tagged; those that cannot be read from the original come from the kept text."""
    wanted = retagging.stale_articles(corpus, file.file_id, version)
    found: set[int] = set()
    data = _original(settings, file)
    if data is not None:
        for batch in _chunks(_read_again(file, data, settings, wanted)):
            found.update(doc for doc, _ in batch)
            yield batch
    for docs in _chunks(doc for doc in sorted(wanted.values()) if doc not in found):
        stored = retagging.machine_documents(corpus, docs)
        yield [(doc, Tagged(document=kept, annotations=tag.annotate(kept))) for doc, kept in stored.items()]


def _read_again(
    file: StaleFile, data: bytes, settings: Settings, wanted: dict[tuple[str, int], int]
) -> Iterator[tuple[int, Tagged]]:
    def is_wanted(source: Source) -> bool:
        return (source.sha256, source.record) in wanted

    for found in tag_file(file.name, data, settings=settings, wanted=is_wanted):
        if not isinstance(found, Refusal):
            source = found.document.source
            yield wanted[source.sha256, source.record], found


def _original(settings: Settings, file: StaleFile) -> bytes | None:
    kept: Path = SEEDS / file.name if file.origin == "sample" else original_path(settings, file.sha256)
    try:
        return kept.read_bytes()
    except OSError:
        log.warning("The original of %s is not at hand: its articles are tagged from the kept text", file.name)
        return None


def _chunks(items: Iterator[Item]) -> Iterator[list[Item]]:
    while part := list(islice(items, BATCH_ARTICLES)):
        yield part
