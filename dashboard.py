"""The entry of the dashboard: page configuration, navigation, sidebar. `streamlit run dashboard.py`."""

import logging

import streamlit as st

from core import __version__
from core.errors import TelaahError
from pages.parts import entry, evidence, filters, picking, style, who
from pages.parts.house import house
from pages.parts.upload import uploader
from pages.parts.wording import language_switch, t

log = logging.getLogger(__name__)


def main() -> None:
    st.set_page_config(
        page_title="Telaah", page_icon=":material/find_in_page:", layout="wide", initial_sidebar_state="auto",
        menu_items={"About": t("about", version=__version__)},
    )  # fmt: skip
    style.apply()
    st.logo(style.MARK, size="large")
    page = entry.enter()
    picking.on_screen(page.url_path, page.title)
    try:
        _sidebar()
        picking.tell()
        evidence.show_if_asked()
        with entry.inside():
            page.run()
    except TelaahError as error:
        st.error(str(error), icon=":material/error:")
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


if __name__ == "__main__":
    main()
