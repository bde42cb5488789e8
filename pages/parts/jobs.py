"""Long work that goes on while people do other things: one of a kind at a time, with progress that any session sees."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from core.access import Deed
from core.errors import TelaahError
from pages.parts import access
from pages.parts.house import house
from pages.parts.plain import plain
from pages.parts.wording import t

log = logging.getLogger(__name__)
LOOK_SECONDS = 1.0
FAULT = "fault"

Tell = Callable[[int, int], None]
Work = Callable[[Tell, Callable[[], bool]], Any]
"""Gets a function that hears how far it is, and one that says whether it was asked to stop."""


@dataclass(slots=True)
class Job:
    """One run: how far it is, what came of it or what stopped it."""

    done: int = 0
    total: int = 0
    result: Any = None
    error: str = ""
    stop: threading.Event = field(default_factory=threading.Event)
    thread: threading.Thread | None = None

    @property
    def running(self) -> bool:
        return self.thread is not None and self.thread.is_alive()


@st.cache_resource(show_spinner=False)
def _jobs(corpus_file: str) -> dict[str, Job]:  # noqa: ARG001  the corpus is the cache's key
    return {}


def job(name: str) -> Job | None:
    """The last run of a kind, or None."""
    return _jobs(str(house().settings.corpus_file)).get(name)


def start(name: str, work: Work) -> None:
    """Begin a run unless one of its kind goes on."""
    jobs = _jobs(str(house().settings.corpus_file))
    if (last := jobs.get(name)) is not None and last.running:
        return
    run = jobs[name] = Job()

    def tell(done: int, total: int) -> None:
        run.done, run.total = done, total

    def go() -> None:
        try:
            run.result = work(tell, run.stop.is_set)
        except TelaahError as error:
            run.error = str(error)
        except Exception:  # a fault of ours: the log says more, the page only that it happened
            log.exception("A fault in Telaah during %s", name)
            run.error = FAULT

    run.thread = threading.Thread(target=go, daemon=True, name=f"telaah-{name}")
    run.thread.start()


def progress(name: str, said: str, deed: Deed) -> bool:
    """Shows a run that goes on and keeps looking; the page is drawn anew when it ends. False when none goes on."""
    current = job(name)
    if current is None or not current.running:
        return False

    @st.fragment(run_every=LOOK_SECONDS)
    def watch() -> None:
        if not current.running:
            st.rerun()
        share = current.done / current.total if current.total else 0.0
        st.progress(min(share, 1.0), text=t(said, done=current.done, total=current.total))
        if access.may(deed):
            st.button(t("job.stop"), key=f"stop.{name}", on_click=access.door(deed, current.stop.set, "stop"),
                      disabled=current.stop.is_set(), icon=":material/stop_circle:", type="tertiary")  # fmt: skip

    watch()
    st.caption(t("job.may_leave"))
    return True


def failure(name: str) -> None:
    """What stopped the last run, if anything did."""
    last = job(name)
    if last is not None and last.error:
        st.error(t("error.fault") if last.error == FAULT else plain(last.error), icon=":material/error:")
