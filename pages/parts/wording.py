"""The session's language and its texts."""

from collections.abc import Callable

import streamlit as st

from core.view.wording import LANGUAGES, Language, Value, Wording, language_of, wording_of

KEY = "lang"


def language() -> Language:
    """What the reader chose, else what the URL says, else what the browser asks for."""
    for wish in (st.session_state.get(KEY), st.query_params.get(KEY)):
        if wish in LANGUAGES:
            return "en" if wish == "en" else "id"
    return language_of(st.context.locale)


def wording() -> Wording:
    return wording_of(language())


def t(key: str, **values: Value) -> str:
    """The text of a key in the session's language; values are written in its convention."""
    return wording().text(key, **values)


def names_of(family: str) -> Callable[[str], str]:
    """What the codes of a family are called, for the options of a widget."""
    words = wording()
    return lambda code: words.named(family, code)


def language_switch() -> None:
    """The two languages, in the sidebar, each by its own name: who cannot read the one looks for the other."""
    if KEY not in st.session_state:
        st.session_state[KEY] = language()
    st.segmented_control(t("sidebar.language"), LANGUAGES, format_func=names_of("language"), key=KEY, required=True)
