"""Gifts, greetings, visits and sanctions: who states what, when, on whose word, and which clauses it may touch."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from core.analyze import claims
from core.store import Selection
from core.view import matrices, timelines
from pages.parts.asking import name_of, opens
from pages.parts.entry import by_dashboard
from pages.parts.evidence import Ask, Kind
from pages.parts.figure import Figure, show_figure, show_table
from pages.parts.house import ask
from pages.parts.screen import View, begin, sections
from pages.parts.wording import names_of, t, wording

by_dashboard()


def choose_area() -> str:
    """The claims of one area at a time: all of them are more than a screen holds."""
    areas = list(dict.fromkeys(claims.catalogue()["group"]))
    chosen: str = st.segmented_control(
        t("column.group"), areas, default=areas[0], required=True, key="claims_area",
        format_func=names_of("group"),
    )  # fmt: skip
    return chosen


def matrix(view: View) -> None:
    area = choose_area()
    frame = ask(claims.matrix, view.filters)
    frame = frame[frame["group"] == area]
    frame = frame.assign(
        status_name=[wording().named("status", status) for status in frame["status"]],
        group_name=[wording().named("group", group) for group in frame["group"]],
    )
    stands = {(row.claim_id, row.outlet): row.status for row in frame.itertuples(index=False)}

    def cell(picked: Mapping[str, Any]) -> Ask | None:
        claim_id, outlet = picked["claim_id"], picked["outlet"]
        status = stands.get((claim_id, outlet))
        title = f"{name_of(view, 'outlet', outlet)} · {name_of(view, 'claim_id', claim_id)}"
        if status in (None, "did not cover"):
            return None
        kind: Kind = "omissions" if status == "omits" else "claims"
        return Ask(title=title, selection=Selection(claim_id=claim_id, outlet=outlet), kind=kind)

    stated = frame[~frame["status"].isin(("omits", "did not cover"))]
    figure = Figure(
        key="matrix",
        title=t("gifts.matrix"),
        subtitle=t("gifts.matrix_sub", claims=stated["claim_id"].nunique(), outlets=stated["outlet"].nunique()),
        table=frame[frame["status"] != "did not cover"],
        columns=(view.label, "group_name", "outlet_name", "status_name", "articles", "covering", "attributed_to"),
        asker=cell,
    )
    show_figure(figure, lambda: matrices.claims(frame, view.look, view.label), note=t("gifts.matrix_note"))


def timeline(view: View) -> None:
    area = choose_area()
    frame = timelines.with_keys(ask(claims.timeline, view.filters), "day")
    frame = frame[frame["group"] == area]
    frame = frame.assign(group_name=[wording().named("group", group) for group in frame["group"]])
    figure = Figure(
        key="claims-time",
        title=t("gifts.timeline"),
        subtitle=t("gifts.timeline_sub", n=frame["period"].nunique()),
        table=frame,
        columns=("period", "group_name", view.label, "articles", "independent", "outlets"),
        asker=opens(view, "claim_id", "key"),
    )
    show_figure(figure, lambda: timelines.claims(frame, view.look, view.label))


def clauses(view: View) -> None:
    st.markdown(f'<p class="tl-sample">{t("gifts.caution")}</p>', unsafe_allow_html=True)
    frame = ask(claims.clauses, view.filters)
    frame = frame.assign(checked_name=[t("gifts.checked" if done else "gifts.unchecked") for done in frame["checked"]])
    figure = Figure(
        key="clauses",
        title=t("gifts.clauses"),
        subtitle=t("gifts.clauses_sub", n=frame["clause_id"].nunique()),
        table=frame,
        columns=(view.label, "item_class", "resolution", "paragraph", "covers", "since", "wording", "alleged_by",
                 "articles", "independent", "checked_name", "verify_at"),
        asker=opens(view, "claim_id", kind="claims"),
    )  # fmt: skip
    show_table(figure)


def speakers(view: View) -> None:
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


PARTS = {"matrix": matrix, "timeline": timeline, "clauses": clauses, "speakers": speakers}
view = begin("gifts_and_sanctions")
PARTS[sections("gifts_and_sanctions", tuple(PARTS))](view)
