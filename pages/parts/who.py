"""Who is at the screen, for the log of corrections: a name that they give."""

import streamlit as st

from pages.parts.wording import t

KEY, INLINE = "who", "who_inline"


def name_field() -> None:
    """The name in the sidebar; kept as long as the session."""
    st.session_state.setdefault(KEY, "")
    st.text_input(t("who.label"), key=KEY, help=t("who.help"), icon=":material/person:", max_chars=80)


def current() -> str:
    """The name as it was given; empty while there is none."""
    return str(st.session_state.get(KEY, "")).strip()


def name_if_missing(key: str) -> None:
    """Asks for the name right where it is needed; nothing once it is known."""
    if not current():
        field = f"{INLINE}.{key}"

        def take() -> None:
            st.session_state[KEY] = st.session_state[field]

        st.text_input(t("who.label"), key=field, help=t("who.help"), on_change=take, icon=":material/person:",
                      max_chars=80)  # fmt: skip
