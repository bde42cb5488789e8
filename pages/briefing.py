"""The briefing: figures and sentences that were picked, in order, with words of one's own; as HTML and DOCX."""

import streamlit as st

from core.briefing import Briefing, drafts
from pages.parts import picking
from pages.parts.briefing_items import items
from pages.parts.briefing_shelf import shelf
from pages.parts.downloads import briefing_buttons
from pages.parts.entry import by_dashboard
from pages.parts.house import house
from pages.parts.wording import t

by_dashboard()


def head(briefing: Briefing) -> Briefing:
    """Title and summary, kept as soon as they change."""
    name = st.session_state.get(picking.OPEN, "")
    title = st.text_input(t("briefing.title_label"), briefing.title, key=f"briefing_title.{name}", max_chars=200)
    summary = st.text_area(
        t("briefing.summary_label"), briefing.summary, key=f"briefing_summary.{name}",
        placeholder=t("briefing.summary_hint"),
    )  # fmt: skip
    return briefing.headed(title.strip() or t("briefing.new_title"), summary)


st.title(t("briefing.title"), anchor=False)
st.markdown(f'<p class="tl-lede">{t("briefing.lede")}</p>', unsafe_allow_html=True)
shelf(drafts.drafts(house().settings.briefings_folder))
stored = picking.opened()
if not stored.items:
    with st.container(border=True, horizontal_alignment="center", key="empty-state"):
        st.markdown(":material/assignment_add:", width="content")
        st.markdown(f"## {t('briefing.empty')}", width="content", anchors=False)
        st.markdown(t("briefing.empty_do"), width="content", text_alignment="center")
    st.stop()
headed = head(stored)
if headed != stored:
    picking.keep(headed)
with st.container(horizontal=True, width=420):
    briefing_buttons(headed)
items(headed)
