"""Links from any screen to the reader, with the filters in them."""

import streamlit as st

from pages.parts import filters
from pages.parts.plain import plain
from pages.parts.wording import t

READER = "pages/articles.py"


def reader_link(document_id: str, title: str | None, sentence: int | None = None) -> None:
    """A link to an article by its title, at a sentence when one is given."""
    label = title if isinstance(title, str) and title.strip() else t("articles.untitled")
    own = {"article": document_id} | ({"sentence": str(sentence)} if sentence is not None else {})
    st.page_link(READER, label=plain(label), icon=":material/article:", query_params=filters.parameters(**own))


def go_to_reader(document_id: str) -> None:
    """Leave this page for the reader."""
    st.switch_page(READER, query_params=filters.parameters(article=document_id))
