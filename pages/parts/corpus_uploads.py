"""The files that were brought in, and taking one out or putting another in its place."""

from collections.abc import Callable

import streamlit as st

from core.analyze import corpus_files
from core.errors import TelaahError
from core.inbox import own_name, waiting
from core.store import removal
from pages.parts import access, who
from pages.parts.evidence import Ask
from pages.parts.figure import Figure, show_table
from pages.parts.house import ask, house
from pages.parts.plain import plain
from pages.parts.upload import progress_of
from pages.parts.wording import t, wording

LOOK_SECONDS = 1.5
SHOWN_WAITING = 8
CHOSEN, SAID, TURN = "file_chosen", "file_said", "file_turn"
COLUMNS = ("name", "outcome_name", "articles", "known", "refused", "reason", "origin_name", "size_kb", "added_at",
           "sha256")  # fmt: skip


def uploads() -> None:
    """The table of files; a click on one opens what can be done with it."""
    _told()
    _queue()
    frame = ask(corpus_files.files)
    words = wording()
    frame = frame.assign(
        outcome_name=[words.named("outcome", outcome) for outcome in frame["outcome"]],
        origin_name=[words.named("origin", origin) for origin in frame["origin"]],
        size_kb=(frame["size_bytes"] / 1024).round(1),
    )

    def choose(row: dict[str, object]) -> Ask | None:
        st.session_state[CHOSEN] = int(str(row["file_id"]))
        return None

    show_table(
        Figure(key="files", title=t("corpus.files"), subtitle=t("corpus.files_sub", n=len(frame)), table=frame,
               columns=COLUMNS, asker=choose), note=t("corpus.files_how") if len(frame) else "",
    )  # fmt: skip
    number = st.session_state.get(CHOSEN)
    if number is not None and number in set(frame["file_id"]):
        _deeds(number)


def _queue() -> None:
    """What waits in the inbox and what is being taken, whoever brought it; looked at again while there is any."""
    opened = house()
    if not waiting(opened.settings):
        return

    @st.fragment(run_every=LOOK_SECONDS)
    def watch() -> None:
        queue = waiting(opened.settings)
        if not queue:
            st.rerun()
        with st.container(border=True, key="inbox-queue"):
            st.markdown(f"**{t('corpus.queue', n=len(queue))}**")
            if opened.inbox.trouble:
                st.warning(plain(opened.inbox.trouble), icon=":material/hourglass_disabled:")
            at_hand = opened.inbox.at_hand
            if at_hand is not None:
                st.progress(at_hand.share, text=progress_of(at_hand))
            names = [plain(own_name(path)[0]) for path in queue[at_hand is not None :][:SHOWN_WAITING]]
            if names:
                st.caption(t("corpus.queue_next", names=", ".join(names)))
            if len(queue) > SHOWN_WAITING + 1:
                st.caption(t("corpus.queue_more", n=len(queue) - len(names) - (at_hand is not None)))

    watch()


def _deeds(number: int) -> None:
    found = ask(removal.stakes, number)
    with st.container(border=True, key="figure-file"):
        st.markdown(f"## {plain(found.name)}", anchors=False)
        st.markdown(t("corpus.stakes", n=found.going))
        if found.staying:
            st.markdown(t("corpus.stakes_staying", n=found.staying))
        if not (access.may("remove") or access.may("replace")):
            return
        who.name_if_missing(f"file.{number}")
        if not who.current():
            st.caption(t("correction.needs_name"))
        with st.container(horizontal=True):
            with st.popover(t("corpus.remove"), icon=":material/delete:"):
                _remove(number)
            with st.popover(t("corpus.replace"), icon=":material/swap_horiz:"):
                _replace(number)


def _remove(number: int) -> None:
    st.warning(t("corpus.no_way_back"), icon=":material/warning:")
    sure = st.checkbox(t("corpus.remove_sure"), key=f"remove_sure.{number}")
    st.button(t("corpus.remove_now"), key=f"remove.{number}", type="primary", disabled=not (sure and who.current()),
              on_click=_attempt, args=(lambda: _removed(number),))  # fmt: skip


def _removed(number: int) -> str:
    with access.doing("remove", file=number) as told:
        gone = house().inbox.remove(number, who=who.current())
        told.of(gone.name, sha256=gone.sha256, articles=gone.going)
    return t("corpus.removed", name=plain(gone.name), n=gone.going)


def _replace(number: int) -> None:
    turn = st.session_state.setdefault(TURN, 0)
    st.warning(t("corpus.no_way_back"), icon=":material/warning:")
    chosen = st.file_uploader(t("corpus.replace_by"), key=f"replace_by.{number}.{turn}",
                              max_upload_size=house().settings.max_upload_mb)  # fmt: skip

    def replaced() -> str:
        if chosen is None:
            return ""
        with access.doing("replace", file=number, by=chosen.name) as told:
            gone, added = house().inbox.replace(number, chosen.getvalue(), chosen.name, who=who.current())
            told.of(gone.name, sha256=gone.sha256, articles=gone.going, added=added.added)
        st.session_state[TURN] = turn + 1
        return t("corpus.replaced", name=plain(gone.name), other=plain(chosen.name), gone=gone.going, n=added.added)

    st.button(t("corpus.replace_now"), key=f"replace.{number}", type="primary", on_click=_attempt, args=(replaced,),
              disabled=chosen is None or not who.current())  # fmt: skip


def _attempt(deed: Callable[[], str]) -> None:
    try:
        st.session_state[SAID] = ("done", deed())
        st.session_state.pop(CHOSEN, None)
    except TelaahError as error:
        st.session_state[SAID] = ("error", str(error))


def _told() -> None:
    kind, said = st.session_state.pop(SAID, ("", ""))
    if kind == "done" and said:
        st.success(said, icon=":material/check_circle:")
    elif kind == "error":
        st.error(plain(said), icon=":material/error:")
