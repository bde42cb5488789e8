"""The log of corrections: what became of each, undo, outlets of domains, export and import."""

import pandas as pd
import streamlit as st

from core.analyze import corrections
from core.errors import TelaahError
from core.store import correction_files
from core.store import corrections as stored
from pages.parts import access, who
from pages.parts.article_corrections import outlet_choice
from pages.parts.correcting import Change, save_button, told, undo_button
from pages.parts.evidence import Ask
from pages.parts.figure import Figure, show_table
from pages.parts.house import ask, house
from pages.parts.plain import plain
from pages.parts.wording import t, wording

CHOSEN, SAID = "correction_chosen", "corrections_said"
COLUMNS = ("correction_id", "state_name", "kind_name", "what", "before", "after", "who", "made_at", "reason",
           "affected")  # fmt: skip


def correction_log() -> None:
    """The log, newest first; those that no longer apply are told above it."""
    told()
    frame = ask(corrections.listing)
    words = wording()
    frame = frame.assign(
        kind_name=[words.named("correction_kind", kind) for kind in frame["kind"]],
        state_name=[words.named("correction_state", state) for state in frame["state"]],
    )
    lost = int(frame["state"].isin(corrections.LOST).sum())
    if lost:
        st.warning(t("corpus.corrections_lost", n=lost), icon=":material/link_off:")

    def choose(row: dict[str, object]) -> Ask | None:
        st.session_state[CHOSEN] = int(str(row["correction_id"]))
        return None

    shown = Figure(key="corrections", title=t("corpus.corrections"), columns=COLUMNS, asker=choose,
                   subtitle=t("corpus.corrections_sub", n=len(frame)), table=frame.drop(columns="target"))  # fmt: skip
    if frame.empty:
        st.info(t("corpus.corrections_none"), icon=":material/edit:")
    else:
        show_table(shown, note=t("corpus.corrections_how"))
        _undo(frame)
    domains()
    _files()


def _undo(frame: pd.DataFrame) -> None:
    number = st.session_state.get(CHOSEN)
    chosen = frame[frame["correction_id"] == number]
    if chosen.empty or chosen["state"].iloc[0] == "undone":
        return
    with st.container(border=True, key="figure-undo", horizontal=True, vertical_alignment="center"):
        row = chosen.iloc[0]
        st.markdown(f"**#{number}** {row['kind_name']}", width="content")
        undo_button(int(row["correction_id"]), "log")


def name_outlets() -> None:
    """The same outside the log: what became of the last correction, and the domains."""
    told()
    domains()


def domains() -> None:
    """Web domains whose outlet nobody knows, to be named once for all of their articles."""
    frame = ask(corrections.unknown_domains)
    if frame.empty:
        return
    with st.container(border=True, key="figure-domains"):
        st.markdown(f"## {t('corpus.domains')}", anchors=False)
        st.caption(t("corpus.domains_sub", n=len(frame)))
        counts = dict(zip(frame["domain"], frame["articles"], strict=True))
        domain = st.selectbox(
            t("corpus.domain"), list(counts), index=None, key="domain_chosen", placeholder=t("correction.choose"),
            format_func=lambda name: f"{name} ({wording().number(counts[name])})",
        )  # fmt: skip
        if domain:
            after = outlet_choice(f"domain.{domain}")
            change = Change(kind="set_outlet_of_domain", target={"domain": domain}, after=after) if after else None
            save_button(f"domain.{domain}", change)


def _files() -> None:
    with st.container(border=True, key="figure-correction-files"):
        st.markdown(f"## {t('corpus.correction_files')}", anchors=False)
        st.caption(t("corpus.correction_files_sub"))
        with st.container(horizontal=True):
            for ending, write, mime in (("jsonl", correction_files.to_jsonl, "application/jsonl"),
                                        ("csv", correction_files.to_csv, "text/csv")):  # fmt: skip
                name = f"corrections.{ending}"
                written = access.exporting(name, lambda write=write: write(stored.log(house().corpus)))
                st.download_button(
                    ending.upper(), written, key=name,
                    file_name=f"telaah-koreksi.{ending}", mime=mime, on_click="ignore", icon=":material/download:",
                )  # fmt: skip
        if access.may("correct"):
            _bring_in()


def _bring_in() -> None:
    kind, said = st.session_state.pop(SAID, ("", ""))
    if said:
        (st.error if kind == "error" else st.success)(plain(said))
    chosen = st.file_uploader(t("corpus.correction_import"), type=["jsonl", "csv"], key="corrections_import")

    def take() -> None:
        if chosen is None:
            return
        try:
            with access.doing("correct", chosen.name) as told:
                entries = correction_files.from_file(chosen.getvalue(), chosen.name)
                found = correction_files.bring_in(house().corpus, entries)
                told.details["corrections"] = found.added
            st.session_state[SAID] = ("done", t("corpus.correction_imported", entries=found.entries, n=found.added))
        except TelaahError as error:
            st.session_state[SAID] = ("error", str(error))

    st.button(t("corpus.correction_import_now"), key="corrections_import_now", on_click=take,
              disabled=chosen is None or not who.current())  # fmt: skip
    if chosen is not None and not who.current():
        st.caption(t("correction.needs_name"))
