"""Who is at the screen, for the log of corrections: who signed in, or else a name that they give."""

import streamlit as st

from pages.parts import access
from pages.parts.wording import t

KEY, INLINE = access.NAME, "who_inline"


def name_field() -> None:
    """Who signed in, or the field for a name; kept as long as the session."""
    if access.by_sign_in():
        access.card()
        return
    st.session_state.setdefault(KEY, "")
    st.text_input(t("who.label"), key=KEY, help=t("who.help"), icon=":material/person:", max_chars=80)


def current() -> str:
    """The name for the log; empty while there is none."""
    return access.acting()


def name_if_missing(key: str) -> None:
    """Asks for the name right where it is needed; nothing once it is known."""
    if not current():
        field = f"{INLINE}.{key}"

        def take() -> None:
            st.session_state[KEY] = st.session_state[field]

        st.text_input(t("who.label"), key=field, help=t("who.help"), on_change=take, icon=":material/person:",
                      max_chars=80)  # fmt: skip
