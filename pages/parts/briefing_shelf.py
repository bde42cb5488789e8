"""Which briefing is open: those under way, a new one, or one from an exported file."""

from collections.abc import Sequence

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from core.briefing import drafts, from_html
from core.briefing.drafts import Draft
from core.errors import BriefingError
from pages.parts import access, picking
from pages.parts.house import house
from pages.parts.wording import t, wording

TURN = "briefing_turn"


def shelf(kept: Sequence[Draft]) -> None:
    """The chooser, and what can be done with the chosen one."""
    names = {draft.id: _said(draft) for draft in kept}
    now = st.session_state.get(picking.OPEN)
    with st.container(horizontal=True, vertical_alignment="bottom", key="briefing-shelf"):
        if names:
            st.selectbox(
                t("briefing.choose"), list(names), index=list(names).index(now) if now in names else None,
                format_func=lambda name: names[name], key=f"briefing_choice.{now}", on_change=_choose,
                args=(f"briefing_choice.{now}",), placeholder=t("briefing.choose_hint"),
            )  # fmt: skip
        st.button(t("briefing.new"), icon=":material/note_add:", on_click=_close, disabled=now is None)
        with st.popover(t("briefing.reopen"), icon=":material/upload_file:"):
            turn = st.session_state.setdefault(TURN, 0)
            st.file_uploader(
                t("briefing.reopen_label"), type=["html"], key=f"briefing_file.{turn}", help=t("briefing.reopen_help"),
                on_change=_reopen, args=(f"briefing_file.{turn}",),
            )  # fmt: skip
        if now in names:
            with st.popover(t("briefing.delete"), icon=":material/delete:"):
                st.markdown(t("briefing.delete_sure"))
                st.button(t("briefing.delete_yes"), type="primary", args=(now,),
                          on_click=access.door("brief", _delete, f"draft {now}"))  # fmt: skip


def _said(draft: Draft) -> str:
    changed = wording().date(draft.changed_at.astimezone().replace(tzinfo=None))
    return t("briefing.draft", title=draft.title, items=t("count.items", n=draft.items), changed=changed)


def _choose(key: str) -> None:
    if chosen := st.session_state[key]:
        st.session_state[picking.OPEN] = chosen


def _close() -> None:
    st.session_state.pop(picking.OPEN, None)


def _delete(name: str) -> None:
    drafts.delete(house().settings.briefings_folder, name)
    _close()


def _reopen(key: str) -> None:
    """An exported file becomes a draft of its own: the one it came from may have changed since."""
    given: UploadedFile | None = st.session_state[key]
    if given is None:
        return
    st.session_state[TURN] += 1
    try:
        found = from_html(given.getvalue(), given.name)
        _close()
        picking.keep(found)
    except BriefingError as error:
        st.session_state[picking.SAID] = (str(error), ":material/error:")
