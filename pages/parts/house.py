"""What all sessions of one server share: the settings, the open corpus, its inbox, and answers already worked out."""

import atexit
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import pandas as pd
import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from core import orders
from core.analyze.openings import MARK, with_openings
from core.errors import TelaahError, TooLongError
from core.inbox import Inbox
from core.memory import tidy
from core.pipeline import load_sample
from core.settings import Settings, read_settings
from core.store import UNKNOWN, Corpus, wordindex
from pages.parts.plain import plain
from pages.parts.wording import t

log = logging.getLogger(__name__)
Answer = TypeVar("Answer")

LOOK_SECONDS = 2.0  # how often the worker looks into the inbox unasked
TROUBLE_SECONDS = 10.0  # after a look that failed
TIDY_SECONDS = 30.0  # between two collections, a tenth of a second each; Streamlit's own is off
ANSWERS_KEPT = 400
SHARED_KEPT = 4  # one for each language, of this corpus and the one before
WAITING_PIXELS = 160  # of the placeholder that stands for a figure while it is worked out
Key = tuple[str, int, str, str, str]
"""Of an answer: corpus and its version, function, arguments."""

KNOWN: dict[Key, None] = {}
OPENED: set[Settings] = set()  # whose corpus was opened before, which takes no time to speak of again


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """One server's corpus with its inbox."""

    settings: Settings
    corpus: Corpus
    inbox: Inbox
    closing: threading.Event

    def close(self) -> None:
        """End the worker's watch and let go of the corpus file. Twice does nothing more."""
        if not self.closing.is_set():
            self.closing.set()
            self.inbox.close()
            self.corpus.close()


def house() -> House:
    """The shared house; shows a sentence and stops the page when it cannot be opened."""
    try:
        settings = read_settings()
        if settings in OPENED:
            return _open(settings)
        with st.spinner(t("house.opening"), show_time=False):
            opened = _open(settings)
        OPENED.add(settings)
        return opened
    except TelaahError as error:
        st.error(plain(str(error)), icon=":material/error:")
        st.stop()


@st.cache_resource(show_spinner=False, on_release=House.close)
def _open(settings: Settings) -> House:
    corpus = Corpus.open(settings.corpus_file)
    if settings.load_sample and corpus.version == 0:
        load_sample(corpus, settings)
    opened = House(settings=settings, corpus=corpus, inbox=Inbox(corpus, settings), closing=threading.Event())
    atexit.register(opened.close)
    threading.Thread(target=_work, args=(opened,), daemon=True, name="telaah-inbox").start()
    given = (corpus, settings, opened.closing)
    threading.Thread(target=orders.watch, args=given, daemon=True, name="telaah-orders").start()
    threading.Thread(target=_tidy, args=(opened.closing,), daemon=True, name="telaah-tidy").start()
    return opened


def _tidy(closing: threading.Event) -> None:
    while not closing.wait(TIDY_SECONDS):
        tidy()


def _work(opened: House) -> None:
    """The one worker: takes what sessions, the command line and others put into the inbox, in the order it came."""
    pause = LOOK_SECONDS
    while opened.inbox.wait(pause):
        try:
            opened.inbox.drain(settled=True)
            opened.inbox.rest()
            wordindex.bring_up(opened.corpus, stop=opened.closing.is_set)
            pause = LOOK_SECONDS
        except TelaahError as error:
            log.warning("The inbox could not be taken, the next look tries again: %s", error)
            pause = TROUBLE_SECONDS
        except Exception:  # a fault of ours: the thread is the only one that takes files
            if opened.closing.is_set():
                return
            log.exception("A fault in Telaah at the inbox")
            pause = TROUBLE_SECONDS


def ask(function: Callable[..., Answer], *args: Any, **kwargs: Any) -> Answer:
    """What `function(corpus, *args, **kwargs)` says, kept until the corpus changes; a placeholder stands until then.

    The arguments are frozen records, strings and numbers: their repr is the key.
    """
    opened = house()
    _forget_older(opened)
    name = f"{function.__module__}.{function.__qualname__}"
    key = (str(opened.settings.corpus_file), opened.corpus.version, name, repr(args), repr(sorted(kwargs.items())))
    place = st.empty() if get_script_run_ctx(suppress_warning=True) else None  # a download asks outside of a run
    if place and key not in KNOWN:
        place.skeleton(height=WAITING_PIXELS)
    try:
        answer: Answer = _answer(
            key, _work_out=lambda: _complete(opened.corpus, function(opened.corpus, *args, **kwargs))
        )
    except TooLongError:
        st.error(t("house.too_long"), icon=":material/timer_off:")
        st.stop()
    if place and key not in KNOWN:
        place.empty()
        _know(key)
    return _in_words(answer)


def share(function: Callable[..., Answer], *args: str) -> Answer:
    """What `function(corpus, *args)` says, one object for all sessions until the corpus changes; nobody may change it.

    For what every run of every session holds: Streamlit keeps what a run named as long as one of its widgets may call
    back, and a copy each of what the filters offer was the larger part of what a server under load came to hold.
    """
    opened = house()
    name = f"{function.__module__}.{function.__qualname__}"
    key = (str(opened.settings.corpus_file), opened.corpus.version, name, repr(args), "")
    answer: Answer = _shared(key, _work_out=lambda: function(opened.corpus, *args))
    return answer


def _forget_older(opened: House) -> None:
    """Answers of an older corpus are never asked for again; kept until others push them out, they fill the memory."""
    first = next(iter(KNOWN), None)
    if first is not None and first[:2] != (str(opened.settings.corpus_file), opened.corpus.version):
        KNOWN.clear()
        _answer.clear()


def _know(key: Key) -> None:
    """The answer is kept, so that no placeholder need stand for it; the oldest are forgotten as the cache does."""
    KNOWN[key] = None
    while len(KNOWN) > ANSWERS_KEPT:
        KNOWN.pop(next(iter(KNOWN)), None)


def _complete(corpus: Corpus, answer: Answer) -> Answer:
    """Articles without a headline get their first words."""
    return with_openings(corpus, answer) if isinstance(answer, pd.DataFrame) else answer


def opening_title(words: str) -> str:
    """First words in a headline's place, marked as such; says so where there is not a word."""
    return t("articles.opening", words=words) if words else t("articles.untitled")


def _in_words(answer: Answer) -> Answer:
    """In the reader's language: the unknown outlet where a table names outlets, and that a title is first words."""
    if not isinstance(answer, pd.DataFrame):
        return answer
    if "title" in answer.columns and "document_id" in answer.columns:
        first = answer["title"].astype(str).str.startswith(MARK)
        if first.any():
            answer.loc[first, "title"] = [opening_title(title[len(MARK) :]) for title in answer.loc[first, "title"]]
    if {"outlet", "outlet_name"} <= set(answer.columns):
        nameless = answer["outlet"] == UNKNOWN
        if nameless.any():
            answer.loc[nameless, "outlet_name"] = t("outlet.unknown")
    return answer


@st.cache_data(show_spinner=False, max_entries=ANSWERS_KEPT)
def _answer(key: Key, _work_out: Callable[[], Any]) -> Any:  # noqa: ARG001  key is the cache's
    return _work_out()


@st.cache_resource(show_spinner=False, max_entries=SHARED_KEPT)
def _shared(key: Key, _work_out: Callable[[], Any]) -> Any:  # noqa: ARG001  key is the cache's
    return _work_out()
