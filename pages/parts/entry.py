"""The pages, and that they are shown by the dashboard whichever address was opened first."""

import streamlit as st
from streamlit.navigation.page import Page

from pages.parts.wording import t

ENTERED = "entered"
ICONS = {
    "overview": ":material/dashboard:",
    "outlets": ":material/newspaper:",
    "entities": ":material/group:",
    "sentiment": ":material/balance:",
    "gifts_and_sanctions": ":material/redeem:",
    "articles": ":material/article:",
    "corpus": ":material/inventory_2:",
}


def enter() -> Page:
    """The page that was asked for, with all pages in the sidebar. Called by the dashboard."""
    st.session_state[ENTERED] = True
    return _navigation()


def by_dashboard() -> None:
    """The first line of every page.

    Until the first st.navigation of a server, Streamlit takes the folder `pages` for an app of the old kind
    and runs the page that was asked for without dashboard.py. Then the page says that there is a navigation,
    which ends this for the whole server, and starts over.
    """
    if not st.session_state.get(ENTERED):
        _navigation()
        st.rerun()


def _navigation() -> Page:
    return st.navigation(
        [
            st.Page(f"pages/{name}.py", title=t(f"{name}.title"), icon=icon, default=name == "overview")
            for name, icon in ICONS.items()
        ]
    )
