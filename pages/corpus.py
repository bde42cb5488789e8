"""What was brought in and what became of it: files, refusals, copies, corrections, versions, export."""

import streamlit as st

from core.analyze import corpus_files, overview
from core.model import Filters
from pages.parts import access
from pages.parts.corpus_audit import audit_trail
from pages.parts.corpus_copies import duplicates
from pages.parts.corpus_corrections import correction_log
from pages.parts.corpus_uploads import uploads
from pages.parts.corpus_versions import stale_banner, takeout, versions
from pages.parts.entry import by_dashboard
from pages.parts.figure import Figure, show_table
from pages.parts.house import ask
from pages.parts.screen import sections
from pages.parts.wording import t

by_dashboard()

EVERYTHING = Filters()


def refusals() -> None:
    frame = ask(corpus_files.refusals)
    show_table(
        Figure(key="refusals", title=t("corpus.refusals"), subtitle=t("corpus.refusals_sub", n=len(frame)), table=frame,
               columns=("name", "record", "reason", "added_at"))
    )  # fmt: skip


st.title(t("corpus.title"), anchor=False)
st.markdown(f'<p class="tl-lede">{t("corpus.lede")}</p>', unsafe_allow_html=True)
summary = ask(overview.summary, EVERYTHING)
st.markdown(
    f'<p class="tl-scope">{t("corpus.scope", own=summary.own, sample=summary.sample, refused=summary.refused)}</p>',
    unsafe_allow_html=True,
)
if not summary.articles:
    st.info(t("empty.corpus_do"), icon=":material/upload_file:")
if summary.sample:
    st.markdown(f'<p class="tl-sample">{t("sample.notice_corpus", n=summary.sample)}</p>', unsafe_allow_html=True)
stale_banner()
PARTS = {
    "files": uploads,
    "refusals": refusals,
    "duplicates": duplicates,
    "corrections": correction_log,
    "versions": versions,
    "export": takeout,
}
if access.may("audit"):
    PARTS["audit"] = audit_trail
PARTS[sections("corpus", tuple(PARTS))]()
