"""What nothing refers to any more is given back."""

import gc
import weakref

import pyarrow as pa
import pytest

import core.memory
from core.memory import ARENAS, LARGE, SELDOM, collect_seldom, keep_compact, tidy


class Ring:
    def __init__(self) -> None:
        self.own = self


def test_rings_are_collected():
    gc.disable()
    try:
        ring = Ring()
        seen = weakref.ref(ring)
        del ring
        assert seen() is not None
        tidy()
        assert seen() is None
    finally:
        gc.enable()


def test_a_library_without_trimming_is_no_trouble(monkeypatch):
    monkeypatch.setattr(core.memory.ctypes, "CDLL", lambda _: object())
    tidy()
    keep_compact()


def test_a_server_keeps_few_heaps_and_gives_large_blocks_back(monkeypatch):
    told = {}

    class Library:
        def malloc_trim(self, _: int) -> None: ...

        def mallopt(self, what: int, value: int) -> None:
            told[what] = value

    monkeypatch.setattr(core.memory.sys, "platform", "linux")
    monkeypatch.setattr(core.memory.ctypes, "CDLL", lambda _: Library())
    keep_compact()
    assert told == {-8: ARENAS, -3: LARGE}


@pytest.fixture
def thresholds():
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)
    gc.unfreeze()


@pytest.mark.usefixtures("thresholds")
def test_a_process_that_tags_looks_seldom():
    collect_seldom()
    assert gc.get_threshold()[0] == SELDOM
    assert gc.get_freeze_count() > 0


def test_tables_that_are_gone_are_given_back():
    pool = pa.default_memory_pool()
    before = pool.bytes_allocated()
    table = pa.table({"a": range(1_000_000)})
    assert pool.bytes_allocated() > before
    del table
    tidy()
    assert pool.bytes_allocated() <= before
