"""Uploads: spooled to the inbox, freed from memory, taken into the corpus with progress, told one sentence a file."""

import logging
from collections.abc import Sequence

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from core.errors import TelaahError
from core.inbox import FileOutcome, Progress
from pages.parts.house import House
from pages.parts.plain import plain
from pages.parts.wording import t

log = logging.getLogger(__name__)

TURN = "upload_turn"
OUTCOMES = "upload_outcomes"
SHOWN_OUTCOMES = 8
ICONS = {"added": ":material/check_circle:", "known": ":material/content_copy:", "refused": ":material/error:"}


def uploader(opened: House) -> None:
    """The upload box of the sidebar, and below it what became of the last uploads."""
    turn = st.session_state.setdefault(TURN, 0)
    chosen = st.file_uploader(
        t("upload.label"), accept_multiple_files=True, key=f"upload.{turn}", help=t("upload.help"),
        max_upload_size=opened.settings.max_upload_mb,
    )  # fmt: skip
    if chosen:
        st.session_state[OUTCOMES] = _take(opened, chosen)
        st.session_state[TURN] = turn + 1  # a new key: the box is empty again
        st.rerun()
    _told(st.session_state.get(OUTCOMES, ()))


def _take(opened: House, files: Sequence[UploadedFile]) -> list[FileOutcome]:
    """Spool first, so that nothing is lost and the memory is free, then let the worker take the files."""
    with st.status(t("upload.working", n=len(files)), expanded=True) as status:
        tickets = []
        for file in files:
            tickets.append(opened.inbox.submit(file.getvalue(), file.name))
            _release(file)
        bar = st.progress(0.0)

        def tell(progress: Progress) -> None:
            said = t("upload.progress", name=plain(progress.name), articles=t("count.articles", n=progress.articles))
            bar.progress(progress.done / max(progress.total, 1), text=said)

        try:
            opened.inbox.drain(on_progress=tell)
        except TelaahError as error:
            status.update(state="error")
            st.error(str(error))
            st.stop()
        status.update(state="complete", expanded=False)
    return opened.inbox.outcomes(tickets)


def _release(file: UploadedFile) -> None:
    """Let go of the bytes that Streamlit would keep until the session ends. Its call is internal: may it be absent."""
    context = get_script_run_ctx()
    if context is None:
        return
    try:
        context.uploaded_file_mgr.remove_file(session_id=context.session_id, file_id=file.file_id)
    except AttributeError:
        log.warning("Streamlit no longer offers remove_file: uploads stay in memory until the session ends")


def _told(outcomes: Sequence[FileOutcome]) -> None:
    if not outcomes:
        return
    for outcome in outcomes[:SHOWN_OUTCOMES]:
        st.markdown(f"{ICONS[outcome.outcome]} {sentence(outcome)}")
    if len(outcomes) > SHOWN_OUTCOMES:
        st.caption(t("upload.and_more", n=len(outcomes) - SHOWN_OUTCOMES))
    st.button(t("upload.dismiss"), key="upload_dismiss", type="tertiary", on_click=_forget)


def _forget() -> None:
    st.session_state[OUTCOMES] = ()


def sentence(outcome: FileOutcome) -> str:
    """What became of a file, in one sentence."""
    name = f"**{plain(outcome.name)}**"
    if outcome.outcome == "refused":
        reasons = " ".join(dict.fromkeys(plain(refusal.reason) for refusal in outcome.refusals[:2]))
        return t("upload.refused", name=name, reason=reasons)
    if outcome.outcome == "known":
        return t("upload.known", name=name)
    said = t("upload.added", name=name, n=outcome.added)
    if outcome.articles > outcome.added:
        said += " " + t("upload.partly_known", n=outcome.articles - outcome.added)
    if outcome.columns:
        said += " " + t("upload.columns", what=plain("; ".join(outcome.columns)))
    if outcome.refusals:
        said += " " + t("upload.partly_refused", n=len(outcome.refusals))
    return said
