"""Gifts, greetings, visits and sanctions: who states what, when, on whose word, and which clauses it may touch."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from core.analyze import claims
from pages.parts.asking import opens
from pages.parts.claim_matrix import matrix
from pages.parts.entry import by_dashboard
from pages.parts.evidence import Ask
from pages.parts.figure import Figure, show_table
from pages.parts.happened import conflicting, timeline
from pages.parts.house import ask
from pages.parts.lineage import wires
from pages.parts.screen import View, begin, sections
from pages.parts.voices import voices
from pages.parts.wording import language, t, wording

by_dashboard()


def clauses(view: View) -> None:
    st.markdown(f'<p class="tl-sample">{t("gifts.caution")}</p>', unsafe_allow_html=True)
    frame = ask(claims.clauses, view.filters)
    english = "_en" if language() == "en" else ""
    frame = frame.assign(
        checked_name=[t("gifts.checked" if done else "gifts.unchecked") for done in frame["checked"]],
        clause=[f"{row.resolution}, {row.paragraph}" for row in frame.itertuples(index=False)],
        covers_name=frame[f"covers{english}"],
        item_class_name=frame[f"item_class{english}"],
    )
    figure = Figure(
        key="clauses",
        title=t("gifts.clauses"),
        subtitle=t("gifts.clauses_sub", n=frame["clause_id"].nunique()),
        table=frame,
        columns=(view.label, "item_class_name", "clause", "articles", "alleged_by", "denied_by", "covers_name", "since",
                 "independent", "after_panel", "checked_name", "verify_at"),
        asker=opens(view, "claim_id", kind="claims"),
    )  # fmt: skip
    show_table(figure)


def speakers(view: View) -> None:
    voices(view)
    frame = ask(claims.speakers, view.filters)
    frame = frame.assign(stance_name=[wording().named("status", stance) for stance in frame["stance"]])

    def said_by(row: Mapping[str, Any]) -> Ask | None:
        behind = opens(view, "claim_id", "stance", kind="claims")(row)
        return replace(behind, said_by=row["speaker"], title=f"{row['speaker']} · {behind.title}") if behind else None

    figure = Figure(
        key="claim-speakers",
        title=t("gifts.speakers"),
        subtitle=t("gifts.speakers_sub", n=frame["speaker"].nunique()),
        table=frame,
        columns=("speaker", "stance_name", view.label, "articles", "independent", "outlets"),
        asker=said_by,
    )
    show_table(figure)


PARTS = {
    "matrix": matrix,
    "timeline": timeline,
    "conflicts": conflicting,
    "clauses": clauses,
    "speakers": speakers,
    "wires": wires,
}
view = begin("gifts_and_sanctions")
PARTS[sections("gifts_and_sanctions", tuple(PARTS))](view)
