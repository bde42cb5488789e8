"""What every session runs: page configuration, the door, navigation, sidebar, and the page that was asked for."""

import logging

import streamlit as st

from core import __version__
from core.errors import TelaahError
from core.view.palette import ACCENT
from pages.parts import entry, evidence, filters, picking, style, who
from pages.parts.house import house
from pages.parts.plain import plain
from pages.parts.upload import uploader
from pages.parts.wording import language_switch, t

log = logging.getLogger(__name__)

ICON = f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
<g fill="none" stroke="{ACCENT}" stroke-width="3" stroke-linecap="round">
<path d="M3 7h15M3 13h9M3 19h7M3 25h9"/><circle cx="20" cy="18" r="6.2"/><path d="M24.6 22.6l4.6 4.6"/></g></svg>"""
"""Drawn here: the browser would get an icon by name from another host."""


def main() -> None:
    """Called by dashboard.py in every run."""
    st.set_page_config(
        page_title="Telaah", page_icon=ICON, layout="wide", initial_sidebar_state="auto",
        menu_items={"About": t("about", version=__version__)},
    )  # fmt: skip
    style.apply()
    st.logo(style.MARK, size="large")
    page = entry.enter()
    if page is None:
        return
    picking.on_screen(page.url_path, page.title)
    try:
        _sidebar()
        picking.tell()
        evidence.show_if_asked()
        with entry.inside():
            page.run()
    except TelaahError as error:
        st.error(plain(str(error)), icon=":material/error:")
    except Exception:  # a fault of ours: the log says more, the page only that it happened
        log.exception("A fault in Telaah on the page %s", page.url_path or "overview")
        st.error(t("error.fault"), icon=":material/error:")


def _sidebar() -> None:
    opened = house()
    with st.sidebar:
        uploader(opened)
        filters.sidebar(filters.choices())
        who.name_field()
        language_switch()
    filters.write_url()
