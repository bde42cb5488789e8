"""Under which rules the articles are tagged, tagging again what is stale, and the whole corpus as a file."""

import streamlit as st

from core.analyze import corpus_files
from core.retag import Retagged, retag
from core.tag import tagger_version
from core.takeout import ENDINGS, FORMATS, Format, write_takeout
from pages.parts import access, jobs
from pages.parts.house import House, ask, house
from pages.parts.wording import names_of, t, wording

RETAG, TAKEOUT = "retag", "takeout"
STALE_SHOWN = 5


def stale_banner() -> None:
    """Says on top of the screen what was tagged under other rules, with the button that tags it again."""
    tagged = ask(corpus_files.tagger_versions)
    stale = tagged[tagged["tagger_version"] != tagger_version()]
    if jobs.progress(RETAG, "retag.progress", "retag"):
        return
    jobs.failure(RETAG)
    last = jobs.job(RETAG)
    if last is not None and isinstance(last.result, Retagged) and not stale.empty:
        st.caption(t("retag.stopped", done=last.result.done, total=last.result.total))
    if stale.empty:
        return
    number = int(stale["articles"].sum())
    with st.container(border=True, key="figure-stale"):
        st.warning(t("corpus.stale", n=number), icon=":material/update:")
        words = wording()
        said = [f"`{row.tagger_version}`: {words.number(row.articles)}" for row in stale.head(STALE_SHOWN).itertuples()]
        st.caption(t("retag.versions", now=f"`{tagger_version()}`") + "  \n" + "  \n".join(said))
        opened = house()
        if not access.may("retag"):
            return
        st.button(t("retag.start"), key="retag_start", type="primary", icon=":material/autorenew:",
                  on_click=access.door("retag", jobs.start), args=(RETAG, _retagging(opened)))  # fmt: skip
        st.caption(t("retag.how"))


def _retagging(opened: House) -> jobs.Work:
    return lambda tell, stopped: retag(opened.corpus, opened.settings, on_progress=tell, stopped=stopped)


def versions() -> None:
    """The versions of code, rules and corpus."""
    opened = house()
    with st.container(border=True, key="figure-versions"):
        st.markdown(f"## {t('corpus.versions')}", anchors=False)
        facts = {
            "tagger": tagger_version(),
            "corpus": str(opened.corpus.version),
            "file": str(opened.settings.corpus_file),
        }
        for name, said in facts.items():
            st.markdown(f"**{t(f'corpus.version_{name}')}**  \n`{said}`")
        tagged = ask(corpus_files.tagger_versions)
        if (tagged["tagger_version"] == tagger_version()).all():
            st.caption(t("corpus.fresh"))


def takeout() -> None:
    """The whole corpus as a file, made while people do other things."""
    opened = house()
    with st.container(border=True, key="figure-export"):
        st.markdown(f"## {t('corpus.export')}", anchors=False)
        st.caption(t("corpus.export_sub"))
        if jobs.progress(TAKEOUT, "takeout.progress", "export"):
            return
        jobs.failure(TAKEOUT)
        kind: Format = st.segmented_control(
            t("takeout.format"), FORMATS, default="csv", required=True, format_func=names_of("takeout"),
            key="takeout_format",
        )  # fmt: skip
        st.caption(t(f"takeout.{kind}_holds"))
        st.button(t("takeout.start"), key="takeout_start", type="primary", icon=":material/inventory_2:",
                  on_click=access.door("export", jobs.start, f"corpus.{ENDINGS[kind]}"),
                  args=(TAKEOUT, _taking(opened, kind)))  # fmt: skip
        last = jobs.job(TAKEOUT)
        if last is not None and last.result is not None and last.result.exists():
            made = last.result
            size = t("takeout.size", size=wording().number(made.stat().st_size / 2**20, 1))
            read = access.exporting(made.name, made.read_bytes)
            st.download_button(f"{made.name} ({size})", read, file_name=made.name, on_click="ignore",
                               key="takeout_file", icon=":material/download:")  # fmt: skip


def _taking(opened: House, kind: Format) -> jobs.Work:
    target = opened.settings.data_folder / "exports" / f"telaah-korpus.{ENDINGS[kind]}"
    return lambda tell, _stopped: write_takeout(opened.corpus, kind, target, tell=tell)
