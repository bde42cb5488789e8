"""The audit log for those who administer: the newest entries first, a page at a time, and the whole as a file."""

import json
from itertools import islice

import pandas as pd
import streamlit as st

from core.store.audit import EVENTS, RESULTS
from pages.parts import access
from pages.parts.figure import ROW_PIXELS, column_config
from pages.parts.wording import t, wording

PAGE = 50
COLUMNS = ("made_at", "who", "role_name", "event_name", "what", "result_name", "details")


def audit_trail() -> None:
    """A page of the log; says where entries were lost."""
    if not access.may("audit"):
        return
    log = access.audit_log()
    with st.container(border=True, key="figure-audit"):
        st.markdown(f"## {t('corpus.audit')}", anchors=False)
        st.caption(t("corpus.audit_sub"))
        page = int(st.number_input(t("corpus.audit_page"), min_value=1, step=1, key="audit_page", width=160))
        found = list(islice(log.newest(), (page - 1) * PAGE, page * PAGE + 1))
        if log.lost or any(entry.lost for entry in found):
            st.warning(
                t("corpus.audit_lost", n=log.lost + sum(entry.lost for entry in found)), icon=":material/warning:"
            )
        if not found:
            st.caption(t("figure.nothing"))
            return
        words = wording()
        rows = [
            {
                "made_at": pd.to_datetime(entry.at, errors="coerce", utc=True).tz_localize(None),
                "who": entry.who or "–",
                "role_name": words.named("role", entry.role) if entry.role else "–",
                "event_name": words.named("event", entry.event) if entry.event in EVENTS else entry.event,
                "what": entry.what,
                "result_name": words.named("result", entry.result) if entry.result in RESULTS else entry.result,
                "details": json.dumps(dict(entry.details), ensure_ascii=False) if entry.details else "",
            }
            for entry in found[:PAGE]
        ]
        st.dataframe(pd.DataFrame(rows), hide_index=True, column_order=COLUMNS, column_config=column_config(COLUMNS),
                     height=ROW_PIXELS * (min(len(rows), 14) + 1) + 3)  # fmt: skip
        if len(found) > PAGE:
            st.caption(t("corpus.audit_more"))
        st.download_button(
            t("corpus.audit_file"), access.exporting("audit.jsonl", log.whole, "audit"), file_name="telaah-audit.jsonl",
            mime="application/jsonl", on_click="ignore", key="audit_file", icon=":material/download:",
        )  # fmt: skip
