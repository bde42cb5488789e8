"""The pages, and that they are shown by the dashboard whichever address was opened first."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Literal

import streamlit as st
from streamlit.navigation.page import Page

from pages.parts import access
from pages.parts.wording import t

ENTERED: ContextVar[bool] = ContextVar("entered", default=False)
ICONS = {
    "overview": ":material/dashboard:",
    "outlets": ":material/newspaper:",
    "entities": ":material/group:",
    "sentiment": ":material/balance:",
    "gifts_and_sanctions": ":material/redeem:",
    "articles": ":material/article:",
    "briefing": ":material/assignment:",
    "corpus": ":material/inventory_2:",
}


def enter() -> Page | None:
    """The page that was asked for, with all pages in the sidebar; None for whom no page may be shown to.

    Called by the dashboard. Streamlit is told of the pages in any case: else it would list and run them itself.
    """
    if not access.enter():
        _navigation("hidden")
        return None
    return _navigation("sidebar")


@contextmanager
def inside() -> Iterator[None]:
    """Around a page that is run by the dashboard."""
    token = ENTERED.set(True)
    try:
        yield
    finally:
        ENTERED.reset(token)


def by_dashboard() -> None:
    """The first line of every page.

    Until the first st.navigation of a server, Streamlit takes the folder `pages` for an app of the old kind
    and runs the page that was asked for without dashboard.py. Then the page says that there is a navigation,
    which ends this for the whole server, and starts over.
    """
    if not ENTERED.get():
        _navigation("hidden")
        st.rerun()


def _navigation(position: Literal["sidebar", "hidden"]) -> Page:
    """Icons only where they are seen: before the page is configured the browser would get them from another host."""
    seen = position == "sidebar"
    return st.navigation(
        [
            st.Page(
                f"pages/{name}.py", title=t(f"{name}.title"), icon=icon if seen else None, default=name == "overview"
            )
            for name, icon in ICONS.items()
        ],
        position=position,
    )
