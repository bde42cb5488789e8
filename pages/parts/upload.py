"""Uploads: spooled to the inbox and freed from memory; what becomes of them is told while other work goes on."""

import logging
from collections.abc import Sequence
from pathlib import Path

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from core.errors import TelaahError
from core.inbox import FileOutcome, Progress, waiting
from pages.parts import access
from pages.parts.house import House
from pages.parts.plain import plain
from pages.parts.wording import t

log = logging.getLogger(__name__)

TURN, TICKETS, PROBLEMS = "upload_turn", "upload_tickets", "upload_problems"
WATCHED = "upload_watched"  # whether anything was pending when it was last drawn
LOOK_SECONDS = 0.8
OTHERS_LOOK_SECONDS = 3.0
SHOWN_OUTCOMES = 8
ICONS = {"added": ":material/check_circle:", "known": ":material/content_copy:", "refused": ":material/error:"}


def uploader(opened: House) -> None:
    """The upload box of the sidebar, and below it what became of this session's uploads."""
    if not access.may("upload"):
        return
    turn = st.session_state.setdefault(TURN, 0)
    chosen = st.file_uploader(
        t("upload.label"), accept_multiple_files=True, key=f"upload.{turn}", help=t("upload.help"),
        max_upload_size=opened.settings.max_upload_mb,
    )  # fmt: skip
    if chosen:
        _spool(opened, chosen)
        st.session_state[TURN] = turn + 1  # a new key: the box is empty again
        st.rerun()
    for problem in st.session_state.get(PROBLEMS, ()):
        st.error(problem, icon=":material/error:")
    every = LOOK_SECONDS if _pending(opened) else OTHERS_LOOK_SECONDS if waiting(opened.settings) else None
    st.fragment(_watch, run_every=every)(opened)


def _spool(opened: House, files: Sequence[UploadedFile]) -> None:
    """Put all into the inbox and let go of their memory. The worker takes them when their turn comes."""
    most = opened.settings.max_files
    if not _pending(opened):  # else they go on being told together
        st.session_state[TICKETS] = []
    problems: list[str] = []
    for file in files[:most]:
        try:
            with access.doing("upload", file.name, bytes=file.size):
                st.session_state[TICKETS].append(opened.inbox.submit(file.getvalue(), file.name))
        except TelaahError as error:
            problems.append(plain(str(error)))
        _release(file)
    for file in files[most:]:
        _release(file)
    if len(problems) > SHOWN_OUTCOMES:
        problems[SHOWN_OUTCOMES:] = [t("upload.not_spooled", n=len(problems) - SHOWN_OUTCOMES)]
    if len(files) > most:
        problems.append(t("upload.too_many", n=len(files) - most, most=most, first=plain(files[most].name)))
    st.session_state[PROBLEMS] = problems


def _pending(opened: House) -> list[Path]:
    return opened.inbox.pending(st.session_state.get(TICKETS, []))


def _release(file: UploadedFile) -> None:
    """Let go of the bytes that Streamlit would keep until the session ends. Its call is internal: may it be absent."""
    context = get_script_run_ctx()
    if context is None:
        return
    try:
        context.uploaded_file_mgr.remove_file(session_id=context.session_id, file_id=file.file_id)
    except AttributeError:
        log.warning("Streamlit no longer offers remove_file: uploads stay in memory until the session ends")


def _watch(opened: House) -> None:
    """How far the uploads are and what became of those that are done; drawn anew by itself while any is pending."""
    pending = _pending(opened)
    if pending:
        _progress(opened, pending)
    elif st.session_state.get(WATCHED):
        st.session_state[WATCHED] = False
        st.rerun()  # the whole page: its figures speak of the new articles too
    elif others := len(waiting(opened.settings)):
        st.caption(t("upload.others", n=others))
    st.session_state[WATCHED] = bool(pending)
    _told(opened.inbox.outcomes(st.session_state.get(TICKETS, [])), may_dismiss=not pending)


def _progress(opened: House, pending: Sequence[Path]) -> None:
    total = len(st.session_state[TICKETS])
    at_hand = opened.inbox.at_hand
    queue = waiting(opened.settings)
    before = queue.index(pending[0]) if pending[0] in queue else 0
    share = at_hand.share_of_file / total if at_hand is not None and not before else 0.0
    st.progress(min(1 - len(pending) / total + share, 1.0), text=t("upload.working", n=len(pending)))
    if at_hand is not None and before:
        st.caption(t("upload.queued", n=before))
    elif at_hand is not None and at_hand.articles:
        st.caption(progress_of(at_hand))
    elif at_hand is not None:
        st.caption(t("upload.reading", name=plain(at_hand.name)))
    if opened.inbox.trouble:
        st.warning(plain(opened.inbox.trouble), icon=":material/hourglass_disabled:")
    st.caption(t("job.may_leave"))


def progress_of(at_hand: Progress) -> str:
    """`news.jsonl: 1,200 of 10,000 articles`, or how many so far where the end is not known."""
    articles = t("count.articles", n=at_hand.expected or at_hand.articles)
    if at_hand.expected:
        return t("upload.progress_of", name=plain(at_hand.name), done=at_hand.articles, articles=articles)
    return t("upload.progress", name=plain(at_hand.name), articles=articles)


def _told(outcomes: Sequence[FileOutcome], *, may_dismiss: bool) -> None:
    for outcome in outcomes[-SHOWN_OUTCOMES:]:
        st.markdown(f"{ICONS[outcome.outcome]} {sentence(outcome)}")
    if len(outcomes) > SHOWN_OUTCOMES:
        st.caption(t("upload.and_more", n=len(outcomes) - SHOWN_OUTCOMES))
    if may_dismiss and (outcomes or st.session_state.get(PROBLEMS)):
        st.button(t("upload.dismiss"), key="upload_dismiss", type="tertiary", on_click=_forget)


def _forget() -> None:
    st.session_state[TICKETS] = []
    st.session_state[PROBLEMS] = []


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
