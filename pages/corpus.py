"""What was brought in and what became of it: files, refusals, copies, versions."""

import streamlit as st

from core.analyze import articles, copies, corpus_files, overview
from core.model import Filters
from core.store import Selection
from core.tag import tagger_version
from pages.parts.downloads import table_buttons
from pages.parts.entry import by_dashboard
from pages.parts.evidence import Ask
from pages.parts.figure import Figure, show_table
from pages.parts.house import ask, house
from pages.parts.screen import sections
from pages.parts.wording import t, wording

by_dashboard()

DOWNLOAD_ROWS = 1_000_000
EVERYTHING = Filters()


def files() -> None:
    frame = ask(corpus_files.files)
    words = wording()
    frame = frame.assign(
        outcome_name=[words.named("outcome", outcome) for outcome in frame["outcome"]],
        origin_name=[words.named("origin", origin) for origin in frame["origin"]],
        size_kb=(frame["size_bytes"] / 1024).round(1),
    )
    show_table(
        Figure(key="files", title=t("corpus.files"), subtitle=t("corpus.files_sub", n=len(frame)), table=frame,
               columns=("name", "outcome_name", "articles", "known", "refused", "reason", "origin_name", "size_kb",
                        "added_at", "sha256"))
    )  # fmt: skip


def refusals() -> None:
    frame = ask(corpus_files.refusals)
    show_table(
        Figure(key="refusals", title=t("corpus.refusals"), subtitle=t("corpus.refusals_sub", n=len(frame)), table=frame,
               columns=("name", "record", "reason", "added_at"))
    )  # fmt: skip


def duplicates() -> None:
    frame = ask(copies.clusters, EVERYTHING)
    show_table(
        Figure(key="duplicates", title=t("corpus.duplicates"), subtitle=t("corpus.duplicates_sub", n=len(frame)),
               table=frame, columns=("title", "articles", "outlets", "outlet_names", "first_published",
                                     "last_published"),
               asker=lambda row: Ask(title=row["title"] or t("articles.untitled"), kind="articles",
                                     selection=Selection(cluster_id=int(row["cluster_id"]))))
    )  # fmt: skip


def versions() -> None:
    opened = house()
    with st.container(border=True, key="figure-versions"):
        st.markdown(f"### {t('corpus.versions')}", anchors=False)
        facts = {
            "tagger": tagger_version(),
            "corpus": str(opened.corpus.version),
            "file": str(opened.settings.corpus_file),
        }
        for name, said in facts.items():
            st.markdown(f"**{t(f'corpus.version_{name}')}**  \n`{said}`")
        tagged = ask(corpus_files.tagger_versions)
        stale = int(tagged.loc[tagged["tagger_version"] != tagger_version(), "articles"].sum())
        st.caption(t("corpus.stale", n=stale) if stale else t("corpus.fresh"))
    with st.container(border=True, key="figure-export"):
        st.markdown(f"### {t('corpus.export')}", anchors=False)
        st.caption(t("corpus.export_sub"))
        with st.container(horizontal=True, width=360):
            table_buttons("korpus", lambda: ask(articles.list_articles, EVERYTHING, page_size=DOWNLOAD_ROWS))


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
PARTS = {"files": files, "refusals": refusals, "duplicates": duplicates, "versions": versions}
PARTS[sections("corpus", tuple(PARTS))]()
